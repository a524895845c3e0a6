"""A sweep on a Dask cluster: one that is there, or one that is started for it on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError
from importlib import import_module
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError, LifecheckError
from lifecheck.sweeps.judging import versions
from lifecheck.sweeps.origin import Origin
from lifecheck.sweeps.project_files import files_of, install
from lifecheck.sweeps.workers import LostWorkerError

SECONDS = 15
"""How long a scheduler, and then its first worker, may take to answer."""


class Cluster:
    """Runs calls on the workers of a Dask cluster.

    Parameters
    ----------
    address
        Of the scheduler, as ``tcp://host:8786``, or ``local:4`` for four processes that are started here.
    origin
        What is swept: workers that lack its files are sent them.

    Raises
    ------
    InputError
        If Dask is not installed, the scheduler cannot be reached or has no workers, or they cannot do what is asked.
    """

    reads_files = False

    def __init__(self, address: str, origin: Origin) -> None:
        try:
            dask: Any = import_module("distributed")  # which says little of its types
        except ImportError as error:
            raise InputError("--dask needs Dask; install it with pip install 'lifecheck[dask]'") from error
        self._dask = dask
        self._local: Any = None
        local = re.fullmatch(r"local:(\d+)", address)
        if address.partition(":")[0] == "local" and (local is None or int(local[1]) < 1):
            raise InputError(f"--dask {address}: write local:4 for four processes of this machine")
        if local is not None:
            self._local = dask.LocalCluster(
                n_workers=int(local[1]),
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=50,
                host="127.0.0.1",
            )
        try:
            self._client = self._connected(address)
        except BaseException:
            if self._local is not None:
                self._local.close()
            raise
        try:
            self._prepare(origin)
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """How many calls run at a time; workers may come and go."""
        return max(1, int(sum(self._client.nthreads().values())))

    def submit(self, function: Callable[..., Any], *given: Any) -> Any:
        """Begin a call."""
        return self._client.submit(function, *given, pure=False, retries=0)

    def wait(self, pending: Collection[Any]) -> Collection[Any]:
        """Wait until at least one call has ended."""
        with self._client.as_current():
            return list(self._dask.wait(list(pending), return_when="FIRST_COMPLETED").done)

    def answer(self, call: Any) -> Any:
        """Return what a call answered, or raise what it raised."""
        try:
            return call.result()
        except self._dask.KilledWorker as error:
            raise LostWorkerError("workers of the cluster were killed") from error
        except (self._dask.client.FutureCancelledError, CancelledError) as error:
            raise LostWorkerError("the cluster gave up a part of the sweep") from error

    def close(self) -> None:
        """Leave the cluster; one that was started for this ends."""
        self._client.close()
        if self._local is not None:
            self._local.close()

    def _connected(self, address: str) -> Any:
        if self._local is None and not re.fullmatch(r"(\w+://)?(\[[^]]+\]|[^\s/:\[\]]+):\d+/?", address):
            raise InputError(f"--dask {address}: this is no address; write tcp://host:8786, or local:4")
        try:
            client = self._dask.Client(self._local or address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError(
                f"--dask {address}: no scheduler answers there ({_one_line(error)}); start one with dask scheduler, or "
                "write local:4"
            ) from error
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            client.close()
            raise InputError(
                f"--dask {address}: the scheduler has no workers; start some with dask worker {address}"
            ) from error
        return client

    def _prepare(self, origin: Origin) -> None:
        """Compare versions with every worker, and send the project's files to those that lack them."""
        here = versions()
        try:
            there = self._client.run(versions)
        except Exception as error:
            raise InputError(
                f"a worker of the cluster cannot import lifecheck ({_one_line(error)}); install the same version there"
            ) from error
        for worker, found in sorted(there.items()):
            if tuple(found) != here:
                raise InputError(
                    f"worker {worker} has another version of lifecheck or transitions than this process (lifecheck "
                    f"{found[0][:12]}, transitions {found[1]}; here {here[0][:12]}, {here[1]}); install the same there"
                )
        files = files_of(Path(origin.folder))
        told = self._client.run(install, origin, files)
        for worker, reason in sorted(told.items()):
            if reason:
                raise InputError(f"worker {worker} cannot load what is swept: {reason}")
        # those that join later are prepared likewise, before they are given anything
        plugin: Any = self._dask.WorkerPlugin

        class Prepared(plugin):  # type: ignore[misc]
            def setup(self, worker: Any) -> None:
                refused = install(origin, files)
                if refused:
                    raise LifecheckError(refused)

        self._client.register_plugin(Prepared(), name="lifecheck")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

"""A sweep on a Dask cluster: one that is there, or one that is started for it on this machine."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError
from importlib import import_module
from typing import Any

from lifecheck.errors import InputError, LifecheckError
from lifecheck.sweeps.judging import versions
from lifecheck.sweeps.origin import Origin
from lifecheck.sweeps.project_files import NotSentError, asked_of, receive, sent_of, told_versions
from lifecheck.sweeps.workers import LostWorkerError

SECONDS = 15
"""How long a scheduler, and then its first worker, may take to answer."""

ALONE = 60.0
"""How many seconds a cluster may have no workers before the sweep ends."""

LOOK = 2.0
"""After how many seconds in which nothing was answered it is looked whether anybody is there to answer."""

_ADDRESS = re.compile(r"((tcp|tls|ucx|ws|wss)://)?(\[[^]]+\]|[^\s/:\[\]]+):\d+/?")


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
        # what becomes of connections is said by what is raised, in a line
        names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
        self._levels = {name: logging.getLogger(name).level for name in names}
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._dask = dask
        self._sent = sent_of(origin)
        self._version = versions()
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
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """How many calls run at a time; workers may come and go."""
        try:
            return max(1, int(sum(self._client.nthreads().values())))
        except OSError:  # whether the scheduler comes back shows while its answers are waited for
            return 1

    def submit(self, function: Callable[..., Any], *given: Any) -> Any:
        """Begin a call."""
        self._refuse_gone()
        return self._client.submit(asked_of, self._sent.name, self._version, function, *given, pure=False, retries=0)

    def wait(self, pending: Collection[Any]) -> Collection[Any]:
        """Wait until at least one call has ended; a scheduler that went away ends none, nor do workers that did."""
        alone = 0.0
        while True:
            self._refuse_gone()
            try:
                with self._client.as_current():
                    return list(self._dask.wait(list(pending), timeout=LOOK, return_when="FIRST_COMPLETED").done)
            except self._dask.client.FuturesCancelledError:
                return [call for call in pending if call.status != "pending"]
            except TimeoutError:
                alone = alone + LOOK if self._has_no_workers() else 0.0
                if alone >= ALONE:
                    raise LifecheckError(
                        f"the cluster has had no workers for {ALONE:g} seconds; start some, and sweep again: what was "
                        "stored stays"
                    ) from None

    def _refuse_gone(self) -> None:
        if self._client.status in ("closed", "closing"):
            raise LifecheckError(
                "the scheduler of the cluster went away; start it, and sweep again: what was stored stays"
            )

    def _has_no_workers(self) -> bool:
        try:
            return not self._client.nthreads()
        except OSError:
            return False

    def answer(self, call: Any) -> Any:
        """Return what a call answered, or raise what it raised."""
        self.wait([call])
        try:
            return call.result()
        except NotSentError as error:  # its worker came after the others were told
            self._client.run(receive, self._sent)
            raise LostWorkerError("workers that joined the cluster were not told what is swept") from error
        except ImportError as error:
            raise InputError(
                f"a worker of the cluster cannot import lifecheck ({_one_line(error)}); install the same version there"
            ) from error
        except self._dask.KilledWorker as error:
            raise LostWorkerError("workers of the cluster were killed") from error
        except (self._dask.client.FutureCancelledError, CancelledError) as error:
            raise LostWorkerError("the cluster gave up a part of the sweep") from error

    def close(self) -> None:
        """Leave the cluster; one that was started for this ends."""
        self._client.close()
        if self._local is not None:
            self._local.close()
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)

    def _connected(self, address: str) -> Any:
        if self._local is None and not _ADDRESS.fullmatch(address):
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

    def _prepare(self) -> None:
        """Compare versions with every worker, and send the project's files; whoever lacks them loads these."""
        try:
            there = self._client.run(versions)
        except OSError as error:
            raise InputError(f"the scheduler or a worker of the cluster went away ({_one_line(error)})") from error
        except Exception as error:
            raise InputError(
                f"a worker of the cluster cannot import lifecheck ({_one_line(error)}); install the same version there"
            ) from error
        for worker, found in sorted(there.items()):
            if tuple(found) != self._version:
                raise InputError(told_versions(f"worker {worker}", found, self._version))
        self._client.run(receive, self._sent)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

"""Where a sweep runs: in this process, in several, or on a cluster; one interface for all, to submit and to wait."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import current_process, get_context, parent_process, resource_tracker
from typing import Any, Protocol

from lifecheck.errors import LifecheckError

LEAVING = 5.0
"""For how many seconds what manages the processes is waited for in the end; it has nothing left to do."""


class LostWorkerError(LifecheckError):
    """A worker went away with what it was doing, which is to be done again."""


class Workers(Protocol):
    """What runs a function elsewhere."""

    reads_files: bool
    """Whether they see the files that this process sees, as the store."""

    @property
    def size(self) -> int:
        """How many run at a time."""

    def submit(self, function: Callable[..., Any], *given: Any) -> Any:
        """Begin a call, and return what stands for its answer."""

    def wait(self, pending: Collection[Any]) -> Collection[Any]:
        """Wait until at least one call has ended, and return those that have."""

    def answer(self, call: Any) -> Any:
        """Return what a call answered, or raise what it raised.

        Raises
        ------
        LostWorkerError
            If the worker went away; it may be submitted again.
        """

    def close(self) -> None:
        """End all of them, whatever they are at."""


class Here:
    """Runs each call in this process, when it is submitted.

    Examples
    --------
    >>> here = Here()
    >>> here.answer(here.submit(len, "four"))
    4
    """

    size = 1
    reads_files = True

    def submit(self, function: Callable[..., Any], *given: Any) -> Future[Any]:
        """Make the call."""
        call: Future[Any] = Future()
        try:
            call.set_result(function(*given))
        except Exception as error:
            call.set_exception(error)
        return call

    def wait(self, pending: Collection[Future[Any]]) -> Collection[Future[Any]]:
        """Return all; they have ended."""
        return pending

    def answer(self, call: Future[Any]) -> Any:
        """Return what it answered, or raise what it raised."""
        return call.result()

    def close(self) -> None:
        """Do nothing; there is nothing to end."""


class Processes:
    """Runs calls in processes of this machine, which end with this one, whatever ends it.

    Parameters
    ----------
    size
        How many.
    """

    reads_files = True

    def __init__(self, size: int) -> None:
        self.size = size
        self._pool = self._fresh()

    def submit(self, function: Callable[..., Any], *given: Any) -> Future[Any]:
        """Begin a call."""
        try:
            with _interrupts_held_back():  # processes are started by and by, as calls are submitted
                return self._pool.submit(function, *given)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._fresh()
            with _interrupts_held_back():
                return self._pool.submit(function, *given)

    def wait(self, pending: Collection[Future[Any]]) -> Collection[Future[Any]]:
        """Wait until at least one call has ended."""
        return wait(pending, return_when=FIRST_COMPLETED).done

    def answer(self, call: Future[Any]) -> Any:
        """Return what a call answered, or raise what it raised; the others of a broken pool are lost with it."""
        try:
            return call.result()
        except BrokenProcessPool as error:
            raise LostWorkerError("a process of the sweep was killed") from error

    def close(self) -> None:
        """End the processes."""
        processes = list((self._pool._processes or {}).values())
        manager: Any = self._pool._executor_manager_thread
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        if manager is not None:  # while it lives, the queues cannot be tidied up, and Python says so when it ends
            manager.join(LEAVING)

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.size, get_context("spawn"), initializer=_begin)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_where_it_begins_again() -> None:
    """End a process that was started for a sweep, and runs the script that sweeps from its beginning.

    A started process imports the script; where nothing there keeps it from sweeping, it would start others, and
    these others. Whoever started it says what is wrong.
    """
    if getattr(current_process(), "_inheriting", False):  # as `multiprocessing` itself looks whether it may start any
        raise SystemExit(1)


def _begin() -> None:
    """Begin a process that answers no interrupt, which is the first one's part, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.set_threshold(200_000, 20, 100)  # graphs are large and have no cycles; looking for some took a sixth of the time
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that no interrupt reaches from their first moment; one that comes meanwhile is answered after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through once it has started, whoever held them back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""Notices callbacks that take long, as one that sleeps: each trigger is fired many times, so that exploring is slow."""

from __future__ import annotations

import warnings
from time import perf_counter

from lifecheck.errors import SlowCallbackWarning

NOTICED = 1.0
"""After how many seconds it is told."""

WORTH_COUNTING = 0.1
"""So many seconds one firing must take, so that a busy computer is not taken for a callback that sleeps."""

_OFTEN = 100
"""At least one firing of so many must be slow: pauses of the interpreter, as for garbage, are rarer."""


class Slowness:
    """How long the firings of one component took so far, in one call of what explores it.

    A first slow firing only makes it suspected: from then on it is asked of the operating system whether a thread gave
    up the processor by itself, or computed, which would cost too much at every firing. It decides no verdict.

    Parameters
    ----------
    component
        Its name.
    """

    def __init__(self, component: str) -> None:
        self._component = component
        self._firings = self._slow = 0
        self._seconds = 0.0
        self._is_suspected = self._is_told = False

    def begin(self) -> tuple[float, tuple[int, float] | None]:
        """Return what `end` needs to know of the beginning of a firing."""
        return perf_counter(), _usage() if self._is_suspected else None

    def end(self, begun: tuple[float, tuple[int, float] | None], trigger: str, state: str) -> float:
        """Return how many seconds callbacks took in a firing, and tell where it has been too many.

        It is 0 where that is not worth counting, callbacks did not take them, or slow firings are rare.
        """
        since, used = begun
        seconds = perf_counter() - since
        self._firings += 1
        if seconds <= WORTH_COUNTING:
            return 0.0
        if used is None:
            self._is_suspected = True
            return 0.0
        given_up, computed = (now - before for now, before in zip(_usage(), used, strict=True))
        if not given_up and computed < seconds / 2:
            return 0.0
        self._slow += 1
        if self._slow * _OFTEN < self._firings:
            return 0.0
        self._seconds += seconds
        if self._seconds >= NOTICED and not self._is_told:
            self._is_told = True
            self._tell(trigger, state)
        return seconds

    def _tell(self, trigger: str, state: str) -> None:
        warnings.warn(
            f"component {self._component!r}: its callbacks take long, as in trigger {trigger!r} in state {state!r}, "
            "and to explore it each trigger is fired many times; let the factory put in what does not wait, read its "
            "definition only, or write guards='either', which runs no callback",
            SlowCallbackWarning,
            stacklevel=2,
        )


def _usage() -> tuple[int, float]:
    """Return how often this thread gave up the processor by itself, and the seconds that it computed."""
    try:
        from resource import RUSAGE_THREAD, getrusage
    except ImportError:  # elsewhere than on Linux nothing tells the two apart
        return 0, perf_counter()
    used = getrusage(RUSAGE_THREAD)
    return used.ru_nvcsw, used.ru_utime + used.ru_stime

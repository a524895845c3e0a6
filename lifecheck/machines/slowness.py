"""Notices callbacks that take long, as one that sleeps: each trigger is fired many times, so that exploring is slow."""

from __future__ import annotations

import warnings
from collections import defaultdict
from time import perf_counter

from lifecheck.errors import SlowCallbackWarning

NOTICED = 1.0
"""After how many seconds it is told."""

WORTH_COUNTING = 0.1
"""So many seconds one firing must take, so that a busy computer is not taken for a callback that sleeps."""

_taken: dict[str, float] = defaultdict(float)  # decides no verdict
_told: set[str] = set()


_suspected: set[str] = set()


class Stopwatch:
    """Measures how long one firing of a component takes, and tells a callback that waits from a busy computer.

    A component's first slow firing only makes it suspected: from then on it is asked of the operating system whether a
    thread gave up the processor by itself, or computed, which would cost too much at every firing.
    """

    def __init__(self, component: str) -> None:
        self._component = component
        self._asked = _usage() if component in _suspected else None
        self._started = perf_counter()

    def seconds(self) -> float:
        """Return how many seconds callbacks took; 0 where that is not worth counting, or they did not take them."""
        seconds = perf_counter() - self._started
        if seconds <= WORTH_COUNTING:
            return 0.0
        if self._asked is None:
            _suspected.add(self._component)
            return 0.0
        (given_up, computed), now = self._asked, _usage()
        return seconds if now[0] > given_up or now[1] - computed > seconds / 2 else 0.0


def _usage() -> tuple[int, float]:
    """Return how often this thread gave up the processor by itself, and the seconds that it computed."""
    try:
        from resource import RUSAGE_THREAD, getrusage
    except ImportError:  # elsewhere than on Linux nothing tells the two apart
        return 0, perf_counter()
    used = getrusage(RUSAGE_THREAD)
    return used.ru_nvcsw, used.ru_utime + used.ru_stime


def notice(component: str, trigger: str, state: str, seconds: float) -> None:
    """Warn of a component whose firings have taken too long, once, and say what to do."""
    _taken[component] += seconds
    if _taken[component] >= NOTICED and component not in _told:
        _told.add(component)
        warnings.warn(
            f"component {component!r}: its callbacks take long, as in trigger {trigger!r} in state {state!r}, and to "
            "explore it each trigger is fired many times; let the factory put in what does not wait, read its "
            "definition only, or write guards='either', which runs no callback",
            SlowCallbackWarning,
            stacklevel=2,
        )

"""Notices callbacks that wait, as one that sleeps: each trigger is fired many times, so that exploring takes long."""

from __future__ import annotations

import time
import warnings
from collections import Counter

from lifecheck.errors import WaitingWarning

NOTICED = 1.0
"""After how many seconds of waiting it is told."""

WORTH_COUNTING = 0.02
"""So many seconds one firing must wait, so that a busy machine is not taken for a callback that sleeps."""

_waited: Counter[str] = Counter()  # decides no verdict
_told: set[str] = set()


class Stopwatch:
    """Measures how long one firing waits: the time on the clock without the time in which it computed."""

    def __init__(self) -> None:
        self._clock, self._computed = time.perf_counter(), time.thread_time()

    def waited(self) -> float:
        """Return the seconds that were waited since it was made, 0 where they are not worth counting."""
        passed, computed = time.perf_counter() - self._clock, time.thread_time() - self._computed
        return passed - computed if passed - computed > max(WORTH_COUNTING, computed) else 0.0


def notice(component: str, trigger: str, state: str, seconds: float) -> None:
    """Warn of a component that has waited too long, once, and say what to do."""
    _waited[component] += seconds  # type: ignore[assignment]
    if _waited[component] >= NOTICED and component not in _told:
        _told.add(component)
        warnings.warn(
            f"component {component!r}: its callbacks wait, as in trigger {trigger!r} in state {state!r}, and to "
            "explore it each trigger is fired many times; let the factory put in what does not wait, read its definition "
            "only, or write guards='either', which runs no callback",
            WaitingWarning,
            stacklevel=2,
        )

"""Timers that wait for nobody: they stand in for the threads and tasks that the library starts for time-outs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Timer:
    """Stands in for a timer of the library: it runs until it is cancelled, or somebody says that its time is up.

    Examples
    --------
    >>> timer = Timer(5, print, ["ring"])
    >>> timer.start(), timer.is_alive()
    (None, True)
    >>> timer.go_off(), timer.is_alive()
    ring
    (None, False)
    """

    def __init__(self, interval: float, function: Any, args: Any = (), kwargs: Any = None) -> None:
        self._function, self._positional, self._named = function, tuple(args), dict(kwargs or {})
        self._runs = False
        self.daemon = False

    def start(self) -> None:
        """Begin to run."""
        self._runs = True

    def cancel(self) -> None:
        """Stop."""
        self._runs = False

    def is_alive(self) -> bool:
        """Whether its time can still come."""
        return self._runs

    def done(self) -> bool:
        """Whether its time cannot come any more, as tasks tell it."""
        return not self._runs

    def go_off(self) -> Any:
        """Do what it was set for."""
        self._runs = False
        return self._function(*self._positional, **self._named)


@contextmanager
def no_threads() -> Iterator[None]:
    """Let the library set timers that wait for nobody."""
    states, tasks = (sys.modules.get(f"transitions.extensions.{name}") for name in ("states", "asyncio"))
    before = states and vars(states).get("Timer"), tasks and vars(tasks.AsyncTimeout).get("create_timer")
    if states is not None:
        states.Timer = Timer  # type: ignore[attr-defined]
    if tasks is not None:
        tasks.AsyncTimeout.create_timer = _timer_of
    try:
        yield
    finally:
        if states is not None:
            states.Timer = before[0]  # type: ignore[attr-defined]
        if tasks is not None:
            tasks.AsyncTimeout.create_timer = before[1]


def _timer_of(state: Any, event_data: Any) -> Timer:
    timer = Timer(state.timeout, state._process_timeout, (event_data,))
    timer.start()
    return timer

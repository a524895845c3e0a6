"""What is being done, shown on a terminal once it takes longer than a moment, and told where it is interrupted."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import click

SECONDS_BEFORE, SECONDS_BETWEEN = 0.5, 0.5


class Doing:
    """Says on standard error what is being done, where that is a terminal and nobody else shows something.

    Examples
    --------
    >>> doing = Doing()
    >>> with doing.something("exploring the lamp"):
    ...     doing.now("checking 'dark'")
    ...     doing.told
    "checking 'dark'"
    """

    def __init__(self) -> None:
        self.told = ""
        self.known: list[str] = []
        self._lock = threading.Lock()
        self._since = monotonic()
        self._is_quiet = False
        self._is_shown = False
        self._is_answering = False

    def now(self, what: str) -> None:
        """Remember what is being done from now on."""
        self.told = what
        self._is_answering = False

    @contextmanager
    def something(self, what: str) -> Iterator[None]:
        """Show what is being done until this ends."""
        self.told, self.known, self._since = what, [], monotonic()
        self._is_quiet = self._is_answering = False
        if not _is_watched():
            yield
            return
        ended = threading.Event()
        thread = threading.Thread(target=self._tick, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self.clear()

    @contextmanager
    def by_others(self) -> Iterator[None]:
        """Show nothing while somebody else shows how far things are."""
        self._is_quiet = True
        self.clear()
        try:
            yield
        finally:
            self._is_quiet = self._is_answering = False

    def clear(self) -> None:
        """Take away what is shown, before something else is written, and show nothing until something else is done."""
        with self._lock:
            self._is_answering = True
            if self._is_shown:
                _write("\r\x1b[K")
                self._is_shown = False

    def _tick(self, ended: threading.Event) -> None:
        wait = SECONDS_BEFORE
        while not ended.wait(wait):
            wait = SECONDS_BETWEEN
            with self._lock:
                if not (self._is_quiet or self._is_answering):
                    line = f"{self.told} ({monotonic() - self._since:.0f} s)"
                    _write(f"\r\x1b[K{line[: _columns() - 1]}")
                    self._is_shown = True


DOING = Doing()
"""What this process is doing."""


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _write(text: str) -> None:
    with suppress(OSError, ValueError):
        click.echo(text, err=True, nl=False)

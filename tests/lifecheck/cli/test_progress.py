"""What is being done is shown while nothing else is written, and never between two lines of an answer."""

from __future__ import annotations

import time

import pytest

from lifecheck.cli import progress
from lifecheck.cli.progress import Doing


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to a terminal on which everything is shown at once."""
    written: list[str] = []
    monkeypatch.setattr(progress, "_is_watched", lambda: True)
    monkeypatch.setattr(progress, "_write", written.append)
    monkeypatch.setattr(progress, "SECONDS_BEFORE", 0.01)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0.01)
    return written


def until(shown: list[str], text: str) -> None:
    """Wait until this is shown."""
    for _ in range(1_000):
        if any(text in line for line in shown):
            return
        time.sleep(0.005)
    raise AssertionError(shown)


def test_nothing_is_shown_among_the_lines_of_an_answer_until_something_else_is_done(shown: list[str]) -> None:
    doing = Doing()
    with doing.something("exploring the lamp"):
        until(shown, "exploring the lamp")
        doing.clear()  # as whoever writes a line of the answer does
        shown.clear()
        time.sleep(0.1)
        assert shown == []
        doing.now("looking for changes")
        until(shown, "looking for changes")

"""A verdict says what the callbacks read that firing does not see, and what nothing in the machine changes."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from transitions import Machine

from lifecheck import Verdict, check, lint, never
from tests.lifecheck.cli.cli import call

NEVER = never("state == 'jammed'")
MOOD: list[str] = []
LIMIT = 3
TURNS = 0


TOLD = (
    "component 'bin': 'full' reads 'count' (0), which nothing in the machine changes "
    "(with guards 'either' it may answer either way)"
)


class Bin:
    """A guard reads what only a plain method changes."""

    __slots__ = ("__dict__", "count", "level")
    PAPER = 3

    def __init__(self) -> None:
        self.count = 0
        self.level = "low"
        rows: list[Any] = [
            {"trigger": "step", "source": "filling", "dest": "emptying", "conditions": "full"},
            {"trigger": "step", "source": "filling", "dest": "="},
            {"trigger": "step", "source": "emptying", "dest": "filling"},
            {"trigger": "raise_", "source": "filling", "dest": "=", "after": "change"},
        ]
        Machine(self, states=["filling", "emptying"], initial="filling", transitions=rows, auto_transitions=False)

    def add(self) -> None:
        self.count += 1

    def full(self) -> bool:
        return self._enough() and bool(self.level)

    def _enough(self) -> bool:
        return self.number >= self.PAPER

    @property
    def number(self) -> int:
        return self.count

    def change(self) -> None:
        self.level = "high"


def one_row(**callbacks: Any) -> Callable[[], Machine]:
    def machine() -> Machine:
        row = {"trigger": "go", "source": "a", "dest": "b", **callbacks}
        return Machine(
            states=["a", "b", "jammed"], initial="a", transitions=[row, ["wait", "a", "="]], auto_transitions=False
        )

    return machine


def is_late() -> bool:
    return time.time() < 0 or datetime.now(UTC) < datetime(2000, 1, 1, tzinfo=UTC)


def in_a_closure() -> Callable[[], bool]:
    found: list[int] = []
    return lambda: bool(found)


def with_a_generator() -> Callable[[], bool]:
    own = random.Random(1)
    return lambda: own.getstate() is None


def turned() -> bool:
    return TURNS > 0


def turn() -> None:
    global TURNS
    TURNS = 0


def adds_days() -> bool:
    return timedelta(days=LIMIT) > timedelta(0)


CASES = {
    "the clock": one_row(conditions=is_late),
    "closures (found)": one_row(conditions=in_a_closure()),
    "globals (MOOD)": one_row(conditions=lambda: bool(MOOD)),
    "globals (TURNS)": one_row(conditions=turned, after=turn),
    "files": one_row(conditions=lambda: Path("here").exists()),
    "what other threads do": one_row(conditions=lambda: threading.active_count() < 0),
    "randomness of a generator of its own": one_row(conditions=with_a_generator()),
}


@pytest.mark.parametrize("told", CASES)
def test_what_callbacks_read_and_firing_does_not_see_is_said_with_the_verdict(told: str) -> None:
    result = check(CASES[told], NEVER)
    assert result.verdict is Verdict.HOLDS
    assert result.note == f"component 'machine': its callbacks read what firing does not see: {told}"
    assert str(result).endswith(f"({result.note})")
    assert f"callbacks read what firing does not see: {told}" in lint(CASES[told]).remarks


@pytest.mark.parametrize(
    "machine",
    [
        one_row(),
        one_row(conditions=adds_days),
        one_row(conditions=lambda: LIMIT > 2),
        one_row(after=lambda: print, conditions=lambda: len("") == 0),
    ],
)
def test_nothing_is_said_of_constants_and_of_machines_without_callbacks(machine: Callable[[], Machine]) -> None:
    assert check(machine, NEVER).note == ""


def test_objects_that_are_not_looked_into_are_named() -> None:
    class Job:
        def __init__(self) -> None:
            self.ready = threading.Event()
            self.lines = (line for line in "ab")
            rows = [{"trigger": "go", "source": "a", "dest": "b", "conditions": "is_ready"}]
            Machine(
                self, states=["a", "b"], initial="a", transitions=[*rows, ["wait", "a", "="]], auto_transitions=False
            )

        def is_ready(self) -> bool:
            return self.ready.is_set()

    note = check(Job, never("state == 'b'")).note
    assert note == "component 'job': its callbacks read what firing does not see: objects (lines, ready)"


def test_what_nothing_in_the_machine_changes_is_named_with_what_reads_it() -> None:
    result = check(Bin, never("state == 'emptying'"), attributes=["level"])
    assert result.verdict is Verdict.HOLDS
    assert result.note == TOLD


def test_declaring_it_does_not_make_it_change() -> None:
    note = check(Bin, never("state == 'emptying'"), attributes=["count", "level"]).note
    assert note == TOLD


def test_what_is_ignored_is_not_named() -> None:
    assert check(Bin, never("state == 'emptying'"), attributes=["level"], ignored=["count"]).note == ""


def test_lint_does_not_ask_to_remove_what_reads_outside() -> None:
    report = lint(Bin, attributes=["level"])
    assert report.codes == ("reads-outside",)
    assert report.findings[0].place == "transition 'step' from 'filling' to 'emptying'"
    assert "while 'count' is 0, which 'full' reads and nothing in the machine changes" in report.findings[0].sentence


def test_a_row_behind_one_that_reads_outside_is_not_called_useless() -> None:
    class Door:
        open_ = True

        def is_open(self) -> bool:
            return self.open_

        def __init__(self) -> None:
            rows: list[Any] = [
                {"trigger": "go", "source": "a", "dest": "b", "conditions": "is_open"},
                ["go", "a", "c"],
                ["go", "c", "d"],
                ["back", "b", "a"],
                ["back", "d", "a"],
            ]
            Machine(self, states=["a", "b", "c", "d"], initial="a", transitions=rows, auto_transitions=False)

    assert lint(Door).codes == ("reads-outside",)


BINS = """
from lifecheck import Claim, System, component_of, never
from tests.lifecheck.machines.test_unseen import Bin
SYSTEMS = {"one": System("one", [component_of(Bin, "bin", attributes=["level"])])}
CLAIMS = [Claim("stays", "it stays", never("bin == 'emptying'"))]
"""
PROJECT = """
[tool.lifecheck]
systems = "bins:SYSTEMS"
properties = "bins:CLAIMS"
"""


def test_the_command_says_it_in_its_table_and_as_data(elsewhere: Path) -> None:
    (elsewhere / "bins.py").write_text(BINS)
    (elsewhere / "pyproject.toml").write_text(PROJECT)
    told = TOLD
    assert told in call("verify").out.splitlines()
    assert json.loads(call("verify", "--json").out)["verdicts"][0]["note"] == told
    assert told in call("explain", "stays").out

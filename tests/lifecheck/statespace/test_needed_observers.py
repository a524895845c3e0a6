"""A question is asked again with each observer that it turns out to read, and with no other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lifecheck import Component, Row, System
from lifecheck.machines import Run
from lifecheck.statespace import with_needed_observers
from lifecheck.system import ObserverNeededError

LIFECHECK = Path(__file__).parents[3] / "lifecheck"


def watching(name: str) -> Component:
    return Component(name, ["dark", "lit"], "dark", [Row("switch", "dark", "lit")], {"switch"})


LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
ROOM = System("room", [LAMP], observers=[watching(name) for name in ("first", "second", "third")])


def test_only_those_observers_are_added_that_are_read() -> None:
    asked = []

    def ask(read: frozenset[str]) -> bool:
        asked.append(set(read))
        state = Run(ROOM.with_observers(read)).state
        return state.lamp == "off" and state.third == "dark" and state.first == "dark"

    assert with_needed_observers(ask)
    assert asked == [set(), {"third"}, {"first", "third"}]


def test_observers_known_to_be_read_are_there_from_the_start() -> None:
    asked = []

    def ask(read: frozenset[str]) -> frozenset[str]:
        asked.append(read)
        return read

    assert with_needed_observers(ask, ["second"]) == {"second"}
    assert len(asked) == 1


def test_an_observer_that_is_kept_and_still_lacking_is_not_asked_for_without_end() -> None:
    with pytest.raises(ObserverNeededError, match="'second'"):
        with_needed_observers(lambda read: Run(ROOM.with_observers([])).state.second == "dark")


def test_any_other_error_is_handed_on_at_once() -> None:
    asked = []

    def ask(read: frozenset[str]) -> None:
        asked.append(read)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        with_needed_observers(ask)
    assert len(asked) == 1


def test_nobody_else_asks_again_in_a_loop() -> None:
    def retries(path: Path) -> bool:
        loops = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.While | ast.For)]
        return any("except ObserverNeededError" in ast.unparse(loop) for loop in loops)

    assert [path.name for path in sorted(LIFECHECK.rglob("*.py")) if retries(path)] == ["needed_observers.py"]

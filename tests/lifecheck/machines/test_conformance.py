"""A fresh machine that is driven does what the table says, or what decides is hidden where nobody looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import Component, ComponentError, Row, System, Verdict, check, lint, never

COUNTED = {"number": 0}


def enough(limit: int) -> tuple[Callable[[], bool], Callable[[], None]]:
    """Return what asks for a number in a closure, and what counts it."""
    number = 0

    def count() -> None:
        nonlocal number
        number += 1

    return lambda: number >= limit, count


def in_a_closure(kind: type[Machine] = Machine) -> Machine:
    is_enough, count = enough(3)
    rows = [
        {"trigger": "try_", "source": "idle", "dest": "dead", "conditions": is_enough},
        {"trigger": "try_", "source": "idle", "dest": "=", "after": count},
    ]
    return kind(states=["idle", {"name": "dead", "final": True}], initial="idle", transitions=rows)


def in_a_nested_machine() -> Machine:
    return in_a_closure(HierarchicalMachine)


def in_a_global() -> Machine:
    def count() -> None:
        COUNTED["number"] += 1

    rows = [
        {"trigger": "try_", "source": "idle", "dest": "dead", "conditions": lambda: COUNTED["number"] >= 5},
        {"trigger": "try_", "source": "idle", "dest": "=", "after": count},
    ]
    return Machine(states=["idle", {"name": "dead", "final": True}], initial="idle", transitions=rows)


def in_a_cycle() -> Machine:
    is_enough, count = enough(3)
    rows: list[Any] = [
        {"trigger": "send", "source": "new", "dest": "sent"},
        {"trigger": "fail", "source": "sent", "dest": "dead", "conditions": is_enough},
        {"trigger": "fail", "source": "sent", "dest": "waiting", "after": count},
        {"trigger": "retry", "source": "waiting", "dest": "new"},
    ]
    return Machine(states=["new", "sent", "waiting", {"name": "dead", "final": True}], initial="new", transitions=rows)


def while_refused() -> Machine:
    is_enough, count = enough(3)
    rows = [{"trigger": "enter", "source": "out", "dest": "dead", "prepare": count, "conditions": is_enough}]
    return Machine(states=["out", {"name": "dead", "final": True}], initial="out", transitions=rows)


FACTORIES = [in_a_closure, in_a_nested_machine, in_a_global, in_a_cycle, while_refused]


@pytest.mark.parametrize("factory", FACTORIES)
def test_what_decides_where_nobody_looks_is_found_by_driving(factory: Callable[[], Machine]) -> None:
    COUNTED["number"] = 0
    with pytest.raises(ComponentError, match=r"two firings differ, .* on a fresh machine.*, to 'dead'; the outcome"):
        check(factory, never("state == 'dead'"))


@pytest.mark.parametrize("factory", FACTORIES)
def test_lint_finds_it_and_does_not_call_unreachable_what_it_leads_to(factory: Callable[[], Machine]) -> None:
    COUNTED["number"] = 0
    assert lint(factory).codes == ("outcome-differs",)


def test_rows_with_conditions_are_driven_too() -> None:
    is_enough, _ = enough(9)
    asked: list[None] = []

    def tired() -> bool:
        asked.append(None)
        return len(asked) > 4 or is_enough()

    rows = [Row("go", "a", "b", conditions=(tired,)), Row("go", "a", "=")]
    system = System("tired", [Component("part", ["a", "b"], "a", rows, {"go"})])
    with pytest.raises(ComponentError, match=re.escape("two firings differ, to 'a' and, on a fresh machine after")):
        check(system, never("part == 'b'"))


def test_a_way_that_does_not_come_back_is_driven_from_the_start_again() -> None:
    made: list[Machine] = []
    states = ["hub", *(f"end_{number}" for number in range(6))]

    def star() -> Machine:
        rows = [[f"go_{number}", "hub", f"end_{number}"] for number in range(6)]
        made.append(Machine(states=states, initial="hub", transitions=rows, after_state_change=lambda: None))
        return made[-1]

    assert check(star, never("state == 'hub' and state == 'end_0'")).verdict is Verdict.HOLDS
    assert set(states) - {"hub"} <= {machine.state for machine in made}


def test_a_factory_whose_later_machines_start_elsewhere_is_refused() -> None:
    made: list[None] = []

    def moving() -> Machine:
        made.append(None)
        initial = "b" if len(made) > 6 else "a"
        return Machine(states=["a", "b"], initial=initial, transitions=[["go", "a", "b"]])

    with pytest.raises(ComponentError, match=re.escape("two firings differ, in 'a' and, on a fresh machine, in 'b'")):
        check(moving, never("state == 'a'"))


def test_an_error_that_comes_only_after_some_firings_is_told() -> None:
    is_enough, count = enough(3)

    def machine() -> Machine:
        def fail() -> None:
            count()
            if is_enough():
                raise ValueError("worn out")

        rows = [["go", "a", "b"], ["back", "b", "a"]]
        return Machine(states=["a", "b"], initial="a", transitions=rows, after_state_change=fail)

    with pytest.raises(ComponentError, match=r"raising ValueError|ValueError: worn out"):
        check(machine, never("state == 'a' and state == 'b'"))

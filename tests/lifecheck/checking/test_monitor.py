"""The monitor judges one run soundly: it refutes what can be repeated for ever, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from lifecheck import (
    Component,
    PredicateError,
    Property,
    Row,
    Run,
    State,
    System,
    always,
    can_always_reach,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.checking import Monitor
from lifecheck.checking.monitor import Refutation
from tests.lifecheck.toys import toy


def odd(s: State) -> bool:
    return int(s.n) % 2 == 1


def watch(system: System, asked: Property, triggers: Iterable[str]) -> Refutation | None:
    """Return the first refutation along a run of the real machines."""
    run = Run(system)
    monitor = Monitor(
        asked,
        weak=system.weakly_fair,
        strong=system.strongly_fair,
        observers={observer.name for observer in system.observers},
    )
    found = monitor.visit(run.state, run.possible())
    for trigger in triggers:
        if found is not None:
            return found
        run.trigger(trigger)
        found = monitor.visit(run.state, run.possible(), trigger)
    return found


def test_a_repeated_state_with_every_trigger_settled_refutes() -> None:
    system = toy("0 a 2", "2 b 4", "4 c 2")
    assert watch(system, eventually(odd), ["a", "b"]) is None
    assert watch(system, eventually(odd), ["a", "b", "c"]) == Refutation(("a",), ("b", "c"))


def test_a_repeated_state_refutes_nothing_while_a_weakly_fair_trigger_stays_possible() -> None:
    system = toy("0 a 2", "2 b 0", "0 leave 1", "2 leave 1")
    assert watch(system, eventually(odd), ["a", "b"] * 5) is None


def test_a_repeated_state_refutes_nothing_while_a_strongly_fair_trigger_was_possible() -> None:
    edges = ("0 a 2", "2 b 0", "0 leave 1")
    assert watch(toy(*edges, strong={"leave"}), eventually(odd), ["a", "b"] * 5) is None
    assert watch(toy(*edges), eventually(odd), ["a", "b"]) == Refutation((), ("a", "b"))


def test_a_loop_through_the_goal_refutes_nothing() -> None:
    system = toy("0 a 1", "1 b 2", "2 c 0")
    assert watch(system, leads_to(lambda s: s.n == "2", odd), ["a", "b", "c"] * 3) is None


def test_a_promise_that_opens_inside_the_loop_counts() -> None:
    system = toy("0 a 2", "2 b 4", "4 c 2")
    assert watch(system, leads_to(lambda s: s.n == "4", odd), ["a", "b", "c"]) == Refutation(("a",), ("b", "c"))


def test_where_no_fair_trigger_is_possible_the_run_may_stay() -> None:
    system = toy("0 a 2", "2 arrive 1", environment={"arrive"})
    assert watch(system, eventually(odd), ["a"]) == Refutation(("a",), ())
    assert watch(toy("0 a 2", "2 go 1"), eventually(odd), ["a"]) is None


@pytest.mark.parametrize("asked", [never(odd), always(lambda s: not odd(s)), always(lambda s: False, given=odd)])
def test_a_bad_state_refutes_safety_at_once(asked: Property) -> None:
    system = toy("0 a 2", "2 b 1")
    assert watch(system, asked, ["a"]) is None
    assert watch(system, asked, ["a", "b"]) == Refutation(("a", "b"), None)


@pytest.mark.parametrize("asked", [sometimes(odd), can_always_reach(odd)])
def test_what_no_single_run_can_refute_is_refused(asked: Property) -> None:
    with pytest.raises(PredicateError, match=r"no single run can refute .*\(odd\); check it instead"):
        Monitor(asked)


def counting() -> System:
    """Return 0 -> 2 -> 0 with an observer that counts how often ``a`` was taken, up to two."""
    steps = [Row("a", "none", "once"), Row("a", "once", "again"), Row("a", "again", "=")]
    times = Component("times", ["none", "once", "again"], "none", steps, {"a"})
    return System("counted", toy("0 a 2", "2 b 0").components, observers=[times])


def test_an_observer_that_the_property_does_not_read_does_not_lengthen_the_loop() -> None:
    assert watch(counting(), eventually(odd), ["a", "b"]) == Refutation((), ("a", "b"))


def test_an_observer_that_the_property_reads_must_come_back_too() -> None:
    asked = eventually(lambda s: s.times == "again" and odd(s))
    # at first only `times` is read, because the conjunction stops there: it still counts as read
    assert watch(counting(), asked, ["a", "b", "a", "b"]) is None
    assert watch(counting(), asked, ["a", "b"] * 3) == Refutation(("a", "b", "a"), ("b", "a"))

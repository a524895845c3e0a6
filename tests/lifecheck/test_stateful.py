"""Hypothesis drives the real machines: terminal states are no error, failures read as the story."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from lifecheck import Component, PredicateError, Property, System, eventually, never, sometimes
from lifecheck.stateful import state_machine
from tests.lifecheck.toys import toy


def run(system: System, *asked: Property) -> None:
    run_state_machine_as_test(state_machine(system, *asked), settings=settings(max_examples=50))


def test_a_terminal_state_does_not_raise() -> None:
    run(toy("0 a 1", "1 b 3"), eventually(lambda s: s.n == "3"), never(lambda s: s.n == "0" == "1"))


def test_a_system_that_can_do_nothing_at_all_does_not_raise() -> None:
    rest = System("rest", [Component("n", ["0"], "0", [], {"go"})])
    run(rest, never(lambda s: s.n != "0"))


def test_a_run_that_may_stay_short_of_the_goal_is_found() -> None:
    with pytest.raises(AssertionError, match="The run can stay here for ever"):
        run(toy("0 a 2", "2 b 4"), eventually(lambda s: s.n == "0" == "2"))


def test_a_violation_in_the_initial_state_is_found() -> None:
    with pytest.raises(AssertionError, match="never"):
        run(toy("0 a 1"), never(lambda s: s.n == "0"))


def test_several_properties_are_judged_at_once() -> None:
    with pytest.raises(AssertionError, match="1 -> 2"):
        run(toy("0 a 1", "1 b 2"), never(lambda s: s.n == "0" == "1"), never(lambda s: s.n == "2"))


def test_triggers_whose_names_mean_something_to_hypothesis_still_work() -> None:
    with pytest.raises(AssertionError) as raised:
        run(toy("0 teardown 1", "1 stay 3", "3 states 2"), never(lambda s: s.n == "2"))
    assert "state.teardown_()" in "\n".join(raised.value.__notes__)


def test_what_no_single_run_can_refute_is_refused_before_hypothesis_starts() -> None:
    with pytest.raises(PredicateError, match="no single run can refute"):
        state_machine(toy("0 a 1"), sometimes(lambda s: s.n == "1"))

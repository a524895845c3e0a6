"""Hypothesis drives the real machines: terminal states are no error, failures read as the story."""

from __future__ import annotations

import unittest
import warnings
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from transitions import Machine

from lifecheck import Component, PredicateError, System, eventually, leads_to, never, sometimes
from lifecheck.stateful import NeverRanWarning, state_machine
from tests.lifecheck.toys import toy


def run(system: System, *asked: Any) -> None:
    run_state_machine_as_test(state_machine(system, *asked), settings=settings(max_examples=50))


def test_a_terminal_state_does_not_raise() -> None:
    run(toy("0 a 1", "1 b 3"), eventually(lambda s: s.n == "3"), never(lambda s: s.n == "0" == "1"))


def test_properties_are_given_one_by_one_or_in_a_list() -> None:
    bad = never(lambda s: s.n == "1")
    for asked in ([bad], [[eventually(lambda s: s.n == "1"), bad]], [(one for one in [bad])], [{"bad": bad}.values()]):
        with pytest.raises(AssertionError, match="is violated"):
            run(toy("0 a 1"), *asked)


@pytest.mark.parametrize("given", [3, "n == '1'", [never("n == '1'"), None], lambda s: True])
def test_what_is_no_property_is_refused_with_what_to_write(given: Any) -> None:
    with pytest.raises(PredicateError, match=r"asked is .*, not a property; write never\(...\)"):
        state_machine(toy("0 a 1"), given)


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


def bell() -> Machine:
    rows = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"], ["answer", "rung", "answered"]]
    return Machine(states=["quiet", "rung", "answered"], initial="quiet", transitions=rows)


def test_it_takes_what_check_takes() -> None:
    asked = leads_to("state == 'rung'", "state == 'answered'")
    with pytest.raises(AssertionError, match="Steps 1 to 2 can repeat for ever"):
        run_state_machine_as_test(state_machine(bell, asked, fair=["ring", "give_up", "answer"]))
    heard = {"answer": "somebody hears it in the end"}
    run_state_machine_as_test(state_machine(bell, asked, fair=["ring", "give_up"], strong=heard))


def told_in_the_end(case: type[unittest.TestCase]) -> list[str]:
    """Run a case as unittest and pytest do, and return what it warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NeverRanWarning)
        outcome = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(case).run(outcome)
    assert outcome.testsRun == 1
    assert outcome.wasSuccessful()
    return [str(warning.message) for warning in caught if warning.category is NeverRanWarning]


def test_where_every_rule_ran_nothing_is_reported() -> None:
    machine = state_machine(bell, never("state not in ('quiet', 'rung', 'answered')"))
    assert machine.never_ran() == ("ring", "give_up", "answer")
    assert told_in_the_end(machine.TestCase) == []
    assert machine.never_ran() == ()


def test_rules_that_never_ran_are_reported_those_that_cannot_run_apart() -> None:
    path = [f"{number} step{number} {number + 1}" for number in range(9)]
    lost = toy(*path, "10 lost 11")
    machine = state_machine(lost, never("n == '11'"))
    machine.TestCase.settings = settings(max_examples=5, stateful_step_count=8)
    assert machine.never_ran()[-2:] == ("step8", "lost")
    assert told_in_the_end(machine.TestCase) == [
        "no run of toy took step8, which is possible: let Hypothesis try more examples or longer runs; "
        "nor lost, which is not possible in any state"
    ]


def test_beyond_a_limit_it_does_not_claim_that_a_trigger_is_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lifecheck.stateful._LOOKED_AT", 2)
    machine = state_machine(toy("0 a 1", "1 b 2", "2 c 3", "3 d 4"))
    machine.TestCase.settings = settings(max_examples=2, stateful_step_count=2)
    assert told_in_the_end(machine.TestCase) == [
        "no run of toy took c, d, which is not possible in the nearest 2 states"
    ]

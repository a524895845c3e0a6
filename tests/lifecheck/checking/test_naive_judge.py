"""Does the naive judge itself know right from wrong? Small systems whose answers are known."""

import re

import pytest

from lifecheck import (
    Component,
    Property,
    Row,
    State,
    System,
    Verdict,
    always,
    can_always_reach,
    check,
    eventually,
    leads_to,
    sometimes,
)
from tests.lifecheck.naive_judge import Fairness, NaiveJudge
from tests.lifecheck.naive_lasso import LassoJudge


def is_odd(state: State) -> bool:
    return int(state.number) % 2 == 1


def is_inside(state: State) -> bool:
    return state.client == "inside"


def is_gone(state: State) -> bool:
    return state.place == "gone"


def integers(*steps: tuple[str, str]) -> System:
    rows = [Row("step", source, dest) for source, dest in steps]
    return System("integers", [Component("number", ["0", "1", "2", "3", "4"], "0", rows, {"step"})])


def lock() -> System:
    """Somebody else takes a lock and gives it back, again and again; the client enters only while it is free."""
    lock = Component(
        "lock",
        ["free", "taken"],
        "free",
        [Row("take", "free", "taken"), Row("give_back", "taken", "free"), Row("enter", "free", "=")],
        {"take", "give_back", "enter"},
    )
    client = Component("client", ["outside", "inside"], "outside", [Row("enter", "outside", "inside")], {"enter"})
    return System("lock", [lock, client], environment={"take"})


def crossing() -> System:
    """Two ways lead away from a centre and back to it, and nothing leads out."""
    rows = [
        Row("go_left", "centre", "left"),
        Row("go_right", "centre", "right"),
        Row("return", "left", "centre"),
        Row("return", "right", "centre"),
    ]
    place = Component("place", ["centre", "left", "right", "gone"], "centre", rows, {"go_left", "go_right", "return"})
    return System("crossing", [place], strong={"go_left": "nobody is left out", "go_right": "nobody is left out"})


def both(system: System, asked: Property) -> Verdict:
    """Return the verdict of the naive judge, which the checker must share."""
    verdict = NaiveJudge(system).verdict(asked)
    assert check(system, asked).verdict == verdict
    return verdict


def test_a_cycle_that_is_entered_after_the_start_refutes_eventually_odd() -> None:
    system = integers(("0", "2"), ("2", "4"), ("4", "2"))
    judge = NaiveJudge(system)
    assert both(system, eventually(is_odd)) == Verdict.VIOLATED
    assert judge.refuting_sets(eventually(is_odd), judge.fairness) == [frozenset({("2",), ("4",)})]


def test_a_last_state_refutes_eventually_odd_and_an_odd_one_before_it_does_not() -> None:
    assert both(integers(("0", "2"), ("2", "4")), eventually(is_odd)) == Verdict.VIOLATED
    assert both(integers(("0", "1"), ("1", "4")), eventually(is_odd)) == Verdict.HOLDS


def test_weak_fairness_allows_the_loop_that_strong_fairness_forbids() -> None:
    judge = NaiveJudge(lock())
    everyone = frozenset({"give_back", "enter"})
    assert judge.verdict(eventually(is_inside), Fairness(everyone, frozenset())) == Verdict.VIOLATED
    assert judge.verdict(eventually(is_inside), Fairness(everyone - {"enter"}, frozenset({"enter"}))) == Verdict.HOLDS
    # Without a lock that comes back, the client is not even now and then able to enter.
    assert judge.verdict(eventually(is_inside), Fairness(frozenset(), frozenset({"enter"}))) == Verdict.VIOLATED


def test_a_fair_loop_may_have_to_pass_a_state_twice() -> None:
    system = crossing()
    judge = NaiveJudge(system)
    everywhere = frozenset({("centre",), ("left",), ("right",)})
    assert both(system, eventually(is_gone)) == Verdict.VIOLATED
    assert judge.refuting_sets(eventually(is_gone), judge.fairness) == [everywhere]
    assert len(check(system, eventually(is_gone)).evidence.loop) == 4


def test_a_trigger_that_is_taken_only_where_the_obligation_is_met_is_not_taken_in_the_loop() -> None:
    rows = [Row("wait", "waiting", "="), Row("serve", "waiting", "served"), Row("ask", "served", "waiting")]
    desk = Component("desk", ["waiting", "served"], "waiting", rows, {"wait", "serve", "ask"})
    system = System("desk", [desk], environment={"ask"})
    served = leads_to(lambda s: s.desk == "waiting", lambda s: s.desk == "served")
    assert both(system, served) == Verdict.HOLDS
    assert NaiveJudge(system).verdict(served, Fairness(frozenset({"wait"}), frozenset())) == Verdict.VIOLATED


def test_what_only_the_environment_makes_possible_cannot_always_be_reached() -> None:
    system = lock()
    # From a taken lock the way out is the system's; from outside to taken it is the environment's.
    assert both(system, can_always_reach(lambda s: s.lock == "free")) == Verdict.HOLDS
    assert both(system, can_always_reach(lambda s: s.lock == "taken")) == Verdict.VIOLATED


def test_a_condition_that_never_arises_makes_a_property_vacuous() -> None:
    system = integers(("0", "2"), ("2", "4"))
    assert both(system, always(lambda s: s.number == "0", given=is_odd)) == Verdict.VACUOUS
    assert both(system, leads_to(is_odd, lambda s: s.number == "0")) == Verdict.VACUOUS
    assert both(system, sometimes(is_odd)) == Verdict.VIOLATED


@pytest.mark.parametrize(
    ("stem", "loop", "fault"),
    [
        (["go_left", "go_left"], [], "it cannot be walked"),
        ([], ["go_left"], "the loop does not close"),
        ([], [], "go_(left|right) is possible"),
        ([], ["go_left", "return"], "go_right is possible again and again and is not taken"),
        (["go_right"], [], "return stays possible and is not taken"),
        ([], ["go_left", "return", "go_right", "return"], "^$"),
    ],
)
def test_the_judge_of_lassos_says_what_is_wrong_with_them(stem: list[str], loop: list[str], fault: str) -> None:
    assert re.match(fault, LassoJudge(NaiveJudge(crossing()), eventually(is_gone)).fault(stem, loop))


def test_a_loop_that_meets_the_goal_refutes_nothing() -> None:
    judge = NaiveJudge(integers(("0", "1"), ("1", "0")))
    assert LassoJudge(judge, eventually(is_odd)).fault([], ["step", "step"]) == "nothing is due in the loop"

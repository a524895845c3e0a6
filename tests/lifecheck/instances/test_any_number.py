"""What is counted, found by which laws, and what is said where nothing can be said of every number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lifecheck import Component, Row, State, System, Verdict, always, can_always_reach, check, never, sometimes, story
from lifecheck.errors import CompositionError, InputError
from lifecheck.instances import DecidedBy, check_instances, conservation, decompose
from lifecheck.instances.any_number import decide_for_any_number
from lifecheck.instances.conservation import Law, conservation_laws
from lifecheck.instances.counter_abstraction import counter_abstraction
from lifecheck.instances.other_instances import other_instances
from tests import needs
from tests.lifecheck.instances.test_steps_of_the_argument import LENDING, USING_UP, WAITING, part

TWO_TOOLS = System(
    "two tools",
    [
        part("task", "take new half, take_other half whole, give_both whole new, give half new"),
        part("first", "take free lent, give lent free, give_both lent free"),
        part("second", "take_other free lent, give_both lent free"),
    ],
    copied={"task"},
)


def laws_of(system: System) -> tuple[Law, ...]:
    found = decompose(system)
    return conservation_laws(found, other_instances(found))


def test_two_tools_have_two_laws_of_which_each_other_one_is_a_sum() -> None:
    assert {law.weights for law in laws_of(TWO_TOOLS)} == {(0, 1, 0), (0, 0, 1)}
    assert {law.bound for law in laws_of(TWO_TOOLS)} == {1}


def test_every_law_is_kept_by_every_step_of_two_instances() -> None:
    found = decompose(TWO_TOOLS)
    for law in laws_of(TWO_TOOLS):
        for trigger, targets in found.others.moves.items():
            for source, target in enumerate(targets):
                for before, after in found.shared.steps(trigger) if target >= 0 else ():
                    gained = law.weights[target] - law.weights[source]
                    assert gained + law.values[after] - law.values[before] == 0


def test_where_one_may_give_back_what_it_has_not_taken_nothing_is_bounded() -> None:
    task = part("task", "take new busy, give busy new, give new new")
    assert laws_of(System("careless", [task, LENDING.components[1]], copied={"task"})) == ()


def test_those_who_used_something_up_are_out_of_play_and_not_counted() -> None:
    found = counter_abstraction(decompose(USING_UP))
    assert (found.others.class_of, found.others.out_of_play, found.counted) == ((0, 1), 1, frozenset())


def test_too_many_candidates_for_laws_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conservation, "MOST_RAYS", 0)
    assert laws_of(TWO_TOOLS) == ()


GATED = System(
    "gated",
    [part("task", "arm idle armed, fire armed idle"), part("gate", "fire shut burnt, arm open open")],
    copied={"task"},
)
"""Nobody is ever armed, for the gate is never open; but that has to be told of the others."""
UNBURNT = never("task == 'idle' and gate == 'burnt'")


def test_the_large_abstraction_is_asked_where_the_small_one_decides_nothing() -> None:
    needs.package("oxidd")
    small = check_instances(LENDING, never("task == 'busy' and tool == 'free'"), 1_000)
    large = check_instances(GATED, UNBURNT, "any")
    for found, told in (
        (small, "the others exactly where a conservation law bounds them, and any number in each other local state."),
        (large, "the others as none or some in each local state."),
    ):
        assert (found.verdict, found.instances) == (Verdict.HOLDS, "any")
        assert found.decided_by is DecidedBy.COUNTER_ABSTRACTION
        assert found.reason().endswith(told)
    assert decide_for_any_number(GATED, UNBURNT, one_holds=True, thorough=False).verdict is Verdict.UNKNOWN


def test_it_is_told_while_abstract_states_are_made() -> None:
    told: list[tuple[str, int]] = []
    needs.package("oxidd")
    check_instances(GATED, UNBURNT, "any", progress=lambda doing, states: told.append((doing, states)))
    assert told.count(("what any number of instances can do", 1)) == 1  # nobody else is told of in the small one
    assert told.count(("what any number of instances can do", 2)) == 1  # there is nobody else, or there are some


def test_few_instances_of_which_too_much_could_be_are_not_explored_for_what_larger_numbers_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs.package("oxidd")
    for combinations, decided_by in ((1_000, DecidedBy.LIFTED), (1, DecidedBy.EXPLORING)):
        monkeypatch.setattr("lifecheck.instances.checking.FEW_COMBINATIONS", combinations)
        found = check_instances(LENDING, WAITING, 3)
        assert (found.verdict, found.decided_by) == (Verdict.VIOLATED, decided_by)


def test_a_limit_that_the_large_abstraction_alone_meets_is_told_beside_what_the_small_one_finds() -> None:
    small, large = (len(counter_abstraction(decompose(LENDING), tell_some=tell).states) for tell in (False, True))
    assert small < large
    found = decide_for_any_number(LENDING, WAITING, one_holds=True, limit=small)
    assert found.note == (
        "in the counter abstraction a loop may be fair in which tool is free or lent, and others are in (busy), and "
        f"perhaps elsewhere; and the abstraction of every number of instances has more than {small} states"
    )
    found = decide_for_any_number(GATED, UNBURNT, one_holds=True, thorough=False)
    assert found.note.endswith("gate is burnt, and others may be anywhere")


def test_a_limit_that_is_met_is_told() -> None:
    found = decide_for_any_number(LENDING, WAITING, one_holds=True, limit=2)
    assert (found.verdict, found.needed_fairness()) == (Verdict.UNKNOWN, ())
    assert found.note == "the abstraction of every number of instances has more than 2 states"


def test_a_limit_that_one_instance_met_is_not_told_where_counting_decides() -> None:
    apart = never("task == 'busy' and tool == 'free'")
    alone, any_number = (check(LENDING, apart, engine="explicit", limit=1, instances=many) for many in (None, "any"))
    assert (alone.verdict, "limit of 1 states" in alone.note) == (Verdict.UNKNOWN, True)
    assert (any_number.verdict, any_number.instances, any_number.note) == (Verdict.HOLDS, "any", "")


def test_a_predicate_that_raises_decides_nothing() -> None:
    def fails(s: State) -> bool:
        if s.tool == "lent" and s.task == "new":
            raise ValueError("beyond belief")
        return True

    found = decide_for_any_number(LENDING, always(fails), one_holds=True)
    assert found.verdict is Verdict.UNKNOWN
    assert found.note.startswith("in an abstract state, predicate fails raised ValueError: beyond belief")


def test_whether_an_obligation_arises_may_depend_on_the_number() -> None:
    asked = always("task == 'new'", given="tool == 'lent' and task == 'new'")
    found = decide_for_any_number(LENDING, asked, one_holds=False)
    assert (found.verdict, "depends on the number" in found.note) == (Verdict.UNKNOWN, True)
    nowhere = always("task == 'new'", given="tool == 'free' and task == 'busy'")
    assert decide_for_any_number(LENDING, nowhere, one_holds=False).verdict is Verdict.VACUOUS


def test_what_no_number_reaches_is_said_and_what_one_may_reach_is_told() -> None:
    both = "tool == 'free' and task == 'busy'"
    assert decide_for_any_number(LENDING, sometimes(both), one_holds=False).verdict is Verdict.VIOLATED
    found = decide_for_any_number(LENDING, never("tool == 'lent' and task == 'new'"), one_holds=True)
    assert found.note == (
        "the counter abstraction reaches a state that decides it: tool is lent, and the others are in (new), (busy)"
    )


def test_a_story_says_that_states_are_abstract_where_counting_decided() -> None:
    both = sometimes("tool == 'free' and task == 'busy'")
    told = [story(check(LENDING, both, instances=number)) for number in (None, "any")]
    assert "None of the 2 reachable states satisfies tool == 'free' and task == 'busy'." in told[0]
    assert "None of the 3 abstract states satisfies tool == 'free' and task == 'busy'." in told[1]


def test_a_group_of_an_instances_and_of_shared_triggers_is_refused() -> None:
    clock = Component("clock", ["on"], "on", [Row("tick", "on", "on")], {"tick"})
    system = System("mixed", [*LENDING.components, clock], copied={"task"}, fair=[("take", "tick")])
    with pytest.raises(CompositionError, match="fairness is owed to a group of 'take'"):
        decide_for_any_number(system, WAITING, one_holds=True)


RESET = System(
    "reset",
    [
        part("task", "take new busy, give busy new, halt new new, halt busy over, halt over over"),
        part("tool", "take free lent, give lent free, halt lent free, halt free free"),
    ],
    copied={"task"},
    broadcast={"halt"},
)
"""A broadcast takes every tool away, so that a law holds before it and after it and not across it."""


def test_a_broadcast_that_undoes_what_was_taken_leaves_a_law() -> None:
    assert [(law.weights, law.bound) for law in laws_of(RESET)] == [((0, 1, 0), 1)]
    apart = never("task == 'busy' and tool == 'free'")
    assert decide_for_any_number(RESET, apart, one_holds=True).verdict is Verdict.HOLDS
    keeps = part("task", "take new busy, give busy new, halt new new, halt busy busy")
    assert laws_of(replace(RESET, components=[keeps, RESET.components[1]])) == ()


def test_the_library_answers_for_every_number_or_says_that_it_is_not_known() -> None:
    needs.package("oxidd")
    holds = check(LENDING, never("task == 'busy' and tool == 'free'"), instances="any")
    assert (holds.verdict, holds.instances, holds.note) == (Verdict.HOLDS, "any", "")
    lifted = check(LENDING, WAITING, instances="any")
    assert (lifted.verdict, lifted.instances, bool(lifted)) == (Verdict.VIOLATED, "2 or more", False)
    some, unknown = check(
        LENDING, always("tool == 'free'", given="task == 'new'"), can_always_reach("task == 'busy'"), instances="any"
    )
    assert (some.verdict, some.instances) == (Verdict.VIOLATED, "2 or more")
    assert (unknown.verdict, unknown.instances, unknown.evidence) == (Verdict.UNKNOWN, None, None)
    assert unknown.note.startswith(
        "it holds for 1 to 4 instances; for every number of instances it is not known: counting"
    )


def test_what_is_so_of_one_number_alone_is_said_of_that_number_and_not_so_of_every() -> None:
    needs.package("oxidd")
    # each takes one of three and waits for the third: two can share, three cannot
    task = part("task", "take new busy, finish busy done", "take finish")
    tools = part("tools", "take 0 1, take 1 2, take 2 3, finish 1 1, finish 2 2")
    system = System("three", [task, tools], copied={"task"})
    found = check(system, can_always_reach("task == 'done'"), instances="any")
    assert (found.verdict, found.instances) == (Verdict.VIOLATED, 3)
    assert check(system, can_always_reach("task == 'done'"), instances=2).verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"instances": 0}, "0 instances cannot be explored; name a number from 1 on"),
        ({"instances": "some"}, "instances is 'some'; name a number from 1 on, or 'any'"),
        ({"instances": 1.5}, "instances is 1.5; name a number from 1 on, or 'any'"),
        ({"instances": True}, "instances is True; name a number"),
        ({"instances": 2, "local_limit": 5}, "instances and local_limit are both given"),
        ({"instances": 2, "engine": "quick"}, "engine is 'quick'; name 'explicit' or 'symbolic'"),
    ],
)
def test_what_is_no_number_of_instances_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        check(LENDING, WAITING, **given)


def test_a_machine_by_itself_has_no_population() -> None:
    with pytest.raises(CompositionError, match="no components of which each instance has its own copy"):
        check(LENDING.components[0], never("task == 'busy'"), instances="any")

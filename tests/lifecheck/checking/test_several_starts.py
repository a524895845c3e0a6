"""Several initial states: the environment chooses one before the first step."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests import needs

needs.package("oxidd")

from hypothesis import settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402
from transitions import Machine  # noqa: E402

from lifecheck import (  # noqa: E402
    Component,
    ComponentError,
    CompositionError,
    Row,
    Run,
    System,
    Verdict,
    always,
    check,
    component_of,
    eventually,
    explore,
    lint,
    never,
    regression_test,
    sometimes,
    story,
)
from lifecheck.checking import check_by  # noqa: E402
from lifecheck.export import export  # noqa: E402
from lifecheck.instances import check_instances  # noqa: E402
from lifecheck.stateful import state_machine  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.naive_judge import NaiveJudge  # noqa: E402
from tests.lifecheck.random_systems import random_properties, random_systems  # noqa: E402

ROWS = [Row("open", "shut", "ajar"), Row("close", "ajar", "shut"), Row("force", "stuck", "stuck")]


def door(*starts: str, **also: Any) -> System:
    part = Component("door", ["shut", "ajar", "stuck"], starts, ROWS, {"open", "close", "force"})
    return System("house", [part], **also)


def test_a_property_holds_if_it_does_from_each_and_evidence_says_where_it_starts() -> None:
    free = door("shut", "ajar", fair=["close"])
    assert check(free, never("door == 'stuck'"))
    assert check(free, sometimes("door == 'ajar'"))
    result = check(door("shut", "stuck"), eventually("door == 'ajar'"))
    assert result.verdict is Verdict.VIOLATED
    assert result.evidence is not None
    assert [str(state.door) for state in result.evidence.states] == ["stuck", "stuck"]
    assert "Start  door stuck" in story(result)
    assert result.note == "the environment chooses among 2 initial states, each of which was explored by itself"
    assert check(door("shut", "stuck"), sometimes("door == 'stuck'"))
    assert check(door("shut", "stuck"), always("door == 'stuck'", given="door == 'stuck'"))


def test_the_fairness_that_is_needed_is_what_some_start_needs() -> None:
    result = check(door("shut", "ajar", fair=["open", "close"]), eventually("door == 'shut'"))
    assert (result.verdict, result.assumptions) == (Verdict.HOLDS, ("weak fairness of close",))


def test_hypothesis_chooses_where_to_start() -> None:
    machine = state_machine(door("shut", "stuck"), never("door == 'ajar' and door == 'shut'"))
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=12, deadline=None))
    assert machine.never_ran() == ()
    with pytest.raises(AssertionError, match="is violated"):
        run_state_machine_as_test(state_machine(door("shut", "stuck"), never("door == 'stuck'")))


def test_lint_finds_what_no_start_reaches() -> None:
    assert [finding.place for finding in lint(door("shut", "stuck"), final={"door": ["stuck", "shut"]}).findings] == []
    assert lint(door("shut"), final={"door": ["shut", "ajar"]}).findings


@pytest.mark.parametrize("what", [Run, explore, lambda one: export(one, to="json")])
def test_what_starts_in_one_state_asks_for_it(what: Any) -> None:
    with pytest.raises(
        CompositionError, match=r"component 'door' may start in 'shut' or 'stuck', and a .* starts in one"
    ):
        what(door("shut", "stuck"))
    assert [str(Run(one).state.door) for one in door("shut", "stuck").by_start] == ["shut", "stuck"]


def test_instances_start_in_one_state() -> None:
    with pytest.raises(CompositionError, match="starts in one"):
        check_instances(replace(door("shut", "stuck"), copied={"door"}), never("door == 'ajar'"), 2, cutoff=False)


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        (("shut", "ajra"), "component 'door': initial state 'ajra' is not one of its states; did you mean 'ajar'?"),
        ((), "component 'door': its initial states are (); name a state, or several"),
        ((3,), "component 'door': its initial states are (3,); name a state, or several"),
    ],
)
def test_what_is_no_initial_state_is_refused(starts: Any, told: str) -> None:
    with pytest.raises(ComponentError) as caught:
        door(*starts)
    assert str(caught.value) == told


def test_a_factory_starts_where_it_starts() -> None:
    def lamp() -> Machine:
        return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])

    with pytest.raises(ComponentError, match="a machine that a factory makes starts where it starts"):
        replace(component_of(lamp), initial=("off", "on"))


def test_a_regression_test_needs_the_system_that_starts_there() -> None:
    result = check(door("shut", "stuck"), never("door == 'stuck'"))
    assert result.system.components[0].initial == "stuck"
    with pytest.raises(Exception, match="was not made by a function that a test file could import"):
        regression_test(result)


def test_random_systems_are_judged_as_the_naive_judge_does() -> None:
    random = Random(3)
    split: Counter[Verdict] = Counter()
    for system in random_systems(3, sized(25, 100, 2_000), groups=True):
        several = replace(
            system,
            components=[
                replace(part, starts=random.sample(part.states, min(len(part.states), random.choice([1, 2, 3]))))
                for part in system.components
            ],
        )
        judge, explorer = NaiveJudge(several), Explorer()
        for asked in random_properties(random, several):
            for engine in ("explicit", "symbolic"):
                result = check_by(explorer, several, asked, engine=engine)  # type: ignore[arg-type]
                expected = judge.verdict(asked)
                assert result.verdict is expected, (several, asked)
            split[expected] += 1
            if asked.kind.is_safety and result.verdict is Verdict.VIOLATED and asked.kind.value != "can_always_reach":
                goal = judge.where(asked.goal)
                given = judge.reachable if asked.given is None else judge.where(asked.given)
                wrong = goal if asked.kind.settling else given - goal
                assert len(result.evidence.stem) == judge.distance(wrong)
    assert min(split[Verdict.HOLDS], split[Verdict.VIOLATED]) > 60

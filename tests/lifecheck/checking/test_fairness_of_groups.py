"""Fairness owed to a group: while some member stays possible, some member is taken in the end."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from tests import needs

needs.package("oxidd")

from lifecheck import CompositionError, Property, Run, System, Verdict, check, eventually, leads_to, story  # noqa: E402
from lifecheck.changes.candidates import fairness_changes  # noqa: E402
from lifecheck.changes.mutants import mutants_of  # noqa: E402
from lifecheck.checking import Monitor, Walk, check_by  # noqa: E402
from lifecheck.reports import RecordedSystem  # noqa: E402
from lifecheck.stateful import state_machine  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.naive_judge import Fairness, NaiveJudge  # noqa: E402
from tests.lifecheck.naive_lasso import LassoJudge  # noqa: E402
from tests.lifecheck.random_systems import random_properties, random_systems  # noqa: E402
from tests.lifecheck.toys import toy  # noqa: E402

ROUND = ("0 one 3", "0 flip 4", "4 flop 0", "4 three 3")
"""Somebody goes round, and in each of two states another trigger would lead out."""

DONE = eventually(lambda s: s.n == "3")


@pytest.mark.parametrize("engine", ["explicit", "symbolic"])
@pytest.mark.parametrize(
    ("fair", "strong", "expected"),
    [
        ([("one", "three")], {}, "holds"),
        (["one", "three"], {}, "violated"),  # neither stays possible
        ([], {("one", "three"): "insists"}, "holds"),
        ([], {"one": "insists"}, "violated"),  # it may stay where three alone is possible
        ([("one", "flip"), ("three", "flop")], {}, "violated"),  # flip and flop are enough
        ([], {("one", "flip"): "insists"}, "violated"),
        ([("one",)], {}, "violated"),
    ],
)
def test_some_member_is_taken_while_some_member_stays_possible(
    engine: Any, fair: list[Any], strong: dict[Any, str], expected: str
) -> None:
    system = System("round", toy(*ROUND).components, fair=fair, strong=strong)
    result = check(system, DONE, engine=engine)
    assert str(result.verdict) == expected
    assert str(NaiveJudge(system).verdict(DONE)) == expected


def test_a_verdict_names_the_group_that_it_needs() -> None:
    result = check(toy(*ROUND, fair=["flip", ("three", "one")]), DONE)
    assert result.assumptions == ("weak fairness of one or three",)
    strong = System("round", toy(*ROUND).components, fair=[], strong={("one", "three"): "insists"})
    assert check(strong, DONE).assumptions == ("weak fairness of one or three",)


def test_a_run_stays_only_where_no_member_is_possible() -> None:
    system = toy("0 go 1", "1 late 2", "2 soon 2", environment={"go"}, fair=[("soon", "late")])
    result = check(system, leads_to("n == '1'", "n == '2'"))
    assert result.verdict is Verdict.HOLDS
    lasso = check(system, eventually("n == '1'")).evidence
    assert lasso is not None
    assert (lasso.stem, lasso.loop) == ((), ())
    walk = Walk(system)
    walk.take("go")
    assert walk.owed(1) == ("late or soon",)
    assert walk.go_on() == 2
    assert walk.taken == ["go", "late", "soon"]


@pytest.mark.parametrize(
    ("fair", "told"),
    [
        ([("one", "tree")], "system 'toy': fair names 'tree', which is no trigger of its components; "),
        ([()], "system 'toy': fair has (); write a trigger, or a group of triggers of which one is enough: ('retry_s"),
        ([("one", 3)], "system 'toy': fair has ('one', 3); write a trigger, or a group of triggers"),
        ([4], "system 'toy': fair has 4; write a trigger, or a group"),
    ],
)
def test_what_is_no_group_is_refused(fair: list[Any], told: str) -> None:
    with pytest.raises(CompositionError) as caught:
        toy(*ROUND, fair=fair)
    assert told in str(caught.value)


def test_the_environment_owes_nothing_in_a_group_either() -> None:
    with pytest.raises(CompositionError, match="trigger 'one' is both fair and the environment's"):
        toy(*ROUND, environment={"one"}, fair=[("one", "three")])


def test_a_mutant_keeps_what_is_left_of_a_group() -> None:
    system = toy(*ROUND, fair=[("one", "three")])
    left = {mutant.description: mutant.of(system).owed_weakly for mutant in mutants_of(system)}
    assert left["n: three removed from the alphabet"] == {"one": ("one",)}
    assert left["n: row one, 0 -> 3 removed"] == {"three or one": ("three", "one")}  # in the order of what is left


def test_a_remedy_makes_a_group_fair_as_a_whole() -> None:
    system = toy(*ROUND, fair=["flip", ("one", "three")])
    assert [change.description for change in fairness_changes(system)] == [
        "fairness of one or three: strong instead of weak",
        "fairness of flip: strong instead of weak",
        "fairness of flop: weak instead of none",
    ]
    strong = next(iter(fairness_changes(system))).system()
    assert (list(strong.owed_strongly), list(strong.owed_weakly)) == (["one or three"], ["flip"])


def test_a_recorded_system_has_its_groups() -> None:
    machine = toy(*ROUND).components[0]
    system, gone = RecordedSystem({"n": machine}, fair=[("one", "three", "five")]).composed()
    assert (system.owed_weakly, gone) == ({"one or three": ("one", "three")}, "trigger 'five'")


def test_a_state_machine_judges_by_groups() -> None:
    from hypothesis import settings
    from hypothesis.stateful import run_state_machine_as_test

    flips = toy("0 one 3", "0 flip 4", "4 flop 0", "4 three 3", "3 again 0", fair=[("one", "three")])
    few = settings(max_examples=15, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(state_machine(flips, DONE), settings=few)
    with pytest.raises(AssertionError, match="is violated"):
        run_state_machine_as_test(state_machine(flips, DONE, fair=["one", "three"]))


def test_a_story_tells_a_loop_of_a_group() -> None:
    system = toy("0 soon 0", "0 late 0", "0 out 1", fair=[("late", "soon")])
    told = story(check(system, eventually("n == '1'")))
    assert "can repeat for ever, and every fair trigger gets its due." in told


@pytest.fixture(scope="module")
def answers() -> list[tuple[NaiveJudge, Property, list[Any]]]:
    random = Random(14)
    engines = ["explicit", "symbolic"]
    found = []
    for system in random_systems(14, sized(40, 200, 4_000), 5, groups=True):
        explorer, judge = Explorer(), NaiveJudge(system)
        for asked in random_properties(random, system):
            results = [check_by(explorer, system, asked, engine=engine) for engine in engines]  # type: ignore[arg-type]
            found.append((judge, asked, results))
    return found


def test_random_systems_with_groups_are_judged_alike(answers: list[tuple[NaiveJudge, Property, list[Any]]]) -> None:
    split: Counter[Verdict] = Counter()
    for judge, asked, results in answers:
        expected = judge.verdict(asked)
        assert [result.verdict for result in results] == [expected] * len(results), (results, asked)
        split[expected] += asked.kind.is_liveness
    print(split)
    assert min(split[Verdict.HOLDS], split[Verdict.VIOLATED]) > len(answers) / 12


def test_every_lasso_of_them_is_fair_and_refuted_by_the_monitor_too(
    answers: list[tuple[NaiveJudge, Property, list[Any]]],
) -> None:
    for judge, asked, results in answers:
        for result in results:
            if not asked.kind.is_liveness or result.evidence is None:
                continue
            seen = judge if len(judge.names) == len(result.system.parts) else NaiveJudge(result.system)
            evidence = result.evidence
            assert LassoJudge(seen, asked).fault(evidence.stem, evidence.loop) == ""
            monitor, run = Monitor.of(result.system, asked), Run(result.system)
            said = [monitor.visit(run.state, run.possible())]
            for trigger in (*evidence.stem, *evidence.loop):
                run.trigger(trigger)
                said.append(monitor.visit(run.state, run.possible(), trigger))
            assert any(said)


def test_each_group_that_a_verdict_needs_is_needed(answers: list[tuple[NaiveJudge, Property, list[Any]]]) -> None:
    groups = 0
    for judge, asked, results in answers:
        told = results[0].assumptions
        assert all(result.assumptions == told for result in results)
        if results[0].verdict is Verdict.HOLDS and asked.kind.is_liveness:
            assert judge.verdict(asked, assumed(told)) is Verdict.HOLDS
            for one in told:
                assert judge.verdict(asked, assumed([other for other in told if other != one])) is Verdict.VIOLATED
                groups += " or " in one
    assert groups > len(answers) / 120


def assumed(assumptions: Any) -> Fairness:
    """Read assumptions as "weak fairness of soon or late"."""
    read: dict[str, set[frozenset[str]]] = {"weak": set(), "strong": set()}
    for one in assumptions:
        strength, names = one.split(" fairness of ")
        read[strength].add(frozenset(names.split(" or ")))
    return Fairness(frozenset(), frozenset(), frozenset(read["weak"]), frozenset(read["strong"]))

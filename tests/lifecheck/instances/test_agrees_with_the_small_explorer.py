"""Many instances explored as sets of states, and the copies written out and walked one by one: both find the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

import pytest

from tests import needs

needs.package("oxidd")

from lifecheck import Property, Result, System, Verdict, check, explore  # noqa: E402
from lifecheck.instances import DecidedBy, Decompositions, check_instances, space_of_instances  # noqa: E402
from lifecheck.instances.copies import copies, indexed, watched  # noqa: E402
from lifecheck.properties import Kind  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.instances.for_instance import for_instance  # noqa: E402
from tests.lifecheck.instances.random_populations import (  # noqa: E402
    Population,
    random_populations,
    random_properties,
)
from tests.lifecheck.naive_judge import NaiveJudge  # noqa: E402
from tests.lifecheck.naive_lasso import LassoJudge  # noqa: E402
from tests.lifecheck.random_systems import OneOf  # noqa: E402

SEED = 883522
POPULATIONS = sized(24, 60, 500)


@dataclass(frozen=True)
class Answer:
    """What both explorers say about one property."""

    system: System
    instances: int
    asked: Property
    result: Result
    expected: Result


Counts = tuple[int, int, int, int]
"""How many states and transitions there are, how deep, and how many deadlocks."""

Answers = tuple[Counts, Counts, int, list[Answer]]
"""A population counted both ways, how many instances it has, and the answers about it."""


@pytest.fixture(scope="module")
def populations() -> list[Answers]:
    drawn = [*random_populations(SEED, POPULATIONS), *random_populations(SEED, POPULATIONS // 2, groups=True)]
    return [asked_everything(number, population) for number, population in enumerate(drawn)]


@pytest.fixture(scope="module")
def answers(populations: list[Answers]) -> list[Answer]:
    return [one for _, _, _, found in populations for one in found]


def asked_everything(number: int, population: Population) -> Answers:
    """Explore a population both ways, and ask."""
    (system, instances), random = population, Random(number)
    small, known = copies(system, instances), Decompositions()
    found = []
    for asked in random_properties(random, system):
        result = check_instances(system, asked, instances, cutoff=False, known=known)
        assert result.engine == "symbolic"
        assert len(set(result.assumptions)) == len(result.assumptions)  # and what was explored is let go
        found.append(Answer(system, instances, asked, result, check(small, for_instance(asked, system, 1))))
    counted = space_of_instances(system, instances).ask(
        lambda one: (one.states, one.transitions, one.depth, one.encoding.count(one.deadlocks))
    )
    graph = explore(watched(system, instances))
    stuck = sum(not enabled for enabled in graph.enabled)
    return counted, (len(graph), graph.transitions, graph.depth, stuck), instances, found


def test_states_transitions_depth_and_deadlocks_are_counted_alike(populations: list[Answers]) -> None:
    sizes: Counter[int] = Counter()
    for by_sets, walked, instances, _ in populations:
        assert by_sets == walked
        sizes[instances] += walked[0]
    print("\nstates by number of instances", dict(sizes))
    assert min(sizes[instances] for instances in (1, 2, 3)) > POPULATIONS * 0.8


def test_there_are_broadcasts_with_runs_for_ever_among_them(answers: list[Answer]) -> None:
    assert sum(bool(one.system.broadcast) and has_lasso(one) for one in answers) > POPULATIONS / 30


def test_verdicts_and_counts_agree_on_every_kind_of_property(answers: list[Answer]) -> None:
    split: Counter[tuple[Kind, Verdict]] = Counter()
    for one in answers:
        split[one.asked.kind, one.result.verdict] += 1
        assert one.result.verdict is one.expected.verdict, (one.system, one.asked)
        assert (one.result.states, one.result.transitions) == (one.expected.states, one.expected.transitions)
    for kind in Kind:
        print(f"{kind:<18}", {str(verdict): split[kind, verdict] for verdict in Verdict})
        assert min(split[kind, Verdict.HOLDS], split[kind, Verdict.VIOLATED]) > POPULATIONS / 20, kind


def test_evidence_of_what_is_safe_or_reached_is_as_short_as_can_be(answers: list[Answer]) -> None:
    compared = 0
    for one in answers:
        if one.result.evidence is not None and not one.asked.kind.is_liveness:
            assert one.expected.evidence is not None
            assert len(one.result.evidence.stem) == len(one.expected.evidence.stem)
            assert one.result.evidence.shortest
            assert one.result.evidence.loop is None
            compared += 1
    assert compared > POPULATIONS * 0.4


def test_every_lasso_is_a_fair_run_on_which_the_goal_stays_due(answers: list[Answer]) -> None:
    lengths: Counter[int] = Counter()
    for one in answers:
        evidence = one.result.evidence
        if evidence is None or not one.asked.kind.is_liveness:
            continue
        assert evidence.loop is not None
        judge = LassoJudge(NaiveJudge(one.result.system), of_instance_1(one.asked, one.system))
        assert judge.fault(evidence.stem, evidence.loop) == "", (one.system, one.asked)
        assert len(evidence.stem) + len(evidence.loop) >= len(one.expected.evidence.states) - 1
        lengths[len(evidence.loop)] += 1
    print("\nlassos by length of the loop", sorted(lengths.items()))
    assert sum(lengths[length] for length in lengths if length > 2) > POPULATIONS * 0.08


def test_the_fairness_that_a_verdict_needs_suffices_and_none_of_it_can_be_left_out(answers: list[Answer]) -> None:
    needed = 0
    for one in answers:
        if not (one.asked.kind.is_liveness and one.result.verdict is Verdict.HOLDS):
            continue
        kept = {tuple(assumption.split(" fairness of ")) for assumption in one.result.assumptions}
        assert judged(one, kept) is Verdict.HOLDS
        for strength, trigger in kept:
            needed += 1
            assert judged(one, kept - {(strength, trigger)}) is Verdict.VIOLATED
            if strength == "strong":
                assert judged(one, kept - {(strength, trigger)} | {("weak", trigger)}) is Verdict.VIOLATED
    assert needed > POPULATIONS / 25


def test_where_the_cutoff_holds_one_two_and_three_instances_have_one_verdict(answers: list[Answer]) -> None:
    claimed: Counter[Verdict] = Counter()
    shared: Counter[str] = Counter()
    for one in answers:
        known = Decompositions()
        result = check_instances(one.system, one.asked, 1, known=known)
        if result.decided_by is not DecidedBy.CUTOFF:
            continue
        for instances in (1, 2, 3):
            explored = check_instances(one.system, one.asked, instances, cutoff=False, known=known)
            assert result.verdict is explored.verdict, (one.system, one.asked, instances)
        assert result.cutoff is not None
        claimed[result.verdict] += 1
        shared["with rows of what is shared"] += bool(result.cutoff.rows)
        shared["with broadcasts"] += bool(result.cutoff.broadcasts)
    print("\nverdicts for any number", dict(claimed), dict(shared))
    assert min(claimed[verdict] for verdict in (Verdict.HOLDS, Verdict.VIOLATED)) > POPULATIONS / 5
    assert min(shared.values()) > POPULATIONS / 5


def has_lasso(one: Answer) -> bool:
    return one.result.evidence is not None and one.result.evidence.loop is not None


def of_instance_1(asked: Property, system: System) -> Property:
    """Return the property of one instance for a judge that reads states by name alone."""

    def renamed(predicate: OneOf) -> OneOf:
        names = tuple(indexed(name, 1) if name in system.copied else name for name in predicate.names)
        return OneOf(names, predicate.chosen)

    given = None if asked.given is None else renamed(asked.given)
    return replace(asked, goal=renamed(asked.goal), given=given)


def judged(one: Answer, kept: set[tuple[str, ...]]) -> Verdict:
    """Return the small explorer's verdict under other fairness, the same for every instance."""
    named = {**one.system.owed_weakly, **one.system.owed_strongly}
    by = {strength: {named[name] for told, name in kept if told == strength} for strength in ("weak", "strong")}
    system = replace(one.system, fair=by["weak"], strong=dict.fromkeys(by["strong"], "kept"))
    return check(copies(system, one.instances), for_instance(one.asked, system, 1)).verdict


def test_both_engines_say_the_same_of_many_instances_with_the_fairness_of_all_at_once(answers: list[Answer]) -> None:
    needed = 0
    for one in [one for one in answers if one.asked.kind.is_liveness or one.instances == 2]:
        walked = check_instances(one.system, one.asked, one.instances, cutoff=False, engine="explicit")
        assert walked.engine == "explicit"
        assert (walked.verdict, walked.states) == (one.result.verdict, one.result.states)
        if one.asked.kind.is_liveness and walked.verdict is Verdict.HOLDS:
            kept = {tuple(assumption.split(" fairness of ")) for assumption in walked.assumptions}
            assert judged(one, kept) is Verdict.HOLDS
            assert all(judged(one, kept - {assumption}) is Verdict.VIOLATED for assumption in kept)
            needed += len(kept)
    assert needed > 0

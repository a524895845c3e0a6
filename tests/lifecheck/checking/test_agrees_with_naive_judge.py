"""The checker and a naive judge, who share no step of reasoning, answer alike on thousands of random systems."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

import pytest

from lifecheck import Property, Result, State, Verdict, check
from lifecheck.properties import Kind
from lifecheck.system.state import local_states
from tests.cross_check import sized
from tests.lifecheck.naive_judge import Fairness, GlobalState, NaiveJudge, closure
from tests.lifecheck.naive_lasso import LassoJudge
from tests.lifecheck.random_systems import random_properties, random_systems

SYSTEMS = sized(400, 1_000, 5_000)
MIXTURES = 5  # of fairness on each table of components: firing real machines is the slow part
SEED = 883522


@dataclass(frozen=True)
class Answer:
    """What the checker and the naive judge say about one property of one system."""

    judge: NaiveJudge
    asked: Property
    expected: Verdict
    result: Result

    @property
    def kind(self) -> str:
        return self.asked.kind + (" given" if self.asked.kind is Kind.ALWAYS and self.asked.given else "")

    @property
    def seen(self) -> NaiveJudge:
        """The judge of the system as the checker saw it: without the observers that the property does not read."""
        return self.judge if len(self.judge.names) == len(self.result.system.parts) else NaiveJudge(self.result.system)


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    random = Random(SEED)
    found = []
    gc.disable()  # all answers are kept: looking for garbage among them takes a third of the time
    try:
        for system in random_systems(SEED, SYSTEMS, MIXTURES):
            judge = NaiveJudge(system)
            questions = list(random_properties(random, system))
            for asked, result in zip(questions, check(system, *questions), strict=True):
                found.append(Answer(judge, asked, judge.verdict(asked), result))
    finally:
        gc.enable()
    return found


@pytest.fixture(scope="module")
def refuted(answers: list[Answer]) -> list[Answer]:
    """Violated liveness."""
    return [one for one in answers if one.asked.kind.is_liveness and one.result.verdict is Verdict.VIOLATED]


@pytest.fixture(scope="module")
def fulfilled(answers: list[Answer]) -> list[Answer]:
    """Liveness that holds."""
    return [one for one in answers if one.asked.kind.is_liveness and one.result.verdict is Verdict.HOLDS]


def test_the_checker_agrees_with_the_naive_judge_on_every_kind_of_property(answers: list[Answer]) -> None:
    for one in answers:
        assert one.result.verdict == one.expected, (one.result.system, one.asked)
    split = Counter((one.kind, one.expected) for one in answers)
    print()
    for kind in dict.fromkeys(one.kind for one in answers):
        counts = {verdict: split[kind, verdict] for verdict in Verdict}
        print(f"{kind:<18}" + "".join(f"{verdict:>10} {count:>6,}" for verdict, count in counts.items()))
        decided = counts[Verdict.HOLDS] + counts[Verdict.VIOLATED]
        assert decided >= SYSTEMS / 3, kind
        assert min(counts[Verdict.HOLDS], counts[Verdict.VIOLATED]) >= 0.2 * decided, kind
        assert (counts[Verdict.VACUOUS] > SYSTEMS / 50) == (kind in ("always given", "leads_to"))


def test_the_systems_mix_every_kind_of_fairness_and_are_counted_alike(answers: list[Answer]) -> None:
    mixtures: Counter[frozenset[str]] = Counter()
    sizes: Counter[int] = Counter()
    for one in answers:
        seen, fairness = one.seen, one.judge.fairness
        assert one.result.states == len(seen.reachable)
        assert one.result.transitions == sum(len(seen.moves[state]) for state in seen.reachable)
        assert one.result.system.weakly_fair == fairness.weak
        assert one.result.system.strongly_fair == fairness.strong
        owed = {"weak": fairness.weak, "strong": fairness.strong, "environment": one.judge.environment}
        owed["nothing"] = frozenset(one.result.system.triggers).difference(*owed.values())
        mixtures[frozenset(name for name, triggers in owed.items() if triggers)] += 1
        sizes[len(one.judge.reachable)] += 1
    print("\nproperties by number of states", sorted(sizes.items()))
    assert len(mixtures) == 2**4 - 1  # every non-empty choice of the four
    assert min(mixtures.values()) >= SYSTEMS / 50
    assert set(sizes) == set(range(1, 7))
    assert min(sizes.values()) >= 0.05 * len(answers)


def test_every_lasso_replays_closes_and_is_a_fair_run_on_which_the_goal_stays_due(refuted: list[Answer]) -> None:
    for one in refuted:
        evidence, judge = one.result.evidence, one.seen
        assert evidence.shortest
        assert LassoJudge(judge, one.asked).fault(evidence.stem, evidence.loop) == ""
        assert shown(evidence.states) == judge.walk((*evidence.stem, *evidence.loop))
    passed_twice = [one for one in refuted if len(inner := loop_states(one)) > len(set(inner))]
    print(f"\n{len(refuted):,} lassos, {len(passed_twice):,} pass a state twice in the loop")
    assert len(passed_twice) >= SYSTEMS / 50


def test_no_lasso_is_shorter_and_among_equals_the_first_is_shown(refuted: list[Answer]) -> None:
    examined: Counter[int] = Counter()
    for one in refuted:
        evidence, system = one.result.evidence, one.result.system
        length = len(evidence.stem) + len(evidence.loop)
        lassos = LassoJudge(one.seen, one.asked)
        if length == 0 or lassos.count_runs(length) > 1_000:  # nothing to show, or too long to show it by listing
            continue
        examined[length] += 1
        for less in range(length):
            assert not list(lassos.refuting_lassos(less)), (system, one.asked)
        in_order = sorted(  # ties: shorter stem, then row order
            lassos.refuting_lassos(length),
            key=lambda lasso: (len(lasso[0]), [system.triggers.index(trigger) for trigger in lasso[0] + lasso[1]]),
        )
        assert in_order[0] == (evidence.stem, evidence.loop)
    print("\nlassos shown to be shortest, by length", sorted(examined.items()))
    assert examined.total() >= SYSTEMS * 0.6
    assert sum(count for length, count in examined.items() if length >= 4) >= SYSTEMS * 0.06


def test_safety_evidence_is_a_shortest_path(answers: list[Answer]) -> None:
    examined: Counter[str] = Counter()
    for one in answers:
        if one.asked.kind.is_liveness or one.expected is Verdict.VACUOUS:
            continue
        evidence, judge = one.result.evidence, one.seen
        targets = looked_for(one, judge)
        if not targets:
            continue
        examined[one.kind] += 1
        states = judge.walk(evidence.stem)
        assert evidence.loop is None
        assert shown(evidence.states) == states
        assert states[-1] in targets
        assert len(evidence.stem) == distance(judge, targets)
        if one.asked.kind is Kind.CAN_ALWAYS_REACH:
            closed = closure({states[-1]}, judge.system_successors)
            assert set(shown(evidence.closed)) == closed
            assert {
                (*shown([before]), trigger, *shown([after])) for trigger, before, after in evidence.closed_steps
            } == {
                (state, trigger, target)
                for state in closed
                for trigger, target in judge.moves[state].items()
                if trigger not in judge.environment
            }
    assert len(examined) == 5
    assert min(examined.values()) >= SYSTEMS / 10


def test_the_assumptions_suffice_and_each_of_them_is_needed(answers: list[Answer], fulfilled: list[Answer]) -> None:
    assert all(one.result.assumptions == () for one in answers if not one.asked.kind.is_liveness)
    needed: Counter[str] = Counter()
    for one in fulfilled:
        kept = assumed(one.result)
        assert kept.strong <= one.judge.fairness.strong
        assert kept.weak <= one.judge.fairness.weak | one.judge.fairness.strong
        assert one.judge.verdict(one.asked, kept) == Verdict.HOLDS
        for trigger in kept.weak:
            assert one.judge.verdict(one.asked, replace(kept, weak=kept.weak - {trigger})) == Verdict.VIOLATED
        for trigger in kept.strong:
            without = replace(kept, strong=kept.strong - {trigger})
            assert one.judge.verdict(one.asked, without) == Verdict.VIOLATED
            assert one.judge.verdict(one.asked, replace(without, weak=kept.weak | {trigger})) == Verdict.VIOLATED
        needed.update({"weak": len(kept.weak), "strong": len(kept.strong), "none": not (kept.weak or kept.strong)})
    print("\nassumptions needed", dict(needed))
    assert needed["weak"] >= SYSTEMS / 5
    assert needed["strong"] >= SYSTEMS * 0.012


def assumed(result: Result) -> Fairness:
    """Read the assumptions of a result, such as "weak fairness of retry"."""
    read: dict[str, set[str]] = {"weak": set(), "strong": set()}
    for assumption in result.assumptions:
        strength, trigger = assumption.split(" fairness of ")
        read[strength].add(trigger)
    return Fairness(frozenset(read["weak"]), frozenset(read["strong"]))


def looked_for(one: Answer, judge: NaiveJudge) -> frozenset[GlobalState]:
    """Return the states of which one is the evidence of a safety property."""
    goal = judge.where(one.asked.goal)
    match one.asked.kind:
        case Kind.ALWAYS:
            given = judge.reachable if one.asked.given is None else judge.where(one.asked.given)
            return given - goal
        case Kind.CAN_ALWAYS_REACH:
            return frozenset(s for s in judge.reachable if not closure({s}, judge.system_successors) & goal)
        case _:
            return goal


def distance(judge: NaiveJudge, targets: frozenset[GlobalState]) -> int:
    """Return how many steps the nearest of some reachable states is away."""
    steps, layer = 0, {judge.start}
    while not layer & targets:
        steps, layer = steps + 1, {target for state in layer for target in judge.successors[state]}
    return steps


def shown(states: Iterable[State]) -> list[GlobalState]:
    return [tuple(str(local) for local in local_states(state).values()) for state in states]


def loop_states(one: Answer) -> list[GlobalState]:
    return shown(one.result.evidence.states[len(one.result.evidence.stem) + 1 :])

"""Decision diagrams of so many instances, and the small explorer on the copies written out, find the same."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests import needs

needs.package("oxidd")

from lifecheck import Result, Verdict, check  # noqa: E402
from lifecheck.instances import check_instances  # noqa: E402
from lifecheck.instances.copies import copies, for_instance  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.instances.random_populations import random_populations, random_properties  # noqa: E402
from tests.lifecheck.instances.test_agrees_with_the_small_explorer import Answer, judged, of_instance_1  # noqa: E402
from tests.lifecheck.naive_judge import NaiveJudge  # noqa: E402
from tests.lifecheck.naive_lasso import LassoJudge  # noqa: E402

SEED = 1729
POPULATIONS = sized(30, 60, 500)


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    found = []
    populations = [*random_populations(SEED, POPULATIONS), *random_populations(SEED, POPULATIONS // 2, groups=True)]
    for number, (system, instances) in enumerate(populations):
        small = copies(system, instances)
        for asked in random_properties(Random(number), system):
            result = check_instances(system, asked, instances, cutoff=False, engine="symbolic")
            found.append(Answer(system, instances, asked, result, check(small, for_instance(asked, system, 1))))
    return found


def test_verdicts_and_counts_agree(answers: list[Answer]) -> None:
    split: Counter[Verdict] = Counter()
    for one in answers:
        split[one.result.verdict] += 1
        assert one.result.engine == "symbolic"
        assert one.result.verdict is one.expected.verdict, (one.system, one.asked)
        assert (one.result.states, one.result.transitions) == (one.expected.states, one.expected.transitions)
    assert min(split[Verdict.HOLDS], split[Verdict.VIOLATED]) > POPULATIONS / 3


def test_evidence_is_as_short_as_can_be_or_a_fair_run_on_which_the_goal_stays_due(answers: list[Answer]) -> None:
    met: Counter[str] = Counter()
    for one in answers:
        evidence = one.result.evidence
        if evidence is None or one.expected.evidence is None:
            assert evidence is one.expected.evidence
        elif one.asked.kind.is_liveness:
            judge = LassoJudge(NaiveJudge(one.result.system), of_instance_1(one.asked, one.system))
            assert judge.fault(evidence.stem, evidence.loop or ()) == "", (one.system, one.asked)
            met["lassos"] += 1
        else:
            assert evidence.stem == one.expected.evidence.stem
            met["paths"] += 1
    assert met["lassos"] > POPULATIONS / 10
    assert met["paths"] > POPULATIONS / 3


def test_the_fairness_that_a_verdict_needs_is_that_of_all_instances_at_once(answers: list[Answer]) -> None:
    needed = 0
    for one in answers:
        if is_kept_promise(one.result):
            kept = {tuple(assumption.split(" fairness of ")) for assumption in one.result.assumptions}
            assert judged(one, kept) is Verdict.HOLDS
            for assumption in kept:
                needed += 1
                assert judged(one, kept - {assumption}) is Verdict.VIOLATED
    assert needed > 0


def is_kept_promise(result: Result) -> bool:
    return result.property.kind.is_liveness and result.verdict is Verdict.HOLDS


def test_a_hundred_instances_that_share_nothing_and_twelve_in_a_queue_are_counted() -> None:
    from lifecheck import Component, Row, System, can_always_reach

    rows = [Row("ask", "idle", "waiting"), Row("get", "waiting", "served"), Row("leave", "served", "idle")]
    guest = Component("guest", ["idle", "waiting", "served"], "idle", rows, {"ask", "get", "leave"})
    alone = System("guests", [guest], copied={"guest"})
    result = check_instances(alone, can_always_reach("guest == 'served'"), 100, cutoff=False, engine="symbolic")
    assert (result.verdict, result.states) == (Verdict.HOLDS, 3**100)
    lends = [Row("get", "free", "lent"), Row("leave", "lent", "free")]
    table = Component("table", ["free", "lent"], "free", lends, {"get", "leave"})
    shared = System("restaurant", [guest, table], copied={"guest"})
    result = check_instances(shared, can_always_reach("guest == 'served'"), 12, engine="symbolic")
    assert (result.verdict, result.states) == (Verdict.HOLDS, 2**12 + 12 * 2**11)

"""Where a limit is met the checker may say less than the naive judge, never something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from random import Random

import pytest

from lifecheck import Evidence, Property, System, Verdict, check
from lifecheck.checking import liveness
from lifecheck.checking.lasso import find_lasso
from tests.cross_check import sized
from tests.lifecheck.naive_judge import NaiveJudge
from tests.lifecheck.naive_lasso import LassoJudge
from tests.lifecheck.random_systems import random_properties, random_systems


def questions(seed: int, systems: int) -> Iterator[tuple[System, list[Property]]]:
    random = Random(seed)
    for system in random_systems(seed, systems, mixtures=4):
        yield system, list(random_properties(random, system))


def length(evidence: Evidence) -> int:
    return len(evidence.stem) + len(evidence.loop or ())


def test_a_limit_of_states_leaves_a_verdict_as_it_is_or_unknown() -> None:
    seen: Counter[str] = Counter()
    for system, everything in questions(seed=1, systems=sized(50, 200, 200)):
        judge = NaiveJudge(system)
        without_limit = check(system, *everything)
        for limit in (1, 2, 4):
            for unlimited, result in zip(without_limit, check(system, *everything, limit=limit), strict=True):
                asked = result.property
                seen[result.verdict] += 1
                assert result.verdict in (judge.verdict(asked), Verdict.UNKNOWN), (system, asked, limit)
                if result.evidence is None:
                    continue
                if asked.kind.is_liveness:
                    lasso = LassoJudge(NaiveJudge(result.system), asked)
                    assert lasso.fault(result.evidence.stem, result.evidence.loop) == ""
                assert unlimited.evidence is not None
                assert not result.evidence.shortest or length(result.evidence) == length(unlimited.evidence), (
                    system,
                    asked,
                    limit,
                )
    assert len(seen) == 4
    assert min(seen.values()) >= sized(50, 200, 200)


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_a_lasso_found_after_the_search_was_given_up_is_still_fair(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liveness, "find_lasso", partial(find_lasso, limit=limit))
    given_up = 0
    for system, everything in questions(seed=2, systems=sized(100, 200, 200)):
        for result in check(system, *(asked for asked in everything if asked.kind.is_liveness)):
            evidence, asked = result.evidence, result.property
            if evidence is None:
                continue
            lassos = LassoJudge(NaiveJudge(result.system), asked)
            assert lassos.fault(evidence.stem, evidence.loop) == ""
            given_up += not evidence.shortest
            if evidence.shortest and lassos.count_runs(length(evidence)) <= 200:
                assert not any(list(lassos.refuting_lassos(less)) for less in range(length(evidence))), (system, asked)
    assert given_up >= 10

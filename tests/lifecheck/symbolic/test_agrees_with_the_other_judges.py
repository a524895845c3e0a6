"""The symbolic engine, the explicit one and the naive judge find the same on random systems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from tests import needs

needs.package("oxidd")

from lifecheck import Property, Result, System, Verdict  # noqa: E402
from lifecheck.checking import check_by  # noqa: E402
from lifecheck.checking.engines import sets_of  # noqa: E402
from lifecheck.machines import Tables  # noqa: E402
from lifecheck.properties import Kind  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.naive_judge import NaiveJudge  # noqa: E402
from tests.lifecheck.naive_lasso import LassoJudge  # noqa: E402
from tests.lifecheck.random_systems import LARGER, SHAPES, random_properties, random_systems  # noqa: E402

SEED = 31415
SYSTEMS = sized(40, 150, 5_000)
MIXTURES = 5  # of fairness on each table of components


@dataclass(frozen=True)
class Answer:
    """What both engines say about one property, and how deep the system is; the naive judge, where it is small."""

    asked: Property
    explicit: Result
    symbolic: Result
    judge: NaiveJudge | None
    depths: tuple[int, int]

    @property
    def seen(self) -> NaiveJudge:
        """The judge of the system as it was checked: without the observers that the property does not read."""
        assert self.judge is not None
        is_whole = len(self.judge.names) == len(self.symbolic.system.parts)
        return self.judge if is_whole else NaiveJudge(self.symbolic.system)


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [*answered(SEED, SYSTEMS), *answered(SEED + 1, SYSTEMS, larger=True)]


def answered(seed: int, count: int, *, larger: bool = False) -> Iterator[Answer]:
    random = Random(seed)
    tables = Tables()
    for number, system in enumerate(random_systems(seed, count, MIXTURES, LARGER if larger else SHAPES)):
        tables = tables if number % MIXTURES else Tables()
        explorer, judge = Explorer(tables), None if larger else NaiveJudge(system)
        depths = explorer.explore(system).depth, sets_of(explorer, system).ask(lambda space: space.depth)
        for asked in random_properties(random, system):
            explicit, symbolic = (by(engine, explorer, system, asked) for engine in ("explicit", "symbolic"))
            yield Answer(asked, explicit, symbolic, judge, depths)


def by(engine: str, explorer: Explorer, system: System, asked: Property) -> Result:
    result = check_by(explorer, system, asked, engine=engine)  # type: ignore[arg-type]
    assert len(set(result.assumptions)) == len(result.assumptions)  # and what was explored is let go
    return result


def test_verdicts_agree_on_every_kind_of_property(answers: list[Answer]) -> None:
    split: Counter[tuple[Kind, Verdict]] = Counter()
    for one in answers:
        split[one.asked.kind, one.symbolic.verdict] += 1
        assert one.symbolic.verdict is one.explicit.verdict, (one.symbolic.system, one.asked)
        if one.judge is not None:
            assert one.symbolic.verdict is one.judge.verdict(one.asked), (one.symbolic.system, one.asked)
        assert (one.explicit.engine, one.symbolic.engine) == ("explicit", "symbolic")
    for kind in Kind:
        print(f"{kind:<18}", {str(verdict): split[kind, verdict] for verdict in Verdict})
        assert min(split[kind, Verdict.HOLDS], split[kind, Verdict.VIOLATED]) > SYSTEMS / 4, kind


def test_states_transitions_and_depth_are_counted_alike(answers: list[Answer]) -> None:
    for one in answers:
        assert one.depths[0] == one.depths[1]
        assert (one.symbolic.states, one.symbolic.transitions) == (one.explicit.states, one.explicit.transitions)
        assert one.symbolic.system is one.explicit.system
        assert one.symbolic.note == one.explicit.note


def test_evidence_of_safety_is_the_same_to_the_last_trigger(answers: list[Answer]) -> None:
    compared = 0
    for one in answers:
        if one.explicit.evidence is not None and not one.asked.kind.is_liveness:
            assert one.symbolic.evidence == one.explicit.evidence
            compared += 1
    assert compared > SYSTEMS


def test_every_lasso_is_a_fair_run_on_which_the_goal_stays_due(answers: list[Answer]) -> None:
    lengths: Counter[int] = Counter()
    for one in answers:
        found = one.symbolic.evidence
        if found is None or not one.asked.kind.is_liveness or one.judge is None:
            continue
        assert found.loop is not None
        assert LassoJudge(one.seen, one.asked).fault(found.stem, found.loop) == "", (one.seen, one.asked)
        lengths[len(found.loop)] += 1
    print("\nlassos by length of the loop", sorted(lengths.items()))
    assert sum(lengths[length] for length in lengths if length > 2) > SYSTEMS / 10


def test_a_lasso_said_to_be_shortest_is_as_short_as_the_explicit_one(answers: list[Answer]) -> None:
    told: Counter[str] = Counter()
    for one in answers:
        found, known = one.symbolic.evidence, one.explicit.evidence
        if found is not None and known is not None and one.asked.kind.is_liveness:
            assert known.shortest
            assert len(found.states) >= len(known.states)
            told["proven"] += found.shortest
            told["as short"] += len(found.states) == len(known.states)
            told["longer"] += len(found.states) > len(known.states)
            assert not found.shortest or len(found.states) == len(known.states)
    print("\nlassos", dict(told))
    assert told["proven"] > SYSTEMS / 2
    assert told["as short"] > told["longer"]


def test_the_fairness_that_a_verdict_needs_is_the_same(answers: list[Answer]) -> None:
    needed = 0
    for one in answers:
        assert one.symbolic.assumptions == one.explicit.assumptions
        needed += bool(one.symbolic.assumptions)
    assert needed > SYSTEMS / 4

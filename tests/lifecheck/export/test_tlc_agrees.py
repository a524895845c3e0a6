"""TLC reads exported modules, counts the same states, and gives the same verdicts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from lifecheck import System, Verdict, check, eventually, leads_to
from lifecheck.export.description import describe
from lifecheck.properties import Kind
from tests.cross_check import sized
from tests.lifecheck.export.agreement import Split, own_verdicts, shown
from tests.lifecheck.export.tlc import Tlc, jar
from tests.lifecheck.random_systems import random_properties, random_systems
from tests.lifecheck.toys import toy

jar()  # skips without it


@pytest.mark.long
def test_a_system_is_counted_and_judged_alike(tmp_path: Path) -> None:
    system = toy("0 ring 1", "1 answer 2", "1 ignore 0", "2 close 0", environment={"ring"}, strong={"answer"})
    asked = {
        "answered": leads_to(lambda s: s.n == "1", lambda s: s.n == "2"),
        "settled": leads_to(lambda s: s.n == "1", lambda s: s.n in ("0", "2")),
    }
    description = describe(system, asked)
    tlc = Tlc(description, tmp_path)
    assert tlc.count() == description.states == 3
    verdicts = {one.name: tlc.verdict(one) for one in description.questions}
    assert verdicts == own_verdicts(system, description)
    assert set(verdicts.values()) == {Verdict.HOLDS, Verdict.VIOLATED}


CASES = [
    # fairness is owed by name: `left` is taken again and again, `right` does the same and never is
    (toy("0 left 0", "0 right 0", "0 out 1", fair={"left", "right"}), Verdict.VIOLATED),
    # weak fairness is not enough for what is possible only now and then
    (toy("0 out 1", "0 flip 2", "2 flop 0", strong={"out"}), Verdict.HOLDS),
    (toy("0 out 1", "0 flip 2", "2 flop 0"), Verdict.VIOLATED),
    # one member of a group is enough: where it goes round for ever, another that would lead out is not owed
    (toy("0 soon 0", "0 out 1", fair={("soon", "out")}), Verdict.VIOLATED),
    (toy("0 one 1", "0 flip 4", "4 flop 0", "4 three 1", fair={("one", "three")}), Verdict.HOLDS),
    # a run may stand still only where no fair trigger is possible
    (toy("0 go 1", environment={"go"}), Verdict.VIOLATED),
    (toy("0 go 1"), Verdict.HOLDS),
]


@pytest.mark.parametrize(
    ("system", "expected"), sized([CASES[1]], [CASES[1], CASES[3]], CASES)
)  # each starts a Java machine
def test_stuttering_and_fairness_mean_the_same(system: System, expected: Verdict, tmp_path: Path) -> None:
    description = describe(system, {"out": eventually(lambda s: s.n == "1")})
    assert check(system, description.questions[0].asked).verdict is expected
    assert Tlc(description, tmp_path).verdict(description.questions[0]) is expected


@pytest.mark.parametrize("count", sized([], [], [10]))
def test_random_systems_are_counted_and_judged_alike(count: int, tmp_path: Path) -> None:
    random = Random(7)
    split: Split = Counter()
    systems = [*random_systems(7, count), *random_systems(8, count, groups=True)]
    for number, system in enumerate(systems):
        asked = {f"{one.kind} {place}": one for place, one in enumerate(random_properties(random, system))}
        description = describe(system, asked)
        own = own_verdicts(system, description)
        tlc = Tlc(description, tmp_path / str(number))
        assert tlc.count() == description.states
        for question in description.questions:
            if question.asked.kind is not Kind.CAN_ALWAYS_REACH:
                assert tlc.verdict(question) is own[question.name], (system, question.asked)
                split[question.asked.kind, own[question.name]] += 1
    print("\n" + shown(split))
    for kind in (Kind.EVENTUALLY, Kind.LEADS_TO):
        assert min(split[kind, Verdict.HOLDS], split[kind, Verdict.VIOLATED]) >= 3

"""Where no single change saves a property, pairs are tried within a budget, and what throws work away says so."""

from __future__ import annotations

from itertools import combinations

import pytest

from lifecheck import Claim, Component, Row, System, check, judge, never, sometimes
from lifecheck.changes import Pairs, Remedies, pairs
from lifecheck.properties import Verdict


def door(side: str) -> Component:
    """Return a door that may break in two ways: each must be mended, and it must go on to open."""
    rows = [
        Row(f"open_{side}", "shut", "open"),
        Row(f"close_{side}", "open", "shut"),
        Row(f"slam_{side}", "open", "out"),
    ]
    return Component(side, ["shut", "open", "out"], "shut", rows, {row.trigger for row in rows})


HOUSE = System("house", [door("left"), door("right")])
WHOLE = Claim("whole", "no door is out", never("left == 'out' or right == 'out'"))
OPENS = Claim("opens", "both doors open", sometimes("left == 'open' and right == 'open'"))


def search(system: System = HOUSE) -> tuple[Remedies, Pairs]:
    judgement = judge(system.name, system, WHOLE)
    remedies = Remedies(judgement, system, [WHOLE, OPENS])
    attempts = [remedies.attempt(candidate) for candidate in remedies.candidates]
    assert not [one for one in attempts if one.is_remedy and not one.costs], "a single change does it"
    return remedies, Pairs(remedies, attempts, judgement, system)


def test_two_mistakes_need_two_changes() -> None:
    _, both = search()
    found = both.found()
    assert 0 < len(found) <= pairs.FOUND
    assert 0 < both.tried <= both.afforded
    for pair in found:
        assert {pair.first.description.partition(":")[0], pair.second.description.partition(":")[0]} == {
            "left",
            "right",
        }
        assert pair.as_json()["changes"] == [pair.first.description, pair.second.description]


def test_a_pair_that_is_told_saves_the_property_and_keeps_the_other_requirement() -> None:
    remedies, both = search()
    for pair in both.found():
        first = remedies.attempt(pair.first)
        assert first.system is not None
        left = first.system
        after = Remedies(judge(left.name, left, WHOLE), left, [])
        second = next(one for one in after.candidates if one.description == pair.second.description)
        changed = after.attempt(second).system
        assert changed is not None
        assert [one.verdict for one in check(changed, WHOLE.asked, OPENS.asked)] == [Verdict.HOLDS, Verdict.HOLDS]
        never_taken = [
            trigger
            for trigger in HOUSE.triggers
            if not any(trigger in (row.trigger for row in part.rows) for part in changed.components)
        ]
        assert set(never_taken) <= set(pair.lost)


def test_nothing_is_found_where_three_changes_are_needed() -> None:
    third = door("back")
    claim = Claim("whole", "no door is out", never("left == 'out' or right == 'out' or back == 'out'"))
    system = System("villa", [door("left"), door("right"), third])
    judgement = judge(system.name, system, claim)
    remedies = Remedies(judgement, system, [claim])
    attempts = [remedies.attempt(candidate) for candidate in remedies.candidates]
    assert not Pairs(remedies, attempts, judgement, system).found()


@pytest.mark.parametrize("most", [2, 6])
def test_no_more_is_tried_than_is_afforded(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "PAIRS_AFFORDED", most)
    _, both = search()
    both.found()
    assert both.afforded == most
    assert both.tried <= most


def test_no_pair_is_tried_twice() -> None:
    _, both = search()
    told = [frozenset((pair.first.description, pair.second.description)) for pair in both.found()]
    assert all(one != other for one, other in combinations(told, 2))

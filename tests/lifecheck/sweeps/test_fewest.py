"""The conditions are met exactly where something is so, greedy or not."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from lifecheck.changes import Cause
from lifecheck.sweeps import fewest, fewest_conditions
from tests.cross_check import sized

SWITCHES = {"one": ("a", "b"), "two": ("a", "b", "c"), "three": ("a", "b"), "four": ("a", "b", "c", "d")}


def is_met(cause: Cause, point: tuple[int, ...]) -> bool:
    setting = {switch: values[at] for (switch, values), at in zip(SWITCHES.items(), point, strict=True)}
    return all(setting[switch] in values for switch, values in cause.fixed.items())


@pytest.mark.parametrize("exact", [True, False])
def test_conditions_are_met_inside_and_nowhere_outside_and_none_in_vain(
    exact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exact:
        monkeypatch.setattr(fewest, "EXACT_POINTS", -1)
    drawn = random.Random(19)
    points = [(a, b, c, d) for a in range(2) for b in range(3) for c in range(2) for d in range(4)]
    for _ in range(sized(15, 200, 6_000)):
        there = [point for point in points if drawn.random() < 0.7]
        share = drawn.random()
        inside = [point for point in there if drawn.random() < share]
        outside = [point for point in there if point not in inside]
        found = fewest_conditions(SWITCHES, inside, outside)
        assert found.exact is exact
        met = {point for point in there if any(is_met(cause, point) for cause in found.causes)}
        assert met == set(inside)
        for left_out in found.causes:
            rest = [cause for cause in found.causes if cause is not left_out]
            assert any(not any(is_met(cause, point) for cause in rest) for point in inside), "one is in vain"
        for cause in found.causes:  # none says more than it must
            for switch in cause.fixed:
                wider = Cause({name: values for name, values in cause.fixed.items() if name != switch})
                assert any(is_met(wider, point) for point in outside)


def least_number(inside: set[tuple[int, ...]], outside: set[tuple[int, ...]]) -> int:
    """Return how many conditions it takes at least, by trying all that there are."""
    sets = [
        {point for point in inside if all(point[at] in kept for at, kept in enumerate(box))}
        for box in product(*(subsets(range(len(values))) for values in list(SWITCHES.values())[:3]))
        if not any(all(point[at] in kept for at, kept in enumerate(box)) for point in outside)
    ]
    several = list(dict.fromkeys(frozenset(one) for one in sets if one))
    return next(
        number
        for number in range(len(inside) + 1)
        if any(set().union(*some) == inside for some in combinations(several, number))
    )


def subsets(values: range) -> list[tuple[int, ...]]:
    return [some for number in range(1, len(values) + 1) for some in combinations(values, number)]


def test_no_fewer_conditions_would_do() -> None:
    drawn = random.Random(19)
    points = list(product(range(2), range(3), range(2)))
    for _ in range(sized(40, 200, 2_000)):
        there = [point for point in points if drawn.random() < 0.85]
        share = drawn.random()
        inside = {point for point in there if drawn.random() < share}
        switches = dict(list(SWITCHES.items())[:3])
        found = fewest_conditions(switches, sorted(inside), sorted(set(there) - inside))
        assert (len(found.causes), found.exact) == (least_number(inside, set(there) - inside), True)


def test_what_is_not_proven_the_fewest_is_not_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    switches = {"one": ("a", "b"), "two": ("a", "b")}
    inside, outside = [(0, 0), (1, 1)], [(0, 1), (1, 0)]
    assert fewest_conditions(switches, inside, outside).exact
    monkeypatch.setattr(fewest, "TRIES", 0)
    found = fewest_conditions(switches, inside, outside)
    assert (len(found.causes), found.exact) == (2, False)


def test_where_little_of_a_large_lattice_exists_no_time_is_lost_on_what_is_not_there() -> None:
    drawn = random.Random(19)
    switches = {f"switch {number}": ("a", "b", "c") for number in range(9)}
    points = [tuple(drawn.randrange(3) for _ in switches) for _ in range(100)]
    inside = [point for point in points if point[0] == 1 or point[4:6] == (2, 2)]
    found = fewest_conditions(switches, inside, [point for point in points if point not in inside])
    assert not found.exact
    assert len(found.causes) <= 4

"""The conditions are met exactly where something is so, greedy or not."""

from __future__ import annotations

import random

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

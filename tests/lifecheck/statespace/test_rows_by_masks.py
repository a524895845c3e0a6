"""Rows alone are explored by masks: the same states in the same order as by asking each component in turn."""

from __future__ import annotations

import pytest

from lifecheck import System
from lifecheck.statespace import Explorer, graph
from model import VARIANTS
from tests.cross_check import sized


@pytest.mark.parametrize("name", [*VARIANTS][:: sized(5, 2, 1)])
@pytest.mark.parametrize("limit", [1, 7, 100_000])
def test_both_ways_to_explore_find_the_same_in_the_same_order(
    name: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    system: System = VARIANTS[name]
    by_masks = Explorer().explore(system, limit)
    monkeypatch.setattr(graph, "runs_code", lambda component: True)
    one_by_one = Explorer().explore(system, limit)
    assert (len(by_masks), by_masks.expanded, by_masks.depth) == (
        len(one_by_one),
        one_by_one.expanded,
        one_by_one.depth,
    )
    assert by_masks.enabled == one_by_one.enabled
    for state in range(len(by_masks)):
        assert by_masks.view(state) == one_by_one.view(state)
        assert by_masks.path_to(state) == one_by_one.path_to(state)
        if state < by_masks.expanded:
            assert list(by_masks.edges(state)) == list(one_by_one.edges(state))

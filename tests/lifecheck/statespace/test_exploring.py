"""Three ways to explore find the same states in the same order: asking each component in turn, by masks, by observing.

Rows alone are explored by masks; observers are added to what is known without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from transitions import Machine

from lifecheck import Component, Row, System, component_of
from lifecheck.statespace import Explorer, Graph, exploring
from model import VARIANTS
from tests.cross_check import sized
from tests.lifecheck.random_systems import LARGER, random_systems


def assert_same(one: Graph, other: Graph) -> None:
    """Compare everything that a graph says, except in which order its tables number local states."""
    assert (len(one), one.expanded, one.complete) == (len(other), other.expanded, other.complete)
    assert (one.enabled, one.depth, one.transitions) == (other.enabled, other.depth, other.transitions)
    for state in range(len(one)):
        assert one.view(state) == other.view(state)
        assert (one.path_to(state), one.depth_of(state)) == (other.path_to(state), other.depth_of(state))
        if state < one.expanded:
            assert list(one.edges(state)) == list(other.edges(state))


def observing(system: System, limit: int) -> Graph:
    """Explore a system without its observers, and then with them."""
    explorer = Explorer()
    explorer.explore(system.with_observers(()), limit)
    return explorer.explore(system, limit)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[System]:
    """Keep which systems had their observers added to what was known."""
    systems: list[System] = []
    real = exploring.observe

    def observe(known, system, *given):  # type: ignore[no-untyped-def]
        systems.append(system)
        return real(known, system, *given)

    monkeypatch.setattr("lifecheck.statespace.explorer.observe", observe)
    return systems


@pytest.mark.parametrize("name", [*VARIANTS][:: sized(5, 2, 1)])
@pytest.mark.parametrize("limit", [1, 7, 100_000])
def test_all_ways_to_explore_find_the_same_in_the_same_order(
    name: str, limit: int, monkeypatch: pytest.MonkeyPatch, added: list[System]
) -> None:
    system: System = VARIANTS[name]
    by_masks, by_observing = Explorer().explore(system, limit), observing(system, limit)
    assert bool(added) is (limit == 100_000)
    monkeypatch.setattr(exploring, "runs_code", lambda component: True)
    one_by_one = Explorer().explore(system, limit)
    assert_same(by_masks, one_by_one)
    assert_same(by_observing, one_by_one)


def test_observers_are_added_to_random_systems_within_every_limit(added: list[System]) -> None:
    met, random = 0, Random(12)
    for bare in random_systems(11, sized(15, 150, 2_000), shapes=LARGER):
        system = replace(bare, observers=[_watcher(random, name, bare.triggers) for name in ("first", "second")])
        whole, without = len(Explorer().explore(system)), len(Explorer().explore(bare))
        # from where the system without them just fits to where all of it does
        for limit in {without, (without + whole) // 2, whole - 1, whole} - {0}:
            assert_same(observing(system, limit), Explorer().explore(system, limit))
            met += without <= limit < whole
    assert met > 10  # the limit was met by what observers add, too
    assert added


def _watcher(random: Random, name: str, triggers: Sequence[str]) -> Component:
    watched = random.sample(triggers, random.randint(1, len(triggers)))
    states = ["none", "some", "many"]
    rows = [Row(trigger, state, random.choice(states)) for trigger in watched for state in states]
    return Component(name, states, "none", rows, set(watched))


class _Counting:
    """Counts how often a lamp blinked, up to three times."""

    def __init__(self) -> None:
        self.times = 0
        Machine(self, states=["watching"], initial="watching", after_state_change="count").add_transition(
            "blink", "watching", "="
        )

    def count(self) -> None:
        """Count one more."""
        self.times = min(self.times + 1, 3)


def test_an_observer_that_runs_code_is_explored_with_all_the_others(added: list[System]) -> None:
    lamp = Component("lamp", ["on"], "on", [Row("blink", "on", "=")], {"blink"})
    rows = [Row("blink", "even", "odd"), Row("blink", "odd", "even")]
    system = System("lamp", [lamp], observers=[Component("parity", ["even", "odd"], "even", rows, {"blink"})])
    assert len(observing(system, 10)) == 2
    assert added == [system]
    added.clear()
    counting = System("lamp", [lamp], observers=[component_of(_Counting, "counting", attributes=["times"])])
    assert len(observing(counting, 10)) == 4
    assert not added

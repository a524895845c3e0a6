"""The nearest way to a goal is the same on sets of states as on a graph."""

from __future__ import annotations

from functools import partial
from random import Random

from tests import needs

needs.package("oxidd")

from lifecheck import Run, explore  # noqa: E402
from lifecheck.checking import sets_of, way_in_sets, way_to  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.random_systems import random_properties, random_systems  # noqa: E402

SYSTEMS = sized(40, 200, 2_000)


def test_both_ways_are_the_same_to_the_last_trigger() -> None:
    random, found = Random(2), 0
    for system in random_systems(seed=31, count=SYSTEMS):
        run = Run(system)
        taken: list[str] = []
        for _ in range(random.randrange(4)):
            if run.possible():
                taken.append(random.choice(run.possible()))
                run.trigger(taken[-1])
        graph, sets = explore(system), sets_of(Explorer(), system)
        for asked in random_properties(random, system):
            expected = way_to(graph, taken, asked.goal)
            assert sets.ask(partial(way_in_sets, taken=taken, goal=asked.goal)) == expected
            found += bool(expected)
    assert found > SYSTEMS / 10

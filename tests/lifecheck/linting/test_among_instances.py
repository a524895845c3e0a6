"""What several instances reach and take, walked one by one, is in what is said to be possible among any number."""

from __future__ import annotations

import re

from lifecheck import LifecheckError, explore
from lifecheck.instances.copies import copies
from lifecheck.linting.among_instances import uses_among_instances
from lifecheck.machines import Tables
from tests.cross_check import sized
from tests.lifecheck.instances.random_populations import random_populations

POPULATIONS = sized(30, 200, 2_000)


def test_nothing_that_so_many_instances_do_is_missing() -> None:
    compared = beyond_one = 0
    for system, instances in random_populations(4, POPULATIONS):
        bare = system.with_observers(())
        found = uses_among_instances(bare, Tables())
        if found is None:
            continue
        alone: set[object] = set()
        for number in sorted({1, instances}):
            try:
                graph = explore(copies(bare, number))
            except LifecheckError:
                break
            done: set[object] = set()
            for state in range(len(graph)):
                view = graph.view(state)
                done |= {(_plain(part.name), str(view[part.name])) for part in graph.system.components}
                for trigger, after in graph.edges(state):
                    name, target = graph.system.triggers[trigger], graph.view(after)
                    done |= {
                        (_plain(part.name), (_plain(name), str(view[part.name]), str(target[part.name])))
                        for part in graph.system.owners[name]
                    }
            alone = alone or done
            possible = {(name, one) for name, (visited, taken) in found.items() for one in (*visited, *taken)}
            assert done <= possible, system.name
            compared += 1
            beyond_one += not done <= alone
    assert compared > POPULATIONS / 2
    assert beyond_one


def _plain(name: str) -> str:
    return re.sub(r"\[\d+\]$", "", name)

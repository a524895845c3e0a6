"""A mutant that makes no difference is recognised on sets of states as on graphs."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests import needs

needs.package("oxidd")

from lifecheck.changes.equivalence import equal_by_sets  # noqa: E402
from lifecheck.changes.mutants import mutants_of  # noqa: E402
from lifecheck.errors import LifecheckError  # noqa: E402
from lifecheck.statespace import bisimilar, explore  # noqa: E402
from lifecheck.symbolic import fire  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.random_systems import random_properties, random_systems  # noqa: E402

SYSTEMS = sized(12, 60, 500)


def test_both_say_the_same_of_the_mutants_of_random_systems() -> None:
    random, met = Random(8), Counter[bool]()
    for system in random_systems(seed=29, count=SYSTEMS):
        predicates = [one for asked in random_properties(random, system) for one in asked.predicates][:2]
        graph, own = explore(system), fire(system)
        mutants = list(mutants_of(system))
        for mutant in random.sample(mutants, min(4, len(mutants))):
            try:
                changed = mutant.of(system)
                expected = bisimilar(graph, explore(changed), predicates)
                found = equal_by_sets(system, own, fire(changed), predicates)
            except LifecheckError:
                continue
            assert found is expected, (system, mutant.description)
            met[found] += 1
    assert min(met[True], met[False]) > SYSTEMS / 10

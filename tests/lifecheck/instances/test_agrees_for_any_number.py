"""What is said of any number of competing instances agrees with one to four of them explored one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import pytest

from lifecheck import Property, System, Verdict, check
from lifecheck.instances import DecidedBy, Decompositions, InstancesResult, any_number, check_instances
from lifecheck.instances.copies import copies
from lifecheck.instances.counter_abstraction import LimitMetError
from lifecheck.instances.cutoff import cutoff_of
from lifecheck.properties import Kind
from model import VARIANTS, configured
from properties import REQUIREMENTS
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.instances.for_instance import for_instance
from tests.lifecheck.instances.random_populations import random_populations, random_properties

COMPETING = sized(10, 30, 500)
"""How many random populations in which the cutoff does not hold."""

SEED = 20_260
STATES = sized(500, 500, 3_000)
"""Up to how many states larger numbers are explored one by one."""


def competing(count: int, seed: int = SEED) -> Iterator[System]:
    """Yield random populations in which instances can influence one another, some with groups that are fair."""
    found = 0
    for number in range(20 * count):
        ((system, _),) = random_populations(seed + number, 1, groups=number % 3 == 0)
        if not cutoff_of(system).holds:
            yield system
            found += 1
        if found == count:
            return


def explored(system: System, asked: Property, instances: int) -> Verdict | None:
    """Return the verdict of the explorer that shares no step with the abstraction; None where there are too many."""
    found = check(copies(system, instances), for_instance(asked, system, 1), limit=STATES, engine="explicit").verdict
    return None if found is Verdict.UNKNOWN else found


def wrong_claims(systems: Sequence[System], most: int = 4) -> tuple[Counter[tuple[str, ...]], list[str]]:
    """Return how many claims of which kind were made, and those that so many instances explored one by one belie."""
    made: Counter[tuple[str, ...]] = Counter()
    wrong = []
    for number, system in enumerate(systems):
        random, known = Random(number), Decompositions()
        for asked in random_properties(random, system):
            result = check_instances(system, asked, 3, known=known)
            made[asked.kind, result.verdict, result.decided_by] += 1
            for instances in claimed(result, most):
                found = explored(system, asked, instances)
                if found is not None and found is not result.verdict:
                    wrong.append(f"{system.name}: {asked.formula} {result.verdict} for {result.instances}, not {found}")
    return made, wrong


def claimed(result: InstancesResult, most: int) -> range:
    if result.decided_by is DecidedBy.EXPLORING:
        return range(0)
    return range(result.least or 1, most + 1)


@pytest.fixture(scope="module")
def systems() -> list[System]:
    needs.package("oxidd")
    return list(competing(COMPETING))


def test_whatever_is_claimed_for_every_number_is_so_of_one_to_four(systems: list[System]) -> None:
    made, wrong = wrong_claims(systems)
    print("\n", *(f"{many:>5} {' '.join(claim)}\n" for claim, many in sorted(made.items())))
    assert not wrong
    by = Counter(claim[2] for claim in made.elements())
    assert by[DecidedBy.COUNTER_ABSTRACTION] > len(systems) / 4
    assert by[DecidedBy.LIFTED] > len(systems) / 4
    assert sum(many for claim, many in made.items() if claim[0] == Kind.LEADS_TO and "holds" in claim) > 0


def test_what_is_claimed_where_less_is_told_is_claimed_where_more_is(systems: list[System]) -> None:
    made = 0
    for number, system in enumerate(systems):
        known = Decompositions()
        for asked in random_properties(Random(number), system):
            one_holds = check(system, asked).verdict is Verdict.HOLDS
            try:
                coarse, fine = (
                    any_number._decided(system, asked, known, one_holds, 3_000, tell_some=tell)
                    for tell in (False, True)
                )
            except LimitMetError:
                continue
            if coarse.verdict is not Verdict.UNKNOWN:
                assert fine.verdict is coarse.verdict, (system.name, asked.formula)
                made += coarse.abstraction != fine.abstraction
    assert made > len(systems) / 4


@pytest.mark.parametrize("slots", sized(["1"], ["1", "2"], ["1", "2", "3"]))
@pytest.mark.parametrize("variant", sized(["unpatched"], ["unpatched", "patched-crash"], list(VARIANTS)))
def test_each_liveness_requirement_of_the_mail_system_with_slots_is_decided_for_every_number(
    variant: str, slots: str
) -> None:
    needs.package("oxidd")
    system, known = configured({**VARIANTS[variant].settings, "slots": slots}), Decompositions()
    for claim in REQUIREMENTS:
        if not claim.asked.kind.is_liveness:
            continue
        result = check_instances(system, claim.asked, int(slots) + 1, known=known)
        assert result.decided_by is not DecidedBy.EXPLORING, claim.name
        for instances in range(result.least or 1, sized(2, 3, 4) + 1):
            among = check_instances(system, claim.asked, instances, cutoff=False, known=known)
            assert among.verdict is result.verdict, (claim.name, instances)

"""Two questions of one digest have one verdict, on random systems that differ in little."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lifecheck import Property, System, check
from lifecheck.changes import mutants_of
from lifecheck.errors import CompositionError, LifecheckError
from lifecheck.sweeps import Digests
from tests.cross_check import sized
from tests.lifecheck.random_systems import random_properties, random_systems

SEED = 12


def variations(system: System, drawn: Random) -> list[System]:
    """Return a system, the same under another name, other fairness and other observers, and some of its mutants."""
    found = [system, replace(system, name="other"), replace(system, components=system.parts, observers=())]
    watching = system.components[-1]
    if watching.alphabet <= set().union(*(part.alphabet for part in system.components[:-1])):
        found.append(replace(system, components=system.components[:-1], observers=[watching]))
    for fair in (system.triggers, system.triggers[:1], ()):
        found.append(replace(system, environment=frozenset(), fair=fair, strong={}))
        found.append(
            replace(system, environment=frozenset(), fair=fair, strong=dict.fromkeys(system.triggers[1:], "so"))
        )
    mutants = list(mutants_of(system))
    for mutant in drawn.sample(mutants, min(4, len(mutants))):
        try:
            found.append(mutant.of(system))
        except LifecheckError:
            continue
    return found


def answer(system: System, asked: Property) -> str:
    """Return the verdict, or that there is none because an observer blocks."""
    try:
        return str(check(system, asked).verdict)
    except CompositionError:
        return "refused"


def test_questions_of_one_digest_have_one_verdict_and_most_of_the_rest_have_another() -> None:
    drawn, digests = Random(SEED), Digests()
    verdicts: dict[bytes, str] = {}
    reused = 0
    for system in random_systems(SEED, sized(3, 60, 5_000)):
        asked = random_properties(drawn, system)
        for one in variations(system, drawn):
            for each in asked:
                verdict, key = answer(one, each), digests.of(one, each)
                assert key is not None
                reused += key in verdicts
                assert verdicts.setdefault(key, verdict) == verdict, (one, each.formula)
    assert reused > len(verdicts) / 8
    assert {"holds", "violated", "refused"} <= set(verdicts.values())

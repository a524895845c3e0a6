"""Two questions of one digest have one verdict, on random systems that differ in little."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lifecheck import System, check
from lifecheck.changes import mutants_of
from lifecheck.errors import LifecheckError
from lifecheck.sweeps import Digests
from tests.cross_check import sized
from tests.lifecheck.random_systems import random_properties, random_systems


def variations(system: System, drawn: Random) -> list[System]:
    """Return a system, the same under another name and with other fairness, and some of its mutants."""
    found = [system, replace(system, name="other")]
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


def test_questions_of_one_digest_have_one_verdict_and_most_of_the_rest_have_another() -> None:
    drawn, digests = Random(19), Digests()
    verdicts: dict[bytes, str] = {}
    reused = 0
    for system in random_systems(19, sized(3, 60, 5_000)):
        asked = random_properties(drawn, system)
        for one in variations(system, drawn):
            for each in asked:
                try:
                    verdict = str(check(one, each).verdict)
                except LifecheckError:
                    continue
                key = digests.of(one, each)
                assert key is not None
                reused += key in verdicts
                assert verdicts.setdefault(key, verdict) == verdict, (one, each.formula)
    assert reused > len(verdicts) / 8
    assert {"holds", "violated"} <= set(verdicts.values())

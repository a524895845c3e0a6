"""Random systems beside the same with a row less: every told step replays, and no run contradicts its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from lifecheck import Claim, Property, Run, System, Verdict, compare, comparison_story
from lifecheck.checking import Monitor
from lifecheck.comparison.comparison import End, VariantRun
from lifecheck.properties import Kind
from tests.cross_check import sized
from tests.lifecheck.random_systems import random_properties, random_systems
from tests.lifecheck.side_by_side import replay

SYSTEMS = sized(8, 120, 400)


def pairs(seed: int, count: int) -> Iterator[tuple[System, System, Property]]:
    random = Random(seed)
    for system in random_systems(seed, count):
        part = random.choice(system.components)
        if not part.rows:
            continue
        gone = random.choice(part.rows)
        less = replace(part, rows=[row for row in part.rows if row is not gone])
        fewer = replace(system, components=[less if old is part else old for old in system.components])
        for asked in random_properties(random, system):
            yield system, fewer, asked


def is_refuted(variant_run: VariantRun, asked: Property) -> bool:
    """Whether the run that is told refutes the property, for a judge that knows nothing of the graph."""
    system = variant_run.system
    watched = {observer.name for observer in system.observers}
    monitor = Monitor(asked, weak=system.weakly_fair, strong=system.strongly_fair, observers=watched)
    run = Run(system)
    refuted = monitor.visit(run.state, run.possible()) is not None
    for trigger, _, _ in variant_run.steps:
        run.trigger(trigger)
        refuted = monitor.visit(run.state, run.possible(), trigger) is not None or refuted
    return refuted


def test_every_told_step_replays_and_no_run_contradicts_its_verdict() -> None:
    seen: Counter[str] = Counter()
    for one, two, asked in pairs(seed=883522, count=SYSTEMS):
        comparison = compare({"one": one, "two": two}, Claim("c", "claimed", asked))
        replay(comparison)
        assert comparison_story(comparison)
        if comparison.runs is None:
            seen["no story"] += 1
            continue
        story, other = comparison.runs
        if asked.kind not in (Kind.SOMETIMES, Kind.CAN_ALWAYS_REACH):
            assert is_refuted(story, asked)
            if other.judgement.result.verdict is not Verdict.VIOLATED:
                assert not is_refuted(other, asked)
            if comparison.is_same:
                assert is_refuted(other, asked)
        if other.end is End.REPEATED:
            assert other.stem is not None
            states = [other.start, *(after for _, _, after in other.steps)]
            assert states[other.stem] == states[-1]
        seen["same" if comparison.is_same else f"{other.end}"] += 1
        seen["blocked" if comparison.divergence else "owed" if comparison.owed else "common"] += 1
    assert min(seen.values()) > SYSTEMS / 40, seen
    assert {"no story", "same", "blocked", "owed", "common"} <= seen.keys()

"""The judge of single runs and the exhaustive checker agree on random systems, driven as real machines."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from lifecheck import Property, Result, Run, System, Verdict, check
from lifecheck.checking import Monitor
from lifecheck.checking.monitor import Refutation
from lifecheck.properties import Kind
from tests.lifecheck.random_systems import random_properties, random_systems

Answer = tuple[System, Result]
"""What the checker says of a property, and of which system it was asked: it may leave out observers."""

REFUTED_BY_A_RUN = {Kind.ALWAYS, Kind.NEVER, Kind.EVENTUALLY, Kind.LEADS_TO}


def answers(seed: int, count: int) -> list[Answer]:
    random = Random(seed)
    found = []
    for system in random_systems(seed, count):
        asked = [one for one in random_properties(random, system) if one.kind in REFUTED_BY_A_RUN]
        found += [(system, result) for result in check(system, *asked)]
    return found


def watch(system: System, asked: Property, triggers: list[str]) -> list[Refutation | None]:
    """Return what the monitor says after each step of a run of the real machines, the start included."""
    run = Run(system)
    monitor = Monitor(
        asked,
        weak=system.weakly_fair,
        strong=system.strongly_fair,
        observers={observer.name for observer in system.observers},
    )
    said = [monitor.visit(run.state, run.possible())]
    for trigger in triggers:
        run.trigger(trigger)
        said.append(monitor.visit(run.state, run.possible(), trigger))
    return said


@pytest.fixture(scope="module")
def asked_at_random() -> list[Answer]:
    return answers(seed=20041203, count=180)


def test_the_monitor_refutes_along_every_counterexample_at_its_last_step(
    asked_at_random: list[Answer],
) -> None:
    judged: Counter[Kind] = Counter()
    for _, result in asked_at_random:
        if result.verdict is not Verdict.VIOLATED:
            continue
        assert result.evidence is not None
        *earlier, last = watch(result.system, result.property, [*result.evidence.stem, *(result.evidence.loop or ())])
        assert last == Refutation(result.evidence.stem, result.evidence.loop)
        assert set(earlier) <= {None}  # otherwise the counterexample would not be the shortest
        judged[result.property.kind] += 1
    assert judged.keys() == REFUTED_BY_A_RUN
    assert min(judged.values()) >= 30


@pytest.mark.long
def test_what_the_monitor_refutes_on_a_random_run_the_checker_calls_violated(
    asked_at_random: list[Answer],
) -> None:
    random = Random(5321)
    refuted: Counter[bool] = Counter()
    for system, result in asked_at_random:
        run, triggers = Run(system), []
        for _ in range(12):
            if not run.possible():
                break
            triggers.append(random.choice(run.possible()))
            run.trigger(triggers[-1])
        is_refuted = any(refutation is not None for refutation in watch(system, result.property, triggers))
        refuted[is_refuted] += 1
        if is_refuted:
            assert result.verdict is Verdict.VIOLATED
    assert min(refuted.values()) >= 150

"""Runs of random systems with random triggers hidden are explained; with one line that cannot be, they are not."""

from __future__ import annotations

from random import Random

import pytest

from lifecheck import Run, System, replay
from lifecheck.replaying import Outcome, Replay, StepKind
from tests.cross_check import sized
from tests.lifecheck.random_systems import LARGER, SHAPES, random_systems
from tests.lifecheck.replaying.brute_force import explanations, places

MOST_SILENT = 3  # steps, of explanations that are all tried
SYSTEMS = sized(100, 1_000, 20_000)


def a_run(random: Random, system: System, most: int) -> list[str]:
    """Let the real machines run, and return what fired."""
    run, taken = Run(system), []
    for _ in range(random.randint(1, most)):
        possible = run.possible()
        if not possible:
            break
        taken.append(random.choice(possible))
        run.trigger(taken[-1])
    return taken


def hidden_from(random: Random, system: System) -> set[str]:
    return {trigger for trigger in system.triggers if random.random() < 0.4}


def asked(system: System, log: list[str], visible: set[str], lost: int = 0, surplus: int = 0) -> Replay:
    return replay(system, log, visible=visible, lost=lost, surplus=surplus)


@pytest.mark.cross_check
def test_a_run_with_random_triggers_hidden_is_always_explained() -> None:
    random, explained = Random(17), 0
    for system in random_systems(170, SYSTEMS, shapes=[*SHAPES, *LARGER]):
        taken = a_run(random, system, 12)
        visible = set(system.triggers) - hidden_from(random, system)
        log = [trigger for trigger in taken if trigger in visible]
        if not log:
            continue
        answer = asked(system, log, visible).answer
        assert answer, f"{system.name}: {taken} with {visible} visible"
        assert answer.count(StepKind.SILENT) <= len(taken) - len(log)
        run = Run(system.with_observers([]))  # the real machines take what was told
        run.replay(answer.triggers)
        assert [step.trigger for step in answer.steps if step.line is not None] == log
        explained += 1
    assert explained > SYSTEMS // 2


@pytest.mark.cross_check
def test_a_forbidden_line_is_impossible_where_every_explanation_ends_and_nowhere_else() -> None:
    random, impossible = Random(18), 0
    for system in random_systems(180, SYSTEMS, shapes=SHAPES):
        taken = a_run(random, system, 10)
        visible = set(system.triggers) - hidden_from(random, system)
        log = [trigger for trigger in taken if trigger in visible]
        if not visible or not log:
            continue
        log.insert(random.randint(0, len(log)), random.choice(sorted(visible)))
        ends = next((at for at in range(1, len(log) + 1) if not places(system, visible, log[:at])), None)
        answer = asked(system, log, visible).answer
        assert answer.line == ends, f"{system.name}: {log} with {visible} visible"
        assert (answer.outcome is Outcome.IMPOSSIBLE) is (ends is not None)
        if ends is None:
            continue
        impossible += 1
        could = [
            name for name in system.triggers if name in visible and places(system, visible, [*log[: ends - 1], name])
        ]
        assert list(answer.possible) == could
        assert log[ends - 1] not in could
        for refusal in answer.refused:
            assert refusal.by, "a component blocks it, wherever the run can be"
    assert impossible > SYSTEMS // 10


@pytest.mark.cross_check
def test_costs_and_the_explanation_are_those_of_a_search_by_brute_force() -> None:
    random, compared, dear = Random(19), 0, 0
    for system in random_systems(190, SYSTEMS // 5, shapes=SHAPES):
        if not system.triggers:
            continue
        visible = set(system.triggers) - hidden_from(random, system)
        log = [trigger for trigger in a_run(random, system, 4) if trigger in visible or random.random() < 0.1]
        if random.random() < 0.6:
            log.insert(random.randint(0, len(log)), random.choice(system.triggers))
        log = log[:4]
        if not log or len(system.components) > 2:
            continue
        lost, surplus = random.choice([(0, 0), (1, 0), (0, 1), (1, 1)])
        found = list(explanations(system, visible, log, lost, surplus, MOST_SILENT))
        answer = asked(system, log, visible, lost, surplus).answer
        if not found:
            # with more silent steps than were tried, or not at all
            assert not answer or answer.count(StepKind.SILENT) > MOST_SILENT, f"{system.name}: {log}"
            continue
        best = min(found)
        told = tuple((str(step.kind), step.trigger) for step in answer.steps)
        assert answer, f"{system.name}: {log} with {visible} visible is {best.steps}"
        silent = answer.count(StepKind.SILENT)
        if silent > MOST_SILENT:  # dearer in silent steps alone, and beyond what was tried
            deviations = answer.count(StepKind.LOST) + answer.count(StepKind.SURPLUS)
            assert deviations < best.deviations, f"{system.name}: {log} with {visible} visible"
            continue
        assert told == best.steps, f"{system.name}: {log} with {visible} visible"
        compared += 1
        dear += best.deviations > 0
    assert compared > SYSTEMS // 20
    assert dear > SYSTEMS // 100

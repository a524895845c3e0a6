"""Runs of random systems with random triggers hidden are explained; with one line that cannot be, they are not."""

from __future__ import annotations

from random import Random

import pytest

from lifecheck import Run, System, replay
from lifecheck.replaying import LogEvent, Outcome, Replay, StepKind
from tests.cross_check import sized
from tests.lifecheck.random_systems import LARGER, SHAPES, random_systems
from tests.lifecheck.replaying.brute_force import Where, explanations, fired, places, silently

MOST_SILENT = 3  # steps, of explanations that are all tried
SYSTEMS = sized(100, 300, 20_000)


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


@pytest.mark.cross_check
def test_what_was_seen_of_states_that_were_there_is_explained_and_of_others_judged_by_rows() -> None:
    random, explained, impossible = Random(21), 0, 0
    for system in random_systems(210, sized(60, 150, 5_000), shapes=[*SHAPES, *LARGER]):
        system = system.with_observers([])
        visible = set(system.triggers) - hidden_from(random, system)
        names = [part.name for part in system.components]
        run, log = Run(system), []
        for _ in range(8):
            possible = run.possible()
            if not possible:
                break
            trigger = random.choice(possible)
            run.trigger(trigger)
            seen = {name: str(run.state[name]) for name in names if random.random() < 0.3}
            if trigger in visible:
                log.append((trigger, seen))
            elif seen and random.random() < 0.5:
                log.append(("", seen))
        if not log:
            continue
        assert asked_seen(system, log, visible), f"{system.name}: {log} with {visible} visible"
        explained += 1
        at, name = random.randrange(len(log)), random.choice(names)
        part = system.components[names.index(name)]
        log[at] = (log[at][0], {**log[at][1], name: random.choice(part.states)})
        ends = next((end for end in range(1, len(log) + 1) if not places_seen(system, visible, log[:end])), None)
        assert asked_seen(system, log, visible).answer.line == ends, f"{system.name}: {log} with {visible} visible"
        impossible += ends is not None
    assert explained > 20
    assert impossible > 5


def asked_seen(system: System, log: list[tuple[str, dict[str, str]]], visible: set[str]) -> Replay:
    return replay(system, [LogEvent(trigger or (), seen=seen) for trigger, seen in log], visible=visible)


def places_seen(system: System, visible: set[str], log: list[tuple[str, dict[str, str]]]) -> set[Where]:
    """Return where a run can be that has these lines, and was where they say after each of them."""
    names = [part.name for part in system.components]
    found = silently(system, visible, {tuple(part.initial for part in system.components)})
    for trigger, seen in log:
        if trigger:
            found = {target for where in found if (target := fired(system, where, trigger)) is not None}
        found = {where for where in found if all(where[names.index(name)] == state for name, state in seen.items())}
        found = silently(system, visible, found)
    return found

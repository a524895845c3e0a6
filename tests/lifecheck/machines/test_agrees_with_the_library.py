"""Locked, queued and asynchronous machines do under lifecheck what the bare library does with them, on random ones."""

from __future__ import annotations

import asyncio
import inspect
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine, LockedHierarchicalMachine, LockedMachine
from transitions.extensions.asyncio import AsyncMachine, HierarchicalAsyncMachine

from lifecheck import ComponentError, Run, System, check, component_of, lint, sometimes
from lifecheck.machines import BLOCKED, Table
from tests.cross_check import sized

MACHINES = sized(5, 10, 1_000)
KINDS: dict[str, Callable[..., Machine]] = {
    "locked": LockedMachine,
    "locked, hierarchical": LockedHierarchicalMachine,
    "queued": partial(Machine, queued=True),
    "queued, hierarchical": partial(HierarchicalMachine, queued=True),
    "asynchronous": AsyncMachine,
    "asynchronous, queued": partial(AsyncMachine, queued=True),
    "asynchronous, queued by model": partial(AsyncMachine, queued="model"),
    "asynchronous, hierarchical": HierarchicalAsyncMachine,
}
STATES = ["a", "b", "c", "d"]


def random_machine(random: Random, kind: Callable[..., Machine], is_asynchronous: bool) -> Callable[[], Any]:
    """Return what makes one: conditions that refuse, and states that fire a further trigger where they are entered."""
    rows = [
        {
            "trigger": random.choice(["go", "turn", "leave"]),
            "source": random.choice(STATES),
            "dest": random.choice(STATES),
            "conditions": random.choice([[], [], ["yes"], ["no"]]),
        }
        for _ in range(random.randint(4, 9))
    ]
    # one state fires on, and not to itself, so that chains come to an end
    rows = [row for row in rows if (row["source"], row["dest"]) != ("b", "b")]
    fires = {"b": "go"} if any(row["trigger"] == "go" for row in rows) else {}

    def enters(state: str) -> Any:
        async def on_enter_later(self: Any) -> None:
            await self.trigger(fires[state])

        def on_enter(self: Any) -> None:
            self.trigger(fires[state])

        return on_enter_later if is_asynchronous else on_enter

    async def later() -> bool:
        return True

    class Model:
        def __init__(self) -> None:
            kind(self, states=STATES, initial="a", transitions=rows, auto_transitions=False, **RULES)

        def yes(self) -> Any:
            return later() if is_asynchronous else True

        def no(self) -> bool:
            return False

    for state in fires:
        setattr(Model, f"on_enter_{state}", enters(state))
    return Model


RULES = {"ignore_invalid_triggers": True}


def fired(model: Any, trigger: str, runner: asyncio.Runner) -> None:
    """Fire by the library alone."""
    result = model.trigger(trigger)
    if inspect.isawaitable(result):

        async def wait() -> None:
            await result

        runner.run(wait())


@pytest.mark.parametrize("kind", KINDS)
def test_random_machines_come_to_the_same_states(kind: str) -> None:
    with asyncio.Runner() as runner:
        met = compared(kind, runner)
    assert met["machines"] == MACHINES
    assert met["steps"] > MACHINES


def compared(kind: str, runner: asyncio.Runner) -> Counter[str]:
    met: Counter[str] = Counter()
    for seed in range(MACHINES):
        random = Random(f"{kind} {seed}")
        factory = random_machine(random, KINDS[kind], kind.startswith("asynchronous"))
        triggers = component_of(factory, "machine").triggers
        reached = {"a"}  # by the library alone, always on a fresh machine
        paths: list[list[str]] = [[]]
        for path in paths:
            for trigger in triggers:
                model = factory()
                for step in [*path, trigger]:
                    fired(model, step, runner)
                if model.state not in reached:
                    reached.add(model.state)
                    paths.append([*path, trigger])
        results = check(factory, *(sometimes(f"state == {state!r}") for state in STATES))
        assert [bool(result) for result in results] == [state in reached for state in STATES], (kind, seed)
        run, model = Run(System("alone", [component_of(factory, "machine")])), factory()
        for _ in range(8):
            possible = run.possible()
            met["steps"] += bool(possible)
            if possible:
                trigger = random.choice(possible)
                run.trigger(trigger)
                fired(model, trigger, runner)
                assert run.state.machine == model.state, (kind, seed)
        met["machines"] += 1
    return met


def test_a_queue_that_never_ends_is_found_and_told() -> None:
    class Bouncing:
        def __init__(self) -> None:
            rows = [["go", "a", "b"], ["back", "b", "a"]]
            Machine(self, states=["a", "b"], initial="a", transitions=rows, queued=True, auto_transitions=False)

        def on_enter_b(self: Any) -> None:
            self.back()

        def on_enter_a(self: Any) -> None:
            self.go()

    with pytest.raises(ComponentError, match="callbacks fire on and on, 1,000 transitions in one firing"):
        check(Bouncing, sometimes("state == 'b'"))
    assert "callback-raises" in lint(Bouncing).codes


def test_an_asynchronous_machine_is_checked_inside_a_running_event_loop() -> None:
    def door() -> Machine:
        rows = [["open", "shut", "ajar"], ["close", "ajar", "shut"]]
        return AsyncMachine(states=["shut", "ajar"], initial="shut", transitions=rows, auto_transitions=False)

    async def inside() -> Any:
        return check(door, sometimes("state == 'ajar'"))

    result = asyncio.run(inside())
    assert result
    assert (
        result.note
        == ("component 'door': it is asynchronous, and was fired one trigger at a time, each awaited to its end")
        or "it is asynchronous" in result.note
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "queued" in kind])
def test_what_a_condition_refuses_is_blocked_although_a_queue_reports_success(kind: str) -> None:
    class Gate:
        def __init__(self) -> None:
            rows = [
                {"trigger": "pass_", "source": "shut", "dest": "open", "conditions": "never"},
                {"trigger": "knock", "source": "shut", "dest": "="},
            ]
            KINDS[kind](self, states=["shut", "open"], initial="shut", transitions=rows, auto_transitions=False)

        def never(self) -> bool:
            return False

    table = Table(component_of(Gate, "gate"))
    assert (table.move(0, "pass_"), table.move(0, "knock")) == (BLOCKED, 0)

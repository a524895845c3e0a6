"""Machines that one process records and another replays: each kind of the library, by a function that makes it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from transitions import Machine
from transitions.extensions import HierarchicalMachine, LockedHierarchicalMachine, LockedMachine
from transitions.extensions.asyncio import AsyncMachine, HierarchicalAsyncMachine

from lifecheck import recording

STATES = ["idle", "busy", "done"]
ROWS = [["take", "idle", "busy"], ["fail", "busy", "idle"], ["finish", "busy", "done"], ["look", "*", "="]]
NESTED = ["idle", {"name": "busy", "initial": "begun", "children": ["begun", "half"]}, "done"]
NESTED_ROWS = [["take", "idle", "busy"], ["go_on", "busy_begun", "busy_half"], ["finish", "busy", "done"]]


class Job:
    """A model."""


class Chained:
    """A model whose callback fires another trigger."""

    def on_enter_busy(self) -> None:
        self.finish()  # type: ignore[attr-defined]


class Colour(Enum):
    """States as members of an enumeration."""

    IDLE = 1
    BUSY = 2


def flat() -> Machine:
    return Machine(Job(), states=STATES, transitions=ROWS, initial="idle", auto_transitions=False)


def locked() -> Machine:
    return LockedMachine(Job(), states=STATES, transitions=ROWS, initial="idle", auto_transitions=False)


def queued() -> Machine:
    return Machine(Chained(), states=STATES, transitions=ROWS, initial="idle", auto_transitions=False, queued=True)


def chained() -> Machine:
    return Machine(Chained(), states=STATES, transitions=ROWS, initial="idle", auto_transitions=False)


def hierarchical() -> Machine:
    return HierarchicalMachine(Job(), states=NESTED, transitions=NESTED_ROWS, initial="idle", auto_transitions=False)


def locked_hierarchical() -> Machine:
    return LockedHierarchicalMachine(
        Job(), states=NESTED, transitions=NESTED_ROWS, initial="idle", auto_transitions=False
    )


def asynchronous() -> Machine:
    return AsyncMachine(Job(), states=STATES, transitions=ROWS, initial="idle", auto_transitions=False)


def asynchronous_queued() -> Machine:
    return AsyncMachine(Job(), states=STATES, transitions=ROWS, initial="idle", auto_transitions=False, queued=True)


def asynchronous_hierarchical() -> Machine:
    return HierarchicalAsyncMachine(
        Job(), states=NESTED, transitions=NESTED_ROWS, initial="idle", auto_transitions=False
    )


def enumerated() -> Machine:
    rows = [["take", Colour.IDLE, Colour.BUSY], ["fail", Colour.BUSY, Colour.IDLE]]
    return Machine(Job(), states=Colour, transitions=rows, initial=Colour.IDLE, auto_transitions=False)


def parallel() -> Machine:
    both = {"name": "on", "parallel": [{"name": "left", "initial": "low", "children": ["low", "high"]}, "right"]}
    rows = [["start", "off", "on"], ["lift", "on_left_low", "on_left_high"], ["stop", "on", "off"]]
    return HierarchicalMachine(Job(), states=["off", both], transitions=rows, initial="off", auto_transitions=False)


SHORT, LONG = ["take", "finish"], ["take", "go_on", "finish"]
KINDS: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "flat": (flat, ["take", "fail", "look", *SHORT]),
    "locked": (locked, ["take", "fail", *SHORT]),
    "queued": (queued, ["look", "take"]),
    "chained": (chained, ["look", "take"]),
    "hierarchical": (hierarchical, LONG),
    "locked_hierarchical": (locked_hierarchical, LONG),
    "asynchronous": (asynchronous, ["take", "fail", *SHORT]),
    "asynchronous_queued": (asynchronous_queued, SHORT),
    "asynchronous_hierarchical": (asynchronous_hierarchical, LONG),
    "enumerated": (enumerated, ["take", "fail", "take"]),
    "parallel": (parallel, ["start", "lift", "stop"]),
}


async def _each(model: Any, triggers: list[str]) -> None:
    for trigger in triggers:
        await model.trigger(trigger)


def run(kind: str, path: Path) -> None:
    """Record one run of a kind of machine."""
    make, triggers = KINDS[kind]
    machine = make()
    with recording(machine, path):
        if kind.startswith("asynchronous"):
            asyncio.run(_each(machine.models[0], triggers))
        else:
            for trigger in triggers:
                machine.models[0].trigger(trigger)


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]))

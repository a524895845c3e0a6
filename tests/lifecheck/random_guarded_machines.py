"""Random machines whose guards read an attribute that callbacks change, for comparing table mode with firing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from transitions import Machine
from transitions.extensions import HierarchicalMachine, LockedMachine
from transitions.extensions.asyncio import AsyncMachine

TRIGGERS = ("go", "turn", "leave")
KINDS: dict[str, Callable[..., Machine]] = {
    "flat": Machine,
    "queued": partial(Machine, queued=True),
    "locked": LockedMachine,
    "asynchronous": AsyncMachine,
    "hierarchical": HierarchicalMachine,
    "hierarchical, queued": partial(HierarchicalMachine, queued=True),
}


def random_guarded_machine(random: Random, kind: str) -> tuple[Callable[[], Any], list[str]]:
    """Return what makes one, and names of states to ask about."""
    states: list[Any] = ["a", "b", "c"]
    names = ["a", "b", "c"]
    if kind.startswith("hierarchical"):
        children = ["x", "y"]
        inner: dict[str, Any] = {"name": "p", "children": children, "initial": "x"}
        if random.random() < 0.4:
            inner = {"name": "p", "parallel": [{"name": "x", "children": ["u", "v"], "initial": "u"}, "y"]}
        states = ["a", "b", inner]
        names = ["a", "b", "p", "p_x", "p_y"]
    guards = {name: frozenset(n for n in range(3) if random.random() < 0.5) for name in ("full", "late")}

    def some(likely: float) -> list[str]:
        return [name for name in guards if random.random() < likely]

    rows = [
        {
            "trigger": random.choice(TRIGGERS),
            "source": random.choice(names),
            "dest": random.choice([*names, "="]),
            "conditions": some(0.3),
            "unless": some(0.2),
            "prepare": ["bump"] if random.random() < 0.05 else [],
            "after": ["bump"] if random.random() < 0.5 else [],
        }
        for _ in range(random.randint(4, 9))
    ]
    fired_on = random.choice([None, None, "go", "turn", "to_a"])

    class Model:
        n = 0

        def __init__(self) -> None:
            KINDS[kind](self, states=states, initial="a", transitions=rows, ignore_invalid_triggers=True)

        def full(self) -> bool:
            return self.n in guards["full"]

        def late(self) -> bool:
            return self.n in guards["late"]

        def bump(self) -> None:
            self.n = (self.n + 1) % 3

    def on_enter_b(self: Any) -> None:
        self.go()

    def by_name(self: Any) -> None:
        self.trigger("turn")

    def by_automatic(self: Any) -> None:
        self.to_a()

    async def on_enter_later(self: Any) -> None:
        await self.go()

    found: dict[str | None, Any] = {"go": on_enter_b, "turn": by_name, "to_a": by_automatic}
    if fired_on is not None and any(row["trigger"] == fired_on for row in rows) | (fired_on == "to_a"):
        Model.on_enter_b = on_enter_later if kind == "asynchronous" else found[fired_on]  # type: ignore[attr-defined]
    return Model, names

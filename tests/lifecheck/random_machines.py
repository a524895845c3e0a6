"""Random machines of the library, flat and hierarchical, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from transitions import Machine
from transitions.extensions import HierarchicalMachine

TRIGGERS = ("ask", "answer", "retry", "settle")


def random_flat_machines(seed: int, count: int) -> Iterator[Callable[[], Machine]]:
    """Yield factories of machines with one to six states, some of them final."""
    random = Random(seed)
    for _ in range(count):
        names = [f"s{number}" for number in range(random.randint(1, 6))]
        finals = [name for name in names if random.random() < 0.2]
        rows = [
            [random.choice(TRIGGERS), random.choice(names), random.choice(names)]
            for _ in range(random.randint(0, 2 * len(names)))
        ]
        if random.random() < 0.3:  # a ring is a machine of which nothing is to be said
            rows = [["ask", name, names[(place + 1) % len(names)]] for place, name in enumerate(names)]
        yield _flat(names, finals, rows)


def random_hierarchical_machines(seed: int, count: int) -> Iterator[Callable[[], HierarchicalMachine]]:
    """Yield factories of machines with up to three levels, about half with parallel regions."""
    random = Random(seed)
    for _ in range(count):
        tree = {"name": "top", **_children(random, depth=2)}
        names = _names(tree, ())
        rows = [
            [random.choice(TRIGGERS), random.choice(["out", *names]), random.choice(["out", *names])]
            for _ in range(random.randint(2, 10))
        ]
        yield _hierarchical(tree, rows)


def _flat(names: list[str], finals: list[str], rows: list[list[str]]) -> Callable[[], Machine]:
    def machine() -> Machine:
        states: list[Any] = [{"name": name, "final": name in finals} for name in names]
        return Machine(states=states, initial="s0", transitions=[list(row) for row in rows])

    return machine


def _hierarchical(tree: dict[str, Any], rows: list[list[str]]) -> Callable[[], HierarchicalMachine]:
    def machine() -> HierarchicalMachine:
        return HierarchicalMachine(
            states=["out", tree], initial="out", transitions=[["enter", "out", "top"], *map(list, rows)]
        )

    return machine


def _children(random: Random, depth: int) -> dict[str, Any]:
    children: list[Any] = [
        {"name": name, **_children(random, depth - 1)} if depth > 1 and random.random() < 0.5 else {"name": name}
        for name in ("a", "b", "c")[: random.randint(2, 3)]
    ]
    if random.random() < 0.5:
        return {"parallel": children}
    return {"children": children, "initial": random.choice(children)["name"]}


def _names(tree: dict[str, Any], prefix: tuple[str, ...]) -> list[str]:
    path = (*prefix, tree["name"])
    below = [name for child in tree.get("children", tree.get("parallel", [])) for name in _names(child, path)]
    return ["_".join(path), *below]

"""Explains logs by trying every run, one after the other: an independent judge of small ones.

It knows rows and alphabets alone, and shares nothing with the search: no graph, no fired table, no layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lifecheck import System

Where = tuple[str, ...]
"""The state of each component."""


class Tried(NamedTuple):
    """A run that explains a log: its costs, then what orders runs of equal cost, then its steps."""

    deviations: int
    silent: int
    order: tuple[tuple[bool, int, int], ...]
    steps: tuple[tuple[str, str], ...]


def fired(system: System, where: Where, trigger: str) -> Where | None:
    """Return where a trigger leads by the rows, None where some component that has it blocks it."""
    target = list(where)
    for position, part in enumerate(system.components):
        if trigger not in part.alphabet:
            continue
        row = next((row for row in part.rows if (row.trigger, row.source) == (trigger, where[position])), None)
        if row is None:
            return None
        target[position] = row.target
    return tuple(target)


def explanations(
    system: System, visible: set[str], log: Sequence[str], lost: int, surplus: int, most_silent: int
) -> Iterator[Tried]:
    """Yield every explanation with at most so many silent steps and no step after the last line."""
    order = {trigger: number for number, trigger in enumerate(system.triggers)}

    def go_on(
        where: Where, at: int, spent: tuple[int, int, int], steps: tuple[tuple[str, str], ...]
    ) -> Iterator[Tried]:
        gone, extra, silent = spent
        if at == len(log):
            kinds = {"shown": 1, "silent": 2, "lost": 3, "surplus": 4}
            keys = tuple((kind == "surplus", order.get(trigger, -1), kinds[kind]) for kind, trigger in steps)
            yield Tried(gone + extra, silent, keys, steps)
            return
        for trigger in system.triggers:
            target = fired(system, where, trigger)
            if target is None:
                continue
            if trigger == log[at]:
                yield from go_on(target, at + 1, spent, (*steps, ("shown", trigger)))
            if trigger not in visible and silent < most_silent:
                yield from go_on(target, at, (gone, extra, silent + 1), (*steps, ("silent", trigger)))
            if trigger in visible and gone < lost:
                yield from go_on(target, at, (gone + 1, extra, silent), (*steps, ("lost", trigger)))
        if extra < surplus:
            yield from go_on(where, at + 1, (gone, extra + 1, silent), (*steps, ("surplus", "")))

    yield from go_on(tuple(part.initial for part in system.components), 0, (0, 0, 0), ())


def places(system: System, visible: set[str], log: Sequence[str]) -> set[Where]:
    """Return where a run can be that has exactly these lines: a set of states, pushed forwards line by line."""

    found = silently(system, visible, {tuple(part.initial for part in system.components)})
    for shown in log:
        reached = {target for where in found if (target := fired(system, where, shown)) is not None}
        found = silently(system, visible, reached)
    return found


def silently(system: System, visible: set[str], found: set[Where]) -> set[Where]:
    """Return states with all that silent steps lead to."""
    while True:
        more = {
            target
            for where in found
            for trigger in system.triggers
            if trigger not in visible and (target := fired(system, where, trigger)) is not None
        }
        if more <= found:
            return found
        found = found | more

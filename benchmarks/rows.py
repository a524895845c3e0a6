"""The rows of one instance, read from the fired tables, as every other checker is given them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from lifecheck import Component, System
from lifecheck.instances.copies import Sharing, sharing_of
from lifecheck.machines.conformance import BLOCKED
from lifecheck.machines.table import Table

Option = tuple[tuple[Component, int, int], ...]
"""One way to take a trigger: each component that takes part, the local state it must be in, and the next one."""


@dataclass(frozen=True)
class Trigger:
    """A trigger with all ways to take it, of which no state has two.

    Parameters
    ----------
    name
        Its name in the system of one instance.
    is_indexed
        Whether each instance has its own; otherwise it belongs to what is shared.
    is_environment
        Whether it is the environment's.
    is_fair
        Whether weak fairness is owed to it.
    options
        Every way to take it.
    """

    name: str
    is_indexed: bool
    is_environment: bool
    is_fair: bool
    options: tuple[Option, ...]


def triggers_of(system: System) -> list[Trigger]:
    """Return the triggers of a system of one instance, in its order.

    Raises
    ------
    NotImplementedError
        If one is broadcast to all instances: no benchmark needs that.
    """
    found = []
    sharing = sharing_of(system) if system.copied else dict.fromkeys(system.triggers, Sharing.SHARED)
    for name in system.triggers:
        if sharing[name] is Sharing.BROADCAST:
            raise NotImplementedError(f"{name!r}: broadcasts are not written")
        together = product(*(_rows(part, name) for part in system.owners[name]))
        found.append(
            Trigger(
                name,
                is_indexed=sharing[name] is Sharing.INDEXED,
                is_environment=name in system.environment,
                is_fair=name in system.weakly_fair,
                options=tuple(together),
            )
        )
    return found


def numbers(system: System, component: str, labels: tuple[str, ...]) -> list[int]:
    """Return the numbers that some local states of a component have in its table."""
    part = next(part for part in system.components if part.name == component)
    return [number for number, state in enumerate(_fired(part).states) if state.label in labels]


def _fired(part: Component) -> Table:
    table = Table(part)
    for local, _ in enumerate(table.states):  # grows while it is walked
        for each in part.triggers:
            table.move(local, each)
    return table


def _rows(part: Component, trigger: str) -> list[tuple[Component, int, int]]:
    table = _fired(part)
    targets = [table.move(local, trigger) for local in range(len(table.states))]
    return [(part, local, target) for local, target in enumerate(targets) if target != BLOCKED]

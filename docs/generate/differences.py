"""What differs between two systems: their rows, what they owe, or the switches that they are settings of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from lifecheck import Component, System
from model import Configuration


def changed(before: System, after: System) -> list[str]:
    """Return the rows and assumptions that differ, or where both are settings of switches, the switches."""
    if before.settings or after.settings:
        return _differences([_every_switch(before), _every_switch(after)])
    lines: list[str] = []
    parts = [{part.name: part for part in system.parts} for system in (before, after)]
    for name in dict.fromkeys(name for part in parts for name in part):
        found = _differences([rows_of(part[name]) if name in part else [] for part in parts])
        lines += [f"  {name}", *found] if found else []
    owed = [[f"strongly fair: {trigger}" for trigger in system.strong] for system in (before, after)]
    return lines + _differences(owed)


def rows_of(part: Component) -> list[str]:
    """Return the rows of a component as they are read aloud."""
    return [
        f"{row.trigger}: {row.source} stays" if row.dest == "=" else f"{row.trigger}: {row.source} -> {row.dest}"
        for row in part.rows
    ]


def _differences(pair: Sequence[Sequence[str]]) -> list[str]:
    before, after = pair
    return [
        *(f"-     {line}" for line in before if line not in after),
        *(f"+     {line}" for line in after if line not in before),
    ]


def _every_switch(system: System) -> list[str]:
    configuration = Configuration.of(system.settings)
    return [f"{field.name}: {getattr(configuration, field.name)}" for field in fields(configuration)]

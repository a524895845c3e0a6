"""A system as the page knows it: in one initial state, with what was fired of it, described as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any

from lifecheck.browser.places import Places
from lifecheck.browser.settings import declared_fairness
from lifecheck.machines import Tables
from lifecheck.properties import Claim
from lifecheck.statespace import names_of_owed
from lifecheck.system import System


@dataclass
class Variant:
    """A system that starts in one state, with what was fired and answered of it.

    Parameters
    ----------
    name
        How the page calls it.
    variant
        How the project calls it; the same, unless the system starts in several states.
    system
        It.
    places
        What was come to.
    tables
        What was fired to judge it.
    judged, pictures
        What was answered.
    walking, judging
        Held by whoever fires machines to walk, or to judge.
    """

    name: str
    variant: str
    system: System
    places: Places
    tables: Tables = field(default_factory=Tables)
    judged: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: dict[str, dict[str, Any]] = field(default_factory=dict)
    walking: Lock = field(default_factory=Lock)
    judging: Lock = field(default_factory=Lock)

    def described(self) -> dict[str, Any]:
        """Return its components, its triggers and what they owe."""
        system = self.system
        observers = {part.name for part in system.observers}
        groups = {name: list(members) for name, members in names_of_owed(system).items() if len(members) > 1}
        return {
            "digest": digest(system),
            "components": [
                {"name": part.name, "observer": part.name in observers, "states": list(part.states)}
                for part in system.parts
            ],
            "triggers": [
                {
                    "name": trigger,
                    "meaning": system.meanings.get(trigger, ""),
                    "components": [part.name for part in system.owners[trigger]],
                }
                for trigger in system.triggers
            ],
            "groups": groups,
            "fairness": declared_fairness(system),
        }


def by_start(variant: str, system: System, claims: Sequence[Claim]) -> Iterator[Variant]:
    """Yield the variant once for each choice of initial states, which its name tells where there are several."""
    for one in system.by_start:
        name = variant
        if system.has_several_starts:
            chosen = (part.name for part in system.parts if part.starts)
            initial = {part.name: part.initial for part in one.parts}
            name = f"{variant} ({', '.join(f'{part} {initial[part]}' for part in chosen)})"
        yield Variant(name, variant, one, Places(one, claims))


def digest(system: System) -> str:
    """Return by what a link tells that it was made on another version: names, states, rows and fairness.

    Examples
    --------
    >>> from lifecheck import Component
    >>> digest(System("hall", [Component("lamp", ["off"], "off", [], set())]))
    '80035ca85e07'
    """
    parts = [
        [
            part.name,
            list(part.states),
            part.initial,
            [[row.trigger, str(row.source), str(row.dest)] for row in part.rows],
        ]
        for part in system.parts
    ]
    return sha256(json.dumps([parts, declared_fairness(system)]).encode()).hexdigest()[:12]

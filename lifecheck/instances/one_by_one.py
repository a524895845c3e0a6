"""So many instances explored one state after the other, where sets of states are not wanted or cannot be."""

from __future__ import annotations

from dataclasses import replace

from lifecheck.checking import Engines, Result
from lifecheck.instances.copies import copies, owed_alike, watched
from lifecheck.instances.property_of_one import of_first
from lifecheck.properties import Property
from lifecheck.statespace import Explorer, names_of_owed
from lifecheck.system import System


def decide_one_by_one(system: System, instances: int, explorer: Explorer, asked: Property, limit: int) -> Result:
    """Decide a property of one instance, as that of the first, by visiting the states of so many one after the other.

    Parameters
    ----------
    system, instances, asked
        As for `lifecheck.instances.by_sets.decide_for_first`.
    explorer
        Owns what is explored.
    limit
        The largest number of states to visit.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> system = System("work", [task], copied={"task"})
    >>> decide_one_by_one(system, 3, Explorer(), never("task == 'done'"), limit=100).evidence.stem
    ('do[1]',)
    """
    population = explorer.kept(system, ("instances", instances), lambda: watched(system, instances))
    result = Engines(explorer, of_first(asked, system), limit).explicit(population)
    return replace(result, _needed=lambda: _told_of_all(result.assumptions, system, instances))


def _told_of_all(assumptions: tuple[str, ...], system: System, instances: int) -> tuple[str, ...]:
    """Return what is owed to some instances as owed to all: strongly if it is to any, in the order of the system."""
    owed = {members: name for name, several in owed_alike(system, instances).items() for members in several}
    names = {told: owed[members] for told, members in names_of_owed(copies(system, instances)).items()}
    needed: dict[str, str] = {}
    for assumption in assumptions:
        strength, _, told = assumption.partition(" fairness of ")
        needed[names[told]] = "strong" if needed.get(names[told]) == "strong" else strength
    return tuple(f"{needed[name]} fairness of {name}" for name in names_of_owed(system) if name in needed)

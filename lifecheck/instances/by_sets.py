"""So many instances as components of the symbolic engine: each is the one that was fired, under other names."""

from __future__ import annotations

from collections.abc import Iterator

from lifecheck.checking import Result, decide_by_sets
from lifecheck.instances.copies import Sharing, indexed, names_of_copies, owed_alike, sharing_of, watched
from lifecheck.instances.decomposition import Decompositions
from lifecheck.instances.property_of_one import of_first
from lifecheck.properties import Property
from lifecheck.symbolic import DEFAULT_MEMORY, GrowingSpace, LocalTable, Progress, fire
from lifecheck.system import System

Moves = tuple[tuple[int, int], ...]


def space_of_instances(
    system: System,
    instances: int,
    *,
    memory: int = DEFAULT_MEMORY,
    progress: Progress | None = None,
    known: Decompositions | None = None,
) -> GrowingSpace:
    """Return the states of so many instances, with observers of the first alone, as sets.

    Each component is fired once, in the system of one instance; a copy is its table with the triggers renamed.

    Parameters
    ----------
    system
        The system of one instance.
    instances
        How many.
    memory
        How many bytes decision diagrams may take.
    progress
        Told in the course of each closure what is being done.
    known
        Owns what was fired, where more is asked; without it, all is fired anew.

    Raises
    ------
    CompositionError
        If nothing is copied, or a broadcast is none or blocks.
    SymbolicLimitError
        If a component has too many local states, or there can be no sets.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> found = space_of_instances(System("work", [task], copied={"task"}), 100)
    >>> found.ask(lambda space: (space.states == 2**100, space.transitions == 100 * 2**99))
    (True, True)
    """
    known = known or Decompositions()
    known.of(system)  # refuses a broadcast that an instance blocks
    population = watched(system, instances)
    parts = {part.name: part for part in population.parts}
    found = {
        name: LocalTable(parts[name], table.states, moves, table.told)
        for table in fire(system, known.explorer.tables)
        for name, moves in _copied(table, system, instances)
        if name in parts  # nobody watches the others
    }
    return GrowingSpace(population, [found[name] for name in parts], memory, progress)


def _copied(table: LocalTable, system: System, instances: int) -> Iterator[tuple[str, dict[str, Moves]]]:
    """Yield the name of each copy of a component, or of the shared one, with its moves under their new names."""
    name = table.component.name
    if name not in system.copied:
        names = names_of_copies(system, instances)
        yield name, {new: moves for trigger, moves in table.moves.items() for new in names[trigger]}
        return
    sharing = sharing_of(system)
    for number in range(1, instances + 1):
        yield (
            indexed(name, number),
            {
                indexed(trigger, number) if sharing[trigger] is Sharing.INDEXED else trigger: moves
                for trigger, moves in table.moves.items()
            },
        )


def decide_for_first(system: System, instances: int, space: GrowingSpace, asked: Property) -> Result:
    """Decide a property of one instance, as that of the first; fairness is told of a trigger for all of them at once.

    Parameters
    ----------
    system
        The system of one instance, as it was explored.
    instances
        How many.
    space
        As `space_of_instances` returns it.
    asked
        The property, by the plain names of the components.
    """
    return decide_by_sets(space, of_first(asked, system), alike=owed_alike(system, instances))

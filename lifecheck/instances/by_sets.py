"""So many instances as components of the symbolic engine: each is the one that was fired, under other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lifecheck.checking import Result, decide_by_sets
from lifecheck.instances.copies import Sharing, indexed, sharing_of, watched
from lifecheck.instances.decomposition import Decompositions
from lifecheck.properties import Predicate, Property, name_of
from lifecheck.statespace import names_of_owed
from lifecheck.symbolic import GrowingSpace, LocalTable, Progress, SymbolicLimitError, fire
from lifecheck.system import State, System, known_components

MOST_INSTANCES = 1_000
"""Of how many instances sets of states are held; each has its own variables."""


def space_of_instances(
    system: System,
    instances: int,
    *,
    memory: int,
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
        If a component has too many local states, or there are too many instances.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> found = space_of_instances(System("work", [task], copied={"task"}), 100, memory=1 << 28)
    >>> found.ask(lambda space: (space.states == 2**100, space.transitions == 100 * 2**99))
    (True, True)
    """
    if instances > MOST_INSTANCES:
        raise SymbolicLimitError(
            f"{system.counted_instances(instances)} are too many: sets of states are held of at most {MOST_INSTANCES:,}"
        )
    known = known or Decompositions()
    known.of(system)  # refuses a broadcast that an instance blocks
    fired = {table.component.name: table for table in fire(system, known.explorer.tables)}
    population = watched(system, instances)
    triggers = names_of_copies(system, instances)
    tables = [_renamed(fired[_plain(part.name, fired)], part.name, triggers, population) for part in population.parts]
    return GrowingSpace(population, tables, memory, progress)


def names_of_copies(system: System, instances: int) -> dict[str, tuple[str, ...]]:
    """Return under which names each trigger of a system of one instance occurs among so many."""
    return {
        trigger: tuple(indexed(trigger, number) for number in range(1, instances + 1))
        if kind is Sharing.INDEXED
        else (trigger,)
        for trigger, kind in sharing_of(system).items()
    }


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
    of_first = asked.with_predicates(lambda predicate: _of_first(predicate, system))
    return decide_by_sets(space, of_first, alike=_owed_alike(system, instances))


def _owed_alike(system: System, instances: int) -> dict[str, list[tuple[str, ...]]]:
    """Return what is fair in a system of one instance, each with what it is among so many."""
    names = names_of_copies(system, instances)
    return {
        name: [tuple(of_each) for of_each in zip(*(names[one] for one in members), strict=True)]
        for name, members in names_of_owed(system).items()
    }


def _plain(name: str, known: Mapping[str, LocalTable]) -> str:
    return name if name in known else name.rpartition("[")[0]


def _renamed(table: LocalTable, name: str, triggers: Mapping[str, tuple[str, ...]], population: System) -> LocalTable:
    (component,) = (part for part in population.parts if part.name == name)
    moves = {
        new: pairs for trigger, pairs in table.moves.items() for new in triggers[trigger] if new in component.alphabet
    }
    return LocalTable(component, table.states, moves, table.told)


def _of_first(predicate: Predicate, system: System) -> Predicate:
    """Return a predicate of one instance as one of the first among many."""

    def names() -> Iterator[tuple[str, str]]:
        for part in system.parts:
            yield part.name, indexed(part.name, 1) if part.name in system.copied else part.name

    places = dict(names())

    def asks(state: State) -> bool:
        components = known_components(state)
        read: set[str] = set()
        own = State({name: components[place] for name, place in places.items()}, system.left_out, read)
        try:
            return predicate(own)
        finally:
            if state._read is not None:
                state._read.update(places[name] for name in read)

    asks.__name__ = name_of(predicate)
    return asks

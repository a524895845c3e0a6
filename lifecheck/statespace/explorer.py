"""Explores systems, and owns what it explored: graphs and fired tables end with the question they were made for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from typing import TypeVar, cast

from lifecheck.errors import UndeclaredError
from lifecheck.machines import (
    LOCAL_STATE_LIMIT,
    Tables,
    check_observers,
    refuse_shared_chains,
    runs_code,
    shared_places,
    with_all_undeclared,
)
from lifecheck.statespace.exploring import compose, observe
from lifecheck.statespace.graph import STATE_LIMIT, Graph
from lifecheck.system import System, refuse_several_starts

Kept = TypeVar("Kept")


class Explorer:
    """Explores each system once, for as long as this object is there.

    Parameters
    ----------
    tables
        Where the fired tables are kept; systems that have components in common share those. Without it, its own.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> system, explorer = System("lamp", [lamp]), Explorer()
    >>> explorer.explore(system) is explorer.explore(system), explorer.explore(system) is explore(system)
    (True, False)
    """

    def __init__(self, tables: Tables | None = None) -> None:
        self.tables = Tables() if tables is None else tables
        self._graphs: dict[tuple[int, int, int], Graph] = {}  # a graph keeps its system, so that the id stays its own
        self._by_parts: dict[tuple[int, ...], Graph] = {}
        self._kept: dict[tuple[int, Hashable], tuple[System, object]] = {}

    def explore(self, system: System, limit: int = STATE_LIMIT, local_limit: int = LOCAL_STATE_LIMIT) -> Graph:
        """Return the graph of a system; see `explore`."""
        key = (id(system), limit, local_limit)
        if key not in self._graphs:
            # who owes what, and what a system is called, is no part of what its components do together
            parts = (*map(id, system.parts), len(system.components), limit, local_limit)
            known = self._by_parts.get(parts)
            if known is None or any(map(runs_code, system.parts)):
                known = self._by_parts[parts] = self._explored(system, limit, local_limit)
            elif known.system is not system:
                known = copy(known)
                known.system = system
            self._graphs[key] = known
        return self._graphs[key]

    def kept(self, system: System, what: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what somebody else makes of a system, made once and kept as long as the graphs are.

        Examples
        --------
        >>> from lifecheck import Component, Row, System
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> system, explorer = System("lamp", [lamp]), Explorer()
        >>> explorer.kept(system, "list", list) is explorer.kept(system, "list", list)
        True
        """
        key = (id(system), what)
        if key not in self._kept:
            self._kept[key] = system, make()
        return cast(Kept, self._kept[key][1])

    def _explored(self, system: System, limit: int, local_limit: int) -> Graph:
        refuse_several_starts(system, "a graph")
        shared = shared_places(system.parts)
        try:
            check_observers(system, self.tables)
            tables = tuple(self.tables.of(part) for part in system.parts)
            without = self._without_observers(system, limit, local_limit)
            if without is None:
                explored = compose(system, tables, limit, local_limit)
            else:
                explored = observe(without.explored, system, tables[len(system.components) :], limit)
            graph = Graph(system, tables, explored, limit, local_limit)
            refuse_shared_chains(system, graph.tables)
            for table in graph.tables:
                table.drive(complete=graph.complete)
        except UndeclaredError as error:
            part = next(part for part in system.parts if error.place.startswith(f"component {part.name!r}, "))
            raise with_all_undeclared(error, part) from error
        for place in shared:
            place.refuse_if_changed()
        return graph

    def _without_observers(self, system: System, limit: int, local_limit: int) -> Graph | None:
        """Return what is known of a system without its observers, if that says what it does with them."""
        found = self._by_parts.get((*map(id, system.components), len(system.components), limit, local_limit))
        if found is None or not found.complete or any(map(runs_code, system.parts)):
            return None
        return found


def explore(system: System, limit: int = STATE_LIMIT, local_limit: int = LOCAL_STATE_LIMIT) -> Graph:
    """Explore a system breadth first by composing the fired tables of its components.

    Nothing is remembered from one call to the next: every machine is fired anew.

    Parameters
    ----------
    system
        The system with its observers.
    limit
        The largest number of states to visit; a graph that met it is not `complete`.
    local_limit
        The largest number of local states of one component that has attributes; likewise.

    Raises
    ------
    ComponentError, CompositionError
        If a component cannot be fired as declared, a fresh machine does not do what its table says, or an observer
        blocks.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> graph = explore(System("lamp", [lamp]))
    >>> len(graph), graph.transitions, graph.path_to(1)
    (2, 1, ['switch_on'])
    """
    return Explorer().explore(system, limit, local_limit)

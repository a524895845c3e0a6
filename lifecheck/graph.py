"""The state graph of a system: every global state that its components reach together."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lifecheck.firing import BLOCKED, Table, table_of
from lifecheck.state import State
from lifecheck.system import System

if TYPE_CHECKING:
    import networkx

STATE_LIMIT = 1_000_000
"""How many global states are explored unless told otherwise."""


class Graph:
    """States and transitions in order of first visit, breadth first from state 0.

    States are numbers, triggers are positions in the system's order. Where `complete` is false, only
    the first `expanded` states have their transitions.

    Parameters
    ----------
    system
        The system explored.
    tables
        The table of each part.
    limit
        The largest number of states to visit.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("push", "closed", "open"), Row("pull", "open", "closed")]
    >>> graph = explore(System("door", [Component("door", ["closed", "open"], "closed", rows, {"push", "pull"})]))
    >>> [(graph.view(state), list(graph.edges(state))) for state in range(len(graph))]
    [(State(door=closed), [(0, 1)]), (State(door=open), [(1, 0)])]
    """

    def __init__(self, system: System, tables: tuple[Table, ...], limit: int) -> None:
        self.system = system
        self.tables = tables
        self.limit = limit
        self._depths = array("i", [0])
        self._locals: list[tuple[int, ...]] = [(0,) * len(tables)]
        self._first = array("q", [0])
        self._triggers = array("i")
        self._targets = array("q")
        self._parents: list[tuple[int, int] | None] = [None]
        self._explore()

    def __len__(self) -> int:
        return len(self._locals)

    @property
    def transitions(self) -> int:
        """Number of transitions found."""
        return len(self._targets)

    @property
    def expanded(self) -> int:
        """Number of states whose transitions are known; the others follow them in the numbering."""
        return len(self._first) - 1

    @property
    def complete(self) -> bool:
        """Whether every reachable state was visited."""
        return self.expanded == len(self)

    def edges(self, state: int) -> Iterator[tuple[int, int]]:
        """Yield trigger and target of each transition of an expanded state, in trigger order."""
        for position in range(self._first[state], self._first[state + 1]):
            yield self._triggers[position], self._targets[position]

    @cached_property
    def enabled(self) -> list[int]:
        """For each expanded state a bit mask of the triggers that can fire there."""
        masks = []
        for state in range(self.expanded):
            mask = 0
            for position in range(self._first[state], self._first[state + 1]):
                mask |= 1 << self._triggers[position]
            masks.append(mask)
        return masks

    def mask(self, triggers: frozenset[str]) -> int:
        """Return the bit mask of a set of triggers."""
        return sum(1 << number for number, name in enumerate(self.system.triggers) if name in triggers)

    def path_to(self, state: int) -> list[str]:
        """Return the triggers of the shortest path to a state, the first in row order among equals."""
        path = []
        step = self._parents[state]
        while step is not None:
            state, trigger = step
            path.append(self.system.triggers[trigger])
            step = self._parents[state]
        return path[::-1]

    @property
    def depth(self) -> int:
        """The greatest distance of a state from the initial one."""
        return self._depths[-1]

    def depth_of(self, state: int) -> int:
        """Return the distance of a state from the initial one, in transitions."""
        return self._depths[state]

    def locals_of(self, state: int) -> tuple[int, ...]:
        """Return the number of each part's local state, in the order of the parts."""
        return self._locals[state]

    def view(self, state: int) -> State:
        """Return a state as predicates read it."""
        return self.view_of(self._locals[state])

    def view_of(self, locals_: tuple[int, ...]) -> State:
        """Return any combination of local states as predicates read it."""
        parts = zip(self.system.parts, self.tables, locals_, strict=True)
        return State({part.name: table.states[local] for part, table, local in parts}, self.system.left_out)

    def to_networkx(self) -> networkx.MultiDiGraph[int]:
        """Return the graph with states as node attribute ``state`` and triggers as edge keys.

        Examples
        --------
        >>> from lifecheck import Component, Row, System
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> list(explore(System("lamp", [lamp])).to_networkx().edges(keys=True))
        [(0, 1, 'switch_on')]
        """
        import networkx  # a heavy import that exploring itself does not need

        graph: networkx.MultiDiGraph[int] = networkx.MultiDiGraph()
        for state in range(len(self)):
            graph.add_node(state, state=self.view(state))
        for state in range(self.expanded):
            for trigger, target in self.edges(state):
                graph.add_edge(state, target, key=self.system.triggers[trigger])
        return graph

    def _explore(self) -> None:
        names = self.system.triggers
        movers = [
            [(position, table) for position, table in enumerate(self.tables) if trigger in table.component.alphabet]
            for trigger in names
        ]
        number = {self._locals[0]: 0}
        for source, current in enumerate(self._locals):  # grows while it is walked
            found = []
            for trigger, parts in enumerate(movers):
                target = list(current)
                for position, table in parts:
                    target[position] = table.move(current[position], names[trigger])
                    if target[position] == BLOCKED:
                        break
                else:
                    found.append((trigger, tuple(target)))
            new = {target for _, target in found if target not in number}
            if len(self._locals) + len(new) > self.limit:
                return  # this state stays unexpanded, and so do all after it
            for trigger, reached in found:
                if reached not in number:
                    number[reached] = len(self._locals)
                    self._locals.append(reached)
                    self._parents.append((source, trigger))
                    self._depths.append(self._depths[source] + 1)
                self._triggers.append(trigger)
                self._targets.append(number[reached])
            self._first.append(len(self._targets))


@lru_cache(maxsize=64)
def explore(system: System, limit: int = STATE_LIMIT) -> Graph:
    """Explore a system breadth first by composing the fired tables of its components.

    Parameters
    ----------
    system
        The system with its observers.
    limit
        The largest number of states to visit; a graph that met it is not `complete`.

    Raises
    ------
    ComponentError, CompositionError
        If a component cannot be fired as declared, or an observer blocks.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> graph = explore(System("lamp", [lamp]))
    >>> len(graph), graph.transitions, graph.path_to(1)
    (2, 1, ['switch_on'])
    """
    system.check_observers()
    return Graph(system, tuple(table_of(part) for part in system.parts), limit)

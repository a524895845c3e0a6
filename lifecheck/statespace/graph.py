"""The state graph of a system: every global state that its components reach together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from lifecheck.machines import LOCAL_STATE_LIMIT, Table
from lifecheck.statespace.exploring import NONE, Explored
from lifecheck.system import Row, State, System

if TYPE_CHECKING:
    import networkx

Kept = TypeVar("Kept")

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
    explored
        What was found.
    limit, local_limit
        Within which limits.

    Attributes
    ----------
    overgrown
        The component that met `local_limit`, if one did.
    enabled
        For each expanded state, a bit mask of the triggers that can fire there.

    Examples
    --------
    >>> from lifecheck import Component, Row, explore
    >>> rows = [Row("push", "closed", "open"), Row("pull", "open", "closed")]
    >>> graph = explore(System("door", [Component("door", ["closed", "open"], "closed", rows, {"push", "pull"})]))
    >>> [(graph.view(state), list(graph.edges(state))) for state in range(len(graph))]
    [(State(door=closed), [(0, 1)]), (State(door=open), [(1, 0)])]
    """

    def __init__(
        self,
        system: System,
        tables: tuple[Table, ...],
        explored: Explored,
        limit: int,
        local_limit: int = LOCAL_STATE_LIMIT,
    ) -> None:
        self.system = system
        self.tables = tables
        self.explored = explored
        self.limit = limit
        self.local_limit = local_limit
        self.overgrown = explored.overgrown
        self.enabled = explored.enabled
        self._kept: dict[Hashable, object] = {}
        self._depths, self._locals, self._first = explored.depths, explored.locals, explored.first
        self._triggers, self._targets = explored.triggers, explored.targets
        self._parents, self._arrivals = explored.parents, explored.arrivals

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
        """Return trigger and target of each transition of an expanded state, in trigger order."""
        here = slice(self._first[state], self._first[state + 1])
        return zip(self._triggers[here], self._targets[here], strict=True)

    def targets(self, state: int) -> Sequence[int]:
        """Return the target of each transition of an expanded state, in trigger order."""
        return self._targets[self._first[state] : self._first[state + 1]]

    def mask(self, triggers: frozenset[str]) -> int:
        """Return the bit mask of a set of triggers."""
        return sum(1 << number for number, name in enumerate(self.system.triggers) if name in triggers)

    def path_to(self, state: int) -> list[str]:
        """Return the triggers of the shortest path to a state, the first in row order among equals."""
        path = []
        while self._parents[state] != NONE:
            path.append(self.system.triggers[self._arrivals[state]])
            state = self._parents[state]
        return path[::-1]

    def kept(self, what: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what somebody makes of states and transitions alone, made once and kept as long as they are."""
        if what not in self._kept:
            self._kept[what] = make()
        return cast(Kept, self._kept[what])

    @property
    def depth(self) -> int:
        """The greatest distance of a state from the initial one."""
        return self._depths[-1]

    def depth_of(self, state: int) -> int:
        """Return the distance of a state from the initial one, in transitions."""
        return self._depths[state]

    @property
    def combinations(self) -> Sequence[tuple[int, ...]]:
        """For each state the number of each part's local state, in the order of the parts."""
        return self._locals

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

    def rows_taken(self, state: int, trigger: str, part: int) -> tuple[Row, ...]:
        """Return the rows that one part may take when a trigger is fired in a state; one, unless that is not known."""
        return self.tables[part].rows(self._locals[state][part], trigger)

    def to_networkx(self) -> networkx.MultiDiGraph[int]:
        """Return the graph with states as node attribute ``state`` and triggers as edge keys.

        Examples
        --------
        >>> from lifecheck import Component, Row, System, explore
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

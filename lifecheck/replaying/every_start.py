"""The graphs of a system from each of its initial states, side by side as one graph that begins in several states."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from lifecheck.checking import not_seen
from lifecheck.machines import BLOCKED
from lifecheck.statespace import Graph
from lifecheck.system import LocalState, Row, State, System


class GraphOfEveryStart:
    """Graphs that differ in where they begin, their states numbered one after another.

    A run stays in the graph that it begins in.

    Parameters
    ----------
    system
        The system whose environment chooses where it begins.
    graphs
        The graph from each of its initial states, in their order.

    Attributes
    ----------
    starts
        The states in which a run may begin.

    Examples
    --------
    >>> from lifecheck import Component, explore
    >>> rows = [Row("switch_on", "off", "on")]
    >>> lamp = Component("lamp", ["off", "on"], ("on", "off"), rows, {"switch_on"})
    >>> system = System("lamp", [lamp])
    >>> graph = GraphOfEveryStart(system, [explore(one) for one in system.by_start])
    >>> graph.starts, len(graph), list(graph.edges(1)), str(graph.local(2, 0))
    ((0, 1), 3, [(0, 2)], 'on')
    """

    def __init__(self, system: System, graphs: Sequence[Graph]) -> None:
        self.system = system
        self.graphs = tuple(graphs)
        ends = tuple(accumulate(map(len, self.graphs)))
        self.starts = (0, *ends[:-1])
        self._size = ends[-1]

    def __len__(self) -> int:
        return self._size

    @property
    def note(self) -> str:
        """What to keep in mind: that the environment chooses where runs begin, and what firing did not see."""
        count = len(self.graphs)
        chosen = [f"the environment chooses among {count} initial states, each of which was tried"] if count > 1 else []
        return "; ".join(dict.fromkeys([*chosen, *(told for one in self.graphs for told in not_seen(one))]))

    def beginning_of(self, state: int) -> int:
        """Return which of the initial states a state is reached from, by its position."""
        return bisect_right(self.starts, state) - 1 if len(self.starts) > 1 else 0

    def is_expanded(self, state: int) -> bool:
        """Whether the transitions of a state are known."""
        graph, first = self._of(state)
        return state - first < graph.expanded

    def edges(self, state: int) -> Iterator[tuple[int, int]]:
        """Return trigger and target of each transition of a state that is known, in trigger order."""
        graph, first = self._of(state)
        if state - first >= graph.expanded:
            return iter(())
        found = graph.edges(state - first)
        return found if not first else ((trigger, first + target) for trigger, target in found)

    def locals_of(self, state: int) -> tuple[int, ...]:
        """Return the number of each part's local state; comparable among states of one beginning."""
        graph, first = self._of(state)
        return graph.locals_of(state - first)

    def local(self, state: int, part: int) -> LocalState:
        """Return the local state of a part, given by its position."""
        graph, first = self._of(state)
        return graph.tables[part].states[graph.locals_of(state - first)[part]]

    def is_blocked(self, state: int, part: int, trigger: str) -> bool:
        """Whether a part, which has a trigger, blocks it in a state."""
        graph, first = self._of(state)
        return graph.tables[part].move(graph.locals_of(state - first)[part], trigger) == BLOCKED

    def view(self, state: int) -> State:
        """Return a state as predicates read it."""
        graph, first = self._of(state)
        return graph.view(state - first)

    def rows_taken(self, state: int, trigger: str, part: int) -> tuple[Row, ...]:
        """Return the rows that one part may take when a trigger is fired in a state."""
        graph, first = self._of(state)
        return graph.rows_taken(state - first, trigger, part)

    def _of(self, state: int) -> tuple[Graph, int]:
        """Return the graph that a state belongs to, and the number of its first state."""
        at = self.beginning_of(state)
        return self.graphs[at], self.starts[at]

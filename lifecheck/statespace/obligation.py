"""Where in a graph an obligation is open: something was promised and has not come yet."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from lifecheck.statespace.graph import Graph

_UNMET = -1


class Obligation:
    """A graph walked together with the question whether the promise is still open.

    A node is a pair of state and openness, written as ``2 * state + open``. The promise opens where
    `given` holds (or once, at the start) and closes where `goal` holds. A run breaks it if from some
    point on it is open for ever.

    Parameters
    ----------
    graph
        The explored system.
    goal
        For each state, whether the goal holds there.
    given
        For each state, whether the promise opens there; None if it opens once, at the start.
    """

    def __init__(self, graph: Graph, goal: Sequence[bool], given: Sequence[bool] | None) -> None:
        self.graph = graph
        self.goal = goal
        self.given = given if given is not None else [False] * len(graph)
        opens = True if given is None else given[0]
        self.nodes = [int(opens and not goal[0])]
        self._parents = array("q", [_UNMET]) * (2 * len(graph))
        self._arrivals = array("i", [_UNMET]) * (2 * len(graph))  # the trigger that leads there from the parent
        self.distance = array("i", [_UNMET]) * (2 * len(graph))
        self._walk()

    def region(self) -> list[int]:
        """Return the expanded states that can be reached with the promise open."""
        return [node >> 1 for node in self.nodes if node & 1 and node >> 1 < self.graph.expanded]

    def after(self, node: int, target: int) -> int:
        """Return the node reached from `node` by a transition to the state `target`."""
        if self.goal[target] or not (node & 1 or self.given[target]):
            return 2 * target
        return 2 * target + 1

    def path_to(self, node: int) -> list[int]:
        """Return the triggers of the shortest path to a node, the first in row order among equals."""
        path = []
        while self.distance[node]:
            path.append(self._arrivals[node])
            node = self._parents[node]
        return path[::-1]

    def _walk(self) -> None:
        expanded, edges, goal = self.graph.expanded, self.graph.edges, self.goal
        nodes, parents, arrivals, distance = self.nodes, self._parents, self._arrivals, self.distance
        # what `after` says of each target, without the cost of a call for each transition
        after_open = [2 * target + (not met) for target, met in enumerate(goal)]
        after_closed = [node if opens else node & ~1 for node, opens in zip(after_open, self.given, strict=True)]
        distance[nodes[0]] = 0
        for node in nodes:  # grows while it is walked: breadth first
            state = node >> 1
            if state >= expanded:
                continue
            further, after = distance[node] + 1, after_open if node & 1 else after_closed
            for trigger, target in edges(state):
                reached = after[target]
                if distance[reached] == _UNMET:
                    distance[reached] = further
                    parents[reached] = node
                    arrivals[reached] = trigger
                    nodes.append(reached)

"""What can be reached in a graph, and from where something cannot: breadth first, for graphs of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lifecheck.statespace.graph import Graph


def reachable(start: Iterable[int], successors: Callable[[int], Iterable[int]]) -> list[int]:
    """Return every state that can be reached, in the order of first visit, breadth first.

    Parameters
    ----------
    start
        Where to start; what it holds comes first.
    successors
        Gives the successors of a state.

    Examples
    --------
    >>> edges = {0: [2, 1], 1: [3], 2: [0], 3: [], 4: [0]}
    >>> reachable([0], edges.__getitem__)
    [0, 2, 1, 3]
    """
    known = dict.fromkeys(start)
    found = list(known)
    for state in found:  # grows while it is walked
        for target in successors(state):
            if target not in known:
                known[target] = None
                found.append(target)
    return found


def system_moves(graph: Graph) -> Callable[[int], list[tuple[int, int]]]:
    """Return a function from an expanded state to trigger and target of each transition that is the system's.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> graph = explore(System("bell", [bell], environment={"ring"}))
    >>> list(map(system_moves(graph), range(len(graph))))
    [[], [(1, 0)]]
    """
    environment = graph.mask(frozenset(graph.system.environment))
    return lambda state: [edge for edge in graph.edges(state) if not environment >> edge[0] & 1]


def never_leading_to(graph: Graph, goal: Iterable[int]) -> list[int]:
    """Return the states from which no triggers of the system lead to any state of a set, in the graph's order.

    What is not expanded is taken to lead there, as nobody knows.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet"), Row("leave", "rung", "away")]
    >>> bell = Component("bell", ["quiet", "rung", "away"], "quiet", rows, {"ring", "answer", "leave"})
    >>> graph = explore(System("bell", [bell], environment={"ring"}))
    >>> [str(graph.view(state).bell) for state in never_leading_to(graph, [0])]
    ['away']
    """
    moves = system_moves(graph)
    sources: list[list[int]] = [[] for _ in range(len(graph))]
    for state in range(graph.expanded):
        for _, target in moves(state):
            sources[target].append(state)
    able = set(reachable([*goal, *range(graph.expanded, len(graph))], sources.__getitem__))
    return [state for state in range(len(graph)) if state not in able]

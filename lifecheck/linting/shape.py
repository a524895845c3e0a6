"""Finds in a graph where a run gets stuck, goes round for ever, or cannot come to an end."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from lifecheck.statespace import reachable, strongly_connected


@dataclass(frozen=True)
class Shape:
    """What is remarkable about a graph.

    Parameters
    ----------
    stuck
        Nodes without a successor that are not final.
    livelocks
        Sets of nodes, none final, that lead round and to nothing else.
    lost
        Other nodes from which no final one can be reached.
    """

    stuck: tuple[int, ...]
    livelocks: tuple[tuple[int, ...], ...]
    lost: tuple[int, ...]


def shape_of(successors: Sequence[Sequence[int]], final: Set[int], *, ends: bool, groups: Sequence[str]) -> Shape:
    """Judge a graph whose nodes can all be reached.

    A machine for which no final state is declared may go round for ever: then it is a livelock only if there is
    more than one place where a run can end up, and they differ in more than attributes.

    Parameters
    ----------
    successors
        The successors of each node.
    final
        The final nodes.
    ends
        Whether final states were declared, reachable or not.
    groups
        What each node is called apart from its attributes.

    Examples
    --------
    >>> shape_of([[1, 2], [], [3], [2]], {1}, ends=True, groups="abcd")
    Shape(stuck=(), livelocks=((2, 3),), lost=())
    >>> shape_of([[1], [0]], set(), ends=False, groups="ab")
    Shape(stuck=(), livelocks=(), lost=())
    """
    nodes = range(len(successors))
    # those from which nothing leads out of their strongly connected component: where every run ends up
    bottoms = [
        sorted(component)
        for component in strongly_connected(dict.fromkeys(nodes), successors.__getitem__)
        if _is_closed(component, successors)
    ]
    kinds = {frozenset(groups[node] for node in bottom) for bottom in bottoms}
    livelocks = sorted(
        bottom
        for bottom in bottoms
        if any(successors[node] for node in bottom) and final.isdisjoint(bottom) and (ends or len(kinds) > 1)
    )
    stuck = [node for node in nodes if not successors[node] and node not in final]
    told = {*stuck, *(node for livelock in livelocks for node in livelock)}
    coming_to_an_end = _leading_to(final, successors)
    lost = [node for node in nodes if node not in told and node not in coming_to_an_end] if ends else []
    return Shape(tuple(stuck), tuple(map(tuple, livelocks)), tuple(lost))


def _is_closed(nodes: Sequence[int], successors: Sequence[Sequence[int]]) -> bool:
    inside = frozenset(nodes)
    return all(inside.issuperset(successors[node]) for node in nodes)


def _leading_to(goal: Set[int], successors: Sequence[Sequence[int]]) -> frozenset[int]:
    sources: list[list[int]] = [[] for _ in successors]
    for node, targets in enumerate(successors):
        for target in targets:
            sources[target].append(node)
    return frozenset(reachable(goal, sources.__getitem__))

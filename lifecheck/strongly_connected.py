"""Strongly connected components of a region of a graph (Tarjan 1972), without recursion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator


def strongly_connected(region: Collection[int], successors: Callable[[int], Iterable[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected components of the subgraph that a region induces.

    Parameters
    ----------
    region
        The states to keep, in the order to start from; anything that answers ``in`` quickly.
    successors
        Gives the successors of a state; those outside the region are passed over.

    Yields
    ------
    list of int
        One component, its states in order of first visit; a component comes after all it leads to.

    Examples
    --------
    >>> edges = {0: [1], 1: [2, 0], 2: [2], 3: [0]}
    >>> list(strongly_connected({0: None, 1: None, 2: None}, edges.__getitem__))
    [[2], [0, 1]]
    """
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    finished: set[int] = set()
    open_states: list[int] = []
    for root in region:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        open_states.append(root)
        work = [(root, iter(successors(root)))]
        while work:
            state, remaining = work[-1]
            for target in remaining:
                if target not in region or target in finished:
                    continue
                if target in order:
                    if order[target] < lowest[state]:
                        lowest[state] = order[target]
                    continue
                order[target] = lowest[target] = len(order)
                open_states.append(target)
                work.append((target, iter(successors(target))))
                break
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    lowest[parent] = min(lowest[parent], lowest[state])
                if lowest[state] == order[state]:
                    start = len(open_states) - 1
                    while open_states[start] != state:
                        start -= 1
                    component = open_states[start:]
                    del open_states[start:]
                    finished.update(component)
                    yield component

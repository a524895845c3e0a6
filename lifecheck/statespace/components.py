"""Strongly connected components of a region of a graph (Tarjan 1972), without recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

_UNSEEN = 0


def strongly_connected(region: Iterable[int], successors: Callable[[int], Iterable[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected components of the subgraph that a region induces.

    Parameters
    ----------
    region
        The states to keep, in the order to start from.
    successors
        Gives the successors of a state; those outside the region are passed over.

    Yields
    ------
    list of int
        One component, its states in order of first visit; a component comes after all it leads to.

    Examples
    --------
    >>> edges = {0: [1], 1: [2, 0], 2: [2], 3: [0]}
    >>> list(strongly_connected([0, 1, 2], edges.__getitem__))
    [[2], [0, 1]]
    """
    order = dict.fromkeys(region, _UNSEEN)
    beyond = len(order) + 1  # the order of what is outside or belongs to a component already: it lowers nothing
    count = 0
    open_states: list[int] = []
    for root in order:
        if order[root] != _UNSEEN:
            continue
        above: list[tuple[int, int, Iterator[int]]] = []
        order[root] = count = count + 1
        open_states.append(root)
        state, lowest, remaining = root, count, iter(successors(root))
        while True:
            for target in remaining:
                place = order.get(target, beyond)
                if place == _UNSEEN:
                    above.append((state, lowest, remaining))
                    order[target] = count = count + 1
                    open_states.append(target)
                    state, lowest, remaining = target, count, iter(successors(target))
                    break
                if place < lowest:
                    lowest = place
            else:
                if lowest == order[state]:
                    start = len(open_states) - 1
                    while open_states[start] != state:
                        start -= 1
                    component = open_states[start:]
                    del open_states[start:]
                    order.update(dict.fromkeys(component, beyond))
                    yield component
                if not above:
                    break
                below = lowest
                state, lowest, remaining = above.pop()
                lowest = min(lowest, below)

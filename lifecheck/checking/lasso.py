"""Lassos: a path into a loop that a fair run can repeat for ever while a promise stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from lifecheck.statespace import Fairness, Graph, Obligation

LASSO_SEARCH_LIMIT = 200_000
"""How many partial loops are tried for a shortest lasso before the best one found is shown as it is."""


@dataclass(frozen=True)
class Lasso:
    """Triggers by number; `shortest` is false where the search met its limit."""

    stem: tuple[int, ...]
    loop: tuple[int, ...]
    shortest: bool


def find_lasso(
    obligation: Obligation,
    components: Sequence[Sequence[int]],
    fairness: Fairness,
    limit: int = LASSO_SEARCH_LIMIT,
) -> Lasso:
    """Find a lasso with the least stem and loop together; among equals the shorter stem, then row order.

    Breadth first from each possible first state of the loop, over the state together with what fairness
    still owes: so a loop may pass a state twice where it must. The number of such pairs grows with two to
    the power of the fair triggers; finding the shortest fair lasso is NP-hard in general (Clarke,
    Grumberg, McMillan and Zhao 1995), hence the limit.

    Parameters
    ----------
    obligation
        The promise that the lasso breaks.
    components
        The fair components of the obligation's region; at least one.
    fairness
        What the loop owes.
    limit
        How many partial loops to try.
    """
    budget = _Budget(limit)
    best: Lasso | None = None
    home = {state: number for number, component in enumerate(components) for state in component}
    inside = [frozenset(component) for component in components]
    for head in obligation.nodes:
        state = head >> 1
        if state not in home or obligation.goal[state]:
            continue
        stem_length = obligation.distance[head]
        longest = None if best is None else len(best.stem) + len(best.loop) - stem_length - 1
        if longest is not None and longest < 0:
            break  # later heads are no nearer
        loop = _shortest_loop(obligation, inside[home[state]], fairness, head, longest, budget)
        if loop is not None:
            best = Lasso(tuple(obligation.path_to(head)), tuple(loop), True)
        if budget.spent:
            break
    if best is None:
        best = _some_lasso(obligation, components[0], fairness)
    return Lasso(best.stem, best.loop, not budget.spent)


class _Budget:
    def __init__(self, limit: int) -> None:
        self.left = limit

    @property
    def spent(self) -> bool:
        return self.left <= 0


def _shortest_loop(
    obligation: Obligation,
    inside: frozenset[int],
    fairness: Fairness,
    head: int,
    longest: int | None,
    budget: _Budget,
) -> list[int] | None:
    """Return the shortest fair loop from `head` that leaves the promise open, if one has at most `longest` steps."""
    enabled, with_groups = obligation.graph.enabled, fairness.with_groups

    def seen(state: int, taken: int) -> tuple[int, int]:
        """What a visit settles (weakly fair and disabled here, or taken) and what strong fairness it wakes."""
        possible = with_groups(enabled[state])
        return (fairness.weak & ~possible) | taken, fairness.strong & possible

    def is_closed(node: int, settled: int, woken: int) -> bool:
        return node == home and not (fairness.weak & ~settled) and not (woken & ~settled)

    home = head | 1  # the loop must return to the same state with the promise open
    start = (head, *seen(head >> 1, 0))
    if is_closed(*start):
        return []
    parents: dict[tuple[int, int, int], tuple[tuple[int, int, int], int] | None] = {start: None}
    layer, depth = [start], 0
    while layer and (longest is None or depth < longest):
        depth += 1
        following = []
        for entry in layer:
            node, settled, woken = entry
            for trigger, target in obligation.graph.edges(node >> 1):
                if target not in inside:
                    continue
                settles, wakes = seen(target, with_groups(1 << trigger) & fairness.owed)
                reached = (obligation.after(node, target), settled | settles, woken | wakes)
                if is_closed(*reached):
                    path, step = [trigger], parents[entry]
                    while step is not None:
                        previous, by = step
                        path.append(by)
                        step = parents[previous]
                    return path[::-1]
                if reached not in parents:
                    parents[reached] = (entry, trigger)
                    following.append(reached)
                    budget.left -= 1
                    if budget.spent:
                        return None
        layer = following
    return None


def _some_lasso(obligation: Obligation, component: Sequence[int], fairness: Fairness) -> Lasso:
    """Build a fair loop step by step: walk to whatever fairness still owes, then back to the start."""
    graph, inside = obligation.graph, frozenset(component)
    head = next(node for node in obligation.nodes if node & 1 and node >> 1 in inside)
    somewhere = 0
    for state in component:
        somewhere |= fairness.with_groups(graph.enabled[state])
    loop: list[int] = []
    at = home = head >> 1
    settled = fairness.weak & ~fairness.with_groups(graph.enabled[at])
    due = fairness.weak | (fairness.strong & somewhere)

    def settles(trigger: int, target: int) -> int:
        possible = fairness.with_groups(graph.enabled[target])
        return (fairness.with_groups(1 << trigger) | (fairness.weak & ~possible)) & due

    while due & ~settled:
        for trigger, target in _walk(graph, inside, at, partial(_settles_some, settles, due & ~settled)):
            loop.append(trigger)
            settled |= settles(trigger, target)
            at = target
    if at != home:
        loop.extend(trigger for trigger, _ in _walk(graph, inside, at, lambda _, target: target == home))
    return Lasso(tuple(obligation.path_to(head)), tuple(loop), False)


def _settles_some(settles: Callable[[int, int], int], owed: int, trigger: int, target: int) -> bool:
    return bool(settles(trigger, target) & owed)


def _walk(
    graph: Graph, inside: frozenset[int], start: int, arrived: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    """Return the shortest walk of at least one step whose last trigger and target satisfy `arrived`."""
    paths: dict[int, list[tuple[int, int]]] = {start: []}
    for state in (states := [start]):  # grows while it is walked
        for trigger, target in graph.edges(state):
            if target not in inside:
                continue
            path = [*paths[state], (trigger, target)]
            if arrived(trigger, target):
                return path
            if target not in paths:
                paths[target] = path
                states.append(target)
    raise AssertionError("a fair component settles everything inside")

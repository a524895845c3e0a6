"""Finds the nearest trigger that is blocked, where something looked for cannot be reached."""

from __future__ import annotations

from lifecheck.checking.result import Blocked
from lifecheck.errors import LifecheckError
from lifecheck.properties import Predicate, evaluate
from lifecheck.statespace import Graph, rendezvous

FORCED_STATE_LIMIT = 20_000
"""How many states behind a forced trigger are looked at."""


def nearest_blocked(graph: Graph, goal: Predicate) -> Blocked | None:
    """Return the blocked trigger that is nearest to `goal`: forced past its blockers once, it leads there.

    Forcing means that the components that can take the trigger do, and those that cannot stay where they
    are; from then on the system runs as declared. The answer has the fewest steps after the forced one,
    and among equals the fewest before it, then row order. None if one forced trigger does not suffice,
    or more than `FORCED_STATE_LIMIT` states lie behind it, or a machine or the predicate cannot be asked in states
    that no run reaches.

    Parameters
    ----------
    graph
        The complete graph, in which no state satisfies `goal`.
    goal
        What cannot be reached.
    """
    try:
        return _nearest(graph, goal)
    except LifecheckError:
        return None


def _nearest(graph: Graph, goal: Predicate) -> Blocked | None:
    known = {graph.locals_of(state) for state in range(len(graph))}
    origin: dict[tuple[int, ...], tuple[int, int]] = {}
    for state in range(len(graph)):
        for trigger, name in enumerate(graph.system.triggers):
            reached, _ = rendezvous(graph.tables, graph.locals_of(state), name)
            if reached not in known:  # so something blocked it, and something else moved
                origin.setdefault(reached, (state, trigger))
    for current in (behind := list(origin)):  # grows while it is walked
        if evaluate(goal, graph.view_of(current)):
            return _blocked(graph, *origin[current])
        for name in graph.system.triggers:
            reached, blockers = rendezvous(graph.tables, current, name)
            if not blockers and reached not in known and reached not in origin:
                origin[reached] = origin[current]
                behind.append(reached)
        if len(behind) > FORCED_STATE_LIMIT:
            return None
    return None


def _blocked(graph: Graph, state: int, trigger: int) -> Blocked:
    locals_ = graph.locals_of(state)
    _, blockers = rendezvous(graph.tables, locals_, graph.system.triggers[trigger])
    parts = graph.system.parts
    return Blocked(
        graph.system.triggers[trigger],
        graph.view(state),
        tuple((parts[position].name, graph.tables[position].states[locals_[position]].label) for position in blockers),
        tuple(graph.path_to(state)),
    )

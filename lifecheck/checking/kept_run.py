"""A good run: the shortest on which a promise is made and kept, and how it goes on by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lifecheck.checking.simulation import Walk
from lifecheck.errors import InputError
from lifecheck.properties import Property, evaluate
from lifecheck.statespace import STATE_LIMIT, Explorer, Graph, Obligation, with_needed_observers
from lifecheck.system import State, System


@dataclass(frozen=True)
class KeptRun:
    """A run of the real machines on which a promise is kept.

    Parameters
    ----------
    system
        The system, with those observers alone that the property reads.
    property
        What is promised.
    triggers
        What was taken, in order.
    states
        The states along the way, the initial one first.
    made, kept
        After how many steps the promise is made, and kept.
    stem
        After how many steps a loop begins that can go on for ever; the number of all steps if the run can
        stay where it ends, and None if it was not followed that far.

    Examples
    --------
    >>> from lifecheck import Component, Row, leads_to
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> kept = kept_run(System("doorbell", [bell]), leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "quiet"))
    >>> kept.triggers, kept.made, kept.kept
    (('ring', 'answer'), 1, 2)
    """

    system: System
    property: Property
    triggers: tuple[str, ...]
    states: tuple[State, ...]
    made: int
    kept: int
    stem: int | None


def kept_run(system: System, asked: Property, *, limit: int = STATE_LIMIT) -> KeptRun | None:
    """Find the shortest run on which the promise of a `leads_to` or `eventually` is made and kept.

    From there the real machines go on by themselves, fairly, until they can stay or repeat their steps for ever.

    Parameters
    ----------
    system
        The system.
    asked
        What is promised.
    limit
        The largest number of states to visit.

    Returns
    -------
    KeptRun or None
        None if the promise is never kept after it was made, as far as the system was explored.

    Raises
    ------
    InputError
        If the property promises nothing.

    Examples
    --------
    >>> from lifecheck import Component, Row, leads_to
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> doorbell = System("doorbell", [bell], environment={"ring"})
    >>> run = kept_run(doorbell, leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "quiet"))
    >>> run.triggers, run.made, run.kept, run.stem
    (('ring', 'answer'), 1, 2, 2)
    """
    if not asked.kind.is_liveness:
        raise InputError(f"{asked.formula} promises nothing that a run could keep; ask leads_to or eventually")
    explorer = Explorer()

    def found(read: frozenset[str]) -> tuple[System, list[int] | None]:
        graph = explorer.explore(system.with_observers(read), limit)
        return graph.system, _shortest(graph, asked)

    reduced, way = with_needed_observers(found)
    if way is None:
        return None
    walk = Walk(reduced)
    for trigger in way:
        walk.take(reduced.triggers[trigger])
    made = _made(asked, walk.states)
    stem = walk.go_on()
    return KeptRun(reduced, asked, tuple(walk.taken), tuple(walk.states), made, len(way), stem)


def _shortest(graph: Graph, asked: Property) -> list[int] | None:
    """Return the triggers of the shortest way to where the promise, once made, is kept."""
    views = [graph.view(state) for state in range(len(graph))]
    goal = [evaluate(asked.goal, view) for view in views]
    given = None if asked.given is None else [evaluate(asked.given, view) for view in views]
    obligation = Obligation(graph, goal, given)
    best: list[int] | None = None
    for node in obligation.nodes:  # the nearest first
        state = node >> 1
        if best is not None and obligation.distance[node] >= len(best):
            break
        made_here = state == 0 and node == obligation.nodes[0] if given is None else given[state]
        if goal[state] and made_here:  # made and kept at once
            best = obligation.path_to(node)
            continue
        for trigger, target in graph.edges(state) if node & 1 and state < graph.expanded else ():
            if not obligation.after(node, target) & 1 and (best is None or obligation.distance[node] + 1 < len(best)):
                best = [*obligation.path_to(node), trigger]
    return best


def _made(asked: Property, states: Sequence[State]) -> int:
    """Return after how many steps the promise was made that is kept in the last state."""
    if asked.given is None:
        return 0
    met = [number for number, state in enumerate(states[:-1]) if evaluate(asked.goal, state)]
    start = met[-1] + 1 if met else 0
    return next(number for number in range(start, len(states)) if evaluate(asked.given, states[number]))

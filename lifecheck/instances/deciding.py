"""Decides each kind of property on the reachable states of a population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lifecheck.checking import Evidence, Result
from lifecheck.instances.evidence import lasso, shortest_path, views
from lifecheck.instances.exploration import Exploration
from lifecheck.instances.fair import Owed, fair_hull
from lifecheck.instances.fixpoints import Progress, backwards, forwards, successor
from lifecheck.instances.layout import Bits, Point, count
from lifecheck.instances.moves import Moves
from lifecheck.properties import Kind, Property, Verdict

CLOSED_LIMIT = 20
"""How many states of a closed set are shown."""


def decide(exploration: Exploration, asked: Property, progress: Progress | None = None) -> Result:
    """Decide a property of message 1 and of what is shared.

    Parameters
    ----------
    exploration
        The reachable states.
    asked
        The property, as one of the system of one message.
    progress
        Told after each sweep what is being done.
    """
    match asked.kind:
        case Kind.ALWAYS | Kind.NEVER:
            return _always(exploration, asked)
        case Kind.SOMETIMES:
            return _sometimes(exploration, asked)
        case Kind.CAN_ALWAYS_REACH:
            return _can_always_reach(exploration, asked, progress)
        case Kind.EVENTUALLY | Kind.LEADS_TO:
            return _liveness(exploration, asked, progress)


def _always(exploration: Exploration, asked: Property) -> Result:
    given = exploration.reachable if asked.given is None else exploration.where(asked.given)
    good = exploration.where(asked.goal, given)
    bad = given & ~good if asked.kind is Kind.ALWAYS else good
    if bad.any():
        return _result(exploration, asked, Verdict.VIOLATED, shortest_path(exploration, bad)[1])
    return _result(exploration, asked, Verdict.HOLDS if given.any() else Verdict.VACUOUS)


def _sometimes(exploration: Exploration, asked: Property) -> Result:
    found = exploration.where(asked.goal)
    if found.any():
        return _result(exploration, asked, Verdict.HOLDS, shortest_path(exploration, found)[1])
    nowhere = Evidence((), None, views(exploration, [exploration.initial]))
    return _result(exploration, asked, Verdict.VIOLATED, nowhere)


def _can_always_reach(exploration: Exploration, asked: Property, progress: Progress | None) -> Result:
    system = frozenset(exploration.system.triggers) - frozenset(exploration.system.environment)
    moves = Moves(exploration.layout, system)
    able = backwards(moves, exploration.where(asked.goal), exploration.reachable, progress)
    unable = exploration.reachable & ~able
    if not unable.any():
        return _result(exploration, asked, Verdict.HOLDS)
    point, evidence = shortest_path(exploration, unable)
    closed = forwards(moves, exploration.layout.one(point), progress=progress)
    if count(closed) <= CLOSED_LIMIT:
        evidence = _with_closed_set(exploration, moves, list(exploration.layout.points(closed)), evidence)
    return _result(exploration, asked, Verdict.VIOLATED, evidence)


def _with_closed_set(exploration: Exploration, moves: Moves, points: Sequence[Point], evidence: Evidence) -> Evidence:
    """Add the states that system triggers reach, and what they do there."""
    closed = dict(zip(points, views(exploration, points), strict=True))
    steps = tuple(
        (move.name, view, closed[target])
        for point, view in closed.items()
        for move in moves
        if (target := successor(exploration.layout, move, point)) is not None
    )
    return replace(evidence, closed=tuple(closed.values()), closed_steps=steps)


def _liveness(exploration: Exploration, asked: Property, progress: Progress | None) -> Result:
    """Look for a fair run on which the promise stays due: in what can be reached from where it opens."""
    due = exploration.reachable & ~exploration.where(asked.goal)
    given = exploration.layout.one(exploration.initial) if asked.given is None else exploration.where(asked.given)
    opening = given & due
    region = forwards(exploration.moves, opening, due, progress)
    owed = Owed.of(exploration.system)
    hull = fair_hull(exploration.moves, region, owed, progress)
    if hull.any():
        evidence = lasso(exploration, opening, due, hull, owed)
        return _result(exploration, asked, Verdict.VIOLATED, evidence)
    if not given.any():
        return _result(exploration, asked, Verdict.VACUOUS)
    result = _result(exploration, asked, Verdict.HOLDS)
    return replace(result, _needed=lambda: _needed_fairness(exploration, region, owed))


def _needed_fairness(exploration: Exploration, region: Bits, owed: Owed) -> tuple[str, ...]:
    """Weaken the fairness of each trigger, for all messages at once, and keep it only if the verdict needs it."""

    def holds(candidate: Owed) -> bool:
        return not fair_hull(exploration.moves, region, candidate).any()

    kept = owed
    for trigger in exploration.system.triggers:
        one = {trigger}
        without = Owed(kept.weak - one, kept.strong - one)
        weaker = Owed(kept.weak | one, kept.strong - one)
        if trigger in kept.weak | kept.strong and holds(without):
            kept = without
        elif trigger in kept.strong and holds(weaker):
            kept = weaker
    return tuple(
        f"{'strong' if trigger in kept.strong else 'weak'} fairness of {trigger}"
        for trigger in exploration.system.triggers
        if trigger in kept.weak | kept.strong
    )


def _result(exploration: Exploration, asked: Property, verdict: Verdict, evidence: Evidence | None = None) -> Result:
    return Result(exploration.system, asked, verdict, exploration.states, exploration.transitions, evidence)

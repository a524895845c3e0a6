"""Decides each kind of property on the reachable states of a population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lifecheck.checking import Evidence, Result
from lifecheck.instances.evidence import lasso, shortest_path, views
from lifecheck.instances.exploration import InstanceSpace
from lifecheck.instances.fair import Owed, fair_hull
from lifecheck.instances.fixpoints import Progress, backwards, forwards, successor
from lifecheck.instances.layout import Bits, Point, count
from lifecheck.instances.moves import Moves
from lifecheck.properties import Decisive, Property, Verdict
from lifecheck.statespace import names_of_owed, needed_fairness

CLOSED_LIMIT = 20
"""How many states of a closed set are shown."""


def decide(space: InstanceSpace, asked: Property, progress: Progress | None = None) -> Result:
    """Decide a property of instance 1 and of what is shared.

    Parameters
    ----------
    space
        The reachable states.
    asked
        The property, as one of the system of one instance.
    progress
        Told after each sweep what is being done.
    """
    match asked.kind.decided_by:
        case Decisive.STATE:
            return _by_state(space, asked)
        case Decisive.CLOSED_SET:
            return _by_closed_set(space, asked, progress)
        case Decisive.LOOP:
            return _by_loop(space, asked, progress)


def _by_state(space: InstanceSpace, asked: Property) -> Result:
    given = space.reachable if asked.given is None else space.where(asked.given)
    goal = space.where(asked.goal, given)
    settled = goal if asked.kind.settling else given & ~goal
    if settled.any():
        return _result(space, asked, asked.kind.run_shows, shortest_path(space, settled)[1])
    if not asked.kind.is_reachability:
        return _result(space, asked, Verdict.HOLDS if given.any() else Verdict.VACUOUS)
    nowhere = Evidence((), None, views(space, [space.initial]))
    return _result(space, asked, Verdict.VIOLATED, nowhere)


def _by_closed_set(space: InstanceSpace, asked: Property, progress: Progress | None) -> Result:
    system = frozenset(space.system.triggers) - frozenset(space.system.environment)
    moves = Moves(space.layout, system)
    able = backwards(moves, space.where(asked.goal), space.reachable, progress)
    unable = space.reachable & ~able
    if not unable.any():
        return _result(space, asked, Verdict.HOLDS)
    point, evidence = shortest_path(space, unable)
    closed = forwards(moves, space.layout.one(point), progress=progress)
    if count(closed) <= CLOSED_LIMIT:
        evidence = _with_closed_set(space, moves, list(space.layout.points(closed)), evidence)
    return _result(space, asked, Verdict.VIOLATED, evidence)


def _with_closed_set(space: InstanceSpace, moves: Moves, points: Sequence[Point], evidence: Evidence) -> Evidence:
    """Add the states that system triggers reach, and what they do there."""
    closed = dict(zip(points, views(space, points), strict=True))
    steps = tuple(
        (move.name, view, closed[target])
        for point, view in closed.items()
        for move in moves
        if (target := successor(space.layout, move, point)) is not None
    )
    return replace(evidence, closed=tuple(closed.values()), closed_steps=steps)


def _by_loop(space: InstanceSpace, asked: Property, progress: Progress | None) -> Result:
    """Look for a fair run on which the promise stays due: in what can be reached from where it opens."""
    due = space.reachable & ~space.where(asked.goal)
    given = space.layout.one(space.initial) if asked.given is None else space.where(asked.given)
    opening = given & due
    region = forwards(space.moves, opening, due, progress)
    owed = Owed.of(space.system)
    hull = fair_hull(space.moves, region, owed, progress)
    if hull.any():
        evidence = lasso(space, opening, due, hull, owed)
        return _result(space, asked, Verdict.VIOLATED, evidence)
    if not given.any():
        return _result(space, asked, Verdict.VACUOUS)
    result = _result(space, asked, Verdict.HOLDS)
    return replace(result, _needed=lambda: _needed_fairness(space, region, owed))


def _needed_fairness(space: InstanceSpace, region: Bits, owed: Owed) -> tuple[str, ...]:
    """Return which fairness the verdict needs, that of a trigger for all instances at once."""
    named = names_of_owed(space.system)
    weak = {name for name, members in named.items() if members in owed.weak}
    strong = {name for name, members in named.items() if members in owed.strong}

    def holds(weak: frozenset[str], strong: frozenset[str]) -> bool:
        kept = Owed(frozenset(named[name] for name in weak), frozenset(named[name] for name in strong))
        return not fair_hull(space.moves, region, kept).any()

    return needed_fairness(named, weak, strong, holds)


def _result(space: InstanceSpace, asked: Property, verdict: Verdict, evidence: Evidence | None = None) -> Result:
    return Result(space.system, asked, verdict, space.states, space.transitions, evidence)

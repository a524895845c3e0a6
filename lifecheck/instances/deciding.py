"""Decides each kind of property on the reachable states of a population."""

from __future__ import annotations

from dataclasses import replace

from lifecheck.checking import Evidence, Result
from lifecheck.instances.evidence import lasso, shortest_path, views
from lifecheck.instances.exploration import Exploration
from lifecheck.instances.fair import Owed, fair_hull
from lifecheck.instances.fixpoints import Progress, backwards, forwards
from lifecheck.instances.layout import Bits, count
from lifecheck.instances.moves import Moves
from lifecheck.properties import Decisive, Property, Verdict
from lifecheck.statespace import needed_fairness

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
    match asked.kind.decided_by:
        case Decisive.STATE:
            return _by_state(exploration, asked)
        case Decisive.CLOSED_SET:
            return _by_closed_set(exploration, asked, progress)
        case Decisive.LOOP:
            return _by_loop(exploration, asked, progress)


def _by_state(exploration: Exploration, asked: Property) -> Result:
    given = exploration.reachable if asked.given is None else exploration.where(asked.given)
    goal = exploration.where(asked.goal, given)
    settled = goal if asked.kind.settling else given & ~goal
    if settled.any():
        return _result(exploration, asked, asked.kind.run_shows, shortest_path(exploration, settled)[1])
    if not asked.kind.is_reachability:
        return _result(exploration, asked, Verdict.HOLDS if given.any() else Verdict.VACUOUS)
    nowhere = Evidence((), None, views(exploration, [exploration.initial]))
    return _result(exploration, asked, Verdict.VIOLATED, nowhere)


def _by_closed_set(exploration: Exploration, asked: Property, progress: Progress | None) -> Result:
    system = frozenset(exploration.system.triggers) - frozenset(exploration.system.environment)
    moves = Moves(exploration.layout, system)
    able = backwards(moves, exploration.where(asked.goal), exploration.reachable, progress)
    unable = exploration.reachable & ~able
    if not unable.any():
        return _result(exploration, asked, Verdict.HOLDS)
    point, evidence = shortest_path(exploration, unable)
    closed = forwards(moves, exploration.layout.one(point), progress=progress)
    if count(closed) <= CLOSED_LIMIT:
        evidence = replace(evidence, closed=views(exploration, list(exploration.layout.points(closed))))
    return _result(exploration, asked, Verdict.VIOLATED, evidence)


def _by_loop(exploration: Exploration, asked: Property, progress: Progress | None) -> Result:
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
    """Return which fairness the verdict needs, that of a trigger for all messages at once."""

    def holds(weak: frozenset[str], strong: frozenset[str]) -> bool:
        return not fair_hull(exploration.moves, region, Owed(weak, strong)).any()

    return needed_fairness(exploration.system.triggers, owed.weak, owed.strong, holds)


def _result(exploration: Exploration, asked: Property, verdict: Verdict, evidence: Evidence | None = None) -> Result:
    return Result(exploration.system, asked, verdict, exploration.states, exploration.transitions, evidence)

"""Decides each kind of property on sets of states, which are too many to visit one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from lifecheck.checking.result import SYMBOLIC, Evidence, Result
from lifecheck.properties import Decisive, Predicate, Property, Verdict
from lifecheck.statespace import names_of_owed, needed_fairness
from lifecheck.symbolic import (
    Diagram,
    GrowingSpace,
    Locals,
    Owed,
    Path,
    SymbolicLimitError,
    SymbolicSpace,
    fair_hull,
    find_lasso,
    satisfying,
    shortest_path,
    some_path,
)

CLOSED_LIMIT = 1_000
"""How many states of a closed set are listed in the evidence; of more none."""

Near = Callable[[], Evidence | None]
"""Looks among the states nearest to the initial one for evidence of the verdict."""

Alike = Mapping[str, Collection[tuple[str, ...]]]
"""Triggers and groups by what to call them together."""


def decide_by_sets(
    growing: GrowingSpace, asked: Property, near: Near = lambda: None, alike: Alike | None = None
) -> Result:
    """Decide a property on every reachable state at once.

    Parameters
    ----------
    growing
        The states of the system.
    asked
        The property.
    near
        Called where a run decides: evidence that somebody found by visiting the nearest states is taken, where there
        is any, because it is shortest more often.
    alike
        What is fair alike, by what to call it, each trigger or group by its members; without it, each by itself.

    Raises
    ------
    SymbolicLimitError
        If the sets take more than they may, or a predicate reads too much.
    PredicateError
        If a predicate raises.
    """

    def decide(space: SymbolicSpace) -> Result:
        match asked.kind.decided_by:
            case Decisive.STATE:
                return _by_state(space, asked, near)
            case Decisive.CLOSED_SET:
                return _by_closed_set(space, asked)
            case Decisive.LOOP:
                found = _by_loop(space, asked, near)
                if found.verdict is not Verdict.HOLDS:
                    return found
                return replace(found, _needed=partial(_needed_fairness, growing, asked, alike))

    return growing.ask(decide)


def way_in_sets(space: SymbolicSpace, taken: Sequence[str], goal: Predicate) -> tuple[str, ...] | None:
    """Return the fewest system triggers that lead to a goal, the first in row order among equals; as `way_to`.

    Parameters
    ----------
    space
        The states of the system.
    taken
        The triggers that lead to where the way begins.
    goal
        Where it ends.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.symbolic import fire
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = System("bell", [Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})])
    >>> way_in_sets(SymbolicSpace(bell, fire(bell)), ["ring"], lambda s: s.bell == "quiet")
    ('answer',)
    """
    relations = {one.trigger: one for one in space.relations}
    state: Locals | None = space.initial
    for trigger in taken:
        assert state is not None, "what was walked can be taken"
        state = relations[trigger].successor(state)
    assert state is not None, "what was walked can be taken"
    nearer = [satisfying(space, goal)]
    found = nearer[0]
    while not space.encoding.holds(nearer[-1], state):
        before = space.encoding.union(one.preimage(nearer[-1]) for one in space.system_relations)
        nearer.append(before & space.reachable & ~found)
        found |= nearer[-1]
        if not nearer[-1].satisfiable():
            return None
    way = []
    for wanted in reversed(nearer[:-1]):
        for relation in space.system_relations:
            target = relation.successor(state)
            if target is not None and space.encoding.holds(wanted, target):
                way.append(relation.trigger)
                state = target
                break
    return tuple(way)


def _by_state(space: SymbolicSpace, asked: Property, near: Near) -> Result:
    given = space.reachable if asked.given is None else satisfying(space, asked.given)
    goal = satisfying(space, asked.goal, given)
    settled = goal if asked.kind.settling else given & ~goal
    if settled.satisfiable():
        return _result(space, asked, asked.kind.run_shows, near() or _path_evidence(space, settled)[1])
    if not asked.kind.is_reachability:
        return _result(space, asked, Verdict.HOLDS if given.satisfiable() else Verdict.VACUOUS)
    return _result(space, asked, Verdict.VIOLATED, Evidence((), None, (space.view(space.initial),)))


def _by_closed_set(space: SymbolicSpace, asked: Property) -> Result:
    able = space.backwards_by_system(satisfying(space, asked.goal), space.reachable)
    unable = space.reachable & ~able
    if not unable.satisfiable():
        return _result(space, asked, Verdict.HOLDS)
    start, evidence = _path_evidence(space, unable)
    return _result(space, asked, Verdict.VIOLATED, _with_closed_set(space, start, evidence))


def _by_loop(space: SymbolicSpace, asked: Property, near: Near) -> Result:
    """Look for a fair run on which the promise stays due, in what can be reached from where it opens."""
    given, opening, due, region = _obligation(space, asked)
    owed = Owed.of(space.system)
    hull = fair_hull(space, region, owed)
    if hull.satisfiable():
        return _result(space, asked, Verdict.VIOLATED, near() or _lasso_evidence(space, opening, due, hull, owed))
    if not given.satisfiable():
        return _result(space, asked, Verdict.VACUOUS)
    return _result(space, asked, Verdict.HOLDS)


def _obligation(space: SymbolicSpace, asked: Property) -> tuple[Diagram, Diagram, Diagram, Diagram]:
    """Return where a promise is given, opens, is due, and where it can be reached open without being met."""
    due = space.reachable & ~satisfying(space, asked.goal)
    given = space.encoding.state(space.initial) if asked.given is None else satisfying(space, asked.given)
    opening = given & due
    return given, opening, due, space.forwards(opening, due, "states in which the promise is due")


def _needed_fairness(growing: GrowingSpace, asked: Property, alike: Alike | None) -> tuple[str, ...]:
    system = growing.system
    together = alike or {name: (members,) for name, members in names_of_owed(system).items()}
    declared = Owed.of(system)
    weak = {name for name, owed in together.items() if not declared.weak.isdisjoint(owed)}
    strong = {name for name, owed in together.items() if not declared.strong.isdisjoint(owed)}

    def needed(space: SymbolicSpace) -> tuple[str, ...]:
        *_, region = _obligation(space, asked)

        def holds(weak: frozenset[str], strong: frozenset[str]) -> bool:
            owed = Owed(_all_of(together, weak), _all_of(together, strong))
            return not fair_hull(space, region, owed).satisfiable()

        return needed_fairness(together, weak, strong, holds)

    try:
        return growing.ask(needed)
    except SymbolicLimitError:  # the verdict stands, under all that is declared
        return needed_fairness(together, weak, strong, lambda weak, strong: False)


def _all_of(together: Alike, names: Collection[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(owed for name in names for owed in together[name])


def _path_evidence(space: SymbolicSpace, goal: Diagram) -> tuple[Locals, Evidence]:
    shortest = shortest_path(space, space.initial, goal)
    path = shortest or some_path(space, space.initial, goal, space.reachable)
    return path.end, _evidence(space, path, None, shortest=shortest is not None)


def _lasso_evidence(space: SymbolicSpace, opening: Diagram, due: Diagram, hull: Diagram, owed: Owed) -> Evidence:
    lasso = find_lasso(space, opening, due, hull, owed)
    return _evidence(space, lasso.stem, lasso.loop, shortest=lasso.shortest)


def _evidence(space: SymbolicSpace, stem: Path, loop: Path | None, *, shortest: bool) -> Evidence:
    whole = stem if loop is None else stem.then(loop)
    return Evidence(
        tuple(one.trigger for one in stem.taken),
        None if loop is None else tuple(one.trigger for one in loop.taken),
        tuple(map(space.view, whole.states)),
        shortest,
    )


def _with_closed_set(space: SymbolicSpace, start: Locals, evidence: Evidence) -> Evidence:
    """Add what system triggers reach from a state and do there, breadth first, unless that is too much to list."""
    views = {start: space.view(start)}
    steps = []
    for state in (found := [start]):  # grows while it is walked
        for relation in space.system_relations:
            target = relation.successor(state)
            if target is None:
                continue
            if target not in views:
                if len(found) == CLOSED_LIMIT:
                    return evidence
                views[target] = space.view(target)
                found.append(target)
            steps.append((relation.trigger, views[state], views[target]))
    return replace(evidence, closed=tuple(views.values()), closed_steps=tuple(steps))


def _result(space: SymbolicSpace, asked: Property, verdict: Verdict, evidence: Evidence | None = None) -> Result:
    return Result(space.system, asked, verdict, space.states, space.transitions, evidence, engine=SYMBOLIC)

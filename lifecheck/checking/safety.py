"""Decides what finite paths decide: `always`, `never`, `sometimes` and `can_always_reach`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lifecheck.checking.blocking import nearest_blocked
from lifecheck.checking.result import Evidence, Result
from lifecheck.properties import Property, Verdict
from lifecheck.statespace import Answers, Graph, never_leading_to, reachable, system_moves
from lifecheck.system import State


def decide_by_state(graph: Graph, asked: Property, *, evidence: bool = True) -> Result:
    """Decide `always`, `never` and `sometimes`: the first state breadth first that settles it ends a shortest path.

    Parameters
    ----------
    graph, asked
        What is asked of what.
    evidence
        Whether that path is wanted, or the verdict alone.
    """
    settling = asked.kind.settling
    goal = Answers(graph, asked.goal).in_state  # looked up in every state, and asked where the condition holds alone
    given = None if asked.given is None else Answers(graph, asked.given).in_state
    has_arisen = False
    for state in range(len(graph)):
        if given is None or given(state):
            has_arisen = True
            if goal(state) is settling:
                path = path_evidence(graph, state) if evidence else None
                return _result(graph, asked, asked.kind.run_shows, path)
    if not graph.complete:
        return _result(graph, asked, Verdict.UNKNOWN)
    if not asked.kind.is_reachability:
        return _result(graph, asked, Verdict.HOLDS if has_arisen else Verdict.VACUOUS)
    # looked for only when someone wants to know: most such answers are witnesses that are merely counted
    nowhere = Evidence((), None, (graph.view(0),), _find_blocked=partial(nearest_blocked, graph, asked.goal))
    return _result(graph, asked, Verdict.VIOLATED, nowhere if evidence else None)


def decide_by_closed_set(graph: Graph, asked: Property, *, evidence: bool = True) -> Result:
    """Decide AG EF: walk backwards from the goal by system triggers; what is not met cannot reach it."""
    # what lies beyond the limit may reach the goal: only a set that is closed within it refutes
    answers = Answers(graph, asked.goal)
    goal = [state for state in range(graph.expanded) if answers.in_state(state)]
    caught = never_leading_to(graph, goal)
    if caught and not evidence:
        return _result(graph, asked, Verdict.VIOLATED)
    if caught:
        found = _with_closed_set(graph, caught[0], path_evidence(graph, caught[0]))
        return _result(graph, asked, Verdict.VIOLATED, replace(found, shortest=graph.complete))
    return _result(graph, asked, Verdict.HOLDS if graph.complete else Verdict.UNKNOWN)


def path_evidence(graph: Graph, state: int) -> Evidence:
    """Return the shortest path to a state as evidence."""
    stem = tuple(graph.path_to(state))
    return Evidence(stem, None, views_along(graph, [graph.system.triggers.index(name) for name in stem]))


def views_along(graph: Graph, triggers: list[int]) -> tuple[State, ...]:
    """Return the states that a sequence of triggers visits, the initial one first."""
    state = 0
    views = [graph.view(0)]
    for trigger in triggers:
        state = dict(graph.edges(state))[trigger]
        views.append(graph.view(state))
    return tuple(views)


def _with_closed_set(graph: Graph, start: int, evidence: Evidence) -> Evidence:
    """Add what system triggers reach from a state and do there, breadth first."""
    moves = system_moves(graph)
    views = {state: graph.view(state) for state in reachable([start], lambda state: [to for _, to in moves(state)])}
    steps = tuple(
        (graph.system.triggers[trigger], view, views[target])
        for state, view in views.items()
        for trigger, target in moves(state)
    )
    return replace(evidence, closed=tuple(views.values()), closed_steps=steps)


def _result(graph: Graph, asked: Property, verdict: Verdict, evidence: Evidence | None = None) -> Result:
    return Result(graph.system, asked, verdict, len(graph), graph.transitions, evidence)

"""Decides what finite paths decide: `always`, `never`, `sometimes` and `can_always_reach`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lifecheck.checking.blocking import nearest_blocked
from lifecheck.checking.result import Evidence, Result
from lifecheck.properties import Property, Verdict, evaluate
from lifecheck.statespace import Graph
from lifecheck.system import State


def decide_by_state(graph: Graph, asked: Property) -> Result:
    """Decide `always`, `never` and `sometimes`: the first state breadth first that settles it ends a shortest path."""
    goal, given, settling = asked.goal, asked.given, asked.kind.settling  # looked up in every state
    has_arisen = False
    for state in range(len(graph)):
        view = graph.view(state)
        if given is None or evaluate(given, view):
            has_arisen = True
            if evaluate(goal, view) is settling:
                return _result(graph, asked, asked.kind.run_shows, path_evidence(graph, state))
    if not graph.complete:
        return _result(graph, asked, Verdict.UNKNOWN)
    if not asked.kind.is_reachability:
        return _result(graph, asked, Verdict.HOLDS if has_arisen else Verdict.VACUOUS)
    # looked for only when someone wants to know: most such answers are witnesses that are merely counted
    evidence = Evidence((), None, (graph.view(0),), _find_blocked=partial(nearest_blocked, graph, asked.goal))
    return _result(graph, asked, Verdict.VIOLATED, evidence)


def decide_by_closed_set(graph: Graph, asked: Property) -> Result:
    """Decide AG EF: walk backwards from the goal by system triggers; what is not met cannot reach it."""
    environment = graph.mask(frozenset(graph.system.environment))
    predecessors: list[list[int]] = [[] for _ in range(len(graph))]
    for state in range(graph.expanded):
        for trigger, target in graph.edges(state):
            if not environment >> trigger & 1:
                predecessors[target].append(state)
    # what lies beyond the limit may reach the goal: only a set that is closed within it refutes
    reaching = [
        state for state in range(len(graph)) if state >= graph.expanded or evaluate(asked.goal, graph.view(state))
    ]
    able = set(reaching)
    for state in reaching:  # grows while it is walked
        for source in predecessors[state]:
            if source not in able:
                able.add(source)
                reaching.append(source)
    for state in range(len(graph)):
        if state not in able:
            evidence = path_evidence(graph, state)
            closed = _closed_from(graph, state, environment)
            return _result(
                graph,
                asked,
                Verdict.VIOLATED,
                replace(evidence, shortest=graph.complete, closed=closed),
            )
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


def _closed_from(graph: Graph, start: int, environment: int) -> tuple[State, ...]:
    closed = {start: None}
    for state in (states := [start]):  # grows while it is walked
        for trigger, target in graph.edges(state):
            if not environment >> trigger & 1 and target not in closed:
                closed[target] = None
                states.append(target)
    return tuple(graph.view(state) for state in closed)


def _result(graph: Graph, asked: Property, verdict: Verdict, evidence: Evidence | None = None) -> Result:
    return Result(graph.system, asked, verdict, len(graph), graph.transitions, evidence)

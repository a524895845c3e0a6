"""Decides what only infinite runs refute: `eventually` and `leads_to`, under fairness."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lifecheck.checking.lasso import find_lasso
from lifecheck.checking.result import Evidence, Result
from lifecheck.checking.safety import views_along
from lifecheck.properties import Predicate, Property, Verdict
from lifecheck.statespace import Answers, Fairness, Graph, Obligation, fair_components, names_of_owed, needed_fairness


def decide_by_loop(graph: Graph, asked: Property, *, evidence: bool = True) -> Result:
    """Decide `eventually` and `leads_to`: look for a fair component where the promise stays open.

    The method is the automata-theoretic one with the components of the violating region itself (Baier
    and Katoen, Principles of Model Checking, 4.4 and 5.1). Without `evidence` no lasso is looked for in it.
    """
    obligation, region = graph.kept(asked, partial(_where_open, graph, asked))
    fairness = Fairness.of(graph)
    components = list(fair_components(graph, region, fairness))
    if components:
        return Result(
            graph.system,
            asked,
            Verdict.VIOLATED,
            len(graph),
            graph.transitions,
            _evidence(graph, obligation, components, fairness) if evidence else None,
        )
    if not graph.complete:
        verdict = Verdict.UNKNOWN
    elif asked.given is not None and not any(obligation.given):
        verdict = Verdict.VACUOUS
    else:
        verdict = Verdict.HOLDS
    return Result(
        graph.system,
        asked,
        verdict,
        len(graph),
        graph.transitions,
        _needed=_needed_fairness(graph, region) if verdict is Verdict.HOLDS else tuple,
    )


def _where_open(graph: Graph, asked: Property) -> tuple[Obligation, list[int]]:
    """Return the graph walked with the promise, and where it is open; fairness is no part of that."""
    goal = graph.kept(asked.goal, partial(_answers, graph, asked.goal))
    given = None if asked.given is None else graph.kept(asked.given, partial(_answers, graph, asked.given))
    obligation = Obligation(graph, goal, given)
    return obligation, obligation.region()


def _answers(graph: Graph, predicate: Predicate) -> list[bool]:
    return list(Answers(graph, predicate))


def _evidence(graph: Graph, obligation: Obligation, components: list[list[int]], fairness: Fairness) -> Evidence:
    lasso = find_lasso(obligation, components, fairness)
    names = graph.system.triggers
    # what is beyond the limit lies that far away: a lasso as short as this one does not go there
    is_near = graph.complete or len(lasso.stem) + len(lasso.loop) < graph.depth_of(graph.expanded)
    return Evidence(
        tuple(names[trigger] for trigger in lasso.stem),
        tuple(names[trigger] for trigger in lasso.loop),
        views_along(graph, [*lasso.stem, *lasso.loop]),
        lasso.shortest and is_near,
    )


def _needed_fairness(graph: Graph, region: list[int]) -> Callable[[], tuple[str, ...]]:
    """Return a function that tells, to whoever wants to know, which fairness the verdict needs."""
    system = graph.system
    owed = names_of_owed(system)

    def holds(weak: frozenset[str], strong: frozenset[str]) -> bool:
        fairness = Fairness.owing(graph, [owed[name] for name in weak], [owed[name] for name in strong])
        return not any(True for _ in fair_components(graph, region, fairness))

    return partial(needed_fairness, owed, set(system.owed_weakly), set(system.owed_strongly), holds)

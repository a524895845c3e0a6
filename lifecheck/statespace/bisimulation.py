"""Strong bisimulation: whether two state graphs cannot be told apart by their triggers and by given predicates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from lifecheck.errors import PredicateError
from lifecheck.properties import Predicate, evaluate
from lifecheck.statespace.graph import Graph
from lifecheck.system import State


def bisimilar(left: Graph, right: Graph, predicates: Sequence[Predicate]) -> bool:
    """Whether the initial states of two graphs are strongly bisimilar.

    States are labelled by what the predicates answer, transitions by the name of their trigger. Every
    property over these predicates, under the same fairness by the names of triggers, then has the same
    verdict on both.

    Parameters
    ----------
    left, right
        Two explored systems; where one met its limit the answer is False, because nothing is known.
    predicates
        What tells states apart; one that raises in a state is taken to answer with a third value.

    Notes
    -----
    The states of both are split into blocks until all of a block lead to the same blocks by the same triggers
    (Baier and Katoen, Principles of Model Checking, 7.3).

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> def blinking(*states):
    ...     rows = [Row("tick", source, dest) for source, dest in zip(states, (*states[1:], states[0]))]
    ...     return explore(System("lamp", [Component("lamp", ["a", "b", "c", "d"], "a", rows, {"tick"})]))
    >>> def lit(state): return state.lamp in ("a", "c")
    >>> bisimilar(blinking("a", "b"), blinking("a", "b", "c", "d"), [lit])
    True
    >>> bisimilar(blinking("a", "b"), blinking("a", "b", "c"), [lit])
    False
    """
    if not (left.complete and right.complete):
        return False
    successors = [*_successors(left, 0), *_successors(right, len(left))]
    blocks = _numbered([*_labels(left, predicates), *_labels(right, predicates)])
    while blocks[0] == blocks[len(left)]:
        refined = _numbered(
            (blocks[state], frozenset((trigger, blocks[target]) for trigger, target in leads))
            for state, leads in enumerate(successors)
        )
        if max(refined) == max(blocks):  # a block is only ever split, so that as many blocks are the same blocks
            return True
        blocks = refined
    return False


def _successors(graph: Graph, offset: int) -> list[list[tuple[str, int]]]:
    names = graph.system.triggers
    return [
        [(names[trigger], target + offset) for trigger, target in graph.edges(state)] for state in range(len(graph))
    ]


def _labels(graph: Graph, predicates: Sequence[Predicate]) -> list[tuple[bool | None, ...]]:
    return [tuple(_answer(predicate, view) for predicate in predicates) for view in map(graph.view, range(len(graph)))]


def _answer(predicate: Predicate, state: State) -> bool | None:
    try:
        return evaluate(predicate, state)
    except PredicateError:  # a check may never ask it here, as beyond the condition of an implication
        return None


def _numbered(keys: Iterable[Hashable]) -> list[int]:
    """Return for each key its number in the order of first appearance."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]

"""Predicates as sets of states: text by its structure, functions by asking them about what they read."""

from __future__ import annotations

from lifecheck.properties import Combination, Predicate, evaluate, name_of, structure_of
from lifecheck.symbolic.encoding import Diagram
from lifecheck.symbolic.limits import ANSWER_LIMIT, SymbolicLimitError
from lifecheck.symbolic.space import SymbolicSpace
from lifecheck.system import noting


def satisfying(space: SymbolicSpace, predicate: Predicate, among: Diagram | None = None) -> Diagram:
    """Return the states of a set, of the reachable ones unless another is given, that satisfy a predicate.

    An answer depends on the states of those components alone that were read on the way to it: it is the answer in
    all states in which these are as they were. So a predicate is asked once for each such part of the set, and in
    states of the set alone. A text that combines others with ``and``, ``or`` and ``not`` is taken apart first, so that
    it may read many components.

    Parameters
    ----------
    space
        The system's states.
    predicate
        The predicate.
    among
        The states to ask about.

    Raises
    ------
    PredicateError
        If it raises, or answers with anything but a truth value.
    SymbolicLimitError
        If it, or one comparison of a text, has to be asked more than `ANSWER_LIMIT` times.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.symbolic.local_table import fire
    >>> rows = [Row("push", "low", "middle"), Row("push", "middle", "high")]
    >>> levers = System("lever", [Component("lever", ["low", "middle", "high"], "low", rows, {"push"})])
    >>> space = SymbolicSpace(levers, fire(levers))
    >>> space.encoding.count(satisfying(space, lambda s: s.lever != "middle"))
    2
    """
    states = space.reachable if among is None else among
    structure = structure_of(predicate)
    if structure is not predicate and states.satisfiable():
        evaluate(predicate, space.view(space.encoding.first(states)))  # compares all its names with what there is
    return _satisfying(space, structure, states)


def _satisfying(space: SymbolicSpace, asked: Combination | Predicate, states: Diagram) -> Diagram:
    if not isinstance(asked, Combination):
        return _asked(space, asked, states)
    if asked.sign == "not":
        return states & ~_satisfying(space, asked.parts[0], states)
    # each part is asked only where those before it leave the matter open, as in Python
    found, left = space.encoding.nothing, states
    for part in asked.parts:
        answer = _satisfying(space, part, left)
        if asked.sign == "and":
            left = answer
        else:
            found |= answer
            left &= ~answer
    return left if asked.sign == "and" else found


def _asked(space: SymbolicSpace, predicate: Predicate, states: Diagram) -> Diagram:
    encoding = space.encoding
    found, left, often = encoding.nothing, states, 0
    while left.satisfiable():
        if often == ANSWER_LIMIT:
            raise SymbolicLimitError(
                f"predicate {name_of(predicate)} reads so much that it would be asked more than {ANSWER_LIMIT:,} times "
                "to make a set of it; write it as text with and, or and not",
                ", or check with engine='explicit'",
            )
        often += 1
        state = encoding.first(left)
        read: set[str] = set()
        answer = evaluate(predicate, noting(space.view(state), read))
        alike = encoding.where((space.at[name], state[space.at[name]]) for name in read)
        if answer:
            found |= alike & states
        left &= ~alike
    return found

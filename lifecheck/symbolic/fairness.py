"""Where a fair run can stay for ever, as a fixpoint of sets of states."""

from __future__ import annotations

from dataclasses import dataclass

from lifecheck.symbolic.encoding import Diagram
from lifecheck.symbolic.relation import Relation
from lifecheck.symbolic.space import SymbolicSpace
from lifecheck.system import System


@dataclass(frozen=True)
class Owed:
    """What a run owes: the weakly and the strongly fair triggers."""

    weak: frozenset[str]
    strong: frozenset[str]

    @classmethod
    def of(cls, system: System) -> Owed:
        """The fairness that a system declares."""
        return cls(system.weakly_fair, system.strongly_fair)


def fair_hull(space: SymbolicSpace, region: Diagram, owed: Owed) -> Diagram:
    """Return states of a region from which a fair run can stay in it for ever; none only if there is no such run.

    The greatest set from which, without leaving it, each state leads to one where a weakly fair trigger is disabled
    or can be taken within the set, and each state that enables a strongly fair trigger leads to one where it can be
    taken within the set. Every strongly connected part of the region that is fair lies in it, because nothing of such
    a part is ever taken away. And a part of it that leads to no other is fair: what its states lead to within the set
    lies in the part. Such a part may be one state that no trigger leads back to: all that is fair is disabled there,
    and the run stays. (Emerson and Lei 1987 for weak fairness; for strong fairness the form of Kesten, Pnueli and
    Raviv 1998, which is one fixpoint as well.)

    Parameters
    ----------
    space
        What leads from state to state.
    region
        Where the run must stay.
    owed
        What it owes.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> from lifecheck.symbolic.local_table import fire
    >>> rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet"), Row("answer", "rung", "answered")]
    >>> bell = System("bell", [Component("bell", ["quiet", "rung", "answered"], "quiet", rows, {
    ...     "ring", "give_up", "answer"})])
    >>> space = SymbolicSpace(bell, fire(bell))
    >>> unanswered = space.encoding.current(0, [0, 1])
    >>> [space.encoding.count(fair_hull(space, unanswered, owed)) for owed in [
    ...     Owed(frozenset({"answer"}), frozenset()), Owed(frozenset(), frozenset({"answer"}))]]
    [2, 1]
    """
    left, before = region, None
    while left != before and left.satisfiable():
        before = left
        for relation in space.relations:
            if relation.trigger in owed.weak:
                left = _weakly(space, relation, left)
            elif relation.trigger in owed.strong:
                left = _strongly(space, relation, left)
            else:
                continue
            if not left.satisfiable():
                break
    return left


def is_fair(space: SymbolicSpace, component: Diagram, owed: Owed) -> bool:
    """Whether a strongly connected set can be visited all over for ever by a fair run."""
    for relation in space.relations:
        if relation.trigger in owed.strong:
            judged = (component & relation.enabled).satisfiable()
        else:
            judged = relation.trigger in owed.weak and not (component & ~relation.enabled).satisfiable()
        if judged and not taken_within(relation, component).satisfiable():
            return False
    return True


def taken_within(relation: Relation, states: Diagram) -> Diagram:
    """Return the states of a set in which a trigger can be taken without leaving it."""
    return states & relation.preimage(states)


def _weakly(space: SymbolicSpace, relation: Relation, left: Diagram) -> Diagram:
    settled = (left & ~relation.enabled) | taken_within(relation, left)
    return left if settled == left else space.backwards(settled, left, _WHERE, because_of=relation)


def _strongly(space: SymbolicSpace, relation: Relation, left: Diagram) -> Diagram:
    taken, possible = taken_within(relation, left), left & relation.enabled
    if taken == possible:
        return left
    return (left & ~possible) | space.backwards(taken, left, _WHERE, because_of=relation)


_WHERE = "states in which a fair run may stay"

"""Where a fair run can stay for ever, as a fixpoint of sets of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lifecheck.symbolic.encoding import Diagram, Locals
from lifecheck.symbolic.order import SHARED_BY_ALL
from lifecheck.symbolic.relation import Relation
from lifecheck.symbolic.space import SymbolicSpace
from lifecheck.system import System

_LOOKED_FOR = "states in which a fair run may stay"


@dataclass(frozen=True)
class Owed:
    """What a run owes: the weakly and the strongly fair triggers and groups, each by its members."""

    weak: frozenset[tuple[str, ...]]
    strong: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, system: System) -> Owed:
        """The fairness that a system declares."""
        return cls(frozenset(system.owed_weakly.values()), frozenset(system.owed_strongly.values()))

    def duties(self, space: SymbolicSpace) -> list[Duty]:
        """Return each with its relations, in the order of triggers."""
        owed = [(members, False) for members in self.weak] + [(members, True) for members in self.strong]
        found = [
            Duty(tuple(one for one in space.relations if one.trigger in members), is_strong)
            for members, is_strong in owed
        ]
        return sorted(found, key=lambda duty: ([one.position for one in duty.relations], duty.is_strong))


@dataclass(frozen=True, eq=False)
class Duty:
    """A fair trigger, or a group of which one is enough.

    Parameters
    ----------
    relations
        What its triggers do.
    is_strong
        Whether it is strongly fair.
    """

    relations: tuple[Relation, ...]
    is_strong: bool

    @cached_property
    def owners(self) -> frozenset[int]:
        """The components that have a part in it."""
        return frozenset(part for one in self.relations for part in one.owners)

    @cached_property
    def enabled(self) -> Diagram:
        """Where some member can fire."""
        first, *others = (one.enabled for one in self.relations)
        for other in others:
            first |= other
        return first

    def taken_within(self, states: Diagram) -> Diagram:
        """Return the states of a set in which some member can be taken without leaving it."""
        first, *others = (states & one.preimage(states) for one in self.relations)
        for other in others:
            first |= other
        return first

    def is_possible(self, state: Locals) -> bool:
        """Whether some member can fire in a state."""
        return any(one.successor(state) is not None for one in self.relations)

    def settled_in(self, states: Diagram) -> Diagram:
        """Return where in a strongly connected set it gets its due."""
        taken = self.taken_within(states)
        return taken if self.is_strong else taken | (states & ~self.enabled)


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
    ...     Owed(frozenset({("answer",)}), frozenset()), Owed(frozenset(), frozenset({("answer",)}))]]
    [2, 1]
    """
    duties = owed.duties(space)
    near = _near(duties, space.encoding.neighbourhoods)
    left = region
    waiting = dict.fromkeys(range(len(duties)))  # in this order
    while waiting and left.satisfiable():
        asked = next(iter(waiting))
        del waiting[asked]
        duty = duties[asked]
        smaller = _strongly(space, duty, left) if duty.is_strong else _weakly(space, duty, left)
        if smaller != left:  # any other may miss what was taken away, and those near it first
            left = smaller
            waiting = dict.fromkeys([*near[asked], *waiting, *range(len(duties))])
    return left


def is_fair(space: SymbolicSpace, component: Diagram, owed: Owed) -> bool:
    """Whether a strongly connected set can be visited all over for ever by a fair run."""
    for duty in owed.duties(space):
        if duty.is_strong:
            judged = (component & duty.enabled).satisfiable()
        else:
            judged = not (component & ~duty.enabled).satisfiable()
        if judged and not duty.taken_within(component).satisfiable():
            return False
    return True


def _near(duties: Sequence[Duty], neighbourhoods: Sequence[int]) -> list[list[int]]:
    """Return for each duty the others that a component has a part in as well, going round from it on.

    Where something is shared by all, what is taken away for one concerns all the others alike, and none is near: going
    round all of them keeps alike what is known of each, which the diagrams of many alike need to stay small.
    """
    if SHARED_BY_ALL in neighbourhoods:
        return [[] for _ in duties]
    owing: dict[int, list[int]] = {}
    for number, duty in enumerate(duties):
        for part in duty.owners:
            owing.setdefault(part, []).append(number)
    found = []
    for number, duty in enumerate(duties):
        others = sorted({other for part in duty.owners for other in owing[part]} - {number})
        found.append([other for other in others if other > number] + [other for other in others if other < number])
    return found


def _weakly(space: SymbolicSpace, duty: Duty, left: Diagram) -> Diagram:
    settled = (left & ~duty.enabled) | duty.taken_within(left)
    return left if settled == left else space.backwards(settled, left, _LOOKED_FOR, because_of=duty.relations[0])


def _strongly(space: SymbolicSpace, duty: Duty, left: Diagram) -> Diagram:
    taken, possible = duty.taken_within(left), left & duty.enabled
    if taken == possible:
        return left
    return (left & ~possible) | space.backwards(taken, left, _LOOKED_FOR, because_of=duty.relations[0])

"""The states of a region in which a fair run can stay for ever, as a fixpoint over sets of states."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lifecheck.instances.fixpoints import Progress, backwards
from lifecheck.instances.layout import Bits, count
from lifecheck.instances.move import SetMove
from lifecheck.instances.moves import Moves
from lifecheck.system import System


@dataclass(frozen=True)
class Owed:
    """What every instance owes: what is weakly and strongly fair in the system of one, each group by its members."""

    weak: frozenset[tuple[str, ...]]
    strong: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, system: System) -> Owed:
        """The fairness that a system declares."""
        return cls(frozenset(system.owed_weakly.values()), frozenset(system.owed_strongly.values()))

    def duties(self, moves: Moves) -> list[Duty]:
        """Return what each instance owes, in the order of the moves."""
        place = {move: number for number, move in enumerate(moves)}
        found = []
        for members, is_strong in [(one, False) for one in self.weak] + [(one, True) for one in self.strong]:
            of_instance: dict[int | None, list[SetMove]] = {}
            for move in moves:
                if move.trigger in members:
                    of_instance.setdefault(move.instance, []).append(move)
            found += [Duty(tuple(own), is_strong) for own in of_instance.values()]
        return sorted(found, key=lambda duty: ([place[move] for move in duty.moves], duty.is_strong))


@dataclass(frozen=True, eq=False)
class Duty:
    """A fair trigger of one instance or of what is shared, or a group of which one is enough."""

    moves: tuple[SetMove, ...]
    is_strong: bool

    def enabled(self, states: Bits) -> Bits:
        """Return the states of a set in which some member can be taken."""
        first, *others = (move.enabled(states) for move in self.moves)
        for other in others:
            first = first | other
        return first

    def taken_within(self, states: Bits) -> Bits:
        """Return the states of a set in which some member can be taken without leaving it."""
        first, *others = (taken_within(move, states) for move in self.moves)
        for other in others:
            first = first | other
        return first

    def leaving(self, states: Bits) -> Bits | None:
        """Return the states of a set in which a member can be taken, and none without leaving it; None if none is."""
        found: Bits | None = None
        for move in self.moves:
            out = move.leaving(states)
            if out is not None:
                found = out if found is None else found | out
        if found is not None and len(self.moves) > 1:
            found &= ~self.taken_within(states)
            return found if found.any() else None
        return found

    def settled_in(self, states: Bits) -> Bits:
        """Return where in a strongly connected set it gets its due."""
        taken = self.taken_within(states)
        return taken if self.is_strong else taken | (states & ~self.enabled(states))


def fair_hull(moves: Moves, region: Bits, owed: Owed, progress: Progress | None = None) -> Bits:
    """Return states of a region from which a fair run can stay in it for ever; none only if there is no such run.

    The greatest set from which, without leaving it, each state leads to one where a weakly fair trigger is
    disabled or can be taken within the set, and each state that enables a strongly fair trigger leads to one
    where it can be taken within the set. A strongly connected part of it that leads to no other is fair, and
    every fair part of the region lies in it (Emerson and Lei 1987 for weak fairness; for strong fairness the
    form of Kesten, Pnueli and Raviv 1998). A run may also stay where it is, which takes no trigger.

    Parameters
    ----------
    moves
        What leads from state to state.
    region
        Where the run must stay.
    owed
        What it owes.
    progress
        Told after each sweep how many states are left.
    """
    left, known = region, -1
    duties = owed.duties(moves)
    while (now := count(left)) != known and now:
        if progress is not None:
            progress("states in which a fair run may stay", now)
        known = now
        for duty in duties:
            left = _strongly(moves, duty, left) if duty.is_strong else _weakly(moves, duty, left)
    return left


def is_fair(moves: Moves, component: Bits, owed: Owed) -> bool:
    """Whether a strongly connected set can be visited all over for ever by a fair run."""
    for duty in owed.duties(moves):
        enabled = duty.enabled(component)
        judged = enabled.any() if duty.is_strong else np.array_equal(enabled, component)
        if judged and not duty.taken_within(component).any():
            return False
    return True


def taken_within(move: SetMove, states: Bits) -> Bits:
    """Return the states of a set in which a move can be taken without leaving it."""
    leaving = move.leaving(states)
    enabled = move.enabled(states)
    return enabled if leaving is None else enabled & ~leaving


def _weakly(moves: Moves, duty: Duty, left: Bits) -> Bits:
    leaving = duty.leaving(left)
    return left if leaving is None else backwards(moves, left & ~leaving, left)


def _strongly(moves: Moves, duty: Duty, left: Bits) -> Bits:
    if duty.leaving(left) is None:
        return left  # whoever enables it can take it at once
    enabled = duty.enabled(left)
    return (left & ~enabled) | backwards(moves, duty.taken_within(left), left)

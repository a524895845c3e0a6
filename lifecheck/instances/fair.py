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
    """What every instance owes: the weakly and the strongly fair triggers of the system of one instance."""

    weak: frozenset[str]
    strong: frozenset[str]

    @classmethod
    def of(cls, system: System) -> Owed:
        """The fairness that a system declares."""
        return cls(system.weakly_fair, system.strongly_fair)


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
    while (now := count(left)) != known and now:
        if progress is not None:
            progress("states in which a fair run may stay", now)
        known = now
        for move in moves:
            if move.trigger in owed.weak:
                left = _weakly(moves, move, left)
            elif move.trigger in owed.strong:
                left = _strongly(moves, move, left)
    return left


def is_fair(moves: Moves, component: Bits, owed: Owed) -> bool:
    """Whether a strongly connected set can be visited all over for ever by a fair run."""
    for move in moves:
        if move.trigger in owed.weak or move.trigger in owed.strong:
            enabled = move.enabled(component)
            judged = enabled.any() if move.trigger in owed.strong else np.array_equal(enabled, component)
            if judged and not taken_within(move, component).any():
                return False
    return True


def taken_within(move: SetMove, states: Bits) -> Bits:
    """Return the states of a set in which a move can be taken without leaving it."""
    leaving = move.leaving(states)
    enabled = move.enabled(states)
    return enabled if leaving is None else enabled & ~leaving


def _weakly(moves: Moves, move: SetMove, left: Bits) -> Bits:
    leaving = move.leaving(left)
    return left if leaving is None else backwards(moves, left & ~leaving, left)


def _strongly(moves: Moves, move: SetMove, left: Bits) -> Bits:
    if move.leaving(left) is None:
        return left  # whoever enables it can take it at once
    enabled = move.enabled(left)
    return (left & ~enabled) | backwards(moves, taken_within(move, left), left)

"""In how many steps what is promised can be reached, counted on sets of states."""

from __future__ import annotations

from lifecheck import Property
from lifecheck.symbolic import SymbolicSpace, satisfying


def steps_to(space: SymbolicSpace, promised: Property) -> int | None:
    """Return in how many steps what was promised can be reached from wherever it was; None if it cannot be."""
    goal = satisfying(space, promised.goal)
    given = space.reachable if promised.given is None else satisfying(space, promised.given)
    near, far, steps = goal & space.reachable, given & ~goal, 0
    while far.satisfiable():
        nearer = near | (space.preimage(near) & space.reachable)
        if nearer == near:
            return None
        near, far, steps = nearer, far & ~nearer, steps + 1
    return steps

"""What one trigger does to a set of states, forwards and backwards: an instance's own, a shared one, or a broadcast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lifecheck.instances.copies import indexed
from lifecheck.instances.layout import Bits, Index
from lifecheck.instances.steps import SetStep, shifted


@dataclass(frozen=True, eq=False)
class SetMove:
    """One trigger of one instance, or of what is shared.

    Parameters
    ----------
    trigger
        The trigger in the system of one instance.
    instance
        Whose it is; None if it is shared or a broadcast.
    steps
        What it does; of different steps no state has two.
    """

    trigger: str
    instance: int | None
    steps: tuple[SetStep, ...]

    @property
    def name(self) -> str:
        """The trigger as it is called among copies."""
        return self.trigger if self.instance is None else indexed(self.trigger, self.instance)

    def forward(self, before: Bits, after: Bits, within: Bits | None = None) -> None:
        """Add to `after` where `before` leads, if that is within; both may be the same set."""
        for step in self.steps:
            step.forward(before, after, within)

    def backward(self, after: Bits, before: Bits, within: Bits | None = None) -> None:
        """Add to `before` what leads to `after`, if it is within; both may be the same set."""
        for step in self.steps:
            step.backward(after, before, within)

    def enabled(self, states: Bits) -> Bits:
        """Return the states of a set in which the trigger can be taken."""
        found = np.zeros_like(states)
        for step in self.steps:
            found[step.source] |= states[step.source] & step.mask
        return found

    def count(self, states: Bits) -> int:
        """Return in how many states of a set the trigger can be taken."""
        return sum(int(np.bitwise_count(states[step.source] & step.mask).sum()) for step in self.steps)

    def remove_enabled(self, states: Bits) -> None:
        """Take away from a set the states in which the trigger can be taken."""
        for step in self.steps:
            states[step.source] &= ~states.dtype.type(step.mask)

    def leaving(self, states: Bits) -> Bits | None:
        """Return the states of a set that the trigger leads out of it; None if there are none."""
        found: Bits | None = None
        for step in self.steps:
            out = states[step.source] & step.mask & ~shifted(states[step.target], -step.distance)
            if out.any():
                found = np.zeros_like(states) if found is None else found
                found[step.source] |= out
        return found


@dataclass(frozen=True, eq=False)
class Broadcast(SetMove):
    """A trigger that all instances take at once: what is shared and instance 1 by steps, the others axis by axis.

    Parameters
    ----------
    targets
        For each state of an instance the one it goes to.
    """

    targets: tuple[int, ...]

    def forward(self, before: Bits, after: Bits, within: Bits | None = None) -> None:
        """Add to `after` where `before` leads, if that is within; both may be the same set."""
        moved = np.zeros_like(before)
        for step in self.steps:
            step.forward(before, moved)
        for axis in range(1, before.ndim):
            source, moved = moved, np.zeros_like(before)
            for own, target in enumerate(self.targets):
                moved[_across(axis, target)] |= source[_across(axis, own)]
        after |= moved if within is None else moved & within

    def backward(self, after: Bits, before: Bits, within: Bits | None = None) -> None:
        """Add to `before` what leads to `after`, if it is within; both may be the same set."""
        source = after
        for axis in range(1, after.ndim):
            source = np.take(source, self.targets, axis)
        moved = np.zeros_like(before)
        for step in self.steps:
            step.backward(source, moved)
        before |= moved if within is None else moved & within

    def leaving(self, states: Bits) -> Bits | None:
        """Return the states of a set that the trigger leads out of it; None if there are none."""
        staying = np.zeros_like(states)
        self.backward(states, staying)
        out = self.enabled(states) & ~staying
        return out if out.any() else None


def _across(axis: int, own: int) -> Index:
    return (*(slice(None),) * axis, own, ...)

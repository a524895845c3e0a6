"""Factories of `transitions` machines in which one row is missing, leads elsewhere, or is there in addition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lifecheck.machines import make, written_rows


@dataclass(frozen=True)
class ChangedMachine:
    """Called like the factory it wraps; each fresh machine has one of its transitions changed.

    Parameters
    ----------
    factory
        Returns a fresh machine.
    left_out
        Triggers that do not count, as a component leaves them out.
    position
        Which transition is changed, counted from 0 as the component's rows are.
    dest
        The state it leads to instead; None if it is removed.

    Examples
    --------
    >>> from transitions import Machine
    >>> def lamp():
    ...     rows = [["switch", "off", "on"], ["switch", "on", "off"]]
    ...     return Machine(states=["off", "on"], initial="off", transitions=rows, auto_transitions=False)
    >>> [row.source for row in ChangedMachine(lamp, (), 0, None)().get_transitions()]
    ['on']
    """

    factory: Callable[[], object]
    left_out: tuple[str, ...]
    position: int
    dest: str | None

    def __call__(self) -> object:
        """Return a fresh machine or model with the change made."""
        made = self.factory()
        machine, _ = make(lambda: made, "changed")
        row, transition = list(written_rows(machine, self.left_out))[self.position]
        if self.dest is not None:
            transition.dest = self.dest
            return made
        event = machine.events[row.trigger]
        rest = event.transitions[transition.source]
        rest.remove(transition)
        if not rest:
            del event.transitions[transition.source]
        return made


@dataclass(frozen=True)
class ExtendedMachine:
    """Called like the factory it wraps; each fresh machine has one transition more.

    Parameters
    ----------
    factory
        Returns a fresh machine.
    trigger, source, dest
        The transition that is added after all others.

    Examples
    --------
    >>> from transitions import Machine
    >>> def lamp():
    ...     return Machine(states=["off", "on"], initial="off", auto_transitions=False)
    >>> [row.dest for row in ExtendedMachine(lamp, "switch", "off", "on")().get_transitions()]
    ['on']
    """

    factory: Callable[[], object]
    trigger: str
    source: str
    dest: str

    def __call__(self) -> object:
        """Return a fresh machine or model with the transition added."""
        made = self.factory()
        machine, _ = make(lambda: made, "extended")
        machine.add_transition(self.trigger, self.source, self.dest)
        return made

"""The cutoff: where no instance can change what is shared, a verdict for one instance holds for any number."""

from __future__ import annotations

from dataclasses import dataclass

from lifecheck.instances.copies import Sharing
from lifecheck.instances.decomposition import Decompositions
from lifecheck.system import SAME, LocalState, System


@dataclass(frozen=True)
class SharedRow:
    """What a shared component does when an instance's trigger is taken, as it was fired.

    Parameters
    ----------
    trigger, component, source, target
        The trigger of an instance, the shared component, and its local state before and after.
    """

    trigger: str
    component: str
    source: LocalState
    target: LocalState

    @property
    def changes(self) -> bool:
        """Whether the shared component is in another state afterwards."""
        return self.source.key != self.target.key

    def __str__(self) -> str:
        return f"({self.trigger}, {self.source.label}, {self._written_target}) of {self.component}"

    @property
    def without_trigger(self) -> str:
        """The row as shown where the trigger stands before it."""
        return f"({self.source.label}, {self._written_target}) of {self.component}"

    @property
    def _written_target(self) -> str:
        return self.target.label if self.changes else SAME


@dataclass(frozen=True)
class Cutoff:
    """Whether a verdict for one instance holds for any number of instances, and why.

    Parameters
    ----------
    system
        The system of one instance.
    rows
        Every fired row of a shared component whose trigger is an instance's own.
    broadcasts
        Triggers that all instances take at once and none ever blocks.
    """

    system: System
    rows: tuple[SharedRow, ...]
    broadcasts: tuple[str, ...]

    @property
    def breaking(self) -> tuple[SharedRow, ...]:
        """The rows by which an instance changes what others see; where there are none, the cutoff holds."""
        return tuple(row for row in self.rows if row.changes)

    @property
    def holds(self) -> bool:
        """Whether no instance's trigger changes a shared component."""
        return not self.breaking

    def certificate(self) -> str:
        """Return the reason in a few lines: which triggers and which rows were looked at, or which row breaks it."""
        several = self.system.instance_words
        subject = several[:1].upper() + several[1:]
        if not self.holds:
            first, *others = self.breaking
            more = f" (and {len(others)} more)" if others else ""
            return f"{subject} can influence one another: {first} changes what all share{more}."
        apart = f"{subject} cannot influence one another"
        joint = list(dict.fromkeys(row.trigger for row in self.rows))
        if joint:
            lines = [f"{apart}: what they share is left as it is by every row of theirs."]
            for trigger in joint:
                shown = ", ".join(row.without_trigger for row in self.rows if row.trigger == trigger)
                lines.append(f"  {trigger}: {shown}")
        else:
            lines = [f"{apart}: no {self.system.instance}'s trigger belongs to a shared component."]
        if self.broadcasts:
            lines.append(f"All {several} take at once, and none ever blocks: {', '.join(self.broadcasts)}.")
        return "\n".join(lines)


def cutoff_of(system: System, known: Decompositions | None = None) -> Cutoff:
    """Look in the fired tables whether any trigger of an instance changes a shared component.

    If none does, each instance beside what is shared behaves as if it were alone, up to steps that it does not
    notice; so what is asked of one instance, without a next-step operator, has one answer for every number of
    instances. `docs/instances.md` has the argument; cf. Emerson and Namjoshi, Reasoning about rings (1995),
    and German and Sistla, Reasoning about systems with many processes (1992), for cutoffs in general.

    Parameters
    ----------
    system
        The system of one instance, with `copied` and `broadcast`.
    known
        Owns what was fired, where more is asked; without it, all is fired anew.

    Raises
    ------
    CompositionError
        If nothing is copied, or a broadcast is none or blocks.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> power = Component("power", ["on", "off"], "on", [Row("do", "on", "="), Row("cut", "on", "off")], {"do", "cut"})
    >>> print(cutoff_of(System("work", [task, power], copied={"task"})).certificate())
    Instances cannot influence one another: what they share is left as it is by every row of theirs.
      do: (on, =) of power
    >>> worn = Component("tool", ["sharp", "blunt"], "sharp", [Row("do", "sharp", "blunt")], {"do"})
    >>> print(cutoff_of(System("work", [task, worn], copied={"task"})).certificate())
    Instances can influence one another: (do, sharp, blunt) of tool changes what all share.
    """
    decomposition = (known or Decompositions()).of(system)
    shared = decomposition.shared
    rows: dict[object, SharedRow] = {}
    for trigger, kind in decomposition.sharing.items():
        if kind is Sharing.INDEXED and any(decomposition.own.steps(trigger)):
            for source, target in shared.steps(trigger):
                before, after = shared.locals_of(source), shared.locals_of(target)
                for part in shared.parts:
                    if trigger in part.alphabet:
                        row = SharedRow(trigger, part.name, before[part.name], after[part.name])
                        rows.setdefault((trigger, part.name, row.source.key, row.target.key), row)
    broadcasts = [trigger for trigger, kind in decomposition.sharing.items() if kind is Sharing.BROADCAST]
    return Cutoff(system, tuple(rows.values()), tuple(broadcasts))

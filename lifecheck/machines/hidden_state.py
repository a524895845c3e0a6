"""What a machine keeps beside its declared state: on its model, on the machine itself, in the model's classes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from transitions import Machine

from lifecheck.machines.snapshot import Look, class_values, machine_attributes
from lifecheck.machines.source import is_among, slot_values, slots_of
from lifecheck.machines.state_features import StateFeatures


class HiddenState:
    """What is neither state nor declared, and would be hidden state if firing changed it.

    Parameters
    ----------
    machine, model
        The machine, and the model whose state is meant.
    declared
        The attributes that belong to the local state.
    ignored
        Dotted names of attributes on which nothing is said to depend.
    features
        What the states themselves keep of the model.

    Attributes
    ----------
    held_as
        What the model calls its machine; ``machine`` where it keeps none.

    Examples
    --------
    >>> class Job:
    ...     def __init__(self):
    ...         self.machine, self.tries, self.log = Machine(self, states=["new"], initial="new"), 0, ["made"]
    >>> job = Job()
    >>> hidden = HiddenState(job.machine, job, ["tries"], (), StateFeatures(job.machine, job))
    >>> sorted(hidden.kept("new")), hidden.held_as
    (['log'], 'machine')
    """

    def __init__(
        self, machine: Machine, model: Any, declared: Sequence[str], ignored: Collection[str], features: StateFeatures
    ) -> None:
        self._machine = machine
        self._model = model
        self._ignored = frozenset(ignored)
        self._features = features
        self._slots = slots_of(type(model))
        self._classes = [kind for kind in type(model).__mro__ if not _is_of_a_library(kind)]
        self._told_apart = self._bound() | {*declared, *ignored, *features.hooks, machine.model_attribute}
        self.held_as = next((name for name, value in self._own().items() if value is machine), "machine")

    def kept(self, state: str, *, closely: bool = False) -> dict[str, Any]:
        """Return copies of it all in a state, by dotted names; with `closely` also of what the classes keep."""
        own, machine = self._own(), self._machine
        names = own.keys() - self._told_apart
        of_machine = () if machine is self._model else vars(machine).keys() - machine_attributes(type(machine))
        of_classes = self.kept_by_classes() if closely and self._classes else {}
        volatile = self._features.changed_objects(state) if self._features.hooks else {}
        if not (names or of_machine or volatile):
            return of_classes
        look = self._look()
        held = {name: look.at(own[name], name) for name in sorted(names)}
        held |= {name: look.at(value, name) for name, value in volatile.items() if name not in self._ignored}
        for name in sorted(of_machine):
            whole = f"{self.held_as}.{name}"
            if whole not in self._ignored and self.held_as not in self._ignored:
                held[whole] = look.at(vars(machine)[name], whole)
        return held | of_classes

    def kept_by_classes(self) -> dict[str, Any]:
        """Return copies of what the model's classes keep, which all its instances share."""
        look = self._look()
        kept = {}
        for kind, name, value in class_values(self._classes):
            whole = f"{kind.__name__}.{name}"
            if name not in self._ignored and whole not in self._ignored:
                kept[whole] = look.at(value, whole)
        return kept

    def _look(self) -> Look:
        return Look(self._ignored, (self._model, self._machine))

    def _own(self) -> dict[str, Any]:
        own: dict[str, Any] = getattr(self._model, "__dict__", {})
        return own | slot_values(self._model, self._slots) if self._slots else own

    def _bound(self) -> frozenset[str]:
        """Return the names of what the library put there: triggers, bound as partials, and the machine itself."""
        bound = frozenset(
            name
            for name, value in self._own().items()
            if value is self._machine or (isinstance(value, partial) and is_among(self._model, value.args))
        )
        return bound | (machine_attributes(type(self._machine)) if self._model is self._machine else frozenset())


def remedy_of_hidden(name: str) -> str:
    """Return what to do about something that changes and is not declared.

    Examples
    --------
    >>> remedy_of_hidden("attempts")
    "declare it in attributes=[...] if anything depends on it, or write ignored=['attempts'] if nothing does"
    """
    if "." not in name:
        return f"declare it in attributes=[...] if anything depends on it, or write ignored=[{name!r}] if nothing does"
    return (
        "if anything depends on it, keep it in an attribute of the model and declare that in attributes=[...]; write "
        f"ignored=[{name!r}] if nothing does"
    )


def _is_of_a_library(kind: type) -> bool:
    """Whether a class is of `transitions`, of Python or of lifecheck, and so keeps no state of a model."""
    return kind is object or kind.__module__.partition(".")[0] in ("transitions", "lifecheck", "builtins")

"""A real machine with the one model that carries its state: read it, place it, fire it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from transitions import Machine, MachineError

from lifecheck.definition import read_state
from lifecheck.errors import ComponentError
from lifecheck.given import slot_values, slots_of
from lifecheck.nested_state import NestedLocalState
from lifecheck.nesting import Nesting, accepts, active_paths, value_of
from lifecheck.state import LocalState


@dataclass(frozen=True)
class Firing:
    """What happened when a trigger was fired.

    Parameters
    ----------
    taken
        Whether the machine said that it took the trigger.
    before, after
        The local states.
    undeclared
        The model's own attributes that changed although they are not declared.
    error
        What a condition or a callback raised.
    """

    taken: bool
    before: LocalState
    after: LocalState
    undeclared: tuple[str, ...] = ()
    error: BaseException | None = None


class RealMachine:
    """A machine in motion, flat or hierarchical.

    Parameters
    ----------
    name
        How reports call it.
    machine, model
        The machine, and the model whose state is meant.
    attributes
        Names of the model's attributes that belong to the local state.
    known
        Every state of a flat machine.
    nesting
        The hierarchy of the states of one that is not.

    Raises
    ------
    ComponentError
        If the model lacks a declared attribute, or one cannot be part of a state.
    """

    def __init__(
        self,
        name: str,
        machine: Machine,
        model: Any,
        attributes: Sequence[str],
        known: tuple[str, ...],
        nesting: Nesting | None = None,
    ) -> None:
        self.name = name
        self.machine = machine
        self.model = model
        self.attributes = tuple(attributes)
        self.known = known
        self.nesting = nesting
        # components of a hierarchical machine without callbacks are rebuilt as flat ones
        self._is_nested = nesting is not None and hasattr(machine.state_cls, "separator")
        self._slots = slots_of(type(model))
        self._apart = self._declared_or_bound()
        self.local = self.read()

    def accepts(self, trigger: str) -> bool:
        """Whether some row answers a trigger now; looks, runs nothing."""
        if self._is_nested:
            return accepts(self.machine, active_paths(self.machine, self.model), trigger)
        event = self.machine.events.get(trigger)
        return event is not None and str(self.local) in event.transitions  # reading [...] would add a source

    def ask(self, trigger: str) -> bool:
        """Ask the machine whether a trigger can be taken; whatever that changes in declared attributes is undone.

        Asking runs the callbacks of `prepare` as well as the conditions.
        """
        if not self.accepts(trigger):
            return False
        try:
            # public as model.may_trigger, which model_override leaves out
            return bool(self.machine._can_trigger(self.model, trigger))
        finally:
            self._restore_attributes()

    def fire_once(self, trigger: str) -> Firing:
        """Fire a trigger and tell what happened; what is raised is told as well."""
        before, hidden = self.local, self.undeclared()
        accepted = self.accepts(trigger)
        taken, error = False, None
        try:
            if self._is_nested:
                taken = bool(self.machine.trigger_event(self.model, trigger))
            elif trigger in self.machine.events:
                taken = bool(self.machine.events[trigger].trigger(self.model))
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            # a trigger that no row answers is refused by an exception, in parallel regions also by one of another kind
            refused = not accepted and isinstance(raised, MachineError | ValueError | AttributeError)
            error = None if refused else raised
        now = self.undeclared()
        changed = [name for name, value in now.items() if name not in hidden or not _same(hidden[name], value)]
        gone = [name for name in hidden if name not in now]
        self.local = self.read()
        return Firing(taken, before, self.local, tuple(sorted([*changed, *gone])), error)

    def place(self, local: LocalState) -> None:
        """Put the machine into a local state without firing anything."""
        state = value_of(str(local), self.nesting.separator) if self._is_nested and self.nesting else str(local)
        self.machine.set_state(state, self.model)  # type: ignore[arg-type]
        self.local = local
        self._restore_attributes()

    def read(self) -> LocalState:
        """Read the local state from the model."""
        values = {name: self._attribute(name) for name in self.attributes}
        try:
            state = read_state(self.machine, self.model, self.nesting if self._is_nested else None)
        except ValueError as error:
            raise ComponentError(
                f"component {self.name!r}: the model's {self.machine.model_attribute!r} holds "
                f"{getattr(self.model, self.machine.model_attribute)!r}, which is not one of its states ({error}); let "
                "triggers alone change it"
            ) from error
        if self.nesting is not None:
            return NestedLocalState.of(state, self.name, self.nesting, values)
        return LocalState(state, self.name, self.known, values)

    def undeclared(self) -> dict[str, Any]:
        """Return the model's own values that are neither its state nor declared attributes."""
        own = self._own()
        return {name: _snapshot(own[name]) for name in own.keys() - self._apart}

    def _own(self) -> dict[str, Any]:
        own: dict[str, Any] = getattr(self.model, "__dict__", {})
        return own | slot_values(self.model, self._slots) if self._slots else own

    def _declared_or_bound(self) -> frozenset[str]:
        """Return the names of what is no hidden state of the model."""
        own = self._own()
        # transitions binds triggers as partials, and a model often keeps its machine
        bound = {name for name, value in own.items() if isinstance(value, partial | Machine)}
        library = machine_attributes(type(self.machine)) if self.model is self.machine else frozenset()
        return frozenset({*self.attributes, self.machine.model_attribute, *bound, *library})

    def _restore_attributes(self) -> None:
        for name, value in self.local.attributes.items():
            try:
                setattr(self.model, name, value)
            except AttributeError as error:
                raise ComponentError(
                    f"component {self.name!r}: attribute {name!r} cannot be set ({error}); declare what it is made from"
                ) from error

    def _attribute(self, name: str) -> Any:
        try:
            value = getattr(self.model, name)
            hash(value)
        except AttributeError:
            raise ComponentError(
                f"component {self.name!r}: its model has no attribute {name!r}; "
                "set it when the model is made, or do not declare it"
            ) from None
        except TypeError:
            raise ComponentError(
                f"component {self.name!r}: attribute {name!r} holds "
                f"{type(getattr(self.model, name)).__name__}, which cannot be part of a state; "
                "use a number, text or a tuple"
            ) from None
        return value


def machine_attributes(kind: type[Machine]) -> frozenset[str]:
    """Return the names of what a machine of this kind keeps on itself for the library."""
    names = frozenset(vars(Machine(model=None)))
    if hasattr(kind.state_cls, "separator"):
        names |= {"_stack", "prefix_path", "scoped", "_next_scope"}
    return names


def _snapshot(value: Any) -> Any:
    """Copy plain containers, so that a change inside them shows; keep anything else by identity."""
    if isinstance(value, dict):
        return {key: _snapshot(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_snapshot(item) for item in value]
    return set(value) if isinstance(value, set) else value


def _same(one: Any, other: Any) -> bool:
    """Compare two values; those whose comparison is no truth value, as of arrays, only by identity."""
    if one is other:
        return True
    try:
        return bool(one == other)
    except Exception:
        return False

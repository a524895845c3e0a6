"""One component's real `transitions` machine in motion: read its state, ask it, fire it."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from transitions import Machine, MachineError

from lifecheck.component import Component
from lifecheck.errors import ComponentError
from lifecheck.state import LocalState


class Live:
    """A component's machine with one fresh model.

    Parameters
    ----------
    component
        The component to set in motion. Its rows never change, so that one machine made of them serves
        any number of models; a factory is called each time.

    Raises
    ------
    ComponentError
        If the machine carries no single model, lacks a declared attribute, or raises when fired.
    """

    def __init__(self, component: Component) -> None:
        self.component = component
        if component.factory is None:
            self.machine = _machine_of_rows(component)
            self.model: Any = component.model()
            self.machine.add_model(self.model)
            self.machine.models.clear()  # otherwise it keeps every model it ever carried
        else:
            self.machine = component.build()
            if not self.machine.models:
                self.machine.add_model(component.model())
            if len(self.machine.models) > 1:
                raise ComponentError(
                    f"component {component.name!r}: the machine carries {len(self.machine.models)} models; "
                    "its factory must return a machine with one"
                )
            self.model = self.machine.models[0]
        self.local = self._read()

    def may(self, trigger: str) -> bool:
        """Whether `trigger` can be taken now; runs the conditions, moves nothing."""
        event = self.machine.events.get(trigger)
        if event is None or str(self.local) not in event.transitions:
            return False  # asked first because it is quick; reading event.transitions[...] would add a source
        try:
            return bool(self.model.may_trigger(trigger))
        except Exception as error:
            raise self._failure(trigger, error) from error

    def fire(self, trigger: str) -> bool:
        """Fire `trigger` on the real machine; false if it was blocked, which leaves everything as it was."""
        if trigger not in self.machine.events:
            return False
        before = _undeclared(self)
        try:
            taken = self.machine.events[trigger].trigger(self.model)
        except MachineError:
            return False
        except Exception as error:
            raise self._failure(trigger, error) from error
        changed = [name for name, value in _undeclared(self).items() if name not in before or before[name] != value]
        if changed:
            raise ComponentError(
                f"component {self.component.name!r}, trigger {trigger!r} in state {self.local.label!r}: it changes "
                f"{changed[0]!r}, which is hidden state; declare it in attributes=[...]"
            )
        self.local = self._read()
        return bool(taken)

    def place(self, local: LocalState) -> None:
        """Put the machine into a local state without firing anything."""
        self.machine.set_state(str(local), self.model)
        for name, value in local.attributes.items():
            setattr(self.model, name, value)
        self.local = local

    def _read(self) -> LocalState:
        values: dict[str, Any] = {}
        for name in self.component.attributes:
            try:
                values[name] = getattr(self.model, name)
                hash(values[name])
            except AttributeError:
                raise ComponentError(
                    f"component {self.component.name!r}: its model has no attribute {name!r}; "
                    "set it when the model is made, or do not declare it"
                ) from None
            except TypeError:
                raise ComponentError(
                    f"component {self.component.name!r}: attribute {name!r} holds "
                    f"{type(getattr(self.model, name)).__name__}, which cannot be part of a state; "
                    "use a number, text or a tuple"
                ) from None
        state = self.machine.get_model_state(self.model).name
        return LocalState(state, self.component.name, tuple(self.component.states), values)

    def _failure(self, trigger: str, error: Exception) -> ComponentError:
        return ComponentError(
            f"component {self.component.name!r}, trigger {trigger!r} in state {self.local.label!r}: "
            f"{type(error).__name__}: {error}"
        )


def is_never_taken(component: Component, local: LocalState, trigger: str) -> bool:
    """Whether a machine made of rows has no transition for `trigger` in a local state, whatever the conditions.

    Asks the real machine, and is quick because it needs no model. A factory may return another machine each time:
    of that nothing is said.
    """
    if component.factory is not None:
        return False
    event = _machine_of_rows(component).events.get(trigger)
    return event is None or str(local) not in event.transitions


@lru_cache(maxsize=256)
def _machine_of_rows(component: Component) -> Machine:
    return component.build()


_MACHINE_ATTRIBUTES = frozenset(vars(Machine(model=None)))


def _undeclared(live: Live) -> dict[str, Any]:
    """Return the model's own values that are neither its state nor declared attributes."""
    apart = {*live.component.attributes, live.machine.model_attribute}
    if live.model is live.machine:
        apart |= _MACHINE_ATTRIBUTES
    return {
        name: _snapshot(value)
        for name, value in getattr(live.model, "__dict__", {}).items()
        if name not in apart and not isinstance(value, partial)  # transitions binds triggers as partials
    }


def _snapshot(value: Any) -> Any:
    """Copy plain containers, so that a change inside them shows; keep anything else by identity."""
    if isinstance(value, dict):
        return {key: _snapshot(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_snapshot(item) for item in value]
    return set(value) if isinstance(value, set) else value

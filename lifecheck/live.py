"""One component's real `transitions` machine in motion: read its state, ask it, fire it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from transitions import Machine

from lifecheck.component import Component
from lifecheck.errors import ComponentError
from lifecheck.given import make
from lifecheck.real import RealMachine
from lifecheck.state import LocalState


class Live(RealMachine):
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
        machine, model = _fresh(component)
        super().__init__(
            component.name, machine, model, component.attributes, tuple(component.states), component.nesting
        )

    def may(self, trigger: str) -> bool:
        """Whether `trigger` can be taken now; runs the conditions, moves nothing."""
        try:
            return self.ask(self.component.machine_triggers.get(trigger, trigger))
        except ComponentError:
            raise
        except (Exception, SystemExit) as error:
            raise self._failure(trigger, error) from error

    def fire(self, trigger: str) -> bool:
        """Fire `trigger` on the real machine; false if it was blocked, which leaves everything as it was."""
        firing = self.fire_once(self.component.machine_triggers.get(trigger, trigger))
        place = f"component {self.component.name!r}, trigger {trigger!r} in state {firing.before.label!r}"
        if firing.error is not None:
            self.local = firing.before
            raise self._failure(trigger, firing.error, firing.after.label) from firing.error
        if firing.undeclared:
            raise ComponentError(
                f"{place}: it changes {firing.undeclared[0]!r}, which is hidden state; declare it in attributes=[...]"
            )
        if not firing.taken and firing.after.key != firing.before.key:
            raise ComponentError(
                f"{place}: it is refused and yet leads to {firing.after.label!r}; a condition or a prepare callback "
                "changes something, or on_exception hides an error: let before and after callbacks change things"
            )
        return firing.taken

    def _failure(self, trigger: str, error: BaseException, after: str | None = None) -> ComponentError:
        moved = "" if after in (None, self.local.label) else f"; it is left in state {after!r}"
        return ComponentError(
            f"component {self.component.name!r}, trigger {trigger!r} in state {self.local.label!r}: "
            f"{type(error).__name__}: {error}{moved}"
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


def _fresh(component: Component) -> tuple[Machine, Any]:
    if component.factory is None:
        machine = _machine_of_rows(component)
        model: Any = component.model()
        machine.add_model(model)
        machine.models.clear()  # otherwise it keeps every model it ever carried
        return machine, model
    machine, model = make(component.factory, component.name)
    if model is None:
        machine.add_model(component.model())
        model = machine.models[0]
    return machine, model


@lru_cache(maxsize=256)
def _machine_of_rows(component: Component) -> Machine:
    return component.build()

"""One component's real `transitions` machine in motion: read its state, ask it, fire it."""

from __future__ import annotations

import difflib
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError, UndeclaredError, did_you_mean
from lifecheck.machines.machine import REMEDY_OF_RANDOM, Firing, RealMachine, never_there
from lifecheck.machines.source import make
from lifecheck.system import Component, LocalState, Model


class Live(RealMachine):
    """A component's machine with one fresh model.

    Parameters
    ----------
    component
        The component to set in motion.
    machine
        What `machine_of` made of a component's rows. They never change, so that one serves any number of models;
        without it a new one is made. A factory is called each time.

    Raises
    ------
    ComponentError
        If the machine carries no single model, lacks a declared attribute, or raises when fired.
    """

    def __init__(self, component: Component, machine: Machine | None = None) -> None:
        self.component = component
        machine, model = _fresh(component, machine)
        super().__init__(
            component.name,
            machine,
            model,
            component.attributes,
            tuple(component.states),
            component.nesting,
            component.ignored,
        )

    def answers_nothing(self, trigger: str) -> bool:
        """Whether no row answers `trigger` now, so that firing it would run no code; looks, runs nothing."""
        return not self.runs_code_of(self.component.machine_triggers.get(trigger, trigger))

    def may(self, trigger: str) -> bool:
        """Whether `trigger` can be taken now; runs the conditions, moves nothing."""
        try:
            return self.ask(self.component.machine_triggers.get(trigger, trigger))
        except ComponentError:
            raise
        except (Exception, SystemExit) as error:
            raise self._failure(trigger, error) from error

    def fire(self, trigger: str, *, closely: bool = True) -> bool:
        """Fire `trigger` on the real machine; false if it was blocked, which leaves everything as it was."""
        runs = runs_code(self.component)
        firing = self.fire_once(
            self.component.machine_triggers.get(trigger, trigger), watch=runs, closely=closely and runs
        )
        if firing.error is not None:
            self.local = firing.before
            raise self._failure(trigger, firing.error, firing.after.label) from firing.error
        missing = never_there([firing.before, firing.after]) if firing.undeclared else None
        if missing is not None and difflib.get_close_matches(missing, firing.undeclared):
            raise ComponentError(
                f"component {self.component.name!r}: its model has no attribute {missing!r}; "
                + did_you_mean(missing, firing.undeclared)
            )
        if firing.undeclared:
            place = f"component {self.component.name!r}, trigger {trigger!r} in state {firing.before.label!r}"
            raise UndeclaredError(place, [], firing.undeclared)
        if firing.random or (not firing.taken and firing.after.key != firing.before.key):
            raise ComponentError(
                f"component {self.component.name!r}, trigger {trigger!r} in state {firing.before.label!r}: "
                + _told_fault(firing)
            )
        return firing.taken

    def _failure(self, trigger: str, error: BaseException, after: str | None = None) -> ComponentError:
        moved = "" if after in (None, self.local.label) else f"; it is left in state {after!r}"
        return ComponentError(
            f"component {self.component.name!r}, trigger {trigger!r} in state {self.local.label!r}: "
            f"{type(error).__name__}: {error}{moved}"
        )


def machine_of(component: Component) -> Machine:
    """Return a fresh real machine: the factory's, or one made of the rows and still without a model."""
    if component.factory is not None:
        return make(component.factory, component.name)[0]
    return Machine(
        model=None,
        states=list(component.states),
        initial=component.initial,
        transitions=[
            {
                "trigger": row.trigger,
                "source": row.source,
                "dest": row.dest,
                "conditions": list(row.conditions),
                "unless": list(row.unless),
            }
            for row in component.rows
        ],
        auto_transitions=False,  # to_<state> moves would make reachability meaningless
    )


def runs_code(component: Component) -> bool:
    """Whether firing a component runs any code but the library's."""
    if component.factory is not None:
        return True
    return component.model is not Model or any(row.conditions or row.unless for row in component.rows)


def _told_fault(firing: Firing) -> str:
    if firing.random:
        return f"it uses random numbers, so that its outcome is none of its state; {REMEDY_OF_RANDOM}"
    return (
        f"it is refused and yet leads to {firing.after.label!r}; a condition or a prepare callback changes something, "
        "or on_exception hides an error: let before and after callbacks change things"
    )


def is_never_taken(machine: Machine, local: LocalState, trigger: str) -> bool:
    """Whether a machine made of rows has no transition for `trigger` in a local state, whatever the conditions.

    Asks the real machine, and is quick because it needs no model.
    """
    event = machine.events.get(trigger)
    return event is None or str(local) not in event.transitions


def _fresh(component: Component, machine: Machine | None) -> tuple[Machine, Any]:
    if component.factory is None:
        machine = machine_of(component) if machine is None else machine
        model: Any = _fresh_model(component)
        machine.add_model(model)
        machine.models.clear()  # otherwise it keeps every model it ever carried
        return machine, model
    machine, model = make(component.factory, component.name)
    if model is None:
        machine.add_model(_fresh_model(component))
        model = machine.models[0]
    return machine, model


def _fresh_model(component: Component) -> object:
    try:
        return component.model()
    except (Exception, SystemExit) as error:
        raise ComponentError(
            f"component {component.name!r}: its model raised {type(error).__name__}: {error}; give something that "
            "makes one when it is called without arguments"
        ) from error

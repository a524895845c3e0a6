"""One component's real `transitions` machine in motion: read its state, ask it, fire it."""

from __future__ import annotations

from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.machine import RealMachine
from lifecheck.machines.noted import noted_of, raised, refusal
from lifecheck.machines.source import make
from lifecheck.system import Component, Model


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
        machine, model = fresh_of(component, machine)
        super().__init__(
            component.name,
            machine,
            model,
            component.attributes,
            tuple(component.states),
            component.nesting,
            component.ignored,
            component.machine_triggers,
            component.arguments,
        )

    def may(self, trigger: str) -> bool:
        """Whether `trigger` can be taken now; runs the conditions, moves nothing."""
        try:
            return self.ask(trigger)
        except ComponentError:
            raise
        except (Exception, SystemExit) as error:
            raise refusal(self.component.name, [raised(trigger, self.local, error)]) from error

    def fire(self, trigger: str, *, closely: bool = True) -> bool:
        """Fire `trigger` on the real machine; false if it was blocked, which leaves everything as it was."""
        runs = runs_code(self.component)
        firing = self.fire_once(trigger, watch=runs, closely=closely and runs)
        faults = noted_of(trigger, firing)
        if faults:
            if firing.error is not None:
                self.local = firing.before
            raise refusal(self.component.name, faults) from firing.error
        return firing.taken


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


def fresh_of(component: Component, machine: Machine | None) -> tuple[Machine, Any]:
    """Return a component's machine with a fresh model: the factory's, or the one that was made of the rows."""
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

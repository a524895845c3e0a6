"""How fresh machines of one kind are made: by the factory, of rows, or as private copies; never what was given."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.component_machine import fresh_of, machine_of, runs_code
from lifecheck.machines.definition import Definition
from lifecheck.machines.machine import RealMachine
from lifecheck.machines.slowness import Slowness
from lifecheck.machines.snapshot import machine_attributes
from lifecheck.machines.source import make
from lifecheck.machines.transition_table import written_rows
from lifecheck.system import Arguments, Component, Nesting, Row, choices_of


class BareModel:
    """Carries the state of a machine that brings no model, or whose own must not be touched."""


@dataclass(frozen=True)
class Recipe:
    """How fresh machines of one kind are made, and what is looked at in them.

    Parameters
    ----------
    name
        How messages call them.
    make
        Returns a fresh machine with its one model.
    triggers
        What they are fired with.
    rows
        The transitions that they have, by which they are told when one is taken.
    states, nesting
        Every state of a flat machine, and the hierarchy of the states of one that is not.
    attributes, ignored
        See `Component`.
    left_out
        Triggers that do not count.
    called
        What the machine calls a trigger, where that is another name.
    arguments
        What a trigger is fired with, where it takes arguments.
    runs_code
        Whether firing them runs any code but the library's.
    one_machine
        The machine that carries all the models, where one serves them all because it is lifecheck's own.
    environment
        Triggers that are no rows of the machine's, as time-outs.
    must_agree
        Whether each machine must have these rows; those of a flattened hierarchy are none of its machine's.
    """

    name: str
    make: Callable[[], tuple[Machine, Any]]
    triggers: tuple[str, ...]
    rows: Sequence[Row]
    states: tuple[str, ...]
    nesting: Nesting | None
    attributes: tuple[str, ...]
    ignored: tuple[str, ...]
    left_out: tuple[str, ...]
    called: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, Arguments] = field(default_factory=dict)
    runs_code: bool = True
    one_machine: Machine | None = None
    must_agree: bool = True
    environment: Set[str] = frozenset()

    @cached_property
    def slowness(self) -> Slowness:
        """How long the firings of all these machines took so far."""
        return Slowness(self.name)

    def fresh(self, made: tuple[Machine, Any] | None = None) -> RealMachine:
        """Return a fresh real machine, or one that was made already."""
        machine, model = made or self.make()
        return RealMachine(
            self.name,
            machine,
            model,
            self.attributes,
            self.states,
            self.nesting,
            self.ignored,
            self.called,
            self.arguments,
            self.slowness,
        )

    def refuse_other_rows(self, machine: Machine) -> None:
        """Raise if a machine has other transitions than were read.

        Raises
        ------
        ComponentError
            If it has; names one.
        """
        if not self.must_agree:
            return
        known = {
            (self.called.get(row.trigger, row.trigger), row.source, row.target)
            for row in self.rows
            if row.trigger not in self.environment
        }
        now = {(row.trigger, row.source, row.target) for row, _ in written_rows(machine, self.left_out)}
        if known != now:
            trigger, source, target = min(known ^ now)
            raise ComponentError(
                f"component {self.name!r}: its factory returns machines with different transitions, such as "
                f"{trigger!r} from {source!r} to {target!r}, which not each of them has; make it return the same each "
                "time, and take the machine anew where it was meant to change"
            )


def recipe_of_component(component: Component) -> Recipe:
    """Return how the machines of a component are made."""
    own = machine_of(component) if component.factory is None else None
    return Recipe(
        name=component.name,
        make=partial(fresh_of, component, own),
        triggers=component.triggers,
        rows=component.rows,
        states=tuple(component.states),
        nesting=component.nesting,
        attributes=tuple(component.attributes),
        ignored=tuple(component.ignored),
        left_out=component.left_out,
        called=component.machine_triggers,
        arguments=component.arguments,
        runs_code=runs_code(component),
        one_machine=own,
        # rows say what they are made of, and of a hierarchy firing showed the rows
        must_agree=component.factory is not None and component.nesting is None,
        environment=component.environment,
    )


def recipe_of_definition(
    definition: Definition,
    name: str,
    attributes: Sequence[str] = (),
    ignored: Sequence[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
) -> Recipe:
    """Return how machines of a definition are made: by its factory, else as private copies, which have no callbacks."""
    choices = choices_of(name, arguments or {}, definition.triggers)
    return Recipe(
        name=name,
        make=partial(_fresh, definition, name),
        triggers=tuple(new for trigger in definition.triggers for new in choices.get(trigger, [trigger])),
        rows=definition.rows,
        states=definition.states,
        nesting=definition.nesting,
        attributes=tuple(attributes),
        ignored=tuple(ignored),
        left_out=definition.left_out,
        called={new: trigger for trigger, found in choices.items() for new in found},
        arguments={new: one for found in choices.values() for new, one in found.items()},
        runs_code=definition.factory is not None,
    )


def private_copy(machine: Machine, kept: Mapping[int, object] = MappingProxyType({})) -> Machine:
    """Return a copy of a machine that shares nothing which firing changes; runs none of its code.

    Parameters
    ----------
    machine
        The machine; where it has callbacks, they must not be fired on the copy.
    kept
        What is not copied, by its identity.

    Raises
    ------
    ComponentError
        If the machine cannot be copied.
    """
    memo: dict[int, Any] = {id(model): model for model in machine.models if model is not machine} | dict(kept)
    if not type(machine).__module__.startswith("transitions."):
        # a class of one's own may keep on itself what cannot be copied, and nothing of it is needed
        own = machine_attributes(type(machine))
        memo.update((id(value), value) for name, value in vars(machine).items() if name not in own)
    try:
        private = copy.deepcopy(machine, memo)
    except Exception as error:
        raise ComponentError(
            f"the machine cannot be copied ({type(error).__name__}: {error}); give a function that returns a fresh one"
        ) from error
    private.models = []
    return private


def _fresh(definition: Definition, name: str) -> tuple[Machine, Any]:
    if definition.factory is None:
        return _with_bare_model(private_copy(definition.machine))
    machine, model = definition.spare.pop() if definition.spare else make(definition.factory, name)
    return (machine, model) if model is not None else _with_bare_model(machine)


def _with_bare_model(machine: Machine) -> tuple[Machine, Any]:
    model: Any = BareModel()
    machine.add_model(model)
    machine.models.clear()  # otherwise it keeps every model it ever carried
    return machine, model

"""Real machines of `transitions`, made from their descriptions as somebody would write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Any

from transitions import Machine, State
from transitions.extensions import HierarchicalMachine

from lifecheck import System
from lifecheck import compose as composed
from tests.lifecheck.machine_descriptions import (
    Callback,
    Callbacks,
    Carrier,
    Guard,
    MachineDescription,
    StateDescription,
    SystemDescription,
    Written,
)


class BrokenError(Exception):
    """What a condition raises."""


def with_fairness_of(description: SystemDescription, system: System) -> System:
    """Return a system of the same components in which something else is owed."""
    return replace(
        system,
        name=description.name,
        environment=description.environment,
        fair=description.weak,
        strong=_reasons(description),
    )


def system_of(description: SystemDescription) -> System:
    """Compose real machines, each given as a factory."""
    return composed(
        {part.name: factory_of(part) for part in description.parts},
        name=description.name,
        shared=description.shared,
        alphabets={part.name: part.alphabet for part in description.parts},
        attributes={part.name: list(part.start) for part in description.parts if part.start},
        ignored={part.name: ["journal"] for part in description.parts if part.journal},
        observers=[part.name for part in description.observers],
        environment=description.environment,
        fair=description.weak,
        strong=_reasons(description),
    )


def _reasons(description: SystemDescription) -> dict[str, str]:
    return dict.fromkeys(sorted(description.strong), "chosen at random")


def factory_of(description: MachineDescription) -> Callable[[], object]:
    """Return what makes a fresh machine, or a fresh model that carries one."""
    described = {part: number for number, part in enumerate((*description.guards, *description.callbacks))}
    model_class = _model_class(description, described)

    def written(model: Any, parts: tuple[Guard, ...] | Callbacks) -> list[Any]:
        return [_as_written(model, part, f"part_{described[part]}") for part in parts]

    kind = HierarchicalMachine if description.hierarchical else Machine
    enumeration = Enum("States", [state.name for state in description.states])

    calling = [
        ("_".join(path), state) for path, state in description.by_path.items() if state.on_enter or state.on_exit
    ]

    def machine_with(model: Any) -> Any:
        options: dict[str, Any] = {
            "states": list(enumeration) if description.states_as_enumeration else _states(description),
            "initial": enumeration[description.initial] if description.states_as_enumeration else description.initial,
            "before_state_change": written(model, description.before_state_change),
            "after_state_change": written(model, description.after_state_change),
            "auto_transitions": description.auto_transitions,
        }
        if isinstance(model, Machine):
            machine: Any = model
            machine.__init__(**options)
        else:
            machine = kind(model, **options)
        for row in description.rows:
            machine.add_transition(
                row.trigger,
                row.source,
                row.dest,
                conditions=written(model, tuple(guard for guard in row.guards if guard.wanted)),
                unless=written(model, tuple(guard for guard in row.guards if not guard.wanted)),
                prepare=written(model, row.prepare),
                before=written(model, row.before),
                after=written(model, row.after),
            )
        for path, state in calling:
            real = machine.get_state(path)
            for role, callbacks in (("enter", state.on_enter), ("exit", state.on_exit)):
                for callback in written(model, callbacks):
                    real.add_callback(role, callback)
        return machine

    if description.carrier is Carrier.SHARED:  # one machine moves every model, so that it knows methods by name alone
        shared = machine_with(None)

        def add_model() -> object:
            model = model_class()
            shared.add_model(model)
            shared.models.clear()  # otherwise it keeps every model it ever carried
            return model

        return add_model

    def make() -> object:
        model = model_class()
        machine = machine_with(model)
        return model if description.carrier is Carrier.MODEL else machine

    return make


def _states(description: MachineDescription) -> list[Any]:
    return [_state(state, at % 2 == 0 and not description.hierarchical) for at, state in enumerate(description.states)]


def _state(state: StateDescription, as_object: bool) -> Any:
    if as_object:
        return State(state.name)
    if not state.children:
        return {"name": state.name}
    children = [_state(child, False) for child in state.children]
    if state.parallel:
        return {"name": state.name, "parallel": children}
    return {"name": state.name, "children": children} | ({"initial": state.initial} if state.initial else {})


def _as_written(model: Any, part: Guard | Callback, name: str) -> Any:
    match part.written:
        case Written.BOUND:
            return getattr(model, name)
        case Written.LAMBDA:
            return lambda: getattr(model, name)()
        case Written.PARTIAL:
            return partial(_passes if isinstance(part, Guard) else _change, model, part)
        case Written.ATTRIBUTE:
            return part.attribute
    return name


def _passes(model: Any, guard: Guard) -> bool:
    value = getattr(model, guard.attribute)
    if value in guard.raising:
        raise BrokenError(f"{guard.attribute} is {value!r}")
    return value in guard.values


def _change(model: Any, callback: Callback) -> None:
    setattr(model, callback.attribute, dict(callback.becomes)[getattr(model, callback.attribute)])
    if hasattr(model, "journal"):
        model.journal.append(callback.attribute)


def _model_class(description: MachineDescription, described: Mapping[Guard | Callback, int]) -> type:
    """Return a class with a method, or a property, for each condition and callback."""
    body: dict[str, Any] = {}
    for part, number in described.items():
        method = _method(_passes if isinstance(part, Guard) else _change, part)
        body[f"part_{number}"] = property(method) if part.written is Written.PROPERTY else method

    def attributes(self: Any) -> None:
        for name, value in description.start.items():
            setattr(self, name, value)
        if description.journal:
            self.journal = []

    if description.carrier is not Carrier.MACHINE:
        return type("Model", (), body | {"__init__": attributes})
    kind = HierarchicalMachine if description.hierarchical else Machine

    def prepared(self: Any, **options: Any) -> None:
        attributes(self)
        if options:
            kind.__init__(self, **options)

    return type("OwnMachine", (kind,), body | {"__init__": prepared})


def _method(function: Callable[[Any, Any], Any], part: Guard | Callback) -> Callable[[Any], Any]:
    return lambda self: function(self, part)

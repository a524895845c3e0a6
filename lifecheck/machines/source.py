"""Finds the machine in what somebody gave: a machine, a model that carries one, or a function that makes either."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from keyword import iskeyword
from types import MemberDescriptorType
from typing import Any

from transitions import Event, Machine

from lifecheck.errors import ComponentError


@dataclass(frozen=True)
class Given:
    """A machine, and how it was given.

    Parameters
    ----------
    machine
        The machine itself; where a factory was given, one that it made.
    model
        The model that was given or made; None if the machine itself was.
    factory
        Makes a fresh machine or model; None if an object was given, which is never touched.
    shared
        Whether the models that the factory makes share one machine, which is then not fresh.
    spare
        What the factory was called for once more, machine and model, to be taken out by the first who needs one.
    """

    machine: Machine
    model: object | None
    factory: Callable[[], object] | None
    shared: bool = False
    spare: list[tuple[Machine, Any]] = field(default_factory=list, compare=False)


def find_machine(source: object, name: str) -> Given:
    """Find the machine in what was given; a factory is called twice, to see that what it makes is fresh.

    Raises
    ------
    ComponentError
        If there is no machine, or more than one, or the factory does not make fresh ones.

    Examples
    --------
    >>> class Lamp: pass
    >>> lamp = Lamp()
    >>> machine = Machine(lamp, states=["off", "on"], initial="off")
    >>> find_machine(lamp, "lamp").machine is machine
    True
    """
    if source is Machine or (isinstance(source, type) and source.__module__.startswith("transitions.")):
        raise ComponentError(
            f"component {name!r}: this is the class {source.__name__}, not a machine; give a machine, or a function "
            "that returns one"
        )
    if isinstance(source, Machine):
        return Given(source, None, None)
    machine = None if isinstance(source, type) else _carried(source, name)
    if machine is not None:
        return Given(machine, source, None)
    if not callable(source):
        raise ComponentError(
            f"component {name!r}: expected a transitions machine, a model that carries one, or a function that "
            f"returns either, not {type(source).__name__}; a machine is found by what it binds to its model, such as "
            "model.trigger, or as the model's attribute"
        )
    machine, model = make(source, name)
    again, other = make(source, name)
    if (machine is again) if model is None else (model is other):
        raise ComponentError(
            f"component {name!r}: its factory returns the same object each time, which checking would move; "
            "return a fresh one"
        )
    return Given(machine, model, source, machine is again, [(again, other)])


def called_after(source: object) -> str:
    """Return how a machine that came without a name is called: after its factory, or the class of its model.

    Examples
    --------
    >>> class NightLamp: pass
    >>> def lamp(): return Machine(NightLamp(), states=["off", "on"], initial="off")
    >>> called_after(lamp), called_after(NightLamp), called_after(Machine(states=["off"], initial="off"))
    ('lamp', 'night_lamp', 'machine')
    """
    while isinstance(source, partial):
        source = source.func
    if isinstance(source, type) or not hasattr(source, "__name__"):
        kind = source if isinstance(source, type) else type(source)
        name = NAME if kind.__module__.partition(".")[0] == "transitions" else _in_snake_case(kind.__name__)
    else:
        name = str(source.__name__)
    return name if name.isidentifier() and not iskeyword(name) and name not in _TAKEN else NAME


NAME = "machine"
"""How predicates and reports call a machine of which nothing says a name, as of a lambda."""

_TAKEN = frozenset({"state"})  # what predicates call the only component


def _in_snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def offers_machine(source: object) -> bool:
    """Whether there is a machine in what was given, or it could be called for one."""
    return isinstance(source, Machine) or callable(source) or any(True for _ in _bound_machines(source))


def make(factory: Callable[[], object], name: str) -> tuple[Machine, Any]:
    """Call a factory, and return the machine with the one model that carries its state.

    Raises
    ------
    ComponentError
        If the factory raises, returns anything else, or a machine that carries several models.
    """
    try:
        made = factory()
    except (Exception, SystemExit) as error:
        remedy = ""
        if isinstance(error, TypeError) and isinstance(factory, type):
            remedy = f"; give a function without arguments that returns a {factory.__name__}"
        raise ComponentError(
            f"component {name!r}: its factory raised {type(error).__name__}: {error}{remedy}"
        ) from error
    if not isinstance(made, Machine):
        machine = _carried(made, name)
        if machine is None:
            raise ComponentError(
                f"component {name!r}: its factory returned {type(made).__name__}, not a transitions machine or a model "
                "that carries one; return it at the end"
            )
        return machine, made
    if len(made.models) > 1:
        raise ComponentError(
            f"component {name!r}: the machine carries {len(made.models)} models; its factory must return a machine "
            "with one"
        )
    return made, made.models[0] if made.models else None


def _carried(model: object, name: str) -> Machine | None:
    found = {id(machine): machine for machine in _bound_machines(model)}
    if len(found) > 1:
        attributes = " and ".join(repr(machine.model_attribute) for machine in found.values())
        raise ComponentError(
            f"component {name!r}: the model carries {len(found)} machines, with their states in {attributes}; "
            "give one of the machines"
        )
    return next(iter(found.values()), None)


def _bound_machines(model: object) -> Iterator[Machine]:
    for value in _own_values(model):
        if isinstance(value, partial) and any(argument is model for argument in value.args):
            owner = getattr(value.func, "__self__", None)
            owner = owner.machine if isinstance(owner, Event) else owner
            if isinstance(owner, Machine):
                yield owner
        elif isinstance(value, Machine) and any(carried is model for carried in value.models):
            yield value


def _own_values(model: object) -> Iterator[object]:
    """Yield what the object holds itself, without running any of its code."""
    yield from getattr(model, "__dict__", {}).values()
    yield from slot_values(model, slots_of(type(model))).values()


def slots_of(kind: type) -> Mapping[str, Any]:
    """Return the slots of a class and its bases by name, each with what reads it."""
    found: dict[str, Any] = {}
    for base in kind.__mro__:
        if "__slots__" in vars(base):
            for name, member in vars(base).items():  # a private name is kept under another
                if isinstance(member, MemberDescriptorType):
                    found.setdefault(name, member)
    return found


def slot_values(model: object, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the slots of an object hold, without running any of its code."""
    values = {}
    for name, member in slots.items():
        try:
            values[name] = member.__get__(model)
        except AttributeError:  # a slot that holds nothing yet
            continue
    return values

"""Finds the machine in what somebody gave: a machine, a model that carries one, or a function that makes either."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from keyword import iskeyword
from types import MemberDescriptorType
from typing import Any, TypeGuard

from transitions import Event, Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.timers import no_threads


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
    if is_machine(source):
        return Given(source, None, None)
    if not isinstance(source, type):
        found = _carried(source, name)
        if found is not None:
            return Given(*found, None)
    if not callable(source):
        raise ComponentError(
            f"component {name!r}: expected a transitions machine, a model that carries one, or a function that "
            f"returns either, not {type(source).__name__}; a machine is found by what it binds to its model, such as "
            "model.trigger, or as the model's attribute"
        )
    machine, model = make(source, name)
    again, other = make(source, name)
    if isinstance(source, type) and model is None and machine is again:
        return Given(machine, None, None)  # the class holds it, and objects come later
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
    return is_machine(source) or callable(source) or bool(_found_in(source))


def is_machine(source: object) -> TypeGuard[Machine]:
    """Whether this is a machine; a subclass that never called ``Machine.__init__`` makes none.

    Examples
    --------
    >>> class Named(Machine):
    ...     def __init__(self): self.machine = Machine(self)
    >>> is_machine(Machine()), is_machine(Named())
    (True, False)
    """
    return isinstance(source, Machine) and "states" in vars(source) and "models" in vars(source)


def make(factory: Callable[[], object], name: str) -> tuple[Machine, Any]:
    """Call a factory, and return the machine with the one model that carries its state.

    Raises
    ------
    ComponentError
        If the factory raises, returns anything else, or a machine that carries several models.
    """
    try:
        with no_threads():
            made = factory()
    except (Exception, SystemExit) as error:
        raise ComponentError(
            f"component {name!r}: its factory raised {type(error).__name__}: {error}{_remedy_of(error, factory)}"
        ) from error
    if not is_machine(made):
        found = _carried(made, name)
        if isinstance(made, Coroutine):
            made.close()  # nobody will await it
            raise ComponentError(
                f"component {name!r}: its factory is asynchronous; give a function that awaits it: "
                f"def make(): return asyncio.run({getattr(factory, '__name__', 'made')}())"
            )
        if found is None and isinstance(made, Machine):
            raise ComponentError(
                f"component {name!r}: the constructor of {type(made).__name__} never calls that of Machine, so that it "
                "has no states; call super().__init__(states=..., initial=..., transitions=...) there"
            )
        if found is None:
            raise ComponentError(
                f"component {name!r}: its factory returned {type(made).__name__}, not a transitions machine or a model "
                f"that carries one{foreign(made) or _remedy_of_no_machine(factory)}"
            )
        return found
    if len(made.models) > 1:
        raise ComponentError(
            f"component {name!r}: the machine carries {len(made.models)} models; its factory must return a machine "
            "with one"
        )
    return made, made.models[0] if made.models else None


def foreign(made: object) -> str:
    """Return what to know of a machine of another library than the installed one, as a copy of it; else nothing.

    Examples
    --------
    >>> class Machine: pass
    >>> foreign(Machine()), foreign("text")
    ("; it is a Machine of 'lifecheck.machines.source', which is not the installed transitions: import that", '')
    """
    kind = next((one for one in type(made).__mro__ if one.__name__.endswith("Machine")), None)
    if kind is None or kind.__module__.partition(".")[0] == "transitions" or isinstance(made, Machine):
        return ""
    return f"; it is a {kind.__name__} of {kind.__module__!r}, which is not the installed transitions: import that"


def _remedy_of_no_machine(factory: object) -> str:
    if isinstance(factory, type):
        kind = factory.__name__
        return (
            f"; where an object of {kind} is a model, give a function that makes both: "
            f"def make(): model = {kind}(); Machine(model, ...); return model"
        )
    return "; return it at the end"


def _remedy_of(error: BaseException, factory: object) -> str:
    """Return what to do about an error of a factory, where that is known."""
    if isinstance(error, RuntimeError) and "event loop" in str(error):
        return "; make it inside of one: async def made(): return ..., and def make(): return asyncio.run(made())"
    if isinstance(error, TypeError) and isinstance(factory, type):
        return f"; give a function without arguments that makes one: {_factory_of(factory)}"
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if isinstance(error, KeyError) and step is not None and "nesting" in step.tb_frame.f_code.co_filename:
        return (
            f"; transitions reads '_' in the name of a state as a step into a nested one, and there is no state "
            f"{error.args[0]!r}: rename the state whose name begins so, or set another separator"
        )
    return ""


def _factory_of(kind: type) -> str:
    """Return a function that makes an object of a class, with what its constructor needs left to be filled in.

    Examples
    --------
    >>> class Order:
    ...     def __init__(self, customer, *, amount, note=""): ...
    >>> _factory_of(Order)
    'def order(): return Order(customer=..., amount=...)'
    """
    try:
        wanted = [
            "..." if one.kind is one.POSITIONAL_ONLY else f"{one.name}=..."
            for one in inspect.signature(kind).parameters.values()
            if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        ]
    except (TypeError, ValueError):  # it has no signature that could be read
        wanted = ["..."]
    return factory_line(kind.__name__, wanted)


def factory_line(kind: str, arguments: Iterable[str]) -> str:
    """Return a function that makes an object of a class, and is called after it, as the machine is after the function.

    Examples
    --------
    >>> factory_line("NightLamp", ["watts=..."]), factory_line("lamp", [])
    ('def night_lamp(): return NightLamp(watts=...)', 'def make_lamp(): return lamp()')
    """
    name = _in_snake_case(kind)
    return f"def {name if name != kind else f'make_{kind}'}(): return {kind}({', '.join(arguments)})"


def _carried(holder: object, name: str) -> tuple[Machine, Any] | None:
    """Return the machine that an object carries, with the model that has its state; None if there is none.

    Raises
    ------
    ComponentError
        If it carries several.
    """
    found = _found_in(holder)
    if len(found) > 1:
        places = " and ".join(repr(place) for place, _, _ in found)
        raise ComponentError(
            f"component {name!r}: {type(holder).__name__} carries {len(found)} machines, with their states in {places}"
            "; give one of the machines"
        )
    return (found[0][1], found[0][2]) if found else None


def _found_in(holder: object) -> list[tuple[str, Machine, Any]]:
    """Return each machine that an object carries, where, and the model that has its state, without running any code.

    The machines whose model it is come first; without one those that it holds, and those of which it holds the model.
    """
    bound = {id(machine): (machine.model_attribute, machine, holder) for machine in _bound_machines(holder)}
    if bound:
        return list(bound.values())
    held: dict[int, tuple[str, Machine, Any]] = {}
    for attribute, value in {**_class_values(type(holder)), **_own_values(holder)}.items():
        if is_machine(value):
            models = value.models
            held.setdefault(id(value), (attribute, value, models[0] if len(models) == 1 else None))
        else:
            for machine in _bound_machines(value):
                held.setdefault(id(machine), (attribute, machine, value))
    return list(held.values())


def _bound_machines(model: object) -> Iterator[Machine]:
    """Yield each machine that bound its triggers to an object, or is held by it and carries it."""
    for value in _own_values(model).values():
        if isinstance(value, partial):
            if not is_among(model, value.args):
                continue
            owner = getattr(value.func, "__self__", None)
            owner = owner.machine if isinstance(owner, Event) else owner
            if is_machine(owner):
                yield owner
        elif is_machine(value) and any(carried is model for carried in value.models):
            yield value


def is_among(one: object, others: Iterable[object]) -> bool:
    """Whether an object itself is among others, whatever it says it is equal to."""
    for other in others:  # noqa: SIM110 - a generator takes twice as long, and this runs for whatever a machine is made
        if other is one:
            return True
    return False


def _class_values(kind: type) -> dict[str, Any]:
    """Return what the classes of an object hold, the nearest first, but those of Python and the library."""
    found: dict[str, Any] = {}
    for base in kind.__mro__:
        if base.__module__.partition(".")[0] not in ("builtins", "transitions"):
            found = {**vars(base), **found}
    return found


def _own_values(model: object) -> dict[str, Any]:
    """Return what the object holds itself, without running any of its code."""
    return {**getattr(model, "__dict__", {}), **slot_values(model, slots_of(type(model)))}


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

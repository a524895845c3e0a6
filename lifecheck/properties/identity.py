"""Members of enumerations that a predicate compares by ``is``, in itself or in a function that it calls.

A state is never the member itself, so that ``status is Status.SHIPPED`` would be silently false, and nobody is asked.
What a function does is read from its instructions, which are there also where its source is not.
"""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, EnumType
from functools import partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from lifecheck.errors import PredicateError
from lifecheck.system import State, known_components

_MOST_FUNCTIONS, _MOST_KEPT = 200, 1_000


@dataclass(frozen=True)
class _Reading:
    """What was found in a predicate, and which names it depends on, so that a function put in later is read too."""

    predicate: Callable[..., Any]
    members: Mapping[Enum, str]
    bound: tuple[tuple[Mapping[str, Any], str, Any], ...]

    def still_stands(self) -> bool:
        return all(names.get(name) is value for names, name, value in self.bound)


_READ: dict[int, _Reading] = {}
"""By the identity of the predicate, which each reading keeps, so that it stays its own."""


def refuse_identity(predicate: Callable[..., Any], state: State) -> None:
    """Raise if a predicate compares something by ``is`` with a member that is the name of a state.

    Raises
    ------
    PredicateError
        If it does so itself or in a function that it calls by name. What is read from a state on the spot is left
        out: an attribute may be compared so, and a component refuses it.

    Examples
    --------
    >>> from lifecheck.system import LocalState
    >>> Colour = Enum("Colour", ["GREEN", "RED"])
    >>> def is_red(colour): return colour is Colour.RED
    >>> state = State({"light": LocalState("RED", "light", ("GREEN", "RED"))})
    >>> refuse_identity(lambda s: is_red(s.light), state)
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: is_red (line 1) compares with Colour.RED by 'is', which a state never is; write ==
    """
    reading = _READ.get(id(predicate))
    if reading is None or not reading.still_stands():
        if len(_READ) >= _MOST_KEPT:
            _READ.clear()
        reading = _READ[id(predicate)] = _read(predicate)
    for member, place in reading.members.items():
        names = {member.name, str.__str__(member)} if isinstance(member, str) else {member.name}
        if any(not names.isdisjoint(local.known) for local in known_components(state).values()):
            raise PredicateError(
                f"{place} compares with {type(member).__name__}.{member.name} by 'is', which a state never is; write =="
            )


def _read(predicate: Callable[..., Any]) -> _Reading:
    members: dict[Enum, str] = {}
    bound: list[tuple[Mapping[str, Any], str, Any]] = []
    waiting = list(_functions(predicate))
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_FUNCTIONS:
        function = waiting.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        cells = {}
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            try:
                cells[name] = cell.cell_contents
            except ValueError:  # not bound yet
                continue
        for code in _codes(function.__code__):
            for member in _compared(code, function.__globals__ | cells):
                members.setdefault(member, f"{function.__name__} (line {code.co_firstlineno})")
            for name in (*code.co_names, *code.co_freevars):
                value = cells.get(name, function.__globals__.get(name))
                called = list(_called(value, code.co_names))
                if called and name not in cells:
                    bound.append((function.__globals__, name, value))
                waiting += called
    return _Reading(predicate, members, tuple(bound))


def _functions(called: object) -> Iterator[FunctionType]:
    """Yield the function that runs where something is called."""
    if isinstance(called, FunctionType):
        yield called
    elif isinstance(called, MethodType):
        yield from _functions(called.__func__)
    elif isinstance(called, partial):
        yield from _functions(called.func)
    elif hasattr(called, "__wrapped__"):  # as that of lru_cache
        yield from _functions(called.__wrapped__)
    elif isinstance(function := getattr(type(called), "__call__", None), FunctionType):  # noqa: B004
        yield function


def _called(value: object, names: tuple[str, ...]) -> Iterator[FunctionType]:
    """Yield the functions that may run where a name is used: itself, or what it has by another name."""
    if value is None or (isinstance(value, ModuleType) and value.__name__.startswith("lifecheck")):
        return
    yield from _functions(value)
    for name in names:
        if isinstance(value, ModuleType):
            yield from _functions(vars(value).get(name))
        else:
            kinds = value.__mro__ if isinstance(value, type) else type(value).__mro__
            held = next((vars(kind)[name] for kind in kinds if name in vars(kind)), None)
            yield from _functions(getattr(held, "__func__", held))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _compared(code: CodeType, names: Mapping[str, Any]) -> Iterator[Enum]:
    """Yield the members that are compared by ``is``, unless with an attribute that is read on the spot."""
    if dis.opmap["IS_OP"] not in code.co_code[::2]:
        return
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("CACHE", "EXTENDED_ARG")]
    for number, step in enumerate(steps):
        if step.opname == "IS_OP":
            right, before = _member_before(steps, number, names)
            if right is not None:
                if before and steps[before - 1].opname != "LOAD_ATTR":
                    yield right
            elif steps[number - 1].opname != "LOAD_ATTR":
                left, _ = _member_before(steps, number - 1, names)
                if left is not None:
                    yield left


def _member_before(steps: list[dis.Instruction], end: int, names: Mapping[str, Any]) -> tuple[Enum | None, int]:
    """Return the member that the steps before one load, and where they begin."""
    last = steps[end - 1] if end else None
    if last is None:
        return None, end
    if last.opname == "LOAD_ATTR" and end > 1:
        owner, begin = names.get(str(steps[end - 2].argval)), end - 2
        member = owner.__members__.get(str(last.argval)) if isinstance(owner, EnumType) else None
        if member is None and isinstance(owner, ModuleType | type):
            member = vars(owner).get(str(last.argval))
        if member is None and end > 2 and steps[end - 2].opname == "LOAD_ATTR":  # module.Enum.MEMBER
            module = names.get(str(steps[end - 3].argval))
            kind = getattr(module, str(steps[end - 2].argval), None) if isinstance(module, ModuleType | type) else None
            member, begin = (kind.__members__.get(str(last.argval)) if isinstance(kind, EnumType) else None), end - 3
    else:
        member, begin = (names.get(str(last.argval)) if last.opname.startswith("LOAD_") else None), end - 1
    return (member, begin) if isinstance(member, Enum) else (None, end)

"""Members of enumerations, or text, that a predicate compares by ``is``, in itself or in a function that it calls.

A state is never the member itself, so that ``status is Status.SHIPPED`` would be silently false, and nobody is asked.
What a function does is read from its instructions, which are there also where its source is not.
"""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
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
    members: Mapping[tuple[Enum | str, str | None], str]
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
        If it does so itself or in a function that it calls by name. An attribute that is read on the spot is left out,
        because it may be the member itself.

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
    for (member, read), place in reading.members.items():
        if read is not None and read not in known_components(state):
            continue  # an attribute, which may be the member itself
        names = {member.name} if isinstance(member, Enum) else {member}
        names |= {str.__str__(member)} if isinstance(member, str) else set()
        written = f"{type(member).__name__}.{member.name}" if isinstance(member, Enum) else repr(member)
        if any(not names.isdisjoint(local.known) for local in known_components(state).values()):
            raise PredicateError(f"{place} compares with {written} by 'is', which a state never is; write ==")


def _read(predicate: Callable[..., Any]) -> _Reading:
    members: dict[tuple[Enum | str, str | None], str] = {}
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
            with suppress(ValueError):  # not bound yet
                cells[name] = cell.cell_contents
        for value in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            waiting += _called(value, function.__code__.co_names)
        for code in _codes(function.__code__):
            for pair in _compared(code, function.__globals__ | cells):
                members.setdefault(pair, f"{function.__name__} (line {code.co_firstlineno})")
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


def _compared(code: CodeType, names: Mapping[str, Any]) -> Iterator[tuple[Enum | str, str | None]]:
    """Yield the members that are compared by ``is``, each with the attribute that is read beside it, if one is."""
    if dis.opmap["IS_OP"] not in code.co_code[::2]:
        return
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("CACHE", "EXTENDED_ARG")]
    for number, step in enumerate(steps):
        if step.opname != "IS_OP":
            continue
        member, begin = _loaded(steps, number, names)
        other = steps[begin - 1]
        if not isinstance(member, Enum | str):  # then it may stand on the left, and what is read on the right
            other = steps[number - 1]
            for end in range(max(number - 5, 1), number):
                member, _ = _loaded(steps, end, names)
                if isinstance(member, Enum | str):
                    break
        if isinstance(member, Enum | str):
            yield member, str(other.argval) if other.opname == "LOAD_ATTR" else None


def _loaded(steps: list[dis.Instruction], end: int, names: Mapping[str, Any]) -> tuple[Any, int]:
    """Return what the steps before one load, None if it cannot be told, and where they begin."""
    last = steps[end - 1]
    if last.opname == "LOAD_ATTR":
        owner, begin = _loaded(steps, end - 1, names)
        if isinstance(owner, EnumType):
            return owner.__members__.get(str(last.argval)), begin
        if isinstance(owner, Enum) and last.argval in ("name", "value"):
            return getattr(owner, last.argval), begin
        return (vars(owner).get(str(last.argval)) if isinstance(owner, ModuleType | type) else None), begin
    if last.opname == "BINARY_SUBSCR" and end > 2 and steps[end - 2].opname == "LOAD_CONST":
        owner, begin = _loaded(steps, end - 2, names)
        return (owner.__members__.get(steps[end - 2].argval) if isinstance(owner, EnumType) else None), begin
    if last.opname == "LOAD_CONST":
        return last.argval, end - 1
    if last.opname.startswith("LOAD_"):
        return names.get(str(last.argval)), end - 1
    return None, end - 1

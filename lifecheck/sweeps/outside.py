"""What a predicate reads beside the state, so that no answer of it is used again where that has become another."""

from __future__ import annotations

import dis
from collections.abc import Callable, Collection, Hashable, Iterator
from enum import Enum
from functools import partial
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    CodeType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    ModuleType,
    NoneType,
    WrapperDescriptorType,
)
from typing import Any

from lifecheck.properties import Expression

_CONSTANT = (NoneType, bool, int, float, complex, str, bytes, range, Enum)
_COMPILED = (
    BuiltinFunctionType, ClassMethodDescriptorType, GetSetDescriptorType,
    MemberDescriptorType, MethodDescriptorType, WrapperDescriptorType,
)  # fmt: skip
_ANYTHING = frozenset({"__import__", "compile", "eval", "exec", "globals", "input", "locals", "open", "vars"})
"""What reads whatever it is told to."""


class _UnknownError(Exception):
    """It cannot be told what is read."""


def outside(predicate: Callable[..., Any]) -> Hashable | None:
    """Return what a predicate and the functions that it calls read outside of themselves; None if nobody can tell.

    Two values that are equal are equal answers to the same states, and so may be remembered: those of globals,
    closures and defaults, whatever they are called with. Of an object of somebody's class nobody can tell.

    Examples
    --------
    >>> limits = [3]
    >>> def late(state): return state.order in limits
    >>> before = outside(late)
    >>> before == outside(late)
    True
    >>> limits.append(4)
    >>> before == outside(late), outside(Expression("order == 'late'")), outside(lambda s: open("limits"))
    (False, (), None)
    """
    found: list[Hashable] = []
    if isinstance(predicate, Expression):
        return ()
    try:
        _look(predicate, (), found, set())
    except _UnknownError:
        return None
    return tuple(found)


def is_changeable(value: object) -> bool:
    """Whether a value may become another without being replaced.

    Examples
    --------
    >>> is_changeable((1, frozenset())), is_changeable((1, []))
    (False, True)
    """
    if isinstance(value, tuple | frozenset):
        return any(map(is_changeable, value))
    return not isinstance(value, (*_CONSTANT, *_COMPILED, FunctionType, ModuleType, type))


def _look(value: Any, names: Collection[str], found: list[Hashable], seen: set[int]) -> None:
    """List what can be told of a value, of which these names are read."""
    if isinstance(value, _CONSTANT):
        found.append((type(value), value))  # 1 is no True
    elif isinstance(value, tuple | frozenset | list | set | dict):
        found.append((type(value), len(value)))
        for one in value.items() if isinstance(value, dict) else value:
            _look(one, names, found, seen)
    elif isinstance(value, Expression):
        found.append((Expression, value.text))
    elif isinstance(value, _COMPILED):
        found.append(value)
    elif isinstance(value, FunctionType | ModuleType | type | partial | property):
        found.append(value)  # itself, so that its identity stays its own
        if id(value) not in seen:
            seen.add(id(value))
            for one, read in _within(value, names):
                _look(one, read, found, seen)
    else:
        raise _UnknownError


def _within(value: Any, names: Collection[str]) -> Iterator[tuple[Any, Collection[str]]]:
    """Yield what a function, a module or a class reads or holds, as far as names say so, each with what is read."""
    if isinstance(value, FunctionType):
        for part in (value.__defaults__, value.__kwdefaults__):
            yield part, value.__code__.co_names
        for code in _codes(value.__code__):
            if not _ANYTHING.isdisjoint(code.co_names) or dis.opmap["IMPORT_NAME"] in code.co_code[::2]:
                raise _UnknownError
            yield from ((value.__globals__[name], code.co_names) for name in code.co_names if name in value.__globals__)
        for cell in value.__closure__ or ():
            try:
                yield cell.cell_contents, value.__code__.co_names
            except ValueError as error:  # nothing is in it yet
                raise _UnknownError from error
    elif isinstance(value, partial):
        yield from ((one, names) for one in (value.func, value.args, value.keywords))
    elif isinstance(value, property):
        yield value.fget, names
    elif isinstance(value, ModuleType):
        yield from ((vars(value)[name], names) for name in names if name in vars(value))
    elif isinstance(value, type):
        for name in names:
            held = next((vars(kind)[name] for kind in value.__mro__ if name in vars(kind)), None)
            if not isinstance(value, type(Enum)) or isinstance(held, Enum | FunctionType):
                yield getattr(held, "__func__", held), names


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)

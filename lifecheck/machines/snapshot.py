"""Copies what objects hold, to any depth, so that a change which nobody declared shows; runs none of their code."""

from __future__ import annotations

import random
import sys
import warnings
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from functools import cached_property, lru_cache, partial
from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
    NoneType,
)
from typing import Any

from transitions import Machine

from lifecheck.machines.source import slot_values, slots_of

MOST = 10_000
"""How many objects and containers behind one attribute are looked into; what lies beyond is compared by identity."""

_DEEPEST = 100

_PLAIN = frozenset({NoneType, bool, int, float, complex, str, bytes, range, slice, type(...)})

_APART = (ModuleType, type, FunctionType, BuiltinFunctionType, CodeType, GeneratorType, Enum)

# what goes on in them is nothing that a trigger did
_APART_MODULES = frozenset(
    ("_thread", "_weakref", "asyncio", "concurrent", "logging", "multiprocessing", "socket", "ssl", "threading")
)

_CODE = (
    FunctionType,
    property,
    classmethod,
    staticmethod,
    cached_property,
    MemberDescriptorType,
    GetSetDescriptorType,
)


class _Thing:
    """What one object holds: who it is, its attributes by name, and its items."""

    __slots__ = ("attributes", "items", "kind", "who")

    def __init__(self, kind: type, who: object, attributes: dict[str, Any], items: Any) -> None:
        self.kind = kind
        self.who = who
        self.attributes = attributes
        self.items = items


class Look:
    """One look at objects, in which each of them is copied once.

    Parameters
    ----------
    ignored
        Dotted names of what is not looked at.
    known
        Objects that are not looked into where they are met.

    Attributes
    ----------
    closed
        The names of what might change and could not be looked into.

    Examples
    --------
    >>> class Counter:
    ...     def __init__(self): self.count = 0
    >>> held = [Counter()]
    >>> before = Look().at(held, "held")
    >>> held[0].count += 1
    >>> list(changes(before, Look().at(held, "held"), "held"))
    ['held.count']
    """

    def __init__(self, ignored: Collection[str] = (), known: Collection[object] = ()) -> None:
        self._ignored = ignored
        # keeps what it has seen alive, so that no identity is used again
        self._seen: dict[int, tuple[int, object]] = {id(one): (-1, one) for one in known}
        self._left = MOST
        self.closed: list[str] = []

    def at(self, value: Any, name: str) -> Any:
        """Return a copy of what is held under a name."""
        if type(value) in _PLAIN:
            return value
        self._left = MOST
        return self._copy(value, name, 0)

    def _copy(self, value: Any, name: str, depth: int) -> Any:
        kind = type(value)
        if kind in _PLAIN or isinstance(value, _APART) or self._left <= 0 or depth > _DEEPEST:
            if kind not in _PLAIN and _may_change(value):
                self.closed.append(name)
            return value
        if id(value) in self._seen:
            return ("seen", self._seen[id(value)][0])
        module = kind.__module__.partition(".")[0]
        is_machine = isinstance(value, Machine)
        if module in _APART_MODULES or (module == "transitions" and not is_machine):
            if module not in ("transitions", "logging"):
                self.closed.append(name)
            return value
        self._seen[id(value)] = (len(self._seen), value)
        self._left -= 1
        items = () if is_machine else self._items(value, kind, module, name, depth + 1)
        return self._thing(kind, value, self._own(value, name, depth + 1), items)

    def _thing(self, kind: type, value: object, attributes: dict[str, Any], items: Any) -> _Thing:
        # equal values of a kind that can be equal are the same; of others each is itself
        return _Thing(kind, value if _has_identity(kind) or not (attributes or items) else None, attributes, items)

    def _own(self, value: Any, name: str, depth: int) -> dict[str, Any]:
        kind: Any = type(value)
        slots = _slots(kind)
        own: Mapping[str, Any] = vars(value) if kind.__dictoffset__ else {}
        if slots:
            own = {**own, **slot_values(value, slots)}
        apart = machine_attributes(kind) if isinstance(value, Machine) else ()
        return {
            inner: held if type(held) in _PLAIN else self._copy(held, f"{name}.{inner}", depth)
            for inner, held in own.items()
            if inner not in apart and not (self._ignored and f"{name}.{inner}" in self._ignored)
        }

    def _items(self, value: Any, kind: type, module: str, name: str, depth: int) -> Any:
        """Return what a container holds, by key or in order; empty for what holds no items."""
        if isinstance(value, dict | MappingProxyType):
            return {_key(key): self._copy(held, name, depth) for key, held in dict(value).items()}
        if isinstance(value, list | tuple | deque):
            return [held if type(held) in _PLAIN else self._copy(held, name, depth) for held in value]
        if isinstance(value, set | frozenset):
            return {_key(held): self._copy(held, name, depth) if _is_itself(held) else None for held in value}
        if isinstance(value, MethodType):
            return [value.__func__, self._copy(value.__self__, name, depth)]
        if isinstance(value, partial):
            return [self._copy(held, name, depth) for held in (value.func, value.args, value.keywords)]
        if isinstance(value, random.Random):
            return _state_of(value)
        if not kind.__dictoffset__ and not _slots(kind) and (module in sys.stdlib_module_names or module == "numpy"):
            parts = _reduced(value)
            if not parts:
                self.closed.append(name)
            return [self._copy(part, name, depth) for part in parts]
        if kind.__module__ == "functools":  # what an lru_cache remembers
            self.closed.append(name)
        return ()


def different(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the dotted name of each thing that differs between copies of what is held under each name."""
    found: dict[str, None] = {}
    for name in sorted(before.keys() & after.keys()):
        found |= dict.fromkeys(changes(before[name], after[name], name))
    found |= dict.fromkeys(sorted(before.keys() ^ after.keys()))
    return tuple(found)


def changes(before: Any, after: Any, name: str) -> Iterator[str]:
    """Yield the dotted name of each thing that differs between two copies of what is held under a name."""
    if before is after:
        return
    if not (isinstance(before, _Thing) and isinstance(after, _Thing)):
        if not _same(before, after):
            yield name
    elif before.kind is not after.kind or before.who is not after.who:
        yield name
    else:
        for inner in before.attributes | after.attributes:
            if inner in before.attributes and inner in after.attributes:
                yield from changes(before.attributes[inner], after.attributes[inner], f"{name}.{inner}")
            else:
                yield f"{name}.{inner}"
        yield from _changed_items(before.items, after.items, name)


def _changed_items(before: Any, after: Any, name: str) -> Iterator[str]:
    if len(before) != len(after):
        yield name
    elif isinstance(before, dict):
        if before.keys() != after.keys():
            yield name
        else:
            for key, held in before.items():
                yield from changes(held, after[key], name)
    else:
        for one, other in zip(before, after, strict=True):
            yield from changes(one, other, name)


def class_values(kinds: Collection[type]) -> Iterator[tuple[type, str, Any]]:
    """Yield each value that a class keeps, which is no code of it."""
    for kind in kinds:
        for name, value in vars(kind).items():
            if not (isinstance(value, _CODE) or name.startswith("__") or name == "_abc_impl"):
                yield kind, name, value


def machine_attributes(kind: type[Machine]) -> frozenset[str]:
    """Return the names of what a machine of this kind keeps on itself for the library."""
    hashable: Any = kind
    return _machine_attributes(hashable)


@lru_cache(maxsize=256)
def _machine_attributes(kind: Any) -> frozenset[str]:
    names = frozenset(vars(Machine(model=None)))
    if hasattr(kind.state_cls, "separator"):
        names |= {"_stack", "prefix_path", "scoped", "_next_scope"}
    if any(base.__name__ == "GraphMachine" for base in kind.__mro__):
        names |= {"model_graphs", "graph_cls", "title", "show_conditions", "show_state_attributes"}
    return names


def generators() -> tuple[Any, ...]:
    """Return the state of the random generators that programs share, to be compared."""
    shared: tuple[Any, ...] = (random.getstate(),)
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        kind, keys, *rest = numpy_random.get_state()
        shared += (kind, keys.tobytes(), *rest)
    return shared


@lru_cache(maxsize=1024)
def _slots(kind: type) -> Mapping[str, Any]:
    return slots_of(kind)


def _may_change(value: object) -> bool:
    """Whether something that is set apart keeps more than its author's code."""
    if isinstance(value, FunctionType):
        return bool(value.__dict__)
    return not isinstance(value, type | BuiltinFunctionType | CodeType | Enum)


def _is_itself(value: object) -> bool:
    return _has_identity(type(value)) and not isinstance(value, _APART)


def _has_identity(kind: Any) -> bool:
    return bool(kind.__eq__ is object.__eq__)


def _key(value: Any) -> Any:
    """Return a key that stands for a value, without asking an object how it compares."""
    return ("object", id(value)) if _is_itself(value) else value


def _state_of(generator: random.Random) -> tuple[Any, ...]:
    try:
        return (generator.getstate(),)
    except NotImplementedError:  # of the operating system's source of randomness
        return ()


def _reduced(value: Any) -> tuple[Any, ...]:
    """Return what the standard library, or numpy, would pickle of an object of its own."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # itertools will not be pickled in later versions
            parts = value.__reduce_ex__(4)
    except Exception:  # as of locks and files, which hold nothing that can be told
        return ()
    if not isinstance(parts, tuple):
        return ()
    listed = [list(part) if part is not None else None for part in parts[3:5]]
    return (*parts[:3], *listed)


def _same(one: Any, other: Any) -> bool:
    """Compare two values; those whose comparison is no truth value, as of arrays, only by identity."""
    if one is other:
        return True
    try:
        return bool(one == other)
    except Exception:
        return False

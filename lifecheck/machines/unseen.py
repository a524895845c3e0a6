"""What the callbacks of a machine read that firing does not see: found in their code, and in what firing them read."""

from __future__ import annotations

import builtins
import dis
import inspect
import random
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache, partial
from types import CodeType, FunctionType, ModuleType, NoneType
from typing import Any

from transitions import Machine

from lifecheck.machines.reading import AttributeReads
from lifecheck.machines.snapshot import Look
from lifecheck.machines.source import slot_values, slots_of
from lifecheck.machines.transition_table import user_code

_CLOCK, _FILES, _NETWORK = "the clock", "files", "the network"
_THREADS, _RANDOM = "what other threads do", "randomness of a generator of its own"

_MODULES = {
    "time": _CLOCK,
    **dict.fromkeys(("io", "_io", "os", "posix", "pathlib", "shutil", "sqlite3", "tempfile"), _FILES),
    **dict.fromkeys(("http", "httpx", "requests", "socket", "urllib"), _NETWORK),
    **dict.fromkeys(("_queue", "_thread", "asyncio", "concurrent", "multiprocessing", "queue", "threading"), _THREADS),
    **dict.fromkeys(("secrets", "uuid"), _RANDOM),
}
_CONSTANT = (NoneType, bool, int, float, complex, str, bytes, range, Enum)
_NOW = frozenset({"now", "today", "utcnow"})


@dataclass(frozen=True)
class Read:
    """An attribute of the model that a condition or callback reads.

    Parameters
    ----------
    attribute
        Its name.
    value
        What a fresh model has there, as it is told.
    readers
        The conditions and callbacks that read it.
    """

    attribute: str
    value: str
    readers: tuple[str, ...]


@dataclass(frozen=True)
class Unseen:
    """What the callbacks of a machine read and firing does not see.

    Parameters
    ----------
    kinds
        What is not seen to change, each kind with its names.
    reads
        The attributes of the model that are read.
    """

    kinds: tuple[str, ...] = ()
    reads: tuple[Read, ...] = ()

    def outside(self, changing: Collection[str]) -> tuple[Read, ...]:
        """Return what is read of the model and not among what changes."""
        return tuple(read for read in self.reads if read.attribute not in changing)

    def told(self, changing: Collection[str]) -> list[str]:
        """Return it in sentences without an end, none where there is nothing to tell.

        Parameters
        ----------
        changing
            The names of the attributes that the machine changes.
        """
        told = []
        for read in self.outside(changing):
            who = " and ".join(map(repr, read.readers))
            reads = "reads" if len(read.readers) == 1 else "read"
            told.append(f"{who} {reads} {read.attribute!r} ({read.value}), which nothing in the machine changes")
        if told:
            told[-1] += " (with guards 'either' it may answer either way)"
        if self.kinds:
            told.append("its callbacks read what firing does not see: " + ", ".join(self.kinds))
        return told


def unseen_by_firing(
    machine: Machine, model: object, ignored: Collection[str] = (), reads: AttributeReads | None = None
) -> Unseen:
    """Read the code of a machine's conditions and callbacks, and of what they call; runs none of it.

    Parameters
    ----------
    machine, model
        A fresh machine and its model.
    ignored
        Names on which nothing is said to depend.
    reads
        What was read while such machines were fired.

    Examples
    --------
    >>> class Bin:
    ...     count = 0
    ...     def full(self): return self.count >= 4
    >>> model = Bin()
    >>> row = {"trigger": "step", "source": "filling", "dest": "emptying", "conditions": "full"}
    >>> machine = Machine(model, states=["filling", "emptying"], initial="filling", transitions=[row])
    >>> print(*unseen_by_firing(machine, model).told(()))
    'full' reads 'count' (0), which nothing in the machine changes (with guards 'either' it may answer either way)
    """
    reader = _Reader(machine, model, ignored)
    found = reader.read()
    return found if reads is None else replace(found, reads=reader.with_reads_of(reads))


def functions_of(machine: Machine, model: object) -> list[FunctionType]:
    """Return the functions that a machine's conditions and callbacks are made of, and those that they call.

    Examples
    --------
    >>> def ready(): return True
    >>> row = {"trigger": "go", "source": "a", "dest": "b", "conditions": ready}
    >>> machine = Machine(states=["a", "b"], initial="a", transitions=[row])
    >>> [function.__name__ for function in functions_of(machine, machine)]
    ['ready']
    """
    reader = _Reader(machine, model, ())
    reader.read()
    return list(reader.functions.values())


def name_of_code(code: object) -> str:
    """Return how a condition or callback is called.

    Examples
    --------
    >>> name_of_code("is_open"), name_of_code(lambda: True)
    ('is_open', '<lambda>')
    """
    if isinstance(code, str):
        return code
    name = getattr(code, "__qualname__", None) or type(code).__qualname__
    return str(name).rpartition("<locals>.")[2]


class _Reader:
    def __init__(self, machine: Machine, model: object, ignored: Collection[str]) -> None:
        self.machine = machine
        self.model = model
        self.ignored = ignored
        own: Mapping[str, Any] = getattr(model, "__dict__", {})
        self.own = {**own, **slot_values(model, slots_of(type(model)))}
        self.functions: dict[int, FunctionType] = {}
        self.closures: dict[str, None] = {}
        self.globals: dict[str, None] = {}
        self.kinds: dict[str, None] = {}
        self.readers: dict[str, dict[str, None]] = {}
        self.shown: dict[str, dict[str, None]] = {}
        self.entered: dict[str, FunctionType] = {}  # what conditions and callbacks are, by how they are called

    def read(self) -> Unseen:
        code = list(user_code(self.machine))
        for _, one in code:
            self.walk(one, name_of_code(one))
        rebound = {name for one in self.functions.values() for name in _stored(one.__code__)}
        closures = [name for name in self.closures if not name.startswith("=") or name[1:] in rebound]
        named = [name for name in self.globals if not name.startswith("=") or name[1:] in rebound]
        kinds = [
            f"{kind} ({', '.join(dict.fromkeys(name.lstrip('=') for name in names))})"
            for kind, names in (("closures", closures), ("globals", named), ("objects", self._closed_objects(code)))
            if names
        ]
        return Unseen((*kinds, *self.kinds), self._reads())

    def with_reads_of(self, reads: AttributeReads) -> tuple[Read, ...]:
        """Return what is read of the model by what the code says, and by what firing it showed."""
        names = {one.__code__: name for name, one in self.entered.items()}
        for name, code in reads.by_its_own_code():
            # who reads an attribute by its name is known already, and by the callback that came to it
            if name not in self.readers and self._is_data(name, self._attribute(name)):
                self.shown.setdefault(name, {})[names.get(code, code.co_qualname.rpartition("<locals>.")[2])] = None
        self.readers |= self.shown
        return self._reads()

    def _reads(self) -> tuple[Read, ...]:
        return tuple(
            Read(name, _value(self._attribute(name)), tuple(readers)) for name, readers in sorted(self.readers.items())
        )

    def _closed_objects(self, code: list[tuple[str, object]]) -> list[str]:
        """Return what the model holds and a look does not open, by name."""
        if not code:
            return []
        found = []
        for name in sorted(self.own.keys() - {self.machine.model_attribute}):
            value = self.own[name]
            if name in self.ignored or value is self.machine or isinstance(value, partial):
                continue
            look = Look(self.ignored, (self.model, self.machine))
            look.at(value, name)
            found += look.closed
        return found

    def walk(self, code: object, reader: str) -> None:
        """Read a condition or callback, whatever it is given as."""
        if isinstance(code, str):
            code = self._attribute(code)
        if isinstance(code, partial):
            code = code.func
        code = inspect.unwrap(getattr(code, "__func__", code)) if callable(code) else code
        if isinstance(code, property):
            code = code.fget
        if not isinstance(code, FunctionType):
            code = inspect.getattr_static(type(code), "__call__", None)
        if isinstance(code, FunctionType) and not _is_of_a_library(code):
            self.entered[reader] = code
            self._function(code, reader)

    def _function(self, function: FunctionType, reader: str, seen: frozenset[int] = frozenset()) -> None:
        code = function.__code__
        first = id(function) not in self.functions
        self.functions[id(function)] = function
        attributes, names = _loaded(code)
        if function.__dict__ and first:
            self.closures.setdefault(f"attributes of {function.__name__}")
        called: list[object] = []
        for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
            try:
                called += self._value_of(name, cell.cell_contents, self.closures, attributes)
            except ValueError:  # an empty cell
                continue
        for name in names:
            value = function.__globals__.get(name, vars(builtins).get(name))
            called += self._value_of(name, value, self.globals, attributes)
        for name in attributes:
            value = self._attribute(name)
            if isinstance(value, FunctionType | property | classmethod | staticmethod):
                called.append(getattr(value, "fget", None) or getattr(value, "__func__", value))
            elif self._is_data(name, value):
                self.readers.setdefault(name, {})[reader] = None
        for one in called:
            if isinstance(one, FunctionType) and not _is_of_a_library(one) and id(one) not in seen:
                self._function(one, reader, seen | {id(function), id(one)})

    def _value_of(
        self, name: str, value: object, found: dict[str, None], attributes: Collection[str]
    ) -> Iterator[object]:
        """Take down a name that is read, and yield what may be called by it."""
        if value is self.model or value is self.machine:
            return
        if isinstance(value, FunctionType):
            yield value
            return
        kind = _kind_of(value, attributes)
        if kind is not None:
            self.kinds[kind] = None
        elif isinstance(value, _CONSTANT):
            found.setdefault(f"={name}")
        elif not isinstance(value, ModuleType | type | tuple | frozenset) and not inspect.isbuiltin(value):
            found.setdefault(name)

    def _attribute(self, name: str) -> object:
        return self.own[name] if name in self.own else inspect.getattr_static(type(self.model), name, None)

    def _is_data(self, name: str, value: object) -> bool:
        if name in self.ignored or name == self.machine.model_attribute or name.isupper() or name.startswith("__"):
            return False
        known = name in self.own or any(name in vars(kind) for kind in type(self.model).__mro__[:-1])
        return known and value is not self.machine and not callable(value) and _is_plain(value)


@lru_cache(maxsize=4096)  # code never changes
def _loaded(code: CodeType) -> tuple[list[str], list[str]]:
    """Return the attributes and the globals that code reads, that of functions inside it as well."""
    attributes: dict[str, None] = {}
    names: dict[str, None] = {}
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            attributes[instruction.argval] = None
        elif instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            names[instruction.argval] = None
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inner = _loaded(constant)
            attributes |= dict.fromkeys(inner[0])
            names |= dict.fromkeys(inner[1])
    return list(attributes), list(names)


@lru_cache(maxsize=4096)
def _stored(code: CodeType) -> frozenset[str]:
    """Return each name of a closure or global that code binds anew."""
    inner = [_stored(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    own = (
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname in ("STORE_GLOBAL", "STORE_DEREF", "DELETE_GLOBAL")
    )
    return frozenset(own).union(*inner)


def _kind_of(value: object, attributes: Collection[str]) -> str | None:
    if value is open or value is input:
        return _FILES
    if isinstance(value, random.Random) or value is random.SystemRandom:
        return _RANDOM
    if isinstance(value, ModuleType):
        module = value.__name__.partition(".")[0]
    else:
        kind: Any = value if isinstance(value, type | Callable) else type(value)
        module = str(getattr(kind, "__module__", None) or type(value).__module__).partition(".")[0]
    if module == "datetime":
        return _CLOCK if _NOW.intersection(attributes) else None
    return _MODULES.get(module)


def _is_of_a_library(function: FunctionType) -> bool:
    module = function.__module__ or ""
    return module.partition(".")[0] in ("transitions", "functools", "logging", "typing", "contextlib")


def _is_plain(value: object) -> bool:
    return isinstance(value, (*_CONSTANT, tuple, list, dict, set, frozenset))


def _value(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 30 else f"{type(value).__name__}"

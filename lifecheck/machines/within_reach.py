"""The functions that a callback may come to, by the names in its code: rather too many than too few; runs none.

What an attribute is, or an argument, is not known before code runs. So every object in sight counts (the machine, its
model, and whatever is held under a name that the code has) with everything of it that has a name in the code.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from transitions import Machine

_WITHOUT_A_NAME = (
    "__call__",
    "__getattr__",
    "__getattribute__",
    "__setattr__",
    "__getitem__",
    "__setitem__",
    "__enter__",
    "__exit__",
    "__iter__",
    "__next__",
)

_MOST = 1_000  # of a collection so many are looked at


@dataclass(frozen=True)
class Reached:
    """A function that may run, and whether its first argument may be the machine or its model.

    Parameters
    ----------
    function
        The function.
    may_have_model
        False of a method of what is neither the machine nor its model.
    """

    function: FunctionType
    may_have_model: bool


def within_reach(callback: object, machine: Machine, model: object) -> list[Reached]:
    """Return every function of its author's that a callback may come to, itself first.

    Parameters
    ----------
    callback
        As it is given to the library: a name, or what can be called.
    machine, model
        Whose callback it is.

    Examples
    --------
    >>> class Service:
    ...     def handle(self, door): door.to_open()
    >>> class Door:
    ...     def __init__(self):
    ...         self.service = Service()
    ...         self.machine = Machine(self, states=["shut", "open"], initial="shut", before_state_change="told")
    ...     def told(self): self.service.handle(self)
    >>> door = Door()
    >>> [(one.function.__name__, one.may_have_model) for one in within_reach("told", door.machine, door)]
    [('told', True), ('handle', False)]
    """
    return list(_Search(machine, model).from_callback(callback))


class _Search:
    def __init__(self, machine: Machine, model: object) -> None:
        self._own = (machine, model)
        self._found: dict[tuple[int, bool], Reached] = {}
        self._holders: dict[int, object] = {}
        self._names: dict[str, None] = dict.fromkeys(_WITHOUT_A_NAME)
        self._seen: dict[int, object] = {}  # keeps them, so that an id stays its own

    def from_callback(self, callback: object) -> Iterator[Reached]:
        if isinstance(callback, str):
            self._names[callback] = None
            for one in self._own:
                self._see(_held(one, callback), one)
        else:
            self._see(callback, None)
        if self._found:  # what runs nothing of its author's comes to nothing
            for one in self._own:
                self._hold(one)
            self._spread()
        yield from self._found.values()

    def _spread(self) -> None:
        """Look up every name on every holder, until neither grows."""
        size = -1
        while size != (size := len(self._found) + len(self._holders) + len(self._names)):
            for holder in list(self._holders.values()):
                made = ["__init__"] if isinstance(holder, type) else []
                for name in [*self._names, *made]:
                    self._see(_held(holder, name), holder)

    def _see(self, value: object, holder: object) -> None:
        """Take down what a name stands for: a function, or what holds functions."""
        value = inspect.unwrap(value) if isinstance(value, FunctionType) else value
        if isinstance(value, FunctionType):
            self._function(value, holder)
            return
        if value is None or id(value) in self._seen:
            return
        self._seen[id(value)] = value
        if isinstance(value, MethodType):
            self._function(value.__func__, value.__self__)
            self._see(value.__self__, None)
        elif isinstance(value, partial):
            for one in (value.func, *value.args, *value.keywords.values()):
                self._see(one, None)
        elif isinstance(value, staticmethod | classmethod):
            self._see(value.__func__, None)
        elif isinstance(value, property):
            for accessor in (value.fget, value.fset, value.fdel):
                self._see(accessor, holder)
        elif isinstance(value, list | tuple | set | frozenset | dict):
            for one in list(value.values() if isinstance(value, dict) else value)[:_MOST]:
                self._see(one, None)
        else:
            self._hold(value)

    def _hold(self, value: object) -> None:
        """Look for names on this from now on, if it is of its author's code."""
        kind = value if isinstance(value, type | ModuleType) else type(value)
        is_own = any(value is one for one in self._own)
        if is_own or not _is_of_a_library(kind):
            self._holders.setdefault(id(value), value)

    def _function(self, function: object, holder: object) -> None:
        if not isinstance(function, FunctionType) or _is_of_a_library(function):
            return
        may_have_model = holder is None or isinstance(holder, ModuleType) or self._may_be_model(holder)
        if (id(function), may_have_model) in self._found:
            return
        self._found[id(function), may_have_model] = Reached(function, may_have_model)
        self._names |= dict.fromkeys((*names_in(function.__code__), *texts_in(function.__code__)))
        for cell in function.__closure__ or ():
            try:
                self._see(cell.cell_contents, None)
            except ValueError:  # an empty cell
                continue
        for default in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            self._see(default, None)
        for name in names_in(function.__code__):
            self._see(function.__globals__.get(name), None)

    def _may_be_model(self, holder: object) -> bool:
        if isinstance(holder, type):
            return any(isinstance(one, holder) for one in self._own)
        return any(holder is one for one in self._own)


def names_in(code: CodeType) -> Iterator[str]:
    """Yield every name in code, and in the code inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)


def texts_in(code: CodeType) -> Iterator[str]:
    """Yield every text in code, and in the code inside it."""
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple | frozenset):
            yield from (one for one in constant if isinstance(one, str))
        elif isinstance(constant, CodeType):
            yield from texts_in(constant)


def _held(holder: object, name: str) -> Any:
    """Return what something has under a name, without running any of its code."""
    try:
        return inspect.getattr_static(holder, name, None)
    except (TypeError, ValueError):
        return None


def _is_of_a_library(value: FunctionType | ModuleType | type) -> bool:
    """Whether this comes with Python or was installed, so that it knows nothing of its author's machine."""
    name = value.__name__ if isinstance(value, ModuleType) else value.__module__ or ""
    top = name.partition(".")[0]
    module = sys.modules.get(name)
    place = str(getattr(module, "__file__", None) or "")
    return (
        top in sys.stdlib_module_names or top == "transitions" or "site-packages" in place or "dist-packages" in place
    )

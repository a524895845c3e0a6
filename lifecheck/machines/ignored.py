"""Says whether there is anything of a name in ``ignored=[...]``: a misspelt one would ignore nothing, silently."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from lifecheck.errors import ComponentError, did_you_mean
from lifecheck.machines.machine import RealMachine
from lifecheck.machines.snapshot import class_values
from lifecheck.machines.source import slot_values, slots_of

MOST = 10_000
"""How many objects of one name are looked into."""


class IgnoredNames:
    """The names that were given as ignored, and of which nothing was there yet.

    Parameters
    ----------
    component
        How messages call the machine's component.
    names
        The names, with dots for what an attribute's object holds.

    Examples
    --------
    >>> IgnoredNames("door", ["log"]).refuse()
    Traceback (most recent call last):
    lifecheck.errors.ComponentError: component 'door': ignored names 'log', which neither its machine nor its model ...
    """

    def __init__(self, component: str, names: Iterable[str]) -> None:
        self._component = component
        self._missing = dict.fromkeys(names)
        self._known: dict[str, None] = {}

    def look(self, real: RealMachine) -> None:
        """Take out of the missing what a machine has now; runs none of its code."""
        if not self._missing:
            return
        roots = _roots(real)
        self._known |= dict.fromkeys(_worth_naming(real))
        for name in [name for name in self._missing if _is_there(name, roots)]:
            del self._missing[name]

    def refuse(self) -> None:
        """Raise if something is missing still.

        Raises
        ------
        ComponentError
            If a name was never there, in no state that was reached.
        """
        for name in self._missing:
            raise ComponentError(
                f"component {self._component!r}: ignored names {name!r}, which neither its machine nor its model has "
                "in any state; " + did_you_mean(name, self._known)
            )


def _roots(real: RealMachine) -> dict[str, Any]:
    """Return what can be named first: what the model holds, its machine, and what its classes hold."""
    found: dict[str, Any] = {}
    for kind in type(real.model).__mro__:
        if kind is not object:
            for name, value in vars(kind).items():
                found.setdefault(name, value)
                found.setdefault(f"{kind.__name__}.{name}", value)
    return found | _held(real.model) | {real.hidden.held_as: real.machine}


def _worth_naming(real: RealMachine) -> Iterator[str]:
    """Yield what could have been meant: attributes of the model and of its classes that are no code."""
    for name, value in _held(real.model).items():
        # transitions binds triggers as partials
        if name != real.machine.model_attribute and not isinstance(value, partial):
            yield name
    for kind, name, _ in class_values(type(real.model).__mro__):
        if kind.__module__.partition(".")[0] not in ("builtins", "transitions", "lifecheck"):
            yield f"{kind.__name__}.{name}"


def _is_there(name: str, roots: Mapping[str, Any]) -> bool:
    if name in roots:
        return True
    return any(
        _leads_to(value, name.removeprefix(f"{root}.").split("."))
        for root, value in roots.items()
        if name.startswith(f"{root}.")
    )


def _leads_to(value: Any, path: list[str]) -> bool:
    """Whether an object has attributes of these names, one inside the other; those of a container are its items'.

    What code holds, as a function its closure, is named in other ways: there every name is taken for one.
    """
    held = [value]
    for name in path:
        looked_into = list(_with_items(held))
        held = [inner[name] for one in looked_into if name in (inner := _held(one))]
        if not held:
            return any(callable(one) for one in looked_into)
    return True


def _with_items(values: Iterable[Any]) -> Iterator[Any]:
    seen: dict[int, Any] = {}
    pending = deque(values)
    while pending and len(seen) < MOST:
        value = pending.popleft()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        yield value
        if isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, list | tuple | deque | set | frozenset):
            pending.extend(value)


def _held(value: object) -> dict[str, Any]:
    return {**getattr(value, "__dict__", {}), **slot_values(value, slots_of(type(value)))}

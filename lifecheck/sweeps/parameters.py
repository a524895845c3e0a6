"""The parameters of a function that makes a machine, as switches: what they can be set to, and what they make then."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from enum import EnumType
from functools import partial
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.machines import component_of
from lifecheck.project import Subject
from lifecheck.system import System, written_arguments

_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
_KINDS = {"bool": bool, "int": int, "float": float, "str": str}


class Parameters:
    """What a function can be called with.

    Parameters
    ----------
    subject
        What was named, with what was said of its machine.
    called
        The name of the component that it makes.
    """

    def __init__(self, subject: Subject, called: str) -> None:
        self._subject = subject
        self._called = called
        function = subject.found
        takes_any = inspect.isroutine(function) and not isinstance(function, type)
        self._all = dict(inspect.signature(function).parameters) if takes_any else {}
        self._known = {name: one for name, one in self._all.items() if one.kind in _NAMED}

    def refuse_unknown(self, over: Mapping[str, tuple[str, ...]]) -> None:
        """Raise if a parameter is none, or cannot be what is written.

        Raises
        ------
        InputError
            If one is not.
        """
        for name, values in over.items():
            if name not in self._known and not self._takes_anything:
                raise InputError(
                    f"{self._subject.name!r} takes no {name!r}; "
                    + (
                        did_you_mean(name, self._known)
                        if self._known
                        else "name a function with such a parameter, or let the project file name 'configure'"
                    )
                )
            for value in values:
                self._read(name, value)

    def system(self, settings: Mapping[str, str]) -> System:
        """Call what makes the machine with the settings as its arguments; nothing is fair in it.

        Raises
        ------
        LifecheckError
            If that makes no machine.
        """
        given = {name: self._read(name, value) for name, value in settings.items()}
        subject = self._subject
        component = component_of(
            partial(subject.found, **given),
            self._called,
            attributes=subject.attributes,
            ignored=subject.ignored,
            arguments=written_arguments(subject.arguments),
            guards=subject.guards,
        )
        return System(component.name, [component], fair=frozenset())

    @property
    def _takes_anything(self) -> bool:
        return any(one.kind is inspect.Parameter.VAR_KEYWORD for one in self._all.values())

    def _read(self, name: str, value: str) -> object:
        """Return what a value says: of the kind of the default, as ``off`` is no ``False``, and would count as true."""
        kind = _kind(self._known[name]) if name in self._known else None
        if kind is str:
            return value
        if isinstance(kind, EnumType):
            if value not in kind.__members__:
                raise InputError(f"parameter {name!r} cannot be {value!r}; " + did_you_mean(value, kind.__members__))
            return kind[value]
        try:
            read = ast.literal_eval(value.capitalize() if kind is bool else value)
        except (ValueError, SyntaxError):
            read = value
        if kind is bool and not isinstance(read, bool):
            raise InputError(f"parameter {name!r} cannot be {value!r}; write True or False")
        if kind in (int, float) and (isinstance(read, bool) or not isinstance(read, int | float | None)):
            raise InputError(f"parameter {name!r} cannot be {value!r}, which is no number")
        return read


def _kind(parameter: inspect.Parameter) -> Any:
    """Return the type of a parameter's default, or what it is annotated with; None if neither says."""
    if parameter.default not in (inspect.Parameter.empty, None):
        return type(parameter.default)
    annotated = _KINDS.get(parameter.annotation, parameter.annotation)  # as text, where annotations are not evaluated
    return annotated if annotated in _KINDS.values() or isinstance(annotated, EnumType) else None

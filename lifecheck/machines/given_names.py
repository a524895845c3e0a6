"""Reads lists of names that somebody gives; a text, which would be read letter by letter, is refused."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck.errors import CompositionError
from lifecheck.system import Owing


def listed(role: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their order."""
    if isinstance(names, str):
        raise CompositionError(f"{role} is the text {names!r}; write a list of names: [{names!r}]")
    if not isinstance(names, Iterable):
        raise CompositionError(f"{role} is {names!r}; write a list of names")
    return tuple(names)


def owing_of(role: str, given: Iterable[Owing]) -> tuple[Owing, ...]:
    """Return what is owed fairness, in its order."""
    if isinstance(given, str):
        raise CompositionError(f"{role} is the text {given!r}; write a list of triggers: [{given!r}]")
    return tuple(given)


def names_of(role: str, names: Iterable[str]) -> frozenset[str]:
    """Return triggers as a set."""
    if isinstance(names, str):
        raise CompositionError(f"{role} is the text {names!r}; write a list of triggers: [{names!r}]")
    return frozenset(names)

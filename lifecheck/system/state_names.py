"""The name of a state that somebody wrote as text or as a member of an enumeration; anything else is refused."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NoReturn

from lifecheck.errors import PredicateError, did_you_mean


def name_of(written: object, component: str, known: Sequence[str]) -> str:
    """Return the name of the state that is meant; a member of an enumeration is called as `transitions` calls it.

    Raises
    ------
    PredicateError
        If it is neither text nor a member, or a member that could be two states.

    Examples
    --------
    >>> Colour = Enum("Colour", ["GREEN", "RED"])
    >>> name_of(Colour.GREEN, "light", ["GREEN", "RED"])
    'GREEN'
    >>> name_of(3, "light", ["GREEN", "RED"])
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: a state of component 'light' is text, and 3 is not; compare it with a state's name
    """
    if not isinstance(written, Enum):
        return written if isinstance(written, str) else refuse(written, component, known)
    texts = [written.name, str.__str__(written)] if isinstance(written, str) else [written.name]
    names = [text for text in dict.fromkeys(texts) if text in known]
    if len(names) > 1:
        raise PredicateError(
            f"component {component!r} has a state {names[0]!r} and a state {names[1]!r}, and {_member(written)} could "
            "be either; compare with text"
        )
    return names[0] if names else written.name


def name_in_set(written: object, component: str, known: Sequence[str]) -> str:
    """Return the name of the state that a member of a set means.

    Raises
    ------
    PredicateError
        As `name_of` does, and if the set would not find the state by it.
    """
    name = name_of(written, component, known)
    if isinstance(written, Enum) and hash(written) != hash(name):
        member = _member(written)
        raise PredicateError(f"a set finds {member} by its value, not by its name: write {member}.name")
    return name


def refuse(written: object, component: str, known: Sequence[str]) -> NoReturn:
    """Raise because it is no state of the component."""
    if isinstance(written, str):
        raise PredicateError(f"component {component!r} has no state {written!r}; " + did_you_mean(written, known))
    raise PredicateError(
        f"a state of component {component!r} is text, and {written!r} is not; compare it with a state's name"
    )


def _member(written: Enum) -> str:
    return f"{type(written).__name__}.{written.name}"

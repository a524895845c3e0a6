"""The errors that lifecheck raises on purpose: each says what was wrong, where, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class LifecheckError(Exception):
    """Base of every error that describes unusable input; its text is one readable line."""


class ComponentError(LifecheckError):
    """A component cannot be built or fired as declared."""


class CompositionError(LifecheckError):
    """Components do not compose as declared."""


class PredicateError(LifecheckError):
    """A predicate raised, returned something other than a truth value, or named what does not exist."""


class BlockedError(LifecheckError):
    """A trigger was fired in a state where some component cannot take it."""


class InputError(LifecheckError):
    """A name or an option on the command line, or a project file, cannot be used."""


class TooLargeError(InputError):
    """A picture would have more parts than can be read."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the ending of an error message that names what exists, nearest first.

    Parameters
    ----------
    name
        What was written.
    known
        What could have been meant, in the order to show it.

    Examples
    --------
    >>> did_you_mean("stroe", ["queue", "store"])
    "did you mean 'store'?"
    >>> did_you_mean("xyz", ["queue", "store"])
    "known are 'queue', 'store'"
    """
    choices = list(known)
    near = difflib.get_close_matches(name, choices, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(repr(choice) for choice in near) + "?"
    if not choices:
        return "there are none"
    return "known are " + ", ".join(repr(choice) for choice in choices)

"""Says of which machines firing one trigger at a time does not show what they do; all of them can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError

INSTEAD_OF_FIRING = "guards='either' runs no callback, and lets each guard answer either way"
"""What remains where firing stops: guards read the outside, draw random numbers, want arguments, or raise."""


def refuse_unsupported(machine: Machine, name: str) -> None:
    """Raise if a machine cannot be fired to see what it does.

    Raises
    ------
    ComponentError
        Says of which kind it is, why that cannot be checked, and what to do.
    """
    found = not_fired(machine)
    if found is not None:
        reason, remedy = found
        raise ComponentError(f"component {name!r}: {reason}; {remedy}")


def not_fired(machine: Machine) -> tuple[str, str] | None:
    """Return why a machine is not fired, and what to do about it; None if it can be.

    Examples
    --------
    >>> not_fired(Machine(queued=True)) is None
    True
    """
    for state in _states(machine):
        if getattr(state, "timeout", 0) and hasattr(state, "on_timeout"):
            return (
                f"state {state.name!r} has a timeout, which runs in another thread",
                "leave it out, and let a trigger stand for the passing of time",
            )
        if getattr(state, "retries", 0) and hasattr(state, "on_failure"):
            return (
                f"state {state.name!r} counts its retries, which is hidden state of the machine",
                "leave it out, and count in an attribute of the model",
            )
    return None


def _states(scope: Any) -> Iterator[Any]:
    for state in scope.states.values():
        yield state
        if hasattr(state, "states"):
            yield from _states(state)

"""Refuses the kinds of machine whose behaviour cannot be read from firing one trigger at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError

_KINDS = {
    "AsyncMachine": ("transitions.extensions.asyncio", "asynchronous", "what a trigger does depends on an event loop"),
    "LockedMachine": ("transitions.extensions.locking", "locked", "what they do depends on other threads"),
}


def refuse_unsupported(machine: Machine, name: str) -> None:
    """Raise if a machine is asynchronous, locked or queued, or has states with time limits or retries.

    Raises
    ------
    ComponentError
        Says which of them it is, why that cannot be checked, and what to do.
    """
    for class_name, (module, word, reason) in _KINDS.items():
        # whoever has such a machine has imported its module, which is too heavy to import for everyone
        kind = getattr(sys.modules.get(module), class_name, None)
        if kind is not None and isinstance(machine, kind):
            raise ComponentError(
                f"component {name!r}: {word} machines are not supported, because {reason}; give a plain Machine or "
                "HierarchicalMachine with the same states and transitions"
            )
    if machine.has_queue:
        raise ComponentError(
            f"component {name!r}: queued machines are not supported, because their triggers always report success; "
            "make it with queued=False"
        )
    for state in _states(machine):
        if getattr(state, "timeout", 0) and hasattr(state, "on_timeout"):
            raise ComponentError(
                f"component {name!r}: state {state.name!r} has a timeout, which runs in another thread; leave it out, "
                "and let a trigger stand for the passing of time"
            )
        if getattr(state, "retries", 0) and hasattr(state, "on_failure"):
            raise ComponentError(
                f"component {name!r}: state {state.name!r} counts its retries, which is hidden state of the machine; "
                "leave it out, and count in an attribute of the model"
            )


def _states(scope: Any) -> Iterator[Any]:
    for state in scope.states.values():
        yield state
        if hasattr(state, "states"):
            yield from _states(state)

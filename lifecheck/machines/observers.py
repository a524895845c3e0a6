"""Verifies by firing that observers only watch."""

from __future__ import annotations

from lifecheck.errors import CompositionError
from lifecheck.machines.conformance import BLOCKED
from lifecheck.machines.tables import Tables
from lifecheck.system import System

OBSERVER_STATE_LIMIT = 10_000
"""How many states an observer may have; one that counts without end would make every system infinite."""


def check_observers(system: System, tables: Tables) -> None:
    """Verify by firing that no observer ever blocks a trigger of its alphabet.

    Parameters
    ----------
    system
        The system.
    tables
        Has the tables of its parts.

    Raises
    ------
    CompositionError
        If one does, or has too many states to tell; names the observer, the trigger and the state.
    """
    for observer in system.observers:
        table = tables.of(observer)
        for number, state in enumerate(table.states):  # grows while it is walked
            for trigger in observer.triggers:
                if table.move(number, trigger) == BLOCKED:
                    raise CompositionError(
                        f"observer {observer.name!r} blocks trigger {trigger!r} in state {state.label!r}; an "
                        f"observer must take every trigger it watches: add a row ({trigger}, {state}, =)"
                    )
            if number >= OBSERVER_STATE_LIMIT:
                raise CompositionError(
                    f"observer {observer.name!r} has more than {OBSERVER_STATE_LIMIT:,} states; let it stop "
                    "counting, as in none, once, again"
                )

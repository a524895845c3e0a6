"""Refuses a system with several initial states where one must have been chosen."""

from __future__ import annotations

from lifecheck.errors import CompositionError
from lifecheck.system.system import System


def refuse_several_starts(system: System, what: str) -> None:
    """Refuse a system of which no initial state is chosen.

    Parameters
    ----------
    system
        The system.
    what
        What needs one.

    Raises
    ------
    CompositionError
        If the environment may choose among several; names the component and what to do.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], ("off", "on"), [Row("switch", "off", "on")], {"switch"})
    >>> refuse_several_starts(System("lamp", [lamp]), "a run")
    Traceback (most recent call last):
    lifecheck.errors.CompositionError: system 'lamp': component 'lamp' may start in 'off' or 'on', and a run starts in \
one state; take one of system.by_start
    """
    for part in system.parts:
        if part.starts:
            raise CompositionError(
                f"system {system.name!r}: component {part.name!r} may start in {' or '.join(map(repr, part.starts))}, "
                f"and {what} starts in one state; take one of system.by_start"
            )

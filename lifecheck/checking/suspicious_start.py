"""Tells where a machine may have been given a misspelt initial state, which the library silently adds as one more."""

from __future__ import annotations

import difflib

from lifecheck.errors import did_you_mean
from lifecheck.system import Component, System


def doubtful_start(system: System, *, stands_still: bool) -> str:
    """Return what to keep in mind of a verdict because of where a system starts; empty if nothing.

    Parameters
    ----------
    system
        The system.
    stands_still
        Whether it was seen that no trigger can be taken in its initial state.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, never
    >>> machine = Machine(states=["idle", "busy"], initial="idel", transitions=[["start", "idle", "busy"]])
    >>> check(machine, never("state == 'busy'")).note
    "component 'machine' starts in 'idel', which no row leaves or leads to; did you mean 'idle'?"
    """
    told = [sentence for part in system.components if (sentence := _told(part))]
    if told:
        return "; ".join(told)
    if stands_still and system.triggers:
        return "no trigger can be taken in the initial state, so that nothing ever happens"
    return ""


def _told(part: Component) -> str:
    if part.nesting is not None or any(part.initial in (row.source, row.target) for row in part.rows):
        return ""
    # a component that is only there, or switched off, has no rows in use either
    others = [state for state in part.states if state != part.initial]
    if not difflib.get_close_matches(part.initial, others):
        return ""
    return f"component {part.name!r} starts in {part.initial!r}, which no row leaves or leads to; " + did_you_mean(
        part.initial, others
    )

"""The claim that comes with the states in which a run may end: that it always can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lifecheck.errors import InputError, did_you_mean
from lifecheck.properties import Claim, Expression, Predicate, can_always_reach
from lifecheck.system import State, System

NAME = "can-end"
"""How the claim is called on the command line."""


def can_end(systems: Mapping[str, System], final: Sequence[str]) -> tuple[Claim, ...]:
    """Return the claim that a run can always come to its end, none where no final state is named.

    Parameters
    ----------
    systems
        The variants by name.
    final
        States of the only component, or ``component=state`` where there are several. One of each component that is
        named must be reached together.

    Raises
    ------
    InputError
        If an entry is not of this form, or there is no such component or state.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("pay", "placed", "paid"), Row("cancel", "placed", "cancelled")]
    >>> order = Component("order", ["placed", "paid", "cancelled"], "placed", rows, {"pay", "cancel"})
    >>> (claim,) = can_end({"order": System("order", [order])}, ["paid", "cancelled"])
    >>> claim.name, claim.words
    ('can-end', 'a run can always end: order paid or cancelled')
    """
    if not final:
        return ()
    wanted: dict[str, list[str]] = {}
    for entry in final:
        component, state = _place(entry, systems)
        wanted.setdefault(component, []).append(state)
    words = " and ".join(f"{component} {' or '.join(states)}" for component, states in wanted.items())
    return (Claim(NAME, f"a run can always end: {words}", can_always_reach(_ended(wanted))),)


def _ended(wanted: Mapping[str, Sequence[str]]) -> Predicate:
    """Return the predicate as text, which others can read and write; as a function where a name cannot be in text."""
    if all(name.isidentifier() for name in wanted):
        each = [" or ".join(f"{name}.within({state!r})" for state in states) for name, states in wanted.items()]
        return Expression(each[0] if len(each) == 1 else " and ".join(f"({one})" for one in each))

    def ended(s: State) -> bool:
        return all(any(s[name].within(state) for state in states) for name, states in wanted.items())

    return ended


def _place(entry: str, systems: Mapping[str, System]) -> tuple[str, str]:
    component, equals, state = entry.rpartition("=")
    parts = {part.name: part for system in systems.values() for part in system.components}
    if not equals and len(parts) == 1:
        (component,) = parts
    elif not (component and equals and state):
        raise InputError(f"--final {entry}: a final state of a system is written COMPONENT=STATE")
    if component not in parts:
        raise InputError(f"--final {entry}: there is no component {component!r}; " + did_you_mean(component, parts))
    known = list(dict.fromkeys(str(one) for one in parts[component].states))
    nested = any(one.startswith(f"{state}_") or f"_{state}" in one for one in known)
    if state not in known and not (nested and parts[component].nesting):
        raise InputError(
            f"--final {entry}: component {component!r} has no state {state!r}; " + did_you_mean(state, known)
        )
    return component, state

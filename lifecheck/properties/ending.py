"""The claim that comes with the states in which a run may end: that it always can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from lifecheck.errors import InputError, did_you_mean
from lifecheck.properties.claim import Claim
from lifecheck.properties.expression import Expression
from lifecheck.properties.property import Predicate, can_always_reach
from lifecheck.system import Component, State, System

Final = Iterable[str | Enum] | Mapping[str, Iterable[str | Enum]]
"""States in which a run may end, by name or as members of an enumeration: of the only component, or written
``component=state``, or given by component."""

NAME = "can-end"
"""How the claim is called on the command line."""


def can_end(systems: Iterable[System], final: Final) -> tuple[Claim, ...]:
    """Return the claim that a run can always come to its end, none where no final state is named.

    Parameters
    ----------
    systems
        The system, or its variants.
    final
        States of the only component, or ``component=state`` where there are several, or a mapping of component to
        states. One of each component that is named must be reached together.

    Raises
    ------
    InputError
        If an entry is not of this form, or there is no such component or state.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("pay", "placed", "paid"), Row("cancel", "placed", "cancelled")]
    >>> order = Component("order", ["placed", "paid", "cancelled"], "placed", rows, {"pay", "cancel"})
    >>> (claim,) = can_end([System("order", [order])], ["paid", "cancelled"])
    >>> claim.name, claim.words
    ('can-end', 'a run can always end: order paid or cancelled')
    """
    wanted = final_by_component(systems, final)
    if not wanted:
        return ()
    words = " and ".join(f"{component} {' or '.join(states)}" for component, states in wanted.items())
    return (Claim(NAME, f"a run can always end: {words}", can_always_reach(_ended(wanted))),)


def final_by_component(systems: Iterable[System], final: Final) -> dict[str, list[str]]:
    """Return the final states that were named, by component.

    Parameters
    ----------
    systems, final
        As for `can_end`.

    Raises
    ------
    InputError
        As by `can_end`.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> final_by_component([System("house", [lamp])], ["on"])
    {'lamp': ['on']}
    """
    given = tuple(systems)
    parts = {part.name: part for system in given for part in system.parts}
    (only, *others) = dict.fromkeys(part.name for system in given for part in system.components)
    found: dict[str, list[str]] = {}
    for entry in _entries(final):
        component, state = _place(entry, parts, "" if others else only)
        found.setdefault(component, []).append(state)
    return found


def _ended(wanted: Mapping[str, Sequence[str]]) -> Predicate:
    """Return the predicate as text, which others can read and write; as a function where a name cannot be in text."""
    if all(name.isidentifier() for name in wanted):
        each = [" or ".join(f"{name}.within({state!r})" for state in states) for name, states in wanted.items()]
        return Expression(each[0] if len(each) == 1 else " and ".join(f"({one})" for one in each))

    def ended(s: State) -> bool:
        return all(any(s[name].within(state) for state in states) for name, states in wanted.items())

    return ended


def _entries(final: Final) -> Iterator[str]:
    """Yield each final state as text, with its component where that was said."""
    if isinstance(final, str):
        raise InputError(f"final is the text {final!r}; write a list of states: [{final!r}]")
    if not isinstance(final, Iterable):
        raise InputError(f"final is {final!r}; write a list of states")
    if not isinstance(final, Mapping):
        yield from map(_named, final)
        return
    for component, states in final.items():
        listed = (states,) if isinstance(states, str | Enum) else states
        if not isinstance(listed, Iterable):
            raise InputError(f"final states of {component!r} are {states!r}; write a list of states")
        for state in listed:
            yield f"{component}={_named(state)}"


def _named(state: object) -> str:
    return state.name if isinstance(state, Enum) else str(state)


def _place(entry: str, parts: Mapping[str, Component], only: str) -> tuple[str, str]:
    """Return the component and the state that an entry names; `only` is the component where there is one alone."""
    component, equals, state = entry.rpartition("=")
    if not equals and only:
        component = only
    elif not (component and equals and state):
        raise InputError(f"final state {entry!r}: of a system it is written COMPONENT=STATE")
    if component not in parts:
        near = did_you_mean(component, parts)
        raise InputError(f"final state {entry!r}: there is no component {component!r}; {near}")
    known = list(dict.fromkeys(str(one) for one in parts[component].states))
    nested = any(one.startswith(f"{state}_") or f"_{state}" in one for one in known)
    if state not in known and not (nested and parts[component].nesting):
        split = [one.strip() for one in state.split(",")]
        each = split if len(split) > 1 and all(one in known for one in split) else []
        raise InputError(
            f"final state {entry!r}: component {component!r} has no state {state!r}; "
            + (f"name each by itself: {' and '.join(map(repr, each))}" if each else did_you_mean(state, known))
        )
    return component, state

"""What a name in a text means: a component, an attribute, a member of an enumeration."""

from __future__ import annotations

from enum import Enum
from typing import Any

from lifecheck.errors import PredicateError, did_you_mean
from lifecheck.system import LocalState, ObserverNeededError, State, known_components


def component_named(name: str, state: State) -> LocalState:
    """Return where a component is; ``state`` is the only one, where there is one."""
    known = known_components(state)
    return state[next(iter(known))] if name == "state" and name not in known and len(known) == 1 else state[name]


def named(name: str, state: State) -> Any:
    """Return where the component of a name is, or else the attribute of that name that one component has.

    Raises
    ------
    PredicateError
        If there is neither, or several components have such an attribute.

    Examples
    --------
    >>> door = LocalState("open", "door", ("closed", "open"), {"pushes": 2})
    >>> str(named("door", State({"door": door}))), named("pushes", State({"door": door}))
    ('open', 2)
    """
    try:
        return component_named(name, state)
    except ObserverNeededError:
        raise
    except PredicateError:
        owners = [local for local in known_components(state).values() if name in local.attributes]
        if len(owners) == 1:
            state[owners[0].component]  # so that it is noted as read
            return attribute_of(owners[0], name)
        if owners:
            raise PredicateError(
                f"more than one component has an attribute {name!r}; write "
                + " or ".join(f"{owner.component}.{name}" for owner in owners)
            ) from None
        found = known_components(state)
        known = [*found, *(attribute for local in found.values() for attribute in local.attributes)]
        if len(found) == 1:
            known.append("state")
        raise PredicateError(f"there is no component or attribute {name!r}; " + did_you_mean(name, known)) from None


def attribute_of(local: LocalState, name: str) -> Any:
    """Return the value of a declared attribute; the member of an enumeration as its name.

    Raises
    ------
    PredicateError
        If the component declares none of that name.
    """
    if name not in local.attributes:
        raise PredicateError(
            f"component {local.component!r} declares no attribute {name!r}; "
            + (
                f"compare the component itself: {local.component} == ..."
                if name == "state"
                else did_you_mean(name, local.attributes)
            )
        )
    value = local.attributes[name]
    return _MemberName(value) if isinstance(value, Enum) else value


def refuse_unknown_members(one: object, other: object) -> None:
    """Raise a `PredicateError` where a member of an enumeration is compared with what is none of its names."""
    for member, written in ((one, other), (other, one)):
        if isinstance(member, _MemberName):
            for text in written if isinstance(written, tuple | list | set | frozenset) else (written,):
                member.refuse_other(text)


class _MemberName(str):
    """The name of an enumeration's member that an attribute holds, with the names of all."""

    kind: str
    members: dict[str, Enum]

    def __new__(cls, member: Enum) -> _MemberName:
        made = super().__new__(cls, member.name)
        made.kind = type(member).__name__
        made.members = dict(type(member).__members__)
        return made

    def refuse_other(self, written: object) -> None:
        """Raise if a text is the name of no member, which would never be equal."""
        if not isinstance(written, str) or isinstance(written, _MemberName):
            return
        if written in self.members:
            name = self.members[written].name
            if name != written:  # another name of the same member, which would be compared with the first
                raise PredicateError(f"{self.kind}.{written} is another name of {name!r}; write that")
            return
        meant = [name for name, one in self.members.items() if one.value == written]
        hint = f"write its name: {meant[0]!r}" if meant else did_you_mean(written, self.members)
        raise PredicateError(f"{self.kind} has no member {written!r}; {hint}")

"""Who owes fairness: single triggers, and groups of triggers of which one is enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from lifecheck.errors import CompositionError

Owing = str | tuple[str, ...]
"""A trigger, or a group of triggers of which some member is taken in the end while some member is possible."""


def owing(role: str, given: object, families: Mapping[str, tuple[str, ...]]) -> Owing:
    """Return what somebody wrote as a trigger or a group of them.

    Parameters
    ----------
    role
        What it was written for, for messages.
    given
        A trigger, the name that several choices of it have in common, or a sequence of triggers.
    families
        The triggers that are choices of one, by its name.

    Raises
    ------
    CompositionError
        If it is neither.

    Examples
    --------
    >>> owing("fair", ["soon", "late"], {})
    ('soon', 'late')
    >>> owing("fair", "pay", {"pay": ("pay(5)", "pay(0)")})
    ('pay(5)', 'pay(0)')
    """
    if isinstance(given, str):
        return families.get(given, given)
    if not isinstance(given, Sequence | set | frozenset) or not given or not all(isinstance(one, str) for one in given):
        raise CompositionError(
            f"{role} has {given!r}; write a trigger, or a group of triggers of which one is enough: "
            "('retry_soon', 'retry_late')"
        )
    members = dict.fromkeys(one for name in given for one in expanded([name], families))
    found = tuple(sorted(members) if isinstance(given, set | frozenset) else members)
    return found[0] if len(found) == 1 else found


def expanded(names: Iterable[str], families: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return triggers, each that is the name of several choices replaced by these.

    Examples
    --------
    >>> expanded(["pay", "ring"], {"pay": ("pay(5)", "pay(0)")})
    ('pay(5)', 'pay(0)', 'ring')
    """
    return tuple(one for name in names for one in families.get(name, (name,)))


def members_of(owed: Owing) -> tuple[str, ...]:
    """Return the triggers of a group, or the one trigger.

    Examples
    --------
    >>> members_of("deliver"), members_of(("soon", "late"))
    (('deliver',), ('soon', 'late'))
    """
    return (owed,) if isinstance(owed, str) else owed


def left_of(owed: Owing, known: Collection[str]) -> tuple[Owing, ...]:
    """Return what is left of a trigger or a group where there are these triggers alone; nothing, if none is.

    Examples
    --------
    >>> left_of(("soon", "late"), {"late"}), left_of("soon", {"late"})
    (('late',), ())
    """
    members = tuple(trigger for trigger in members_of(owed) if trigger in known)
    return () if not members else (members,) if len(members) > 1 else (members[0],)


def told_owing(owed: Owing, families: Mapping[str, tuple[str, ...]]) -> str:
    """Return what reports call a trigger or a group.

    Examples
    --------
    >>> told_owing(("soon", "late"), {}), told_owing(("pay(5)", "pay(0)"), {"pay": ("pay(5)", "pay(0)")})
    ('soon or late', 'pay')
    """
    if isinstance(owed, str):
        return owed
    family = next((name for name, members in families.items() if set(members) == set(owed)), None)
    return " or ".join(owed) if family is None else family

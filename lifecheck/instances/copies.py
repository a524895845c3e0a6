"""A population written out: each message's components copied, the shared ones meeting every copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from enum import Enum

from lifecheck.errors import CompositionError
from lifecheck.properties import Predicate, Property, name_of
from lifecheck.system import Component, ObserverNeededError, State, System, local_states


def copies(system: System, messages: int) -> System:
    """Return the system of so many messages, each with its own copy of the copied components.

    A trigger of a message is indexed, as in ``acknowledge[2]``, and so are the names of its components and
    the fairness that the trigger is owed; shared components meet the trigger of every message. A broadcast
    stays one trigger, which all copies take together.

    Parameters
    ----------
    system
        The system of one message; its `copied` says what each message has its own copy of.
    messages
        How many messages.

    Raises
    ------
    CompositionError
        If nothing is copied, a broadcast is not one, or there is no message.

    Examples
    --------
    >>> from lifecheck import Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> tool = Component("tool", ["sharp", "blunt"], "sharp", [Row("do", "sharp", "blunt")], {"do"})
    >>> pair = copies(System("work", [task, tool], copied={"task"}), 2)
    >>> pair.triggers, [part.name for part in pair.parts]
    (('do[1]', 'do[2]'), ['task[1]', 'task[2]', 'tool'])
    """
    sharing = sharing_of(system)
    if messages < 1:
        raise CompositionError(f"{messages} messages cannot be explored; name a number from 1 on")
    numbers = range(1, messages + 1)

    every = {
        trigger: [indexed(trigger, number) for number in numbers] if kind is Sharing.INDEXED else [trigger]
        for trigger, kind in sharing.items()
    }
    each = [
        {
            trigger: [indexed(trigger, number)] if kind is Sharing.INDEXED else [trigger]
            for trigger, kind in sharing.items()
        }
        for number in numbers
    ]

    def all_names(triggers: Iterable[str]) -> frozenset[str]:
        return frozenset(name for trigger in triggers for name in every[trigger])

    def told(sentences: Mapping[str, str]) -> dict[str, str]:
        return {name: sentence for trigger, sentence in sentences.items() for name in every[trigger]}

    def copied(parts: Sequence[Component]) -> list[Component]:
        own = [
            _renamed(part, indexed(part.name, number), names)
            for number, names in zip(numbers, each, strict=True)
            for part in parts
            if part.name in system.copied
        ]
        return own + [_renamed(part, part.name, every) for part in parts if part.name not in system.copied]

    return System(
        system.name,
        copied(system.components),
        observers=copied(system.observers),
        environment=all_names(system.environment),
        fair=None if system.fair is None else all_names(system.fair),
        strong=told(system.strong),
        meanings=told(system.meanings),
        settings=system.settings,
        remarks=system.remarks,
        messages=messages,
    )


def watched(system: System, messages: int) -> System:
    """Return the same, but with observers of message 1 alone and of what is shared: one message is asked about."""
    observers = [part.name for part in system.observers]
    kept = [indexed(name, 1) if name in system.copied else name for name in observers]
    return copies(system, messages).with_observers(kept)


def indexed(name: str, message: int) -> str:
    """Return the name of one message's copy.

    Examples
    --------
    >>> indexed("queue", 2)
    'queue[2]'
    """
    return f"{name}[{message}]"


def for_message(asked: Property, system: System, message: int) -> Property:
    """Return a property of a system of one message as one of a numbered message among its copies.

    Parameters
    ----------
    asked
        What is asked of one message.
    system
        The system of one message.
    message
        Which one of `copies(system, ...)` it is asked of.
    """
    return asked.with_predicates(lambda predicate: _of_message(predicate, system.copied, message))


class Sharing(Enum):
    """Whose trigger it is."""

    INDEXED = "a message's own, with or without a shared component"
    SHARED = "of shared components alone"
    BROADCAST = "of shared components and of all messages at once"


def sharing_of(system: System) -> dict[str, Sharing]:
    """Return whose each trigger of a system is, by what is copied and what is broadcast.

    Raises
    ------
    CompositionError
        If nothing is copied, or a broadcast does not join a shared component and a copied one.
    """
    if not any(part.name in system.copied for part in system.components):
        raise CompositionError(
            f"system {system.name!r} has no components of which each message has its own copy, so there is no "
            "population; name them with System(..., copied={...})"
        )
    found = {}
    for trigger in system.triggers:
        # observers never block, so whose a trigger is does not depend on who watches it
        is_copied = {part.name in system.copied for part in system.components if trigger in part.alphabet}
        if trigger in system.broadcast:
            if is_copied != {True, False}:
                kind = "copied" if True in is_copied else "shared"
                raise CompositionError(
                    f"system {system.name!r}: broadcast names {trigger!r}, which only {kind} components have; a "
                    "broadcast is a trigger of a shared component that all copies take: leave it out"
                )
            found[trigger] = Sharing.BROADCAST
        else:
            found[trigger] = Sharing.INDEXED if True in is_copied else Sharing.SHARED
    return found


Names = Mapping[str, Sequence[str]]
"""New names of each trigger."""


def _renamed(part: Component, name: str, names: Names) -> Component:
    """Return a component with each trigger under its new names; the machine of a factory keeps its own."""
    own = {new: part.machine_triggers.get(trigger, trigger) for trigger in part.alphabet for new in names[trigger]}
    return replace(
        part,
        name=name,
        rows=[replace(row, trigger=new) for row in part.rows for new in names[row.trigger]],
        alphabet={new for trigger in part.alphabet for new in names[trigger]},
        machine_triggers={} if part.factory is None else own,
    )


def _of_message(predicate: Predicate, copied: Set[str], message: int) -> Predicate:
    def asked(state: State) -> bool:
        everything = local_states(state)
        own = {name: everything[indexed(name, message)] for name in copied if indexed(name, message) in everything}
        try:
            return predicate(State({**everything, **own}, state._left_out | copied))
        except ObserverNeededError as needed:
            name = needed.name
            raise ObserverNeededError(indexed(name, message) if name in copied else name) from None

    asked.__name__ = name_of(predicate)
    return asked

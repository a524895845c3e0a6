"""A population written out: each instance's components copied, the shared ones meeting every copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from lifecheck.errors import CompositionError
from lifecheck.statespace import names_of_owed
from lifecheck.system import Component, Owing, System, members_of, refuse_several_starts


def copies(system: System, instances: int) -> System:
    """Return the system of so many instances, each with its own copy of the copied components.

    A trigger of an instance is indexed, as in ``acknowledge[2]``, and so are the names of its components and
    the fairness that the trigger is owed; shared components meet the trigger of every instance. A broadcast
    stays one trigger, which all copies take together.

    Parameters
    ----------
    system
        The system of one instance; its `copied` says what each instance has its own copy of.
    instances
        How many instances.

    Raises
    ------
    CompositionError
        If nothing is copied, a broadcast is not one, or there is no instance.

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
    _refuse_mixed_groups(system, sharing)
    refuse_several_starts(system, "an instance")
    if instances < 1:
        raise CompositionError(f"{system.counted_instances(instances)} cannot be explored; name a number from 1 on")
    numbers = range(1, instances + 1)

    every = names_of_copies(system, instances)
    each = [
        {
            trigger: names[number - 1 : number] if sharing[trigger] is Sharing.INDEXED else names
            for trigger, names in every.items()
        }
        for number in numbers
    ]

    def all_names(triggers: Iterable[str]) -> frozenset[str]:
        return frozenset(name for trigger in triggers for name in every[trigger])

    def told(sentences: Mapping[str, str]) -> dict[str, str]:
        return {name: sentence for trigger, sentence in sentences.items() for name in every[trigger]}

    def each_owed(owed: Owing) -> Iterator[Owing]:
        """Yield what is owed to each instance; a group lies within one instance, or in what is shared."""
        yield from zip(*(every[trigger] for trigger in members_of(owed)), strict=True)

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
        fair=None if system.fair is None else [new for owed in system.fair for new in each_owed(owed)],
        strong={new: reason for owed, reason in system.strong.items() for new in each_owed(owed)},
        meanings=told(system.meanings),
        settings=system.settings,
        remarks=system.remarks,
        instances=instances,
        instance=system.instance,
        several=system.several,
    )


def watched(system: System, instances: int) -> System:
    """Return the same, but with observers of instance 1 alone and of what is shared: one instance is asked about."""
    observers = [part.name for part in system.observers]
    kept = [indexed(name, 1) if name in system.copied else name for name in observers]
    return copies(system, instances).with_observers(kept)


def indexed(name: str, instance: int) -> str:
    """Return the name of one instance's copy.

    Examples
    --------
    >>> indexed("queue", 2)
    'queue[2]'
    """
    return f"{name}[{instance}]"


def names_of_copies(system: System, instances: int) -> dict[str, tuple[str, ...]]:
    """Return under which names each trigger of a system of one instance occurs among so many.

    Examples
    --------
    >>> from lifecheck import Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> names_of_copies(System("work", [task], copied={"task"}), 2)
    {'do': ('do[1]', 'do[2]')}
    """
    return {
        trigger: tuple(indexed(trigger, number) for number in range(1, instances + 1))
        if kind is Sharing.INDEXED
        else (trigger,)
        for trigger, kind in sharing_of(system).items()
    }


def owed_alike(system: System, instances: int) -> dict[str, list[tuple[str, ...]]]:
    """Return what is fair in a system of one instance, each with what it is among so many.

    Examples
    --------
    >>> from lifecheck import Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> owed_alike(System("work", [task], copied={"task"}), 2)
    {'do': [('do[1]',), ('do[2]',)]}
    """
    names = names_of_copies(system, instances)
    return {
        name: [tuple(of_each) for of_each in zip(*(names[one] for one in members), strict=True)]
        for name, members in names_of_owed(system).items()
    }


class Sharing(Enum):
    """Whose trigger it is."""

    INDEXED = "an instance's own, with or without a shared component"
    SHARED = "of shared components alone"
    BROADCAST = "of shared components and of all instances at once"


def sharing_of(system: System) -> dict[str, Sharing]:
    """Return whose each trigger of a system is, by what is copied and what is broadcast.

    Raises
    ------
    CompositionError
        If nothing is copied, a broadcast does not join a shared component and a copied one, or what is shared has the
        name of a copy.
    """
    if not any(part.name in system.copied for part in system.components):
        raise CompositionError(
            f"system {system.name!r} has no components of which each {system.instance} has its own copy, so there is "
            "no population; name them with System(..., copied={...})"
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
    _refuse_names_of_copies(system, found)
    return found


def _refuse_names_of_copies(system: System, sharing: Mapping[str, Sharing]) -> None:
    """Refuse a shared ``go[2]`` beside a ``go`` of each instance's own: the two would be one among several."""
    own = {trigger for trigger, kind in sharing.items() if kind is Sharing.INDEXED}
    names = [part.name for part in system.parts]
    for what, copied, every in (("trigger", own, sharing.keys() - own), ("component", system.copied, names)):
        for name in sorted(every):
            of_copy = re.fullmatch(r"(.+)\[[1-9][0-9]*\]", name, re.DOTALL)
            if of_copy and of_copy[1] in copied:
                raise CompositionError(
                    f"system {system.name!r}: {what} {name!r} has the name that a copy of {of_copy[1]!r} gets, "
                    f"which each {system.instance} has for itself; call it something else"
                )


def _refuse_mixed_groups(system: System, sharing: Mapping[str, Sharing]) -> None:
    for members in (*system.owed_weakly.values(), *system.owed_strongly.values()):
        own = [trigger for trigger in members if sharing[trigger] is Sharing.INDEXED]
        others = [trigger for trigger in members if trigger not in own]
        if own and others:
            raise CompositionError(
                f"system {system.name!r}: fairness is owed to a group of {own[0]!r}, which each {system.instance} has "
                f"for itself, and {others[0]!r}, which they share; write a group of the one kind or of the other"
            )


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
        arguments={new: one for trigger, one in part.arguments.items() for new in names[trigger]},
        families={
            new: family + new.removeprefix(trigger)
            for trigger, family in part.families.items()
            for new in names[trigger]
        },
        environment={new for trigger in part.environment for new in names[trigger]},
    )

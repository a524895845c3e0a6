"""Composes machines that meet on shared triggers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lifecheck.errors import CompositionError, did_you_mean
from lifecheck.machines.adapter import component_of
from lifecheck.machines.given_names import listed, names_of, owing_of
from lifecheck.system import Component, Owing, System, reasons_of_strong


def compose(
    machines: Mapping[str, Any],
    *,
    name: str = "system",
    shared: Iterable[str] = (),
    alphabets: Mapping[str, Iterable[str]] | None = None,
    attributes: Mapping[str, Iterable[str]] | None = None,
    ignored: Mapping[str, Iterable[str]] | None = None,
    arguments: Mapping[str, Mapping[str, Iterable[Any]]] | None = None,
    observers: Iterable[str] = (),
    environment: Iterable[str] = (),
    fair: Iterable[Owing] = (),
    strong: Mapping[Owing, str] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> System:
    """Compose machines that meet on shared triggers.

    A shared trigger is taken by all machines that have it, together, or by none. Sharing is declared: two
    machines that have a trigger of the same name by accident would otherwise wait for each other.

    Parameters
    ----------
    machines
        Each component, or what `component_of` takes, by the name that predicates
        and reports use.
    name
        Title in reports.
    shared
        Every trigger that more than one machine has.
    alphabets
        The triggers a machine takes part in, by the machine's name; without it, those it defines. A machine that has
        a trigger in its alphabet and no row for it blocks it.
    attributes
        Attributes that belong to a machine's state, by the machine's name.
    ignored
        What may change in a machine because nothing depends on it, by the machine's name; see `Component`.
    arguments
        What a machine's triggers are fired with, by the machine's name; see `component_of`.
    observers
        Names of the machines that only watch and never block; see `System`.
    environment
        Triggers that owe nothing and that `can_always_reach` does not count on.
    fair
        Triggers that are weakly fair: one that stays possible is taken in the end; and groups, as for `System`.
    strong
        Triggers that are strongly fair (one possible again and again is taken in the end), each with the reason.
    meanings
        One sentence for each trigger, for stories.

    Returns
    -------
    System
        To be given to `check`, `state_machine`, or the command.

    Raises
    ------
    CompositionError
        If a trigger is shared and not declared so, or declared so and not shared, or a name is unknown.
    ComponentError
        If a machine cannot be explored.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, never
    >>> def lock():
    ...     rows = [["take", "free", "held"], ["give_back", "held", "free"]]
    ...     return Machine(states=["free", "held"], initial="free", transitions=rows)
    >>> def worker():
    ...     rows = [["take", "idle", "working"], ["give_back", "working", "idle"]]
    ...     return Machine(states=["idle", "working"], initial="idle", transitions=rows)
    >>> system = compose({"lock": lock, "worker": worker}, shared=["take", "give_back"])
    >>> str(check(system, never("worker == 'working' and lock == 'free'")).verdict)
    'holds'
    >>> compose({"lock": lock, "worker": worker}, shared=["take", "give_bakc"])
    Traceback (most recent call last):
    lifecheck.errors.CompositionError: system 'system': shared names 'give_bakc'; did you mean 'give_back'?
    """
    if not isinstance(machines, Mapping):
        raise CompositionError(f"machines is {type(machines).__name__}; write a mapping of names to machines")
    wanted: dict[str, Mapping[str, Any]] = {
        "alphabets": alphabets or {},
        "attributes": attributes or {},
        "ignored": ignored or {},
        "arguments": arguments or {},
    }
    for role, entries in wanted.items():
        for entry in entries:
            if entry not in machines:
                raise CompositionError(f"system {name!r}: {role} names {entry!r}; " + did_you_mean(entry, machines))
            if isinstance(machines[entry], Component):
                raise CompositionError(f"system {name!r}: {entry!r} is a component, which declares its own {role}")
    components = [
        _component(
            given,
            called,
            None if called not in wanted["alphabets"] else names_of("alphabets", wanted["alphabets"][called]),
            listed("attributes", wanted["attributes"].get(called, ())),
            listed("ignored", wanted["ignored"].get(called, ())),
            wanted["arguments"].get(called, {}),
        )
        for called, given in machines.items()
    ]
    _check_shared(name, components, names_of("shared", shared))
    watching = names_of("observers", observers)
    for entry in sorted(watching):
        if entry not in machines:
            raise CompositionError(f"system {name!r}: observers names {entry!r}; " + did_you_mean(entry, machines))
    return System(
        name,
        [component for component in components if component.name not in watching],
        observers=[component for component in components if component.name in watching],
        environment=names_of("environment", environment),
        fair=owing_of("fair", fair),
        strong=reasons_of_strong(strong or {}),
        meanings=dict(meanings or {}),
    )


def _component(
    given: Any,
    name: str,
    alphabet: frozenset[str] | None,
    attributes: tuple[str, ...],
    ignored: tuple[str, ...],
    arguments: Mapping[str, Iterable[Any]],
) -> Component:
    if isinstance(given, Component):
        return replace(given, name=name)
    return component_of(given, name, alphabet=alphabet, attributes=attributes, ignored=ignored, arguments=arguments)


def _check_shared(name: str, components: list[Component], shared: frozenset[str]) -> None:
    owners: dict[str, list[str]] = {}
    for component in components:
        for trigger in component.triggers:
            owners.setdefault(trigger, []).append(component.name)
    for trigger in sorted(shared):
        if trigger not in owners:
            raise CompositionError(f"system {name!r}: shared names {trigger!r}; " + did_you_mean(trigger, owners))
        if len(owners[trigger]) == 1:
            raise CompositionError(
                f"system {name!r}: shared names {trigger!r}, which {owners[trigger][0]!r} alone has; "
                "add it to the alphabet of who should take part: alphabets={...}"
            )
    undeclared = {trigger: found for trigger, found in owners.items() if len(found) > 1 and trigger not in shared}
    if undeclared:
        told = [f"{trigger!r} of {' and '.join(map(repr, found))}" for trigger, found in undeclared.items()]
        line = f"shared={sorted({*shared, *undeclared})!r}"
        raise CompositionError(
            f"system {name!r}: {'this trigger is' if len(told) == 1 else 'these triggers are'} not declared as shared: "
            f"{', '.join(told)}; write {line} if they take {'it' if len(told) == 1 else 'them'} together, or rename "
            "in one of them what they do not"
        )

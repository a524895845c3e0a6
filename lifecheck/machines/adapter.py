"""Takes what a user has, a machine or several, as a system in which nothing is fair until they say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from lifecheck.errors import CompositionError
from lifecheck.machines.definition import read_definition, read_machine
from lifecheck.machines.flattening import flattened
from lifecheck.machines.given_names import listed, owing_of
from lifecheck.machines.source import called_after
from lifecheck.machines.table_mode import refuse_beside_guards, table_mode
from lifecheck.system import Arguments, Component, Guards, Owing, Row, System, choices_of, reasons_of_strong

Subject = Any
"""What can be checked: a system, a component, or whatever `component_of` takes; anything else is refused there."""


def component_of(
    machine: object,
    name: str | None = None,
    *,
    alphabet: Set[str] | None = None,
    attributes: Sequence[str] = (),
    ignored: Sequence[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    guards: Guards | None = None,
) -> Component:
    """Take an existing `transitions` machine as a component.

    Parameters
    ----------
    machine
        A function that returns a fresh machine, or a fresh model that carries one. A machine or model
        without callbacks and conditions may be given itself; it is then rebuilt from its definition
        and never touched.
    name
        How predicates and reports call it; without it, as its factory or the class of its model is called.
    alphabet
        The triggers it takes part in; without it, every trigger the machine defines.
    attributes
        Names of the model's attributes that belong to the local state.
    ignored
        Names of what may change because nothing depends on it; see `Component`.
    arguments
        What triggers are fired with that take arguments: for each a list of choices, tuples of arguments or mappings
        of their names. Each choice is a trigger of its own: ``{"pay": [(5,), (0,)]}`` makes ``pay(5)`` and ``pay(0)``.
    guards
        "either" to run no callback and no condition: each may answer either way, which makes triggers of their own,
        ``pay [enough]`` and ``pay [not enough]``. Whatever `arguments` triggers are fired with is then included, and
        nothing changes that would be `ignored`.

    Raises
    ------
    ComponentError
        If the machine is of a kind that cannot be explored, or cannot be rebuilt, or arguments are of no trigger, or
        attributes are asked for where nothing changes them.

    Notes
    -----
    A hierarchical machine is fired at once, to find its states; its callbacks run then, on fresh models.

    Examples
    --------
    >>> from transitions import Machine
    >>> machine = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> component_of(machine, "lamp").rows
    (Row('switch', 'off', 'on'),)
    >>> class Order:
    ...     def __init__(self):
    ...         row = {"trigger": "pay", "source": "open", "dest": "paid", "conditions": "enough"}
    ...         Machine(self, states=["open", "paid"], initial="open", transitions=[row], auto_transitions=False)
    ...     def enough(self, amount): return amount >= 5
    >>> component_of(Order, "order", arguments={"pay": [(5,), (0,)]}).triggers
    ('pay(5)', 'pay(0)')
    >>> component_of(Order, "order", guards="either").triggers
    ('pay [enough]', 'pay [not enough: refused]')
    """
    name = called_after(machine) if name is None else name
    if guards is not None:
        return _either_way(machine, name, alphabet, attributes, guards)
    definition = read_machine(machine, name)
    states: Sequence[str] = definition.states
    rows: Sequence[Row] = definition.rows
    choices = choices_of(name, arguments or {}, definition.triggers)
    if definition.nesting is not None:
        states, rows = flattened(definition, name, attributes, ignored, arguments)
    elif definition.factory is None:  # it is rebuilt, and without rows that can never win does the same
        rows = [row for at, row in enumerate(rows) if not any(other.shadows(row) for other in rows[:at])]
    if definition.nesting is None:
        rows = [replace(row, trigger=new) for row in rows for new in choices.get(row.trigger, [row.trigger])]
        if definition.time_outs:  # to which no row belongs: where they lead is fired
            moves = flattened(definition, name, attributes, ignored, arguments)[1]
            rows += [row for row in moves if row.trigger in definition.time_outs]
    return Component(
        name,
        states,
        definition.initial,
        rows,
        _with_choices(definition.triggers if alphabet is None else alphabet, choices),
        attributes=attributes,
        ignored=ignored,
        factory=definition.factory,
        left_out=definition.left_out,
        nesting=definition.nesting,
        machine_triggers={}
        if definition.factory is None
        else {new: trigger for trigger, found in choices.items() for new in found},
        arguments={new: one for found in choices.values() for new, one in found.items()},
        families={new: trigger for trigger, found in choices.items() for new in found},
        environment=frozenset(definition.time_outs)
        & _with_choices(definition.triggers if alphabet is None else alphabet, choices),
    )


def _either_way(
    machine: object, name: str, alphabet: Set[str] | None, attributes: Sequence[str], guards: Guards
) -> Component:
    refuse_beside_guards(name, guards, attributes)
    definition = read_definition(machine, name)
    made = table_mode(definition, name)
    chosen = definition.triggers if alphabet is None else alphabet
    answered = Counter(made.families.values())
    return Component(
        name,
        made.states if definition.nesting else definition.states,
        definition.initial,
        [row for row in made.rows if made.families[row.trigger] in chosen],
        frozenset(label for label, trigger in made.families.items() if trigger in chosen)
        | (frozenset(chosen) - frozenset(made.families.values())),
        left_out=definition.left_out,
        nesting=definition.nesting,
        families={
            label: trigger for label, trigger in made.families.items() if label != trigger or answered[trigger] > 1
        },
        environment={label for label, trigger in made.families.items() if trigger in definition.time_outs},
        guards=guards,
    )


def _with_choices(triggers: Iterable[str], choices: Mapping[str, Mapping[str, Arguments]]) -> frozenset[str]:
    return frozenset(new for trigger in triggers for new in choices.get(trigger, [trigger]))


def system_of(
    subject: Subject,
    *,
    fair: Iterable[Owing] | None = None,
    strong: Mapping[Owing, str] | None = None,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    guards: Guards | None = None,
) -> System:
    """Return what a user gave as a system.

    Parameters
    ----------
    subject
        A system, a component, or what `component_of` takes, as a `transitions` machine or a function that returns a
        fresh one.
    fair
        Triggers that are weakly fair, and groups of them, as ``("retry_soon", "retry_late")``, of which some member is
        taken in the end while some member stays possible. Without it, a system keeps its own, and in anything else
        nothing is fair. Choices of one trigger by `arguments` are a group by its name.
    strong
        Triggers and groups that are strongly fair, each with the reason. Without it, as for `fair`.
    attributes
        Names of the machine's attributes that belong to its state; not for systems and components,
        which declare their own.
    ignored
        Names of what may change although it belongs to no state, because nothing depends on it; see `Component`.
    arguments
        What triggers are fired with; see `component_of`.
    guards
        "either" to have no condition asked and no callback run; see `component_of`.

    Raises
    ------
    CompositionError
        If a name is no trigger, or attributes were given for what has its own.
    ComponentError
        If a machine cannot be explored.

    Examples
    --------
    >>> from transitions import Machine
    >>> machine = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> system = system_of(machine, fair=["switch"])
    >>> system.components[0].name, system.weakly_fair
    ('machine', frozenset({'switch'}))
    """
    owed = None if fair is None else owing_of("fair", fair)
    reasons = None if strong is None else reasons_of_strong(strong)
    declared = {"attributes": listed("attributes", attributes), "ignored": listed("ignored", ignored)}
    given = {**declared, "arguments": arguments or {}, "guards": guards}
    for role, names in given.items():
        if isinstance(subject, System | Component) and names:
            raise CompositionError(
                f"{role} {'was' if role == 'guards' else 'were'} given beside {subject.name!r}, which declares its "
                "own; pass them to component_of(...) or compose(...)"
            )
    if isinstance(subject, System):
        changes: dict[str, Any] = {} if owed is None else {"fair": owed}
        if reasons is not None:
            changes["strong"] = reasons
        return replace(subject, **changes) if changes else subject
    component = (
        subject
        if isinstance(subject, Component)
        else component_of(
            subject,
            attributes=declared["attributes"],
            ignored=declared["ignored"],
            arguments=arguments,
            guards=guards,
        )
    )
    return System(component.name, [component], fair=owed or (), strong=reasons or {})

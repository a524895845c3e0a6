"""Reads the definition of an existing `transitions` machine, without running any of its callbacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.configured import StandIn
from lifecheck.machines.hierarchy import active_paths, nesting_of, plain, scopes
from lifecheck.machines.source import find_machine
from lifecheck.machines.state_features import time_outs
from lifecheck.machines.transition_table import transitions_of, trigger_names, user_code, written_rows
from lifecheck.machines.unsupported import INSTEAD_OF_FIRING
from lifecheck.system import TOGETHER, Nesting, Row


@dataclass(frozen=True)
class Definition:
    """What a machine says about itself.

    Parameters
    ----------
    machine, model, factory
        How it was given, see `Given`; the machine and the model are only read.
    states
        Every state; of a hierarchical machine by its whole name, parents before their children.
    initial
        Where a fresh model starts.
    rows
        Every transition, those of one trigger together; names of nested states are whole.
    triggers
        Every trigger that is not left out, in the machine's order.
    left_out
        The automatic ``to_<state>``.
    final
        The states that the machine flags as final.
    nesting
        The hierarchy of the states, if there is one.
    callbacks
        Whether the machine has conditions or callbacks.
    shared, spare
        See `Given`.
    time_outs
        The states that have a time-out, by the name of the trigger that stands for it; these are among `triggers`.
    """

    machine: Machine
    model: object | None
    factory: Callable[[], object] | None
    states: tuple[str, ...]
    initial: str
    rows: tuple[Row, ...]
    triggers: tuple[str, ...]
    left_out: tuple[str, ...]
    final: frozenset[str]
    nesting: Nesting | None
    callbacks: bool
    shared: bool = False
    spare: list[tuple[Machine, Any]] = field(default_factory=list, compare=False)
    time_outs: Mapping[str, str] = field(default_factory=dict)


def read_definition(source: object, name: str) -> Definition:
    """Read a machine; where a factory was given, one that it makes.

    Raises
    ------
    ComponentError
        If there is no machine in what was given.
    """
    given = find_machine(source, name)
    machine = given.machine
    nesting = nesting_of(machine, name)
    events = [trigger for trigger, _, _ in transitions_of(machine)]
    left_out = tuple(dict.fromkeys(event for event in events if _is_automatic(machine, event, nesting)))
    states = tuple(machine.states) if nesting is None else nesting.names
    timed = time_outs(machine, [*trigger_names(machine), *events])
    if states == ("initial",) and len(events) == len(left_out):
        raise ComponentError(
            f"component {name!r}: {'what it makes' if given.factory else 'it'} is a machine without states and "
            "transitions; where they are given when it is made, name what is made with them, as path/file.py:machine, "
            "or a function that makes it so"
        )
    return Definition(
        machine=machine,
        model=given.model,
        factory=given.factory,
        states=states,
        initial=_initial(machine, given.model if given.factory else None, nesting, name),
        rows=tuple(row for row, _ in written_rows(machine, left_out)),
        triggers=tuple(
            event for event in dict.fromkeys([*trigger_names(machine), *events, *timed]) if event not in left_out
        ),
        left_out=left_out,
        final=frozenset(_final(machine, nesting)),
        nesting=nesting,
        callbacks=any(True for _ in user_code(machine)),
        shared=given.shared,
        spare=given.spare,
        time_outs=timed,
    )


def read_machine(source: object, name: str) -> Definition:
    """Read a machine that is to be explored.

    Raises
    ------
    ComponentError
        As `read_definition` does, and if an object was given although it runs callbacks.
    """
    definition = read_definition(source, name)
    model = next(iter(definition.machine.models), None)
    if isinstance(model, StandIn) and definition.callbacks:
        raise ComponentError(f"component {name!r}: {model.remedy}")
    if definition.factory is None and definition.callbacks:
        raise ComponentError(
            f"component {name!r}: the machine has conditions or callbacks, which checking would run on your "
            f"object; give a function that returns a fresh machine or model, or do not fire it: {INSTEAD_OF_FIRING}"
        )
    return definition


def _initial(machine: Machine, model: Any, nesting: Nesting | None, name: str) -> str:
    if model is not None:
        try:
            return read_state(machine, model, nesting)
        except (Exception, SystemExit) as error:
            raise ComponentError(f"component {name!r}: the state of its fresh model cannot be read: {error}") from error
    if machine.initial is None:
        raise ComponentError(
            f"component {name!r}: the machine has no initial state; pass initial=..., or give a function that returns "
            "a fresh model in its state"
        )
    if nesting is None:
        return plain(machine.initial)
    given = machine.initial if isinstance(machine.initial, list) else [machine.initial]
    leaves = [leaf for state in given for leaf in _starting(machine, plain(state), nesting.separator)]
    return TOGETHER.join(leaves)


def _starting(machine: Machine, name: str, separator: str) -> Iterator[str]:
    scope: Any = machine
    for step in name.split(separator):
        scope = scope.states[step]
    children = scope.initial if isinstance(scope.initial, list | tuple) else [scope.initial] if scope.initial else []
    if not children:
        yield name
    for child in children:
        yield from _starting(machine, separator.join([name, plain(child)]), separator)


def read_state(machine: Machine, model: object, nesting: Nesting | None) -> str:
    """Return the state of a model as it is written here."""
    if nesting is None:
        return str(machine.get_model_state(model).name)
    return TOGETHER.join(nesting.separator.join(path) for path in active_paths(machine, model))


def _final(machine: Machine, nesting: Nesting | None) -> Iterator[str]:
    for path, scope in scopes(machine):
        for name, state in scope.states.items():
            if state.final:
                yield name if nesting is None else nesting.separator.join((*path, name))


def _is_automatic(machine: Machine, event: str, nesting: Nesting | None) -> bool:
    if not machine.auto_transitions:
        return False
    names = machine.states if nesting is None else nesting.names
    prefixes = {"to_", "to_" if machine.model_attribute == "state" else f"to_{machine.model_attribute}_"}
    return any(event.startswith(prefix) and event.removeprefix(prefix) in names for prefix in prefixes)

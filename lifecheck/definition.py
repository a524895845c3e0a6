"""Reads the definition of an existing `transitions` machine, without running any of its callbacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transitions import Machine, Transition
from transitions.core import Condition

from lifecheck.errors import ComponentError
from lifecheck.row import SAME, Guard, Row


@dataclass(frozen=True)
class Definition:
    """What a machine says about itself."""

    states: tuple[str, ...]
    initial: str
    rows: tuple[Row, ...]
    triggers: frozenset[str]
    left_out: tuple[str, ...]
    factory: Callable[[], Machine] | None


def read_machine(source: Machine | Callable[[], Machine], name: str) -> Definition:
    """Read states, rows and triggers; automatic ``to_<state>`` triggers are left out and listed.

    Raises
    ------
    ComponentError
        If `source` is not a machine or a function that returns one, if the machine is hierarchical,
        queued or without an initial state, or if it was given itself although it runs callbacks.
    """
    factory = None if isinstance(source, Machine) else source
    machine = source if isinstance(source, Machine) else _call(source, name)
    _refuse_unsupported(machine, name)
    if factory is None and _runs_user_code(machine):
        raise ComponentError(
            f"component {name!r}: the machine has conditions or callbacks, which checking would run on your "
            "object; give a function that returns a fresh machine instead"
        )
    left_out = tuple(event for event in machine.events if _is_automatic(machine, event))
    rows = tuple(
        _row(event, transition)
        for event in machine.events
        if event not in left_out
        for transition in machine.get_transitions(event)
    )
    return Definition(
        states=tuple(machine.states),
        initial=str(machine.initial),
        rows=rows,
        triggers=frozenset(machine.events) - frozenset(left_out),
        left_out=left_out,
        factory=factory,
    )


def _call(factory: Callable[[], Machine], name: str) -> Machine:
    if not callable(factory):
        raise ComponentError(
            f"component {name!r}: expected a transitions machine or a function that returns one, "
            f"not {type(factory).__name__}"
        )
    try:
        machine = factory()
    except Exception as error:
        raise ComponentError(f"component {name!r}: its factory raised {type(error).__name__}: {error}") from error
    if not isinstance(machine, Machine):
        raise ComponentError(
            f"component {name!r}: its factory returned {type(machine).__name__}, not a transitions machine"
        )
    return machine


def _refuse_unsupported(machine: Machine, name: str) -> None:
    from transitions.extensions.asyncio import AsyncMachine  # imports asyncio: only for strangers' machines
    from transitions.extensions.nesting import HierarchicalMachine

    for kind, word in ((HierarchicalMachine, "hierarchical"), (AsyncMachine, "asynchronous")):
        if isinstance(machine, kind):
            raise ComponentError(f"component {name!r}: {word} machines are not supported")
    if machine.has_queue:
        raise ComponentError(
            f"component {name!r}: queued machines are not supported, because their triggers always report success"
        )
    if machine.initial is None:
        raise ComponentError(f"component {name!r}: the machine has no initial state; pass initial=...")


def _is_automatic(machine: Machine, event: str) -> bool:
    return bool(machine.auto_transitions) and event.startswith("to_") and event[3:] in machine.states


def _runs_user_code(machine: Machine) -> bool:
    return any(True for _ in _user_code(machine))


def _user_code(machine: Machine) -> Iterator[object]:
    yield from machine.prepare_event
    yield from machine.before_state_change
    yield from machine.after_state_change
    yield from machine.finalize_event
    yield from machine.on_exception
    yield from machine.on_final
    for state in machine.states.values():
        yield from state.on_enter
        yield from state.on_exit
    for transition in machine.get_transitions():
        yield from transition.conditions
        yield from transition.prepare
        yield from transition.before
        yield from transition.after


def _row(event: str, transition: Transition) -> Row:
    return Row(
        event,
        transition.source,
        SAME if transition.dest is None else transition.dest,  # None is an internal transition
        conditions=_guards(transition.conditions, target=True),
        unless=_guards(transition.conditions, target=False),
    )


def _guards(conditions: list[Condition], *, target: bool) -> tuple[Guard, ...]:
    return tuple(condition.func for condition in conditions if condition.target is target)

"""Reads the definition of an existing `transitions` machine, without running any of its callbacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from transitions import Machine
from transitions.core import Condition

from lifecheck.errors import ComponentError
from lifecheck.given import find_machine
from lifecheck.nesting import TOGETHER, Nesting, active_paths, nesting_of, plain, scopes
from lifecheck.row import SAME, Guard, Row
from lifecheck.unsupported import refuse_unsupported


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
    spare
        See `Given`.
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
    spare: list[tuple[Machine, Any]] = field(default_factory=list, compare=False)


def read_definition(source: object, name: str) -> Definition:
    """Read a machine; where a factory was given, one that it makes.

    Raises
    ------
    ComponentError
        If there is no machine in what was given, or it is of a kind that is not supported.
    """
    given = find_machine(source, name)
    machine = given.machine
    refuse_unsupported(machine, name)
    nesting = nesting_of(machine, name)
    events = [trigger for trigger, _, _ in _transitions(machine)]
    left_out = tuple(dict.fromkeys(event for event in events if _is_automatic(machine, event, nesting)))
    states = tuple(machine.states) if nesting is None else nesting.names
    return Definition(
        machine=machine,
        model=given.model,
        factory=given.factory,
        states=states,
        initial=_initial(machine, given.model if given.factory else None, nesting, name),
        rows=tuple(row for row, _ in written_rows(machine, left_out)),
        triggers=tuple(event for event in dict.fromkeys([*_events(machine), *events]) if event not in left_out),
        left_out=left_out,
        final=frozenset(_final(machine, nesting)),
        nesting=nesting,
        callbacks=any(True for _ in user_code(machine)),
        spare=given.spare,
    )


def read_machine(source: object, name: str) -> Definition:
    """Read a machine that is to be explored.

    Raises
    ------
    ComponentError
        As `read_definition` does, and if an object was given although it runs callbacks.
    """
    definition = read_definition(source, name)
    if definition.factory is None and definition.callbacks:
        raise ComponentError(
            f"component {name!r}: the machine has conditions or callbacks, which checking would run on your "
            "object; give a function that returns a fresh machine or model instead"
        )
    return definition


def written_rows(machine: Machine, left_out: Iterable[str]) -> Iterator[tuple[Row, Any]]:
    """Yield each transition as a row, and itself; always in the same order."""
    apart = frozenset(left_out)
    # rows of inner scopes come first, because the library asks them first
    found = [(trigger, path, one) for trigger, path, one in _transitions(machine) if trigger not in apart]
    found.sort(key=lambda entry: -len(entry[1]))
    order = {
        trigger: number for number, trigger in enumerate(dict.fromkeys([*_events(machine), *(e[0] for e in found)]))
    }
    found.sort(key=lambda entry: order[entry[0]])
    for trigger, path, transition in found:
        yield _row(machine, trigger, path, transition), transition


def user_code(machine: Machine) -> Iterator[tuple[str, object]]:
    """Yield every condition and callback of a machine with the place where it is named; runs none."""
    for role in ("prepare_event", "before_state_change", "after_state_change", "finalize_event", "on_exception"):
        yield from ((f"the machine's {role}", code) for code in getattr(machine, role))
    yield from (("the machine's on_final", code) for code in machine.on_final)
    for path, scope in scopes(machine):
        for state in scope.states.values():
            told = f"state {_whole(machine, (*path, plain(state)))!r}"
            for role in ("on_enter", "on_exit", "on_final"):
                yield from ((f"{told}, {role}", code) for code in getattr(state, role, ()))
    for trigger, path, transition in _transitions(machine):
        if not (transition.conditions or transition.prepare or transition.before or transition.after):
            continue  # most are the automatic ones
        row = _row(machine, trigger, path, transition)
        for condition in transition.conditions:
            yield f"{place_of(row)}, {'conditions' if condition.target else 'unless'}", condition.func
        for role in ("prepare", "before", "after"):
            yield from ((f"{place_of(row)}, {role}", code) for code in getattr(transition, role))


def place_of(row: Row) -> str:
    """Return where a row stands, in its author's words.

    Examples
    --------
    >>> place_of(Row("open", "closed", "opened"))
    "transition 'open' from 'closed' to 'opened'"
    """
    to = "to itself" if row.dest == SAME else f"to {row.dest!r}"
    return f"transition {row.trigger!r} from {row.source!r} {to}"


def _events(machine: Machine) -> Iterator[str]:
    for _, scope in scopes(machine):
        yield from scope.events


def _transitions(machine: Machine) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Yield trigger, path of the scope, and transition; get_transitions() would not tell the scope."""
    for path, scope in scopes(machine):
        for trigger, event in scope.events.items():
            for transitions in event.transitions.values():
                yield from ((trigger, path, transition) for transition in transitions)


def _initial(machine: Machine, model: Any, nesting: Nesting | None, name: str) -> str:
    if model is not None:
        try:
            return read_state(machine, model, nesting)
        except Exception as error:
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


def _row(machine: Machine, event: str, path: tuple[str, ...], transition: Any) -> Row:
    return Row(
        event,
        _whole(machine, (*path, str(transition.source))),
        # None is an internal transition
        SAME if transition.dest is None else _whole(machine, (*path, str(transition.dest))),
        conditions=_guards(transition.conditions, target=True),
        unless=_guards(transition.conditions, target=False),
    )


def _whole(machine: Any, path: tuple[str, ...]) -> str:
    return path[0] if len(path) == 1 else str(machine.state_cls.separator).join(path)


def _guards(conditions: list[Condition], *, target: bool) -> tuple[Guard, ...]:
    return tuple(condition.func for condition in conditions if condition.target is target)

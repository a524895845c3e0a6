"""The transitions and callbacks of a machine as they are written, in every scope; reads, runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from transitions import Machine
from transitions.core import Condition, listify

from lifecheck.machines.hierarchy import plain, scopes
from lifecheck.system import SAME, Guard, Model, Row


def written_rows(machine: Machine, left_out: Iterable[str]) -> Iterator[tuple[Row, Any]]:
    """Yield each transition as a row, and itself; always in the same order."""
    for trigger, path, transition in _in_order(machine, left_out):
        yield _row(machine, trigger, path, transition), transition


def sources_in_order(machine: Machine, left_out: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    """Yield trigger, source and transition of each row, in the order of `written_rows`."""
    for trigger, path, transition in _in_order(machine, left_out):
        yield trigger, _whole(machine, (*path, str(transition.source))), transition


def _in_order(machine: Machine, left_out: Iterable[str]) -> list[tuple[str, tuple[str, ...], Any]]:
    apart = frozenset(left_out)
    # rows of inner scopes come first, because the library asks them first
    found = [(trigger, path, one) for trigger, path, one in transitions_of(machine) if trigger not in apart]
    found.sort(key=lambda entry: -len(entry[1]))
    order = {trigger: number for number, trigger in enumerate(dict.fromkeys(trigger_names(machine)))}
    found.sort(key=lambda entry: order[entry[0]])
    return found


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
            for role, given in (("on_timeout", "timeout"), ("on_failure", "retries")):
                if getattr(state, given, 0):
                    yield from ((f"{told}, {role}", code) for code in listify(getattr(state, role, None)))
    for trigger, path, transition in transitions_of(machine):
        if not (transition.conditions or transition.prepare or transition.before or transition.after):
            continue  # most are the automatic ones
        row = _row(machine, trigger, path, transition)
        for condition in transition.conditions:
            yield f"{place_of(row)}, {'conditions' if condition.target else 'unless'}", condition.func
        for role in ("prepare", "before", "after"):
            yield from ((f"{place_of(row)}, {role}", code) for code in getattr(transition, role))


def has_code_of_its_author(machine: Machine, model: object) -> bool:
    """Whether firing a machine may run anything but the library: a callback, a condition, or a class of one's own.

    Examples
    --------
    >>> rows = [["switch", "off", "on"]]
    >>> plain = Machine(states=["off", "on"], initial="off", transitions=rows)
    >>> watched = Machine(states=["off", "on"], initial="off", transitions=rows, after_state_change=print)
    >>> has_code_of_its_author(plain, plain), has_code_of_its_author(watched, watched)
    (False, True)
    """
    states = (state for _, scope in scopes(machine) for state in scope.states.values())
    own = (type(one) for one in (machine, model, *states) if type(one) is not Model)
    return any(one.__module__.partition(".")[0] != "transitions" for one in own) or any(user_code(machine))


def place_of(row: Row) -> str:
    """Return where a row stands, in its author's words.

    Examples
    --------
    >>> place_of(Row("open", "closed", "opened"))
    "transition 'open' from 'closed' to 'opened'"
    """
    to = "to itself" if row.dest == SAME else f"to {row.dest!r}"
    return f"transition {row.trigger!r} from {row.source!r} {to}"


def trigger_names(machine: Machine) -> Iterator[str]:
    """Yield the name of each event in each scope, also of those without a transition."""
    for _, scope in scopes(machine):
        yield from scope.events


def transitions_of(machine: Machine) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Yield trigger, path of the scope, and transition; get_transitions() would not tell the scope."""
    for path, scope in scopes(machine):
        for trigger, event in scope.events.items():
            for transitions in event.transitions.values():
                yield from ((trigger, path, transition) for transition in transitions)


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

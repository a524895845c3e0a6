"""What the library lets pass without a word, and a machine's author does not see; runs no callback."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import partial
from types import MemberDescriptorType

from lifecheck.errors import did_you_mean
from lifecheck.linting.finding import Finding, Origin
from lifecheck.machines import Definition, place_of
from lifecheck.system import TOGETHER


def hidden_findings(definition: Definition) -> Iterator[Finding]:
    """Yield triggers that a method hides, an initial state that was added, and a destination that is text."""
    yield from _hidden_triggers(definition)
    yield from _undeclared_initial(definition)
    yield from _quoted_none(definition)


def _hidden_triggers(definition: Definition) -> Iterator[Finding]:
    """Yield each trigger whose name the model's class has already, so that the library does not bind it."""
    model = definition.model or next(iter(definition.machine.models), None)
    if model is None or getattr(definition.machine, "model_override", False):
        return
    own = getattr(model, "__dict__", {})
    for trigger in definition.triggers:
        held = inspect.getattr_static(type(model), trigger, None)
        if held is None or isinstance(own.get(trigger), partial) or isinstance(held, MemberDescriptorType):
            continue  # in a slot it is bound
        yield _finding(
            "method-hides-trigger",
            f"trigger {trigger!r}",
            f"{type(model).__name__} has {trigger!r} of its own, which the library leaves in place, so that calling "
            "it fires nothing",
            f"rename one of them, or fire it by trigger({trigger!r})",
        )


def _undeclared_initial(definition: Definition) -> Iterator[Finding]:
    """Yield an initial state that only rows from every state mention, and that stands last, as added ones do."""
    states, initial = definition.states, definition.initial
    if definition.nesting is not None or len(states) < 2 or states[-1] != initial or TOGETHER in initial:
        return
    elsewhere = {(row.trigger, row.dest) for row in definition.rows if row.source == states[0]}
    leaving = [row for row in definition.rows if row.source == initial]
    named = [row for row in definition.rows if row.target == initial and row.source != initial]
    if not leaving or named or any((row.trigger, row.dest) not in elsewhere for row in leaving):
        return
    yield _finding(
        "initial-not-declared",
        f"state {initial!r}",
        "it is the initial state, and no transition names it but those from every state: the library adds an initial "
        "state that is not among the states",
        f"correct initial=..., where states come from a mapping or an enumeration as well: "
        f"{did_you_mean(initial, states[:-1])}",
    )


def _quoted_none(definition: Definition) -> Iterator[Finding]:
    for row in definition.rows:
        if row.dest == "None" and "None" not in definition.states:
            yield _finding(
                "unknown-destination",
                place_of(row),
                "its destination is the text 'None', and no state is called so",
                "write None without quotes for an internal transition",
            )


def _finding(code: str, place: str, sentence: str, remedy: str) -> Finding:
    return Finding(code, place, sentence, remedy, Origin.DEFINITION)

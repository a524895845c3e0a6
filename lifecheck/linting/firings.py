"""What is wrong with a machine as single firings showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lifecheck.linting.definition import told_guard
from lifecheck.linting.finding import Finding, Origin
from lifecheck.machines import (
    INSTEAD_OF_FIRING,
    REMEDY_OF_RANDOM,
    Definition,
    Exploration,
    Noted,
    place_of,
    remedy_of_hidden,
)
from lifecheck.statespace import told_growth


def firing_findings(definition: Definition, found: Exploration, name: str) -> Iterator[Finding]:
    """Yield each remarkable thing once: what raises by trigger and error, what is undeclared by attribute."""
    told: set[tuple[str, str, str]] = set()
    held = _much_in_one(found.noted)
    for note in found.noted:
        key = _key(note)
        if note.what == "undeclared" and (top := note.told.partition(".")[0]) in held:
            key = note.what, "", top
            if key not in told:
                told.add(key)
                sentence = (
                    f"callbacks change {held[top]:,} things that {top!r} holds, such as {note.told!r}, which are not"
                )
                yield _finding(_FINDINGS[note.what][0], _place(note), f"{sentence} declared", remedy_of_hidden(top))
            continue
        if note.what in _FINDINGS and key not in told and not _is_told_by_definition(definition, note):
            told.add(key)
            code, sentence, remedy = _FINDINGS[note.what]
            remedy = remedy or remedy_of_hidden(note.told)
            yield _finding(code, _place(note), sentence.format(told=note.told), remedy)
    for (position, place), answer in sorted(found.answers.items()):
        row = definition.rows[position]
        guards = [*row.conditions, *row.unless]
        role = "conditions" if place < len(row.conditions) else "unless"
        wanted = "True" if role == "conditions" else "False"
        yield _finding(
            "condition-not-boolean",
            f"{place_of(row)}, {role} {told_guard(guards[place])!r}",
            f"it answered {answer}, which the library compares with == {wanted}",
            "return True or False: bool(...)",
        )
    if not found.complete:
        yield _finding(
            "too-many-states",
            f"machine {name!r}",
            f"more than {len(found.states):,} states are reached, so what was not found is unknown"
            + told_growth(name, found.states),
            "let the states come to an end, or raise the limit",
        )


MANY = 5
"""From how many changes inside of one object on they are told as one finding, as of a client with its counters."""


def _much_in_one(noted: Iterable[Noted]) -> dict[str, int]:
    """Return the attributes of the model inside of which much is changed undeclared, and how much."""
    inside: dict[str, set[str]] = {}
    for note in noted:
        top, dot, _ = note.told.partition(".")
        if note.what == "undeclared" and dot:
            inside.setdefault(top, set()).add(note.told)
    return {top: len(names) for top, names in inside.items() if len(names) >= MANY}


def _finding(code: str, place: str, sentence: str, remedy: str) -> Finding:
    return Finding(code, place, sentence, remedy, Origin.EXPLORING)


_FINDINGS = {
    "raises": (
        "callback-raises",
        "{told}",
        "correct the condition or callback; where it takes arguments, say what the trigger is fired with; or do not "
        f"fire it: {INSTEAD_OF_FIRING}",
    ),
    "differs": (
        "outcome-differs",
        "two firings differ, {told}",
        "remove what is random, and declare in attributes=[...] what the outcome depends on; or do not fire it: "
        + INSTEAD_OF_FIRING,
    ),
    "random": (
        "outcome-differs",
        "it uses random numbers, so that its outcome is none of its state",
        REMEDY_OF_RANDOM,
    ),
    "undeclared": (
        "undeclared-attribute",
        "a callback changes '{told}', which is not declared",
        "",
    ),
    "refused": (
        "changed-when-refused",
        "it is refused, and yet the state is '{told}' afterwards",
        "change things in before and after callbacks, not in conditions or prepare; let errors out of on_exception",
    ),
}


def _key(note: Noted) -> tuple[str, str, str]:
    if note.what == "undeclared":
        return note.what, "", note.told
    if note.what == "raises":
        return note.what, note.trigger, note.told.partition(";")[0]
    # a trigger that draws random numbers also has outcomes that differ, now and then
    return "differs" if note.what == "random" else note.what, note.trigger, note.state


def _place(note: Noted) -> str:
    return f"trigger {note.trigger!r} in state {note.state!r}" if note.trigger else "the factory"


def _is_told_by_definition(definition: Definition, note: Noted) -> bool:
    """Whether an error is no more than what an unknown state or callback leads to."""
    if note.what != "raises":
        return False
    unknown = any(row.trigger == note.trigger and row.target not in definition.states for row in definition.rows)
    return "Callable with name" in note.told or (unknown and "is not a registered state" in note.told)

"""What ``replay --json`` prints: one object, whose form has a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lifecheck.checking import labels
from lifecheck.replaying import Answer, CaseGroup, Outcome, Replay

SCHEMA = 1
"""The number of the form; it grows where something that was there is gone or means another thing."""


def as_object(log: str, found: Mapping[str, Replay]) -> dict[str, Any]:
    """Return what a replay came to as plain data, ready for JSON."""
    first = next(iter(found.values()))
    return {
        "schema": SCHEMA,
        "log": log,
        "lines": first.lines,
        "events": first.events,
        "remarks": list(first.remarks),
        "variants": {name: _of_variant(one) for name, one in found.items()},
    }


def _of_variant(one: Replay) -> dict[str, Any]:
    return {
        "explains_all": bool(one),
        "note": one.note,
        "cases": {str(outcome): one.count(outcome) for outcome in Outcome},
        "groups": [_of_group(group) for group in one.groups],
        "never_exercised": [
            {"component": component, "trigger": row.trigger, "source": row.source, "destination": row.target}
            for component, row in one.never_exercised
        ],
    }


def _of_group(group: CaseGroup) -> dict[str, Any]:
    return {
        "cases": list(group.cases),
        "impossible_from": list(group.lines),
        "rounds": list(group.rounds),
        **_of_answer(group.answer),
    }


def _of_answer(answer: Answer) -> dict[str, Any]:
    start, *rest = map(labels, answer.states)
    steps = [
        {"kind": str(step.kind), "trigger": step.trigger or None, "line": step.line, "state": state}
        for step, state in zip(answer.steps, rest, strict=True)
    ]
    return {
        "outcome": str(answer.outcome),
        "start": start,
        "steps": steps,
        "line": answer.line,
        "says": None if answer.sign is None else list(answer.sign.triggers),
        "possible": list(answer.possible),
        "refused": [
            {
                "trigger": one.trigger or None,
                "unknown": one.unknown,
                "blocked_by": [{"component": name, "state": state} for name, state in one.by],
                "elsewhere": [
                    {"component": name, "is": there or None, "seen": seen} for name, there, seen in one.elsewhere
                ],
            }
            for one in answer.refused
        ],
        "owed": [
            {"property": one.property.formula, "since_line": one.line, "in_every_explanation": one.surely}
            for one in answer.owed
        ],
        "violated": [
            {"property": one.property.formula, "line": one.line, "by_every_explanation": one.surely}
            for one in answer.broken
        ],
        "loop": None
        if answer.loop is None
        else {
            "begins_after": answer.loop.begins,
            "length": answer.loop.length,
            "rounds": answer.loop.rounds,
            "line": answer.loop.line,
        },
    }

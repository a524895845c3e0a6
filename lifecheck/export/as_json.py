"""A system as JSON: the fired tables, fairness and properties, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lifecheck.export.condition import Condition
from lifecheck.export.description import Description, Part, Question, Statement

FORM = "lifecheck-system-1"
"""Says what the object is; it changes when the meaning of an entry does."""


def as_json(description: Description) -> str:
    """Return a description as one JSON object, every name as it is.

    Local states are told by number. A predicate is true where, from its components in the order of
    `reads`, some row of `true_in` holds: each row lists for each component the states that will do, or
    null for all of them.
    """
    system = description.system
    found = {
        "form": FORM,
        "system": system.name,
        "settings": dict(system.settings),
        "states": description.states,
        "transitions": description.transitions,
        "components": [_part(part) for part in description.parts],
        "triggers": [_trigger(description, trigger) for trigger in system.triggers],
        "groups": [*_groups(system.owed_weakly, "weak"), *_groups(system.owed_strongly, "strong")],
        "properties": [_question(description, question) for question in description.questions],
    }
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half a surrogate pair becomes JSON's own escape


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "observer": part.is_observer,
        "states": [
            {"name": str(state), "attributes": {key: _value(value) for key, value in state.attributes.items()}}
            for state in part.states
        ],
        "initial": part.initial,
        "alphabet": list(part.moves),
        "moves": [
            {"trigger": trigger, "source": source, "target": target}
            for trigger, targets in part.moves.items()
            for source, target in enumerate(targets)
            if target is not None
        ],
    }


def _value(value: Any) -> Any:
    """Keep what JSON can tell, and write anything else as Python would."""
    return value if value is None or isinstance(value, bool | int | float | str) else repr(value)


def _groups(owed: Mapping[str, tuple[str, ...]], fairness: str) -> Iterator[dict[str, Any]]:
    """Yield the groups of triggers to which fairness is owed: some member is taken in the end."""
    for name, members in owed.items():
        if len(members) > 1:
            yield {"name": name, "triggers": list(members), "fairness": fairness}


def _trigger(description: Description, trigger: str) -> dict[str, Any]:
    system = description.system
    fairness = "strong" if trigger in system.strongly_fair else "weak" if trigger in system.weakly_fair else None
    return {
        "name": trigger,
        "meaning": system.meanings.get(trigger, ""),
        "environment": trigger in system.environment,
        "fairness": fairness,
        "reason": system.strong.get(trigger, ""),
        "components": [part.name for part in description.owners(trigger)],
    }


def _question(description: Description, question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "words": question.words,
        "kind": str(question.asked.kind),
        "formula": question.asked.formula,
        "goal": _statement(description, question.goal),
        "given": None if question.given is None else _statement(description, question.given),
    }


def _statement(description: Description, statement: Statement) -> dict[str, Any]:
    reads = sorted(_mentioned(statement.condition))
    return {
        "name": statement.name,
        "reads": [description.parts[part].name for part in reads],
        "true_in": _rows(statement.condition, reads, {}),
    }


def _mentioned(condition: Condition | bool) -> set[int]:
    if isinstance(condition, bool):
        return set()
    return {condition.part}.union(*(_mentioned(inner) for _, inner in condition.cases))


def _rows(condition: Condition | bool, reads: list[int], so_far: dict[int, list[int]]) -> list[list[list[int] | None]]:
    """Return each way through the cases as one row."""
    if isinstance(condition, bool):
        return [[so_far.get(part) for part in reads]] if condition else []
    return [
        row
        for values, inner in condition.cases
        for row in _rows(inner, reads, {**so_far, condition.part: list(values)})
    ]

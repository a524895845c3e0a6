"""How the rules of a mapping are tried: which ask of a record, what one matches there, and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from lifecheck.replaying.fields import Fields, field_of
from lifecheck.replaying.mapping import LineRule, as_text, placeholders


def dispatch(rules: tuple[LineRule, ...]) -> tuple[str, Mapping[str, tuple[LineRule, ...]]]:
    """Return the field by which rules are told apart and those for each value; no field where that is not enough."""
    keys = {next(iter(rule.when), "") for rule in rules}
    if len(keys) != 1 or "" in keys or "." in next(iter(keys)):
        return "", {}
    (key,) = keys
    found: dict[str, list[LineRule]] = {}
    for rule in rules:
        for value in rule.when[key]:
            found.setdefault(value, []).append(rule)
    return key, {value: tuple(listed) for value, listed in found.items()}


def matched(rule: LineRule, record: Fields) -> Fields | None:
    """Return the fields that a rule may use, with the groups of its pattern; None where it does not fit."""
    for name, values in rule.when.items():
        value = field_of(record, name)
        if (value is None and name not in record) or as_text(value) not in values:
            return None
    if rule.pattern is None:
        return record
    match = rule.pattern.search(as_text(field_of(record, rule.field) or ""))
    if match is None:
        return None
    groups = match.groupdict()  # one that took no part hides a field of its name: what it can match was relied upon
    return {
        **{name: value for name, value in record.items() if name not in groups},
        **{name: value for name, value in groups.items() if value is not None},
    }


def names_in(rule: LineRule) -> tuple[str, ...]:
    """Return the fields and groups of which a rule makes what a line shows."""
    texts = (*rule.triggers, *rule.seen.values())
    return tuple(dict.fromkeys(name for text in texts for name in placeholders(text)))

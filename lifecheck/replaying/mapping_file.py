"""Reads a mapping from TOML; what is no mapping is refused with its place, and what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.replaying.mapping import LineRule, LogFormat, LogMapping, as_text, placeholders


def read_mapping(path: Path | str) -> LogMapping:
    r"""Read a mapping from a file.

    Raises
    ------
    InputError
        If it cannot be read, or is no mapping.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     place = Path(folder) / "worker.toml"
    ...     _ = place.write_text('format = "json"\n[[line]]\ntrigger = "{event}"')
    ...     read_mapping(place).rules[0].triggers
    ('{event}',)
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no valid UTF-8"
        raise InputError(f"mapping {str(path)!r} cannot be read: {reason}") from error
    return parse_mapping(text, f"mapping {str(path)!r}")


def parse_mapping(text: str, name: str = "the mapping") -> LogMapping:
    """Read a mapping from its text.

    Raises
    ------
    InputError
        If it is no mapping; says where, and what to write.

    Examples
    --------
    >>> parse_mapping('format = "json"')
    Traceback (most recent call last):
    lifecheck.errors.InputError: the mapping has no [[line]]; write one for each kind of line, with trigger = '...'
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name} is no TOML: {error}") from error
    _refuse_keys(table, _KEYS, name)
    form = _text(table, "format", name)
    if form not in _WRITTEN:
        listed = ", ".join(map(repr, _WRITTEN))
        told = f"format is {form!r}" if form else "it says no format"
        raise InputError(f"{name}: {told}; write format = one of {listed}")
    case, time = _text(table, "case", name), _text(table, "time", name)
    _refuse_braces((case, time), name)
    lines = table.get("line", [])
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise InputError(f"{name} has no [[line]]; write one for each kind of line, with trigger = '...'")
    rules = tuple(_rule(line, LogFormat(form), number, name) for number, line in enumerate(lines, start=1))
    for rule in rules:
        _refuse_missing_groups(rule, LogFormat(form), case, f"{name}, [[line]] {rule.number}")
    _refuse_missing_time(rules, LogFormat(form), time, name)
    if not any(rule.triggers or rule.seen for rule in rules):
        raise InputError(f"{name} names no trigger and no state; write trigger = '...' into a [[line]]")
    silent = table.get("silent", [])
    silent = _texts([silent] if isinstance(silent, str) else silent, f"{name}: silent")
    return LogMapping(LogFormat(form), case, time, silent, rules, name)


_KEYS = ("format", "case", "time", "silent", "line")
_KEYS_OF_LINE = ("pattern", "field", "when", "trigger", "seen")
_WRITTEN = ("json", "text", "opentelemetry")


def _rule(line: Mapping[str, Any], form: LogFormat, number: int, name: str) -> LineRule:
    place = f"{name}, [[line]] {number}"
    _refuse_keys(line, _KEYS_OF_LINE, place)
    pattern = _text(line, "pattern", place)
    try:
        compiled = re.compile(pattern) if pattern else None
    except re.error as error:
        raise InputError(f"{place}: pattern {pattern!r} is no regular expression: {error}") from error
    where, when = _text(line, "field", place), line.get("when", {})
    if form is LogFormat.TEXT:
        if compiled is None:
            raise InputError(f"{place} has no pattern, so that no line is of it; write pattern = '...'")
        if when or where:
            raise InputError(f"{place}: lines of text have no fields; write a pattern, or format = 'json'")
    elif compiled is not None and not where:
        raise InputError(f"{place}: say in which field the pattern is looked for: field = 'message'")
    if not isinstance(when, dict):
        raise InputError(f"{place}: when is {when!r}; write fields with values: when = {{event = 'paid'}}")
    seen = line.get("seen", {})
    if not isinstance(seen, dict) or not all(isinstance(state, str) for state in seen.values()):
        raise InputError(f"{place}: seen is {seen!r}; write components with states: seen = {{queue = 'queued'}}")
    trigger = line.get("trigger", [])
    triggers = _texts([trigger] if isinstance(trigger, str) else trigger, f"{place}: trigger")
    _refuse_braces((*triggers, *seen.values()), place)
    return LineRule(
        number,
        compiled,
        where,
        dict(_wanted_values(when, "", place)),
        triggers,
        seen,
    )


def _wanted_values(when: Mapping[str, Any], above: str, place: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each field with its values; what TOML reads as a table, as where dots are not quoted, is a field within."""
    for name, value in when.items():
        if isinstance(value, dict):
            yield from _wanted_values(value, f"{above}{name}.", place)
            continue
        values = value if isinstance(value, list) else [value]
        if not values:
            raise InputError(f"{place}: when wants {above}{name} to be one of no values; write one, or leave it out")
        yield f"{above}{name}", frozenset(map(as_text, values))


def _refuse_braces(texts: Iterable[str], place: str) -> None:
    for text in texts:
        try:
            placeholders(text)
        except ValueError as error:
            raise InputError(f"{place}: {text!r} {error}") from error


def _refuse_missing_time(rules: Sequence[LineRule], form: LogFormat, time: str, name: str) -> None:
    """Raise if no pattern over text has a group of which the time is made."""
    for wanted in (placeholders(time) or ([time] if time else [])) if form is LogFormat.TEXT else ():
        if not any(rule.pattern and wanted in rule.pattern.groupindex for rule in rules):
            raise InputError(
                f"{name}: no pattern has a group {wanted!r}, which time names; write it into the patterns as "
                f"(?P<{wanted}>...)"
            )


def _refuse_missing_groups(rule: LineRule, form: LogFormat, case: str, place: str) -> None:
    """Raise if a pattern over text lacks a group that names the case, or that something is made of."""
    if form is not LogFormat.TEXT or rule.pattern is None or rule.is_silent:
        return
    wanted = [*(placeholders(case) or ([case] if case else []))]
    wanted += [name for text in (*rule.triggers, *rule.seen.values()) for name in placeholders(text)]
    for name in wanted:
        if name not in rule.pattern.groupindex:
            raise InputError(
                f"{place}: pattern {rule.pattern.pattern!r} has no group {name!r}; write it into the pattern as "
                f"(?P<{name}>...)"
            )


def _text(table: Mapping[str, Any], key: str, place: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise InputError(f"{place}: {key} is {value!r}; write text: {key} = '...'")
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise InputError(f"{place} is {value!r}; write a name, or a list of names")
    return tuple(value)


def _refuse_keys(table: Mapping[str, Any], known: Sequence[str], place: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(f"{place} has a key {key!r} that is not known; " + did_you_mean(key, known))

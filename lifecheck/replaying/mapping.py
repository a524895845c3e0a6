"""A mapping, written in TOML: which lines of a log show which trigger of which case, and what of the state."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.replaying.trigger_names import TriggerNames


class LogFormat(StrEnum):
    """How a log is written.

    Examples
    --------
    >>> [str(form) for form in LogFormat]
    ['json', 'text', 'opentelemetry', 'recording']
    """

    JSON = "json"
    """Each line is a JSON object."""
    TEXT = "text"
    """Each line is text, read by regular expressions."""
    OPENTELEMETRY = "opentelemetry"
    """Spans as JSON: as OTLP writes them, or an exporter to the console."""
    RECORDING = "recording"
    """What `recording` writes; it needs no mapping."""


@dataclass(frozen=True)
class LineRule:
    """Which lines it is about, and what they show.

    Parameters
    ----------
    number
        Which ``[[line]]`` of the mapping it is, from 1.
    pattern
        What is searched for in the text.
    field
        In which field of a record the text stands.
    when
        Fields of a record with the values of which they must have one.
    triggers
        What fired, or several of which one did; ``{name}`` stands for a group or field.
    seen
        Components with the state that they are in, written likewise.
    """

    number: int
    pattern: re.Pattern[str] | None
    field: str
    when: Mapping[str, frozenset[str]]
    triggers: tuple[str, ...]
    seen: Mapping[str, str]

    @property
    def is_silent(self) -> bool:
        """Whether it only says which lines show nothing."""
        return not self.triggers and not self.seen

    @property
    def written(self) -> str:
        """What it looks for, as it was written."""
        if self.pattern is not None:
            return repr(self.pattern.pattern)
        told = ", ".join(f"{name} = {' or '.join(map(repr, sorted(values)))}" for name, values in self.when.items())
        return told or "every line"


@dataclass(frozen=True)
class LogMapping:
    """How the lines of a log are read.

    Parameters
    ----------
    format
        How the log is written.
    case
        The group or field that names the case, or text with ``{name}`` for several; empty where there is one case.
    time
        The group or field that says when; empty where none does.
    silent
        Triggers that may fire without a line although a rule could make them of one, as where a log keeps samples.
    rules
        What lines show; the first that fits is taken.
    name
        How messages call it.

    Examples
    --------
    >>> mapping = parse_mapping('''
    ... format = "text"
    ... case = "order"
    ... [[line]]
    ... pattern = 'order (?P<order>[0-9]+) was paid'
    ... trigger = "pay"
    ... seen = {order = "paid"}
    ... ''')
    >>> mapping.rules[0].triggers, mapping.format
    (('pay',), <LogFormat.TEXT: 'text'>)
    """

    format: LogFormat
    case: str = ""
    time: str = ""
    silent: tuple[str, ...] = ()
    rules: tuple[LineRule, ...] = field(default=())
    name: str = "the mapping"

    def visible(self, names: TriggerNames) -> frozenset[str]:
        """Return the triggers that some rule can make of a line; all others never write one.

        Raises
        ------
        InputError
            If it names a trigger that there is not.
        """
        found: set[str] = set()
        for rule in self.rules:
            for trigger in rule.triggers:
                if placeholders(trigger):
                    could = _pattern_of(trigger, rule.pattern)
                    found.update(name for name in names.known if could.fullmatch(name))
                else:
                    self._refuse_unknown(trigger, names, f"[[line]] {rule.number}")
                    found.update(names.meant_by(trigger))
        for trigger in self.silent:
            self._refuse_unknown(trigger, names, "silent")
            found.difference_update(names.meant_by(trigger))
        if not found and not any(rule.seen for rule in self.rules):
            raise InputError(f"{self.name} names no trigger and no state; write trigger = '...' into a [[line]]")
        return frozenset(found)

    def _refuse_unknown(self, trigger: str, names: TriggerNames, place: str) -> None:
        if not names.are_known(trigger):
            raise InputError(
                f"{self.name}, {place} names trigger {trigger!r}, which the system does not have; "
                + did_you_mean(trigger, names.known)
            )


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
    lines = table.get("line", [])
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise InputError(f"{name} has no [[line]]; write one for each kind of line, with trigger = '...'")
    rules = tuple(_rule(line, LogFormat(form), number, name) for number, line in enumerate(lines, start=1))
    for rule in rules:
        _refuse_missing_groups(rule, LogFormat(form), case, f"{name}, [[line]] {rule.number}")
    if not any(rule.triggers or rule.seen for rule in rules):
        raise InputError(f"{name} names no trigger and no state; write trigger = '...' into a [[line]]")
    return LogMapping(LogFormat(form), case, time, _texts(table.get("silent", []), f"{name}: silent"), rules, name)


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names that stand in braces.

    Examples
    --------
    >>> placeholders("pay({amount})"), placeholders("pay")
    (('amount',), ())
    """
    if "{" not in text:
        return ()
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)


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
    for text in (*triggers, *seen.values()):
        try:
            placeholders(text)
        except ValueError as error:
            raise InputError(f"{place}: {text!r} has a brace of its own: {error}; write it twice") from error
    return LineRule(
        number,
        compiled,
        where,
        {key: frozenset(map(as_text, value if isinstance(value, list) else [value])) for key, value in when.items()},
        triggers,
        seen,
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


def as_text(value: object) -> str:
    """Return a value of a record as text, as JSON writes it.

    Examples
    --------
    >>> as_text("paid"), as_text(7), as_text(True), as_text(None)
    ('paid', '7', 'true', 'null')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _pattern_of(template: str, pattern: re.Pattern[str] | None) -> re.Pattern[str]:
    """Return what a text with groups filled in can be, as far as what the groups match tells."""
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        within = None if name is None or pattern is None else group_within(pattern.pattern, name)
        parts.append(re.escape(text) + ("" if name is None else f"(?:{within or '.*'})"))
    try:
        return re.compile("".join(parts), 0 if pattern is None else pattern.flags)
    except re.error:  # a group that means another one
        return re.compile(".*")


def group_within(pattern: str, name: str) -> str | None:
    r"""Return what a named group of a pattern matches, as it is written; None where there is no such group.

    Examples
    --------
    >>> group_within(r"door (?P<how>open|(?:un)?lock[)(])ed", "how")
    'open|(?:un)?lock[)(]'
    """
    begins = pattern.find(f"(?P<{name}>")
    if begins < 0:
        return None
    at = begins = begins + len(name) + 5
    depth, is_class = 1, False
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\":
            at += 1
        elif is_class:
            is_class = letter != "]"
        elif letter == "[":
            is_class = True
            at += pattern[at + 1 : at + 2] == "]"  # the first of a class is one of its letters
        else:
            depth += (letter == "(") - (letter == ")")
            if not depth:
                return pattern[begins:at]
        at += 1
    return None


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

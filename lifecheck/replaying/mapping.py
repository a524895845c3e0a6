"""A mapping: which lines of a log show which trigger of which case, and what of the state."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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
    >>> from lifecheck.replaying import parse_mapping
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
            If it names a trigger or a component that there is not.
        """
        found: set[str] = set()
        for rule in self.rules:
            for component in rule.seen:
                if component not in names.components:
                    raise InputError(
                        f"{self.name}, [[line]] {rule.number} tells a state of {component!r}, which is no component; "
                        + did_you_mean(component, names.components)
                    )
            for trigger in rule.triggers:
                if placeholders(trigger):
                    could = _pattern_of(trigger, rule.pattern)
                    found.update(name for name in names.known if could.fullmatch(name))
                else:
                    plain = trigger.replace("{{", "{").replace("}}", "}")
                    self._refuse_unknown(plain, names, f"[[line]] {rule.number}")
                    found.update(names.meant_by(plain))
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


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names that stand in braces.

    Raises
    ------
    ValueError
        If a brace has no other, or nothing stands between two; says what to write.

    Examples
    --------
    >>> placeholders("pay({amount})"), placeholders("pay")
    (('amount',), ())
    """
    if "{" not in text and "}" not in text:
        return ()
    names = tuple(found[1] for found in BRACES.finditer(text) if found[1] is not None)
    if "" in names:
        raise ValueError("has braces with nothing in them; write the name of a field or group there")
    if any(brace in BRACES.sub("", text) for brace in "{}"):
        raise ValueError("has a brace of its own; write it twice")
    return names


BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
"""A brace that stands for itself, written twice, or a name in braces."""


def as_text(value: object) -> str:
    """Return a value of a record as text, as JSON writes it.

    Examples
    --------
    >>> as_text("paid"), as_text(7), as_text(True), as_text(None)
    ('paid', '7', 'true', 'null')
    >>> as_text(["paid"])
    '["paid"]'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _pattern_of(template: str, pattern: re.Pattern[str] | None) -> re.Pattern[str]:
    """Return what a text with groups filled in can be, as far as what the groups match tells."""
    parts, at = [], 0
    for found in BRACES.finditer(template):
        within = None if found[1] is None or pattern is None else group_within(pattern.pattern, found[1])
        if within is not None and _ELSEWHERE.search(within):
            within = None  # what it matches depends on another group
        parts.append(re.escape(template[at : found.start()]))
        parts.append(re.escape(found[0][0]) if found[1] is None else f"(?:{within or '.*'})")
        at = found.end()
    parts.append(re.escape(template[at:]))
    try:
        return re.compile("".join(parts), 0 if pattern is None else pattern.flags)
    except re.error:  # a group that means another one
        return re.compile(".*")


_ELSEWHERE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")


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

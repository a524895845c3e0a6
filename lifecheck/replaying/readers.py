"""Reads the lines of a log by a mapping, and keeps what was not understood."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lifecheck.errors import InputError
from lifecheck.machines import RECORDING_VERSION
from lifecheck.replaying.event import ONE_CASE, Line, LogEvent, PythonMapping, Remark, Sign
from lifecheck.replaying.fields import Fields, field_of, filled, reader_of_field, reader_of_text
from lifecheck.replaying.mapping import LineRule, LogFormat, LogMapping, as_text
from lifecheck.replaying.nothing_shown import refuse_nothing, short
from lifecheck.replaying.rules import dispatch, matched, names_in
from lifecheck.replaying.spans import records_of_spans
from lifecheck.replaying.text_lines import TextLines
from lifecheck.replaying.trigger_names import TriggerNames
from lifecheck.replaying.understood import Understood

_MOST_SIGNS = 10_000

_LINES_TO_KNOW = 3
"""How many lines that are no JSON tell that none is; the first alone may have been cut, as where logs are rotated."""


class LogReader:
    r"""The events of a log.

    Parameters
    ----------
    stream
        The log, opened in binary.
    mapping
        How lines are read: a mapping, or a function of a line's text.
    names
        The triggers that there are.
    wait
        As of `TextLines`.

    Raises
    ------
    InputError
        While reading: if the log is of another format, or no line of it is understood.

    Examples
    --------
    >>> from io import BytesIO
    >>> from lifecheck.replaying.mapping_file import parse_mapping
    >>> mapping = parse_mapping('format = "json"\ncase = "id"\n[[line]]\ntrigger = "{event}"')
    >>> reader = LogReader(BytesIO(b'{"id": 7, "event": "pay"}\n{"id": 7, "ev'), mapping, TriggerNames([]))
    >>> [(line.case, line.sign.triggers) for line in reader], reader.understood.told
    ([('7', ('pay',))], ('line 2: it is no JSON object; it may have been cut short',))
    """

    def __init__(
        self,
        stream: BinaryIO,
        mapping: LogMapping | PythonMapping,
        names: TriggerNames,
        wait: Callable[[], bool] | None = None,
    ) -> None:
        self._understood = Understood()
        self._mapping = mapping
        self._names = names
        self._signs: dict[tuple[object, ...], Sign] = {}
        rules = mapping.rules if isinstance(mapping, LogMapping) else ()
        self._wanted = {rule.number: names_in(rule) for rule in rules}
        self._stream = stream
        self._lines = TextLines(stream, self._understood.tell, wait)

    def __iter__(self) -> Iterator[Line]:
        yield from self._read()
        if not self._understood.events:
            refuse_nothing(self.understood, self._mapping, self._stream)

    @property
    def tells_states_alone(self) -> bool:
        """Whether a line may tell where components are although nothing fired, so also after the end of a case."""
        if not isinstance(self._mapping, LogMapping):
            return True
        return any(rule.seen and not rule.triggers for rule in self._mapping.rules)

    @property
    def understood(self) -> Understood:
        """What reading came to, so far."""
        self._understood.lines = self._lines.read
        return self._understood

    def _read(self) -> Iterator[Line]:
        mapping = self._mapping
        if not isinstance(mapping, LogMapping):
            yield from self._by_function(mapping)
        elif mapping.format is LogFormat.RECORDING:
            yield from self._recording()
        elif mapping.format is LogFormat.TEXT:
            yield from self._text(mapping)
        else:
            is_json = mapping.format is LogFormat.JSON
            spans = records_of_spans(iter(self._lines), self._understood.tell)
            yield from self._records(mapping, self._objects() if is_json else spans)

    def _objects(self) -> Iterator[tuple[int, Fields]]:
        """Yield each JSON object with its line; a log that begins with several lines that are none is of another."""
        understood, decode = self._understood, json.JSONDecoder().raw_decode
        first, is_json = "", False
        for number, text in self._lines:
            text = text.strip()
            try:
                record, end = decode(text)
            except (ValueError, RecursionError):
                record, end = None, 0
            if end == len(text) and isinstance(record, dict):
                is_json = True
                yield number, record
                continue
            understood.tell(Remark(number, "it is no JSON object; it may have been cut short"))
            first = first or f"line {number} is no JSON object: {short(text)}"
            if not is_json and self._lines.read >= _LINES_TO_KNOW:
                break
        if first and not is_json:
            raise InputError(f"{first}; lines of text are read with format = 'text'")

    def _records(self, mapping: LogMapping, records: Iterator[tuple[int, Fields]]) -> Iterator[Line]:
        rules = mapping.rules
        key, by_value = dispatch(rules)
        case_of, time_of = reader_of_text(mapping.case), reader_of_field(mapping.time)
        found = self._understood
        for number, record in records:
            if key:
                value = record.get(key)
                if type(value) is not str:
                    value = as_text(value) if key in record else None
                candidates = () if value is None else by_value.get(value, ())
            else:
                candidates = rules
            for rule in candidates:
                fields = record if key and rule.pattern is None and len(rule.when) == 1 else matched(rule, record)
                if fields is not None:
                    break
            else:
                self._unmatched(number, record)
                continue
            if rule.is_silent:
                continue
            case = case_of(fields) if case_of else ONE_CASE
            if case is None:
                found.tell(Remark(number, f"it has no {mapping.case!r}, which names the case"))
                continue
            sign = self._sign(rule, fields)
            if sign is None:
                wanted = self._wanted[rule.number]
                missing = next((name for name in wanted if field_of(fields, name) is None), None)
                lacks = f"its {wanted[0]!r} is empty" if missing is None else f"it has no {missing!r}"
                found.tell(Remark(number, f"{lacks}, of which [[line]] {rule.number} is made"))
                continue
            found.events += 1
            yield Line(number, case, sign, _time(time_of(fields)) if time_of else None)

    def _text(self, mapping: LogMapping) -> Iterator[Line]:
        case_of, time_of = reader_of_text(mapping.case), reader_of_field(mapping.time)
        found = self._understood
        for number, text in self._lines:
            for rule in mapping.rules:
                assert rule.pattern is not None, "a mapping of text has patterns"
                match = rule.pattern.search(text)
                if match is not None:
                    break
            else:
                self._unmatched(number, text)
                continue
            if rule.is_silent:
                continue
            groups = {name: value for name, value in match.groupdict().items() if value is not None}
            case = case_of(groups) if case_of else ONE_CASE
            sign = self._sign(rule, groups)
            if case is None or sign is None:
                found.tell(Remark(number, f"a group of [[line]] {rule.number} matched nothing there"))
                continue
            found.events += 1
            yield Line(number, case, sign, time_of(groups) if time_of else None)

    def _by_function(self, function: PythonMapping) -> Iterator[Line]:
        found = self._understood
        for number, text in self._lines:
            try:
                event = function(text)
            except InputError:
                raise
            except Exception as error:
                raise InputError(
                    f"line {number}: the mapping raised {type(error).__name__}: {error}; {short(text)}"
                ) from error
            if event is None:
                self._unmatched(number, text)
                continue
            if not isinstance(event, LogEvent):
                raise InputError(f"line {number}: the mapping returned {event!r}; let it return a LogEvent, or None")
            triggers, seen, before = event.sign
            meant = tuple(one for name in triggers for one in self._names.meant_by(name))
            found.events += 1
            yield Line(number, event.case, Sign(meant, seen, before), event.time)

    def _recording(self) -> Iterator[Line]:
        component = ""
        found = self._understood
        for number, record in self._objects():
            if self._lines.read == 1:
                if record.get("lifecheck") != "recording":
                    raise InputError(f"line {number} does not begin a recording; say how the log is read by a mapping")
                if record.get("version") != RECORDING_VERSION:
                    raise InputError(
                        f"the recording is of version {record.get('version')}, and this lifecheck reads version "
                        f"{RECORDING_VERSION}; read it with the lifecheck that wrote it, or a newer one"
                    )
                component = self._names.component_called(str(record.get("component", "")))
                continue
            if record.get("lifecheck") == "recording":
                other = str(record.get("component", ""))
                if self._names.component_called(other) != component:
                    raise InputError(
                        f"line {number} begins a recording of {other!r} after that of {component!r}; replay each from "
                        "a file of its own"
                    )
                found.tell(Remark(number, "another recording begins there; cases of one name are taken for one"))
                continue
            try:
                trigger, case = str(record["trigger"]), as_text(record["case"])
                places = str(record["source"]), str(record["destination"])
            except KeyError as error:
                found.tell(Remark(number, f"it has no {error.args[0]!r}, as lines of a recording have"))
                continue
            key = (trigger, *places)
            sign = self._signs.get(key)
            if sign is None:
                sign = self._signs[key] = Sign(
                    self._names.meant_by(trigger), ((component, places[1]),), ((component, places[0]),)
                )
            found.events += 1
            yield Line(number, case, sign, _time(record.get("time")))

    def _sign(self, rule: LineRule, fields: Fields) -> Sign | None:
        """Return what a line shows, the same object for the same; None where a field is missing."""
        wanted = self._wanted[rule.number]
        if not wanted:
            key: tuple[object, ...] = (rule.number,)
        else:
            values = tuple(field_of(fields, name) for name in wanted)
            if None in values:
                return None
            key = (rule.number, *map(as_text, values))
        sign = self._signs.get(key)
        if sign is None:
            by_name = dict(zip(wanted, key[1:], strict=True))
            triggers = [filled(trigger, by_name) for trigger in rule.triggers]
            if "" in triggers:
                return None
            if len(self._signs) >= _MOST_SIGNS:
                self._signs.clear()
            sign = self._signs[key] = Sign(
                tuple(dict.fromkeys(one for name in triggers for one in self._names.meant_by(name))),
                tuple((name, filled(state, by_name)) for name, state in rule.seen.items()),
            )
        return sign

    def _unmatched(self, number: int, line: object) -> None:
        found = self._understood
        found.unmatched += 1
        if found.first is None:
            text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False, default=str)
            found.first = number, text


def _time(value: object) -> str | float | None:
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None

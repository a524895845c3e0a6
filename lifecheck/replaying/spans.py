"""Spans of OpenTelemetry as flat records: as OTLP writes them in JSON, or an exporter to the console."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lifecheck.errors import InputError
from lifecheck.replaying.event import Remark

DOCUMENT_LIMIT = 256 << 20
"""How many characters a document may have that stands on several lines; it is held in memory whole."""


def records_of_spans(
    lines: Iterator[tuple[int, str]], tell: Callable[[Remark], None]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the spans of a log as records, each with the line on which its document ends, of one document by start.

    A record has ``name``, ``trace_id``, ``span_id``, ``start``, ``end``, ``status``, each attribute as
    ``attributes.NAME`` and each of its resource as ``resource.NAME``. A span's own events follow it, as records with
    ``event`` for their name beside all that the span has.

    Parameters
    ----------
    lines
        The lines of the log, with their numbers.
    tell
        Called where the last document was cut.

    Raises
    ------
    InputError
        If there are no spans in it.

    Examples
    --------
    >>> span = {"traceId": "7", "spanId": "1", "name": "pay", "startTimeUnixNano": "5", "attributes": [
    ...     {"key": "order", "value": {"intValue": "12"}}]}
    >>> text = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]})
    >>> found = records_of_spans(iter([(1, text)]), print)
    >>> [(number, record["name"], record["attributes.order"]) for number, record in found]
    [(1, 'pay', '12')]
    """
    found = False
    for number, document in _documents(lines, tell):
        spans = sorted(_spans(document), key=lambda record: _moment(record.get("start")))
        for record in spans:
            found = True
            yield number, record
            events = record.pop("events", None)
            for event in events if isinstance(events, list) else ():
                if isinstance(event, dict):
                    yield (
                        number,
                        {**record, **_attributes(event.get("attributes"), "attributes"), "event": event.get("name")},
                    )
    if not found:
        raise InputError("there are no spans in the log; OTLP writes resourceSpans, and exporters to the console name")


def _documents(lines: Iterator[tuple[int, str]], tell: Callable[[Remark], None]) -> Iterator[tuple[int, Any]]:
    """Yield each JSON document, be it one a line or one on many lines, with the line on which it ends."""
    begun: list[str] = []
    size = depth = first = number = 0
    whole = False
    for number, text in lines:
        first = first or number
        outside = _TEXT.sub("", text)
        depth += outside.count("{") + outside.count("[") - outside.count("}") - outside.count("]")
        begun.append(text)
        size += len(text)
        if size > DOCUMENT_LIMIT:
            raise InputError(f"what begins on line {first} is no JSON document that ends; write one document a line")
        if depth > 0:
            continue
        try:
            document = json.loads("\n".join(begun))
        except (ValueError, RecursionError):
            stands = f"stands on line {number}" if first == number else f"stands on lines {first} to {number}"
            raise InputError(f"what {stands} is no JSON; spans are JSON documents") from None
        yield number, document
        whole = True
        begun, size, depth, first = [], 0, 0, 0
    if begun:
        reason = f"the document that begins on line {first} is no whole JSON; it may have been cut short"
        if not whole:
            raise InputError(reason)
        tell(Remark(number, reason))


_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def _spans(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, list):
        for one in document:
            yield from _spans(one)
    elif isinstance(document, dict):
        for resource in _listed(document, "resourceSpans"):
            about = _attributes(_held(resource, "resource").get("attributes"), "resource")
            for scope in (*_listed(resource, "scopeSpans"), *_listed(resource, "instrumentationLibrarySpans")):
                for span in _listed(scope, "spans"):
                    yield about | _record(span)
        if "resourceSpans" not in document and "name" in document:
            yield _record(document)


def _record(span: Mapping[str, Any]) -> dict[str, Any]:
    context, status = _held(span, "context"), _held(span, "status")
    return {
        "name": span.get("name"),
        "trace_id": span.get("traceId") or context.get("trace_id"),
        "span_id": span.get("spanId") or context.get("span_id"),
        "start": span.get("startTimeUnixNano") or span.get("start_time"),
        "end": span.get("endTimeUnixNano") or span.get("end_time"),
        "status": status.get("code") or status.get("status_code"),
        "events": span.get("events"),
        **_attributes(span.get("attributes"), "attributes"),
    }


def _attributes(given: Any, prefix: str) -> dict[str, Any]:
    if isinstance(given, dict):
        return {f"{prefix}.{name}": value for name, value in given.items()}
    found = {}
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict) and isinstance(one.get("value"), dict) and one["value"]:
            found[f"{prefix}.{one.get('key')}"] = next(iter(one["value"].values()))
    return found


def _listed(holder: Any, key: str) -> list[Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _held(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object within another; an empty one where something else stands there."""
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _moment(value: Any) -> tuple[int, int, str]:
    """Return what spans are ordered by: nanoseconds, which are more than a float can tell apart, or text."""
    text = str(value)
    return (0, int(text), "") if text.isdecimal() and len(text) < _DIGITS else (1, 0, text)


_DIGITS = 40
"""A number with so many digits is no time."""

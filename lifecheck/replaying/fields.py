"""Reads fields of a record or groups of a pattern, and fills them into text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from lifecheck.replaying.mapping import BRACES, as_text, placeholders

Fields = Mapping[str, Any]
"""A record, or the groups of a pattern, by name."""


def field_of(fields: Fields, name: str) -> Any:
    """Return a field; dots lead into the objects that it holds.

    Examples
    --------
    >>> field_of({"order": {"number": 7}}, "order.number"), field_of({"order.number": 8}, "order.number")
    (7, 8)
    """
    if name in fields or "." not in name:
        return fields.get(name)
    here: Any = fields
    for step in name.split("."):
        if not isinstance(here, dict):
            return None
        here = here.get(step)
    return here


def reader_of_text(text: str) -> Callable[[Fields], str | None] | None:
    """Return what reads a field, or fills several into a text; None where nothing is to be read."""
    names = placeholders(text)
    if not text:
        return None
    if not names:
        return lambda fields: None if (value := field_of(fields, text)) is None else as_text(value)

    def text_of(fields: Fields) -> str | None:
        values = {name: field_of(fields, name) for name in names}
        return None if None in values.values() else filled(text, {k: as_text(v) for k, v in values.items()})

    return text_of


def reader_of_field(name: str) -> Callable[[Fields], Any] | None:
    """Return what reads a field as it is, or fills several into a text; None where none is named."""
    if placeholders(name):
        return reader_of_text(name)
    return (lambda fields: field_of(fields, name)) if name else None


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with what stands in braces filled in.

    Examples
    --------
    >>> filled("pay({amount})", {"amount": "5"}), filled("{{}}", {})
    ('pay(5)', '{}')
    """
    if "{" not in text and "}" not in text:
        return text
    return BRACES.sub(lambda found: _value(found, values), text)


def _value(found: re.Match[str], values: Mapping[str, Any]) -> str:
    return found[0][0] if found[1] is None else str(values[found[1]])

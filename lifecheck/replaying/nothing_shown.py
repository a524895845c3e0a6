"""What is wrong with a log of which no line shows anything."""

from __future__ import annotations

import difflib
import re
from contextlib import suppress
from typing import BinaryIO, NoReturn

from lifecheck.errors import InputError
from lifecheck.replaying.mapping import LineRule, LogFormat, LogMapping
from lifecheck.replaying.recorded import is_recording
from lifecheck.replaying.understood import Understood


def refuse_nothing(found: Understood, mapping: object, stream: BinaryIO) -> NoReturn:
    """Raise what is wrong: with the first line that no rule fits, and the rule whose pattern is the most like it.

    Parameters
    ----------
    found
        What reading came to.
    mapping
        By what the log was read.
    stream
        The log, which may be a recording that needs no mapping.

    Examples
    --------
    >>> from io import BytesIO
    >>> refuse_nothing(Understood(lines=1, unmatched=1, first=(1, "paid 7")), lambda line: None, BytesIO(b"paid 7"))
    Traceback (most recent call last):
    lifecheck.errors.InputError: no line of the log matches the mapping: the first is line 1, 'paid 7'
    """
    if not found.lines:
        raise InputError("the log has no line that could be read" + "".join(f"; {one}" for one in found.told))
    hint = _hint(mapping, stream)
    if found.first is None:
        told = "".join(f"; {one}" for one in found.told)
        raise InputError(f"no line of the log shows anything{told}{hint}")
    number, text = found.first
    name, nearest = "the mapping", ""
    if isinstance(mapping, LogMapping):
        rule = max(mapping.rules, key=lambda rule: _likeness(rule, text))
        name, nearest = mapping.name, f"; the nearest pattern is that of [[line]] {rule.number}, {rule.written}"
    told = f"the first is line {number}, {short(text)}{nearest}" + "".join(f"; {one}" for one in found.told[:-1])
    raise InputError(f"no line of the log matches {name}: {told}{hint}")


def short(text: str) -> str:
    """Return the beginning of a line as it is told, also of one that no encoding can write."""
    with suppress(ValueError):
        text = text.encode("utf-8", "replace").decode()
    return repr(text if len(text) <= 80 else text[:77] + "...")


def _hint(mapping: object, stream: BinaryIO) -> str:
    """Return what to do where a recording was given a mapping."""
    if not isinstance(mapping, LogMapping) or mapping.format is LogFormat.RECORDING:
        return ""
    return "; it is a recording, which needs no mapping" if is_recording(stream) else ""


def _likeness(rule: LineRule, text: str) -> float:
    pattern = [re.sub(r"\(\?P<\w+>|\\[a-zA-Z]|[\\^$.|?*+()\[\]{}]", " ", rule.pattern.pattern)] if rule.pattern else []
    wanted = [f'"{name}": "{value}"' for name, values in rule.when.items() for value in sorted(values)]
    texts = [*pattern, *wanted] or [""]
    return max(difflib.SequenceMatcher(None, one[:500], text[:500]).ratio() for one in texts)

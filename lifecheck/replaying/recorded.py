"""Tells a recording by its first line, which says what was recorded."""

from __future__ import annotations

import json
from typing import BinaryIO


def header_of(stream: BinaryIO) -> dict[str, object] | None:
    """Return what the first line of a recording says; None where it is none. The stream is at its beginning then.

    Examples
    --------
    >>> from io import BytesIO
    >>> header_of(BytesIO(b'{"lifecheck": "recording", "component": "job"}'))["component"]
    'job'
    >>> header_of(BytesIO(b"10:00 take")) is None
    True
    """
    stream.seek(0)
    begun = stream.read(1 << 16)
    stream.seek(0)
    try:
        found = json.loads(begun.splitlines()[0])
    except (ValueError, IndexError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("lifecheck") == "recording" else None


def is_recording(stream: BinaryIO) -> bool:
    """Whether a stream that can be read from its beginning again holds a recording."""
    return stream.seekable() and header_of(stream) is not None

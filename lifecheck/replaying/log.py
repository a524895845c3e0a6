"""A log as somebody gives it: a file, with or without a mapping, or what a test writes down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lifecheck.errors import InputError, did_you_mean
from lifecheck.replaying.event import PythonMapping
from lifecheck.replaying.mapping import LogFormat, LogMapping
from lifecheck.replaying.mapping_file import read_mapping
from lifecheck.replaying.readers import LogReader
from lifecheck.replaying.recorded import header_of, is_recording
from lifecheck.replaying.trigger_names import TriggerNames
from lifecheck.system import System

Given = LogMapping | PythonMapping | Path | str | None
"""A mapping as it is given: itself, a function of a line's text, the file that holds it, or none."""


@contextmanager
def opened(
    path: Path | str, mapping: Given, names: TriggerNames, wait: Callable[[], bool] | None = None
) -> Iterator[tuple[LogReader, frozenset[str]]]:
    """Open a log, and say which triggers it shows.

    Parameters
    ----------
    path
        The file.
    mapping
        How its lines are read; without it, the file is a recording.
    names
        The triggers that there are.
    wait
        As of `LogReader`.

    Raises
    ------
    InputError
        If it cannot be read, or the mapping cannot be used.
    """
    place = Path(path)
    try:
        stream = place.open("rb")
    except OSError as error:
        raise InputError(f"log {str(path)!r} cannot be read: {error.strerror or error}") from error
    with stream:
        given = _mapping(mapping, stream, place)
        visible = frozenset(names.known)
        if isinstance(given, LogMapping) and given.format is not LogFormat.RECORDING:
            visible = given.visible(names)
        elif isinstance(given, LogMapping):
            visible = _recorded(stream, names)
        try:
            yield LogReader(stream, given, names, wait), visible
        except OSError as error:
            raise InputError(f"log {str(path)!r} cannot be read: {error.strerror or error}") from error


def _mapping(given: Given, stream: BinaryIO, place: Path) -> LogMapping | PythonMapping:
    if isinstance(given, Path | str):
        return read_mapping(given)
    if given is not None:
        return given
    if not is_recording(stream):
        raise InputError(
            f"log {str(place)!r} is no recording; say how its lines are read by a mapping, which lifecheck replay "
            "--mapping-template writes to be filled in"
        )
    return LogMapping(LogFormat.RECORDING, name="the recording")


def _recorded(stream: BinaryIO, names: TriggerNames) -> frozenset[str]:
    """Return the triggers of the component that was recorded; others of a system write no line there."""
    told = header_of(stream) if stream.seekable() else None
    listed = told.get("triggers") if told else None
    if not isinstance(listed, list):
        return frozenset(names.known)
    return frozenset(one for name in listed for one in names.meant_by(str(name)) if one in names.known)


def visible_in(path: Path | str, mapping: Given, system: System) -> frozenset[str]:
    """Return the triggers of a system that never fire without a line in a log.

    Raises
    ------
    InputError
        As `opened` does.
    """
    with opened(path, mapping, TriggerNames([system])) as (_, visible):
        return visible


def visible_among(names: TriggerNames, visible: Iterable[str] | None) -> frozenset[str]:
    """Return the triggers that write lines, of those that somebody named; all where nobody did.

    Raises
    ------
    InputError
        If one is no trigger.
    """
    if visible is None:
        return frozenset(names.known)
    if isinstance(visible, str):
        raise InputError(f"visible is the text {visible!r}; write a list of triggers: [{visible!r}]")
    found: set[str] = set()
    for name in visible:
        if not names.are_known(name):
            raise InputError(f"visible names {name!r}, which is no trigger; " + did_you_mean(name, names.known))
        found.update(names.meant_by(name))
    return frozenset(found)

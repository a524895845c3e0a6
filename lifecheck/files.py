"""Writes files whole or not at all, and never over a file that lifecheck did not write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lifecheck.errors import ForeignFileError, InputError

_BEGINNINGS = (
    re.compile(r'"""A counterexample as a regression test, written by lifecheck: '),
    re.compile(r'"""A case of a log as a test, written by lifecheck: '),
    # what every picture begins with: its title and its words, for those who cannot see it
    re.compile(
        r"<\?xml[^>]*>\n(<!-- dot-sha256: [0-9a-f]{64} -->\n)?"
        r'<svg [^>]*role="img" aria-labelledby="title desc">\s*<title id="title">'
    ),
    re.compile(r"(flowchart \w\w|sequenceDiagram|stateDiagram-v2)\n    accTitle: .*\n    accDescr: "),
    re.compile(r"block-beta\n    %% .*\n    %% "),
    re.compile(r"// .*\n// .*\ndigraph \{\n  graph \[label=<<table "),
    re.compile(r"<!doctype html>\n<!-- Written by lifecheck: "),
    # exports: JSON says its form, the others a line of their own among the first
    re.compile(r'\{\n  "form": "lifecheck-'),
    re.compile(r'\{"format": "lifecheck counter abstraction '),
    re.compile(r"(.*\n){1,5}( \*|\\\*) Written by lifecheck from the tables "),
)


def is_of_lifecheck(text: str) -> bool:
    r"""Whether lifecheck writes files that begin like this one; a file without anything in it is nobody's.

    Parameters
    ----------
    text
        What it holds.

    Examples
    --------
    >>> is_of_lifecheck("/* a lamp\n * Written by lifecheck from the tables that ... */")
    True
    >>> is_of_lifecheck("def test_lamp(): ...")
    False
    """
    text = text.replace("\r\n", "\n")  # as version control may have changed it
    return not text.strip() or any(beginning.match(text) for beginning in _BEGINNINGS)


def refuse_foreign(path: Path, text: str) -> None:
    """Refuse to write over a file that lifecheck did not write, unless it holds the very text.

    Raises
    ------
    ForeignFileError
        If it is another's.
    OSError
        If it cannot be read.
    """
    if path.is_file():
        there = path.read_bytes().decode(errors="replace")
        if there != text and not is_of_lifecheck(there):
            raise ForeignFileError(path)


def refuse_unwritable(path: Path | str, *, force: bool = False) -> None:
    """Refuse a place where `write_whole` could not write, before what takes long is done for it.

    Parameters
    ----------
    path
        The file.
    force
        As there.

    Raises
    ------
    ForeignFileError
        If there is a file that lifecheck did not write.
    InputError
        If it cannot be written.

    Examples
    --------
    >>> refuse_unwritable("no/such/folder/page.html")
    Traceback (most recent call last):
    lifecheck.errors.InputError: cannot write 'no/such/folder/page.html': No such file or directory
    """
    place = Path(path)
    if not place.name or place.is_dir():
        raise InputError(f"cannot write {str(place)!r}: it is a folder; name a file in it")
    if place.exists() and not place.is_file():
        return
    temporary = place.with_name(f".{place.name}.tmp")
    try:
        if not force:
            refuse_foreign(place, "")
        temporary.write_text("", encoding="utf-8")
        temporary.unlink()
    except OSError as error:
        raise InputError(f"cannot write {str(place)!r}: {error.strerror or error}") from error


def write_whole(path: Path | str, text: str, *, force: bool = False) -> Path:
    """Write a file under a temporary name beside its place, then rename it; a device is written to as it is.

    Parameters
    ----------
    path
        The file; its folder must exist.
    text
        What to write, as UTF-8 with LF line ends.
    force
        Also over a file that lifecheck did not write.

    Raises
    ------
    ForeignFileError
        If there is a file that lifecheck did not write.
    InputError
        If it cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "note.txt", "closed").read_text()
    'closed'
    """
    place = Path(path)
    if not place.name:
        raise InputError(f"cannot write {str(place)!r}: it is a folder; name a file in it")
    if place.exists() and not (place.is_file() or place.is_dir()):  # renaming would take the device away
        try:
            place.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputError(f"cannot write {str(place)!r}: {error.strerror or error}") from error
    else:
        write_all({place: text}, force=force)
    return place


def write_all(texts: Mapping[Path, str], *, force: bool = False) -> None:
    """Write files under temporary names beside their places, then rename them all.

    Parameters
    ----------
    texts
        What to write, by the file; their folders must exist.
    force
        Also over files that lifecheck did not write.

    Raises
    ------
    ForeignFileError
        If one of them is there and lifecheck did not write it; nothing has been written then.
    InputError
        If one cannot be written; no old file has been touched then.
    """
    temporary = {path: path.with_name(f".{path.name}.tmp") for path in texts}
    path = Path()
    try:
        if not force:
            for path, text in texts.items():
                refuse_foreign(path, text)
        try:
            for path, text in texts.items():
                temporary[path].write_text(text, encoding="utf-8", newline="\n")
            for path, written in temporary.items():
                written.replace(path)
        finally:
            for written in temporary.values():
                if written.parent.is_dir():
                    written.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot write {str(path)!r}: {error.strerror or error}") from error

"""Writes a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from lifecheck.errors import InputError


def write_whole(path: Path | str, text: str) -> Path:
    """Write a file under a temporary name beside its place, then rename it; a device is written to as it is.

    Parameters
    ----------
    path
        The file; its folder must exist.
    text
        What to write, as UTF-8 with LF line ends.

    Raises
    ------
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
    temporary = place.with_name(f".{place.name}.tmp")
    try:
        if place.exists() and not (place.is_file() or place.is_dir()):  # renaming would take the device away
            place.write_text(text, encoding="utf-8", newline="\n")
            return place
        try:
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot write {str(place)!r}: {error.strerror or error}") from error
    return place

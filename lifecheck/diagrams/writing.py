"""Writes pictures to files: whole or not at all, and only those that changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from lifecheck.diagrams.diagram import ENDINGS, Diagram
from lifecheck.errors import InputError
from lifecheck.files import write_all


def write_diagrams(
    diagrams: Mapping[str, Diagram], folder: Path, formats: Sequence[str] = ("svg",), *, force: bool = False
) -> list[Path]:
    """Write each picture in each of the formats in which it can be had.

    A file that holds the right text already is left as it is. All text is made before the first file is
    touched, and each file is replaced in one step, so an error leaves nothing half-written.

    Parameters
    ----------
    diagrams
        Each picture by the name of its files.
    folder
        Where to; made if it does not exist.
    formats
        "svg" (``name.svg``), "mermaid" (``name.mmd``) or "dot" (``name.dot``), or several of them.
    force
        Also over files that lifecheck did not write.

    Returns
    -------
    list of Path
        The files that were written; empty if all were up to date.

    Raises
    ------
    ForeignFileError
        If a file is there already that lifecheck did not write.
    InputError
        If a name cannot be a file's, the folder cannot be written, or an SVG is rendered from DOT and
        pygraphviz is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from lifecheck import Component
    >>> from lifecheck.diagrams import component_diagram
    >>> stone = component_diagram(Component("stone", ["lying"], "lying", [], set()))
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_diagrams({"stone": stone}, Path(folder))]
    ...     write_diagrams({"stone": stone}, Path(folder))
    ['stone.svg']
    []
    """
    for name in diagrams:
        if not re.fullmatch(r"[\w-][\w.-]*", name):
            raise InputError(f"diagram name {name!r} cannot be a file name; use letters, digits, '-', '_' and '.'")
    try:
        texts: dict[Path, str] = {}
        for name, diagram in diagrams.items():
            texts |= _outdated(name, diagram, folder, formats)
        folder.mkdir(parents=True, exist_ok=True)
        write_all(texts, force=force)
    except OSError as error:
        place = error.filename or folder
        raise InputError(f"cannot write diagrams to {str(folder)!r}: {place}: {error.strerror or error}") from error
    return list(texts)


def _outdated(name: str, diagram: Diagram, folder: Path, formats: Sequence[str]) -> dict[Path, str]:
    """Return the files of one picture whose content is not what it should be, with their new content."""
    wanted = [form for form in diagram.formats if form in formats]
    paths = {folder / f"{name}{ENDINGS[form]}": diagram.text(form) for form in wanted}
    return {path: text for path, text in paths.items() if _read(path) != text}


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return ""

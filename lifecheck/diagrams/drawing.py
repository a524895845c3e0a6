"""Draws a result, and writes the picture in the language that the file's name asks for."""

from __future__ import annotations

from pathlib import Path

from lifecheck.checking import Result
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.diagrams.diagram import ENDINGS, Diagram
from lifecheck.errors import InputError
from lifecheck.files import write_whole


def draw(result: Result, path: Path | str | None = None, title: str = "", *, force: bool = False) -> Diagram:
    """Draw a counterexample, and write it if a file is named.

    Parameters
    ----------
    result
        What `check` returned, with the verdict `violated`.
    path
        The file: ``.svg``, ``.mmd`` (Mermaid) or ``.dot`` (Graphviz).
    title
        Stands above the picture.
    force
        Also over a file that lifecheck did not write.

    Raises
    ------
    ForeignFileError
        If the file is there already and lifecheck did not write it.
    InputError
        If there is no run to draw, the name asks for another language, or the file cannot be written.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, never
    >>> machine = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> draw(check(machine, never("state == 'on'"))).description
    'Start: machine off. 1. switch: machine on. Here the property is violated.'
    """
    diagram = counterexample_diagram(result, title=title)
    if path is not None:
        write_whole(path, diagram.text(form_of(path)), force=force)
    return diagram


def form_of(path: Path | str) -> str:
    """Return the language that a file's name asks for.

    Raises
    ------
    InputError
        If it asks for none.

    Examples
    --------
    >>> form_of("door.mmd")
    'mermaid'
    """
    for form, ending in ENDINGS.items():
        if Path(path).suffix == ending:
            return form
    raise InputError(f"a picture cannot be written to {str(path)!r}; let its name end in .svg, .mmd or .dot")

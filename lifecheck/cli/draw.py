"""The command ``draw``: chooses the pictures, writes those that changed, and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lifecheck.cli.pictures import Pictures
from lifecheck.diagrams import Diagram, write_diagrams
from lifecheck.errors import InputError
from lifecheck.project import Project, load_project
from lifecheck.reports import counted
from lifecheck.system import System

LIMIT = 100_000
"""How many states are explored for a picture unless told otherwise; nobody would wait for more."""


def run(
    system: str | None,
    variants: Sequence[str],
    properties: str | None,
    out: Path,
    kinds: Sequence[str] = (),
    limit: int | None = None,
    attributes: Sequence[str] = (),
    force: bool = False,
) -> int:
    """Draw, write what changed, say so, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used, every picture that was asked for is too large, or the folder cannot be
        written; nothing is half-written then.
    """
    project = load_project(system, properties, claims_needed=False, attributes=attributes)
    names = tuple(variants) or project.shown or tuple(project.systems)
    systems = {name: project.variant(name) for name in names}
    beside = {} if variants else {name: project.variant(name) for name in project.state_spaces}
    pictures = Pictures(project, systems, beside, is_whole=not variants, limit=limit or LIMIT)
    diagrams = pictures.draw(kinds)
    if pictures.left_out and not diagrams:
        raise InputError(pictures.left_out[0])
    written = write_diagrams(diagrams, out, force=force)
    for path in written:
        click.echo(str(path))
    for reason in pictures.left_out:
        click.echo(f"lifecheck: {reason}", err=True)
    click.echo(f"{counted(len(diagrams), 'picture')} in {out}, {counted(len(written), 'file')} written.")
    return 0


def draw_all(project: Project, systems: Mapping[str, System]) -> dict[str, Diagram]:
    """Return every picture of a project by the name of its files; `systems` are the variants shown."""
    beside = {name: project.variant(name) for name in project.state_spaces}
    return Pictures(project, systems, beside, is_whole=True, limit=LIMIT).draw()

"""The command ``draw``: chooses the pictures, writes those that changed, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import tell
from lifecheck.cli.picture_kinds import KINDS, PICTURE_FORMATS
from lifecheck.cli.pictures import Pictures
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED
from lifecheck.diagrams import Diagram, can_render, listed, write_diagrams
from lifecheck.errors import InputError
from lifecheck.project import Project
from lifecheck.reports import counted
from lifecheck.system import System

LIMIT = 100_000
"""How many states are explored for a picture unless told otherwise; nobody would wait for more."""


@command("draw")
@about(limit=LIMIT)
@options.variants("Draw this variant; may be repeated.")
@options.place("Folder to write to; without it, what [tool.lifecheck] names as pictures.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Draw this kind alone; may be repeated.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(PICTURE_FORMATS),
    help="Write this format; may be repeated.  [default: svg, or without pygraphviz mermaid]",
)
@options.force
def draw(
    asked: Asked,
    variants: Sequence[str],
    out: Path | None,
    kinds: Sequence[str],
    formats: Sequence[str],
    force: bool,
) -> int:
    """Draw machines, runs and verdicts.

    Components, lifecycles and what two variants differ in, counterexamples and good runs, state spaces and the
    table of verdicts. Each can be had as SVG and, but for the largest table, as Mermaid; as DOT where Graphviz
    renders it.

    Example: lifecheck draw shop.py:order --out pictures --kind component

    Exit status: 0 if something is drawn, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    project = asked.project(claims_needed=False)
    out = out or _pictures_of(project)
    _refuse_unless_folder(out)
    systems = project.chosen(variants, asked.settings)
    is_whole = not (variants or asked.settings)
    beside = {} if not is_whole else {name: project.variant(name) for name in project.state_spaces}
    DOING.now(f"drawing {project.name}")
    pictures = Pictures(project, systems, beside, is_whole=is_whole, limit=asked.limit)
    drawn = pictures.draw(kinds)
    formats = formats or _usual_formats(drawn)
    diagrams = {name: diagram for name, diagram in drawn.items() if {*diagram.formats} & {*formats}}
    left_out = [*pictures.left_out, *_not_to_be_had(drawn, formats)]
    if left_out and not diagrams:
        raise InputError(left_out[0])
    written = write_diagrams(diagrams, out, formats, force=force)
    for path in written:
        tell(str(path))
    for reason in left_out:
        click.echo(f"lifecheck: {reason}", err=True)
    tell(f"{counted(len(diagrams), 'picture')} in {out}, {counted(len(written), 'file')} written.")
    return AS_EXPECTED


def _pictures_of(project: Project) -> Path:
    if project.pictures is None:
        raise InputError("say where to write: --out FOLDER, or pictures = 'FOLDER' in [tool.lifecheck]")
    here = Path.cwd()
    return project.pictures.relative_to(here) if project.pictures.is_relative_to(here) else project.pictures


def _usual_formats(drawn: Mapping[str, Diagram]) -> tuple[str, ...]:
    """Return SVG or, where what renders it is not installed, Mermaid, and say so."""
    if any(diagram.dot for diagram in drawn.values()) and not can_render():
        click.echo("lifecheck: without pygraphviz, which renders SVG, pictures are written as Mermaid", err=True)
        return ("mermaid",)
    return ("svg",)


def _refuse_unless_folder(out: Path) -> None:
    """Refuse what cannot become a folder before anything is drawn, which takes a while."""
    there = next(place for place in (out, *out.absolute().parents) if place.exists())
    if not there.is_dir():
        raise InputError(f"cannot write diagrams to {str(out)!r}: {there.name} is no folder")


def _not_to_be_had(diagrams: Mapping[str, Diagram], formats: Sequence[str]) -> Iterator[str]:
    """Say of each format which pictures cannot be had in it."""
    for form in formats:
        names = [name for name, diagram in diagrams.items() if form not in diagram.formats]
        if names:
            yield f"{listed(names)} cannot be had as {form}; ask for {listed(diagrams[names[0]].formats)}"


def draw_all(project: Project, systems: Mapping[str, System]) -> dict[str, Diagram]:
    """Return every picture of a project by the name of its files; `systems` are the variants shown."""
    beside = {name: project.variant(name) for name in project.state_spaces}
    return Pictures(project, systems, beside, is_whole=True, limit=LIMIT).draw()

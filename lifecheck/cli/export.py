"""The command ``export``: one variant with its properties, written for another checker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from lifecheck.errors import InputError, did_you_mean
from lifecheck.export import EXPORT_LIMIT, FORMATS, Description, describe, tla
from lifecheck.files import write_whole
from lifecheck.project import load_project


def run(
    system: str | None,
    to: str,
    variant: str | None,
    names: Sequence[str],
    settings: Sequence[str],
    properties: str | None,
    out: Path | None,
    limit: int | None,
    attributes: Sequence[str] = (),
    force: bool = False,
) -> int:
    """Write the export to a file or to standard output, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used or the file cannot be written; nothing is half-written then.
    """
    if to not in FORMATS:
        raise InputError(f"there is no format {to!r}; " + did_you_mean(to, FORMATS))
    project = load_project(system, properties, claims_needed=False, attributes=attributes)
    wanted = [variant] if variant else [*project.shown, *project.systems][:1]
    (exported,) = project.chosen(wanted, settings).values()
    claims = [project.claim(name) for name in names] if names else project.claims
    description = describe(exported, claims, limit or EXPORT_LIMIT)
    if out is None:
        click.echo(FORMATS[to](description), nl=False)
        return 0
    write_whole(out, _text(description, to, out), force=force)
    click.echo(str(out))
    return 0


def _text(description: Description, to: str, out: Path) -> str:
    if to != "tla":
        return FORMATS[to](description)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*\.tla", out.name):
        raise InputError(
            f"{str(out)!r} cannot hold a TLA+ module, which must be called as its file is; "
            "choose a name of letters, digits and underscores that ends in .tla"
        )
    return tla(description, out.stem)

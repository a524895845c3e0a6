"""The command ``export``: one variant with its properties, written for another checker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from lifecheck.cli import completion, options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import tell
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED
from lifecheck.errors import InputError, did_you_mean
from lifecheck.export import EXPORT_LIMIT, FORMATS, Description, describe, tla, tlc_configuration
from lifecheck.files import write_all, write_whole


@command("export")
@about(limit=EXPORT_LIMIT)
@click.option(
    "--to",
    "to",
    required=True,
    metavar="FORMAT",
    help="promela (for SPIN), tla (for TLC) or json.",
    shell_complete=completion.formats,
)
@options.variant("Export this variant; without it the first shown.")
@options.several_properties("Export this property; may be repeated.")
@options.place("Write to this file; without it, print.", metavar="FILE")
@options.force
def export(
    asked: Asked,
    to: str,
    variant: str | None,
    names: Sequence[str],
    out: Path | None,
    force: bool,
) -> int:
    """Write a system for another checker.

    The same system, properties and fairness, as they were fired from the real machines.

    Example: lifecheck export shop.py:order --to tla --out Order.tla

    Exit status: 0 if it is written, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    if to not in FORMATS:
        raise InputError(f"there is no format {to!r}; " + did_you_mean(to, FORMATS))
    project = asked.project(claims_needed=False)
    wanted = [variant] if variant else [*project.shown, *project.systems][:1]
    (exported,) = project.chosen(wanted, asked.settings).values()
    claims = [project.claim(name) for name in names] if names else project.claims
    DOING.now(f"exporting {exported.name}")
    description = describe(exported, claims, asked.limit)
    if out is None:
        tell(FORMATS[to](description), nl=False)
        return AS_EXPECTED
    texts = {out: _text(description, to, out)}
    if to == "tla":
        texts[out.with_suffix(".cfg")] = tlc_configuration(description, out.stem)
    if out.exists() and not out.is_file():
        write_whole(out, texts[out], force=force)  # a device, or a folder that is refused
    else:
        write_all(texts, force=force)
    for path in texts:
        tell(str(path))
    return AS_EXPECTED


def _text(description: Description, to: str, out: Path) -> str:
    if to != "tla":
        return FORMATS[to](description)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*\.tla", out.name):
        raise InputError(
            f"{str(out)!r} cannot hold a TLA+ module, which must be called as its file is; "
            "choose a name of letters, digits and underscores that ends in .tla"
        )
    return tla(description, out.stem)

"""The command ``explore``: serves the page on loopback and opens it, or writes it with its data inside."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import click

from lifecheck.browser import LIMIT, Feed, bound, new_token, serve, written_page
from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import tell
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED
from lifecheck.errors import InputError
from lifecheck.files import write_whole


@command("explore")
@about(limit=LIMIT)
@options.variants("Walk through this variant; may be repeated.")
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Serve at this port of 127.0.0.1; without it, at any that is free.",
)
@options.place("Write the page to this file, with every state inside, instead of serving it.")
@click.option("--every-setting", is_flag=True, help="With --out: also decide every change of one trigger's fairness.")
@options.force
def explore(
    asked: Asked,
    variants: Sequence[str],
    no_open: bool,
    port: int,
    out: Path | None,
    every_setting: bool,
    force: bool,
) -> int:
    """Walk through the states in a browser.

    Take any trigger, see what is blocked and by whom, load counterexamples, close loops by hand, change the fairness.
    The page is served to this machine alone, until Ctrl-C ends it; or written to a file that fetches nothing.

    Example: lifecheck explore shop.py:order --out order.html

    Exit status: 0 if the page was served or written, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    if out is not None and (no_open or port):
        raise InputError("--out writes the page and serves nothing; leave --no-open and --port out, or --out")
    if every_setting and out is None:
        raise InputError(
            "--every-setting is about a page that is written; every fairness can be set on one that is served"
        )
    project = asked.project(claims_needed=False)
    systems = project.chosen(variants, asked.settings)
    DOING.now(f"exploring {project.name}")
    feed = Feed(
        systems,
        project.claims,
        name=project.name,
        claims_name=project.claims_name,
        lanes=project.lanes,
        limit=asked.limit,
    )
    if out is not None:
        tell(str(write_whole(out, written_page(feed, every_setting=every_setting), force=force)))
        return AS_EXPECTED
    return serve_until_interrupted(feed, port=port, no_open=no_open)


def serve_until_interrupted(feed: Feed, place: str = "", *, port: int = 0, no_open: bool = False) -> int:
    """Serve the page, and open it where a run is shown, if a place is given."""

    def ready(address: str) -> None:
        DOING.now("serving the page")
        address += f"#{place}" if place else ""
        tell(f"The explorer is at {address} for this machine alone; Ctrl-C ends it.")
        if not no_open:
            Thread(target=_open, args=(address,), daemon=True).start()

    try:
        with bound(port) as listening, DOING.by_others():
            serve(feed, listening, new_token(), ready)
    except KeyboardInterrupt:  # how it is meant to end
        pass
    return AS_EXPECTED


def _open(address: str) -> None:
    if not webbrowser.open(address):
        click.echo("lifecheck: no browser could be opened; open the address yourself", err=True)

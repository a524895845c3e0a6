"""The command ``sweep``: many settings or mutants, judged on all cores or on a cluster, and resumed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import tell
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, FINDINGS, INTERRUPTED
from lifecheck.cli.sweep_output import bar, tell_seeds, tell_status, tell_summary, writer
from lifecheck.errors import InputError
from lifecheck.statespace import STATE_LIMIT
from lifecheck.sweeps import (
    ITEM_LIMIT,
    Origin,
    Plan,
    Progress,
    Running,
    Summary,
    asked_about,
    opened,
    over_of,
    refuse_page,
    seeds_tried,
    violated_on_runs,
    workers_for,
    write_page,
)


@command("sweep")
@about(limit=STATE_LIMIT, limited="--states")
@click.option(
    "--over",
    "over",
    multiple=True,
    metavar="SWITCH=A,B,C",
    help="Go over these values, or LIMIT=1..10; may be repeated.",
)
@click.option("--all", "every", is_flag=True, help="Go over every value of every switch.")
@options.variants("Judge this variant; without it, and without --over and --all, all of them.")
@options.several_properties("Judge this property; may be repeated.")
@click.option(
    "--mutants",
    type=click.IntRange(1, 2),
    metavar="N",
    help="Judge each mutant of each system beside it; with 2 each pair too.",
)
@click.option(
    "--seeds", type=click.IntRange(min=1), metavar="N", help="Let Hypothesis look for what is violated, N times."
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; all cores unless given.")
@click.option("--dask", metavar="ADDRESS", help="Run on this Dask cluster; local:4 starts one of four processes.")
@click.option(
    "--store", type=click.Path(path_type=Path, dir_okay=False), help="Keep verdicts in this file, and go on from it."
)
@click.option("--status", "is_status", is_flag=True, help="Say how far the sweeps of the store are, and judge nothing.")
@click.option(
    "--limit",
    "most",
    type=click.IntRange(min=1),
    metavar="N",
    default=ITEM_LIMIT,
    help=f"Judge at most N systems, and refuse more before it begins.  [default: {ITEM_LIMIT:,}]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line: each system, then the summary.")
@click.option("--csv", "as_csv", is_flag=True, help="Print one line a system for a spreadsheet.")
@click.option(
    "--page", type=click.Path(path_type=Path, dir_okay=False), help="Write the lattice as a page of small pictures."
)
@options.force
def sweep(
    asked: Asked,
    over: Sequence[str],
    every: bool,
    variants: Sequence[str],
    names: Sequence[str],
    mutants: int | None,
    seeds: int | None,
    jobs: int | None,
    dask: str | None,
    store: Path | None,
    is_status: bool,
    most: int,
    as_json: bool,
    as_csv: bool,
    page: Path | None,
    force: bool,
) -> int:
    """Judge many settings or mutants.

    Prints how often each property has which verdict, and where it fails in the fewest conditions. A sweep that was
    interrupted or killed goes on where it was, if it has a --store.

    Example: lifecheck sweep --over expiry=off,on --over imf=off,on

    Exit status: 0 if it came to its end and no verdict is unknown or another than the recorded one, 1 if one is, 2 if
    the input cannot be used, 3 if lifecheck itself failed, 130 if it was interrupted.
    """
    if is_status:
        if store is None:
            raise InputError("--status says how far a store is; name it with --store")
        tell_status(store)
        return AS_EXPECTED
    if seeds and as_csv:
        raise InputError("--csv is a line a system, and --seeds is about claims; write --json instead")
    if as_json and as_csv:
        raise InputError("--json and --csv are two ways to print the same; leave one of them out")
    if jobs is not None and dask is not None:
        raise InputError("--jobs and --dask are two places to run; leave one of them out")
    origin = Origin(
        asked.system,
        asked.properties,
        str(Path.cwd()),
        asked.attributes,
        asked.ignored,
        asked.final,
        asked.arguments,
        asked.guards,
    )
    about = _loaded(asked, origin, over, every, variants, names, mutants or 0, most)
    claims = [about.loaded.project.claim(name) for name in about.question.claims]
    summary = Summary(claims, about.over, len(about.items))
    if page is not None:
        is_lattice = not mutants and len(variants) < 2
        refuse_page(page, about.over if is_lattice else {}, force=force)  # now, and not after an hour
    tell_one = writer(about, as_json, as_csv)
    progress: list[Progress] = []
    refused = ""
    try:
        with (
            opened(store) as kept,
            workers_for(jobs, dask, origin, len(about.items)) as workers,
            bar(len(about.items)) as advance,
        ):
            running = Running(about.question, about.items, workers, kept, about.told)

            def told(now: Progress) -> None:
                progress[:] = [now]
                advance(now)

            for answer in running.answers(told):
                summary.add(answer)
                tell_one(answer)
                refused = refused or answer.refused
    except KeyboardInterrupt:
        return _interrupted(summary, store)
    if not summary.legal:
        raise InputError(f"there is no system in all {summary.total:,} settings; of the first: {refused}")
    if as_json:
        tell(json.dumps({"kind": "summary", **summary.as_json()}))
    elif not as_csv:
        tell_summary(summary, progress[-1])
    if page is not None:
        write_page(summary, page, about.loaded.project.name, force=force)
    if seeds:
        asked_of = violated_on_runs(about.question, about.items, summary)
        with workers_for(jobs, dask, origin, seeds) as workers:
            for found in seeds_tried(about.question, asked_of, seeds, workers):
                tell_seeds(found, as_json)
    return FINDINGS if summary.unexpected else AS_EXPECTED


def _loaded(
    asked: Asked,
    origin: Origin,
    over: Sequence[str],
    every: bool,
    variants: Sequence[str],
    names: Sequence[str],
    mutants: int,
    most: int,
) -> Plan:
    from lifecheck.project import settings_of, within

    with within(asked.timeout, asked.named):
        return asked_about(
            origin,
            over=over_of(over),
            every=every,
            mutants=mutants,
            variants=variants,
            fixed=settings_of(asked.settings),
            names=names,
            states=asked.limit,
            limit=most,
        )


def _interrupted(summary: Summary, store: Path | None) -> int:
    DOING.clear()
    told = f"lifecheck: interrupted after {summary.done:,} of {summary.total:,}; nothing is said of the whole"
    remedy = "; the same command goes on from there" if store is not None else "; with --store it could go on"
    click.echo(told + remedy, err=True)
    return INTERRUPTED

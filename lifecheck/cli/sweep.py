"""The command ``sweep``: many settings or mutants, judged on all cores or on a cluster, and resumed."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from lifecheck.cli import options
from lifecheck.cli.output import print_rows, say, tell
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, FINDINGS, INTERRUPTED
from lifecheck.errors import InputError
from lifecheck.properties import Verdict
from lifecheck.reports import counted
from lifecheck.statespace import STATE_LIMIT
from lifecheck.sweeps import (
    ITEM_LIMIT,
    Answer,
    Asked,
    Origin,
    Progress,
    Running,
    Seeds,
    Store,
    Summary,
    asked_about,
    opened,
    over_of,
    seeds_tried,
    violated_on_runs,
    workers_for,
    write_page,
)

MOST_SHOWN = 20
"""How many conditions, or unexpected verdicts, are listed before the rest is counted."""


@options.command("sweep")
@options.about(limit=STATE_LIMIT, limited="--states")
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
    asked: options.Asked,
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
        return _tell_status(store)
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
    tell_one = _writer(about, as_json, as_csv)
    progress: list[Progress] = []
    try:
        with (
            opened(store) as kept,
            workers_for(jobs, dask, origin, len(about.items)) as workers,
            _bar(len(about.items)) as advance,
        ):
            running = Running(about.question, about.items, workers, kept, about.told)

            def told(now: Progress) -> None:
                progress[:] = [now]
                advance(now)

            for answer in running.answers(told):
                summary.add(answer)
                tell_one(answer)
    except KeyboardInterrupt:
        return _interrupted(summary, store)
    if as_json:
        tell(json.dumps({"kind": "summary", **summary.as_json()}))
    elif not as_csv:
        _tell_summary(summary, progress[-1])
    if page is not None:
        write_page(summary, page, about.loaded.project.name, force=force)
    if seeds:
        asked_of = violated_on_runs(about.question, about.items, summary)
        with workers_for(jobs, dask, origin, seeds) as workers:
            for found in seeds_tried(about.question, asked_of, seeds, workers):
                _tell_seeds(found, as_json)
    return FINDINGS if summary.unexpected else AS_EXPECTED


def _loaded(
    asked: options.Asked,
    origin: Origin,
    over: Sequence[str],
    every: bool,
    variants: Sequence[str],
    names: Sequence[str],
    mutants: int,
    most: int,
) -> Asked:
    from lifecheck.project import within

    fixed: dict[str, str] = {}
    for setting in asked.settings:
        switch, equals, value = setting.partition("=")
        if not (switch and equals and value):
            raise InputError(f"{setting!r} is not of the form key=value")
        fixed[switch] = value
    with within(asked.timeout, asked.named):
        return asked_about(
            origin,
            over=over_of(over),
            every=every,
            mutants=mutants,
            variants=variants,
            fixed=fixed,
            names=names,
            states=asked.limit,
            limit=most,
        )


def _writer(about: Asked, as_json: bool, as_csv: bool) -> Callable[[Answer], None]:
    """Return what prints one answer as it comes."""
    claims = about.question.claims
    if as_json:
        return lambda answer: tell(json.dumps(_as_json(answer)))
    if not as_csv:
        return lambda answer: None
    switches = list(dict.fromkeys([*about.over, *(switch for switch, _ in next(iter(about.items)).settings)]))

    def row(cells: Iterable[str]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(cells)
        tell(text.getvalue())

    row(["variant", *switches, "mutants", "refused", *claims])

    def tell_row(answer: Answer) -> None:
        settings = dict(answer.item.settings)
        row(
            [
                answer.item.variant or answer.known_as,
                *(settings.get(switch, "") for switch in switches),
                "; ".join(answer.item.mutants),
                answer.refused,
                *(str(answer.found[name].verdict) if answer.found else "" for name in claims),
            ]
        )

    return tell_row


def _as_json(answer: Answer) -> dict[str, object]:
    return {
        "kind": "answer",
        "variant": answer.item.variant or answer.known_as,
        "settings": dict(answer.item.settings),
        "mutants": list(answer.item.mutants),
        "refused": answer.refused,
        "verdicts": {name: str(found.verdict) for name, found in answer.found.items()},
        "states": {name: found.states for name, found in answer.found.items()},
    }


@contextmanager
def _bar(total: int) -> Iterator[Callable[[Progress], None]]:
    """Show how far it is, with its rate and the time left, where somebody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with (
        DOING.by_others(),
        Bar(
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        ) as bar,
    ):
        task = bar.add_task("judging", total=total, rate="")

        def advance(now: Progress) -> None:
            seconds = now.told - now.began
            bar.update(task, completed=now.done, rate=f"{now.done / seconds:,.0f} a second" if seconds else "")

        yield advance


def _tell_summary(summary: Summary, progress: Progress) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("property")
    for verdict in Verdict:
        table.add_column(str(verdict), justify="right")
    for claim in summary.claims:
        table.add_row(claim.name, *(f"{summary.counts[claim.name][verdict]:,}" for verdict in Verdict))
    print_rows(table)
    refused = (
        f", and {summary.refused:,} of {summary.total:,} are none: they contradict themselves"
        if summary.refused
        else ""
    )
    apart = f", {summary.distinct:,} of them different" if summary.distinct < summary.legal else ""
    say(f"{counted(summary.legal, 'system')}{apart}{refused}.")
    say(
        f"{counted(progress.judged, 'verdict')} found, and {progress.reused:,} that were there already or are of equal "
        "systems."
    )
    if summary.over and summary.legal:
        _tell_conditions(summary)
    for one in summary.unexpected[:MOST_SHOWN]:
        told = f", and {one.expected} is recorded" if one.expected else f": {one.note}" if one.note else ""
        say(f"{one.item}: {one.claim} is {one.verdict}{told} (!)")
    if len(summary.unexpected) > MOST_SHOWN:
        say(f"... and {len(summary.unexpected) - MOST_SHOWN:,} more that are unknown or not as recorded (!)")


def _tell_conditions(summary: Summary) -> None:
    say()
    is_greedy = False
    for claim in summary.claims:
        conditions = summary.conditions(claim)
        if conditions is None or not conditions.causes:
            continue
        is_greedy = is_greedy or not conditions.exact
        say(f"{claim.name} fails where")
        for cause in conditions.causes[:MOST_SHOWN]:
            say(f"  {cause}" if cause.fixed else "  whatever is set")
        if len(conditions.causes) > MOST_SHOWN:
            say(f"  ... and {len(conditions.causes) - MOST_SHOWN:,} more")
    if is_greedy:
        say("The settings are too many for every cause: this is a greedy cover, exact, and not proven the fewest.")


def _tell_seeds(found: Seeds, as_json: bool) -> None:
    if not as_json:
        say(str(found))
        return
    tried = [{"examples": one.examples, "length": one.length} for one in found.tried]
    told = {"kind": "seeds", "variant": found.item.variant, "settings": dict(found.item.settings)}
    tell(json.dumps({**told, "mutants": list(found.item.mutants), "property": found.claim, "tried": tried}))


def _interrupted(summary: Summary, store: Path | None) -> int:
    DOING.clear()
    told = f"lifecheck: interrupted after {summary.done:,} of {summary.total:,}; nothing is said of the whole"
    remedy = "; the same command goes on from there" if store is not None else "; with --store it could go on"
    click.echo(told + remedy, err=True)
    return INTERRUPTED


def _tell_status(store: Path | None) -> int:
    if store is None:
        raise InputError("--status says how far a store is; name it with --store")
    with Store(store, writes=False) as kept:
        runs, number = kept.runs(), len(kept)
    say(f"{counted(number, 'verdict')} in {store}")
    for run in runs:
        seconds = max(run.told - run.began, 0.001)
        share = f"{run.done:,} of {run.total:,}"
        rest = "ended" if run.ended else f"{run.done / seconds:,.0f} a second"
        if not run.ended and run.seconds_left is not None:
            rest += f", {_duration(run.seconds_left)} left; last heard of {_duration(time.time() - run.told)} ago"
        say(f"{run.asked}: {share} ({run.reused:,} there already), {rest}")
    return AS_EXPECTED


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{rest} s"

"""What ``sweep`` prints: an answer a line, how far it is, and what all of it comes to."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lifecheck.cli.output import print_rows, say, tell
from lifecheck.cli.progress import DOING
from lifecheck.properties import Verdict
from lifecheck.reports import counted
from lifecheck.sweeps import Answer, Plan, Progress, Seeds, Store, Summary

MOST_SHOWN = 20
"""How many conditions, or unexpected verdicts, are listed before the rest is counted."""


def writer(about: Plan, as_json: bool, as_csv: bool) -> Callable[[Answer], None]:
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


@contextmanager
def bar(total: int) -> Iterator[Callable[[Progress], None]]:
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


def tell_summary(summary: Summary, progress: Progress) -> None:
    """Print how often each property has which verdict, where each fails, and what nobody expected."""
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


def tell_seeds(found: Seeds, as_json: bool) -> None:
    """Print what Hypothesis found of one violated requirement."""
    if not as_json:
        say(str(found))
        return
    tried = [{"examples": one.examples, "length": one.length} for one in found.tried]
    told = {"kind": "seeds", "variant": found.item.variant, "settings": dict(found.item.settings)}
    tell(json.dumps({**told, "mutants": list(found.item.mutants), "property": found.claim, "tried": tried}))


def tell_status(store: Path) -> None:
    """Print how far the sweeps of a store are."""
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
        say("Where the settings are too many it is not proven that fewer conditions would not do; these are exact.")


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


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{rest} s"

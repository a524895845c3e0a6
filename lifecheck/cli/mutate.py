"""The command ``mutate``: which property notices when one row of a system is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from lifecheck.changes import Mutation, Outcome, Trial, stale_reasons
from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import print_rows, say, tell_json
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, FINDINGS, INTERRUPTED
from lifecheck.errors import InputError
from lifecheck.project import Project
from lifecheck.reports import counted
from lifecheck.statespace import STATE_LIMIT
from lifecheck.sweeps import Mutated, Origin, workers_for
from lifecheck.sweeps import trials as judged


@command("mutate")
@about(limit=STATE_LIMIT)
@options.variant("Mutate this variant; without it the project's choice or the first shown.")
@options.several_properties("Let this property notice; may be repeated.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Judge them in N processes.")
@options.as_json("a table")
def mutate(
    asked: Asked,
    variant: str | None,
    names: Sequence[str],
    jobs: int,
    as_json: bool,
) -> int:
    """Ask which property notices a wrong row.

    Removes and redirects each row, and removes each trigger from its alphabet, one change at a time.

    Example: lifecheck mutate shop:SYSTEM --property can-end

    Exit status: 0 if every mutant that differs is noticed or may survive for a recorded reason, 1 if one
    survives without a reason or a reason names no survivor, 2 if the input cannot be used, 3 if lifecheck itself
    failed.
    """
    project = asked.project()
    chosen = _recorded_variant(project)
    is_recorded = variant in (None, chosen) and not asked.settings
    reasons = project.survivors if is_recorded else {}  # a reason holds for the variant it was given for
    variant = variant or chosen
    noticing = [project.claim(name) for name in names] if names else project.claims
    named = variant
    ((variant, original),) = project.chosen([variant], asked.settings).items()
    if not noticing:
        raise InputError(f"there is no property to check on {project.name!r}; add a Claim")
    mutation = Mutation(original, project.claims, asked=noticing, reasons=reasons, limit=asked.limit)
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
    mutated = Mutated(origin, named, asked.settings, tuple(one.name for one in noticing), asked.limit)
    trials = _judge_all(mutation, mutated, jobs)
    interrupted = len(trials) < len(mutation.mutants)
    stale = () if interrupted else stale_reasons(trials, reasons)
    broken_off = f"interrupted after {len(trials)} of {counted(len(mutation.mutants), 'mutant')}" if interrupted else ""
    if as_json:
        found = {"system": project.name, "variant": variant, "mutants": [trial.as_json() for trial in trials]}
        tell_json(found)
        for line in filter(None, [broken_off, *map(_stale_line, stale)]):
            click.echo(f"lifecheck: {line}", err=True)
    else:
        print_rows(_table(trials))
        for line in [broken_off or _summary(trials, variant), *map(_stale_line, stale)]:
            say(line)
    if interrupted:
        return INTERRUPTED
    return FINDINGS if stale or not all(trial.is_accounted_for for trial in trials) else AS_EXPECTED


def _recorded_variant(project: Project) -> str:
    """Return the variant that is mutated unless another is asked for, and that survivors are recorded of."""
    return project.mutated or next(iter(project.shown or project.systems))


def _judge_all(mutation: Mutation, mutated: Mutated, jobs: int) -> list[Trial]:
    """Judge the mutants in order, with a progress bar where somebody watches; stop early if interrupted."""
    trials: list[Trial] = []
    watching = sys.stderr.isatty()
    with DOING.by_others(), Progress(console=Console(stderr=True), transient=True, disable=not watching) as progress:
        task = progress.add_task("mutants", total=len(mutation.mutants))
        try:
            with workers_for(jobs, None, mutated.origin, len(mutation.mutants)) as workers:
                for trial in judged(mutated, mutation, workers):
                    trials.append(trial)
                    progress.advance(task)
        except KeyboardInterrupt:
            pass  # what is done so far is worth its time: it is shown
    return trials


def _table(trials: Sequence[Trial]) -> Table:
    """Return a line a mutant, the mutants of one component together."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("mutant", overflow="fold")
    table.add_column("noticed by", overflow="fold")
    for trial in trials:
        table.add_row(Text(trial.mutant.description), _cell(trial))
    return table


def _cell(trial: Trial) -> Text:
    if trial.outcome is Outcome.NOTICED:
        return Text(", ".join(trial.noticed_by))
    if not trial.is_accounted_for:
        return Text("SURVIVES", style="bold red")
    return Text(f"{trial.outcome}: {trial.reason}" if trial.reason else str(trial.outcome), style="dim")


def _summary(trials: Sequence[Trial], variant: str) -> str:
    def number(outcome: Outcome) -> int:
        return sum(trial.outcome is outcome for trial in trials)

    unexplained = sum(not trial.is_accounted_for for trial in trials)
    return (
        f"{counted(len(trials), 'mutant')} of {variant}: "
        + "".join(f"{number(kind):,} {kind}, " for kind in (Outcome.NOTICED, Outcome.EQUIVALENT, Outcome.UNUSABLE))
        + f"{number(Outcome.SURVIVES) - unexplained:,} surviving for a recorded reason, {unexplained:,} without one"
        + (" (!)." if unexplained else ".")
    )


def _stale_line(description: str) -> str:
    return f"a reason is recorded for {description!r}, which is no survivor (!); remove or correct it"

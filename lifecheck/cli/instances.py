"""Verdicts for many instances, with progress on a terminal, and with what is known if interrupted."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

import click

from lifecheck.checking import Engine, Judgement, Result, judge
from lifecheck.errors import CompositionError
from lifecheck.instances import Decompositions, Instances, InstancesResult, check_instances, write_certificate
from lifecheck.machines import Tables
from lifecheck.properties import Claim, Verdict
from lifecheck.reports import counted
from lifecheck.system import System

SECONDS_BETWEEN_REPORTS = 0.2


def verify_instances(
    systems: Mapping[str, System],
    claims: Sequence[Claim],
    instances: Instances,
    limit: int,
    memory: int,
    engine: Engine | None,
) -> tuple[Judgement, ...]:
    """Check every claim on every variant for so many instances; claims in order, and for each the variants.

    Of several variants one without population is `unknown`, with the reason as its note.

    Raises
    ------
    LifecheckError
        If no system has a population, or there are too many instances to explore.
    KeyboardInterrupt
        If the reader has waited long enough; what is known by then has been written to standard error.
    """
    watch = Watch()
    tables = Tables()
    reasons = {name: reason for name, system in systems.items() if (reason := _no_population(name, system, tables))}
    if len(reasons) == len(systems):
        raise CompositionError(next(iter(reasons.values())))
    found: dict[tuple[Claim, str], Judgement] = {}
    try:
        for name, system in systems.items():
            if name in reasons:
                continue
            decide = partial(
                check_instances,
                instances=instances,
                memory=memory,
                limit=limit,
                progress=watch,
                known=Decompositions(tables),  # the sets of one variant serve all its claims, and then are forgotten
                engine=engine,
            )
            for claim in claims:
                watch.about = f"{claim.name} on {name}"
                found[claim, name] = judge(name, system, claim, limit=limit, by=decide)
    except KeyboardInterrupt:
        watch.clear()
        for judgement in found.values():
            click.echo(f"{judgement.claim.name} on {judgement.variant}: {judgement.verdict}", err=True)
        click.echo(f"{watch.about}: not decided; {watch.known or 'nothing explored yet'}", err=True)
        raise
    finally:
        watch.clear()
    for name, reason in reasons.items():
        so_many = replace(systems[name], instances=instances if isinstance(instances, int) else None)
        found |= {(claim, name): _undecided(name, so_many, claim, reason) for claim in claims}
    return tuple(found[claim, name] for claim in claims for name in systems)


def write_certificate_of(judgement: Judgement, place: Path, *, force: bool) -> None:
    """Write why a verdict is for every number of instances.

    Raises
    ------
    InputError
        If it was not decided by counting, or the file cannot be written.
    """
    assert isinstance(judgement.result, InstancesResult)
    write_certificate(judgement.result, place, force=force)


def _undecided(name: str, system: System, claim: Claim, reason: str) -> Judgement:
    result = Result(system, claim.asked, Verdict.UNKNOWN, states=0, transitions=0, note=reason)
    return Judgement(name, claim, result, result.verdict)


def _no_population(name: str, system: System, tables: Tables) -> str:
    """Return why a variant has no population, in one line; nothing if it has one."""
    try:
        Decompositions(tables).of(system.with_observers(()))
    except CompositionError as error:
        return f"{name} has no population of {system.instance_words}; ask about one, without --instances: {error}"
    return ""


class Watch:
    """Is told how far things are, and shows it where somebody watches."""

    def __init__(self) -> None:
        self.about = ""
        self.known = ""
        self._shown = False
        self._last = monotonic()

    def __call__(self, doing: str, states: int) -> None:
        """Remember, and on a terminal show, how many states are known."""
        self.known = f"{counted(states, 'state')} so far, looking for {doing}"
        if sys.stderr.isatty() and monotonic() - self._last > SECONDS_BETWEEN_REPORTS:
            click.echo(f"\r\x1b[K{self.about}: {self.known}", err=True, nl=False)
            self._shown, self._last = True, monotonic()

    def clear(self) -> None:
        """Take away what is shown."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._shown = False

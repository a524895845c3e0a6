"""The command ``explain``: why one property has its verdict, and which single change flips it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click
from rich.text import Text

from lifecheck.claim import Claim
from lifecheck.command.output import console, settings_line, wording
from lifecheck.command.project import Project, load_project
from lifecheck.command.verify import AS_EXPECTED, NOT_AS_EXPECTED
from lifecheck.graph import STATE_LIMIT
from lifecheck.result import Verdict
from lifecheck.system import System
from lifecheck.verification import Judgement, judge


def run(
    name: str,
    variant: str | None,
    system: str | None,
    settings: Sequence[str],
    properties: str | None,
    limit: int | None,
    pytest_file: Path | None = None,
) -> int:
    """Check one property, print the explanation, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used; nothing has been printed then.
    """
    project = load_project(system, properties)
    claim = project.claim(name)
    most = limit or STATE_LIMIT
    judgement = _most_telling(project.chosen([variant] if variant else [], settings), claim, most)
    changes = _single_changes(project, judgement, most)
    if pytest_file is not None:
        judgement.result.as_pytest(pytest_file, source=project.name, variant=judgement.variant, title=claim.words)
    _print(project, judgement, changes)
    if pytest_file is not None:
        click.echo(f"\nWritten as a regression test: {pytest_file}")
    return AS_EXPECTED if judgement.is_expected else NOT_AS_EXPECTED


def _most_telling(systems: Mapping[str, System], claim: Claim, limit: int) -> Judgement:
    """Return the judgement on the first variant that violates the claim, or else on the first of all."""
    judgements = [judge(name, system, claim, limit=limit) for name, system in systems.items()]
    return next((one for one in judgements if one.verdict is Verdict.VIOLATED), judgements[0])


def _single_changes(project: Project, judgement: Judgement, limit: int) -> list[tuple[str, Judgement]]:
    """Return each variant that differs in one switch and in its verdict, with that switch."""
    here = judgement.result.system.settings
    found = []
    for name, system in project.systems.items():
        switches = [key for key in {**here, **system.settings} if system.settings.get(key) != here.get(key)]
        if len(switches) == 1:
            other = judge(name, system, judgement.claim, limit=limit)
            if other.verdict is not judgement.verdict:
                found.append((switches[0], other))
    return found


def _print(project: Project, judgement: Judgement, changes: list[tuple[str, Judgement]]) -> None:
    say = partial(console().print, soft_wrap=True)
    claim, result = judgement.claim, judgement.result
    system = result.system
    say(Text(claim.words, style="bold"))
    say(Text(f"  {claim.asked.formula}"))
    if system.settings:
        say(Text(f"  {judgement.variant}: {settings_line(system.settings)}"))
    verdict = wording(claim, judgement.verdict)
    expected = "" if judgement.expected is None else (" as expected" if judgement.is_expected else " (unexpected!)")
    say(Text(f"  {verdict}{expected}, {result.states:,} states, {result.transitions:,} transitions"))
    if claim.assumptions:
        say(Text(f"  {claim.assumptions}"))
    for reason in _reasons(judgement):
        say(Text(f"  {reason}"))
    if result.evidence is not None:
        say()
        click.echo(result.story())
    if changes:
        say()
        say(Text("A single change that flips the verdict:"))
        for switch, other in changes:
            before, after = (one.settings.get(switch, "as usual") for one in (system, other.result.system))
            told = f"  {switch} {before} -> {after}: {wording(claim, other.verdict)} ({other.variant})"
            remark = system.remarks.get(switch)
            say(Text(told + (f"; {remark}" if remark else "")))
    if project.reproduce and judgement.is_counterexample and judgement.variant in project.systems:
        say()
        command = project.reproduce.format(variant=judgement.variant, property=claim.name)
        say(Text(f"Reproduce it on the real machines: {command}"))


def _reasons(judgement: Judgement) -> list[str]:
    result = judgement.result
    if judgement.verdict is Verdict.UNKNOWN:
        return [result.note]
    if judgement.verdict is Verdict.VACUOUS:
        return ["It says nothing here: what it is about never happens."]
    if judgement.verdict is Verdict.HOLDS and judgement.claim.asked.kind.is_liveness:
        needed = ", ".join(result.assumptions)
        return [f"It needs {needed}; no more fairness than that." if needed else "It needs no fairness."]
    return []

"""The command ``verify``: a table of verdicts, then the counterexamples told as stories."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click
from rich.text import Text

from lifecheck.checking import Judgement, verify
from lifecheck.cli.output import console, markdown_table, verdict_table
from lifecheck.errors import InputError
from lifecheck.instances import InstancesResult
from lifecheck.project import Project, load_project
from lifecheck.reports import counted, story
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import System

AS_EXPECTED = 0
NOT_AS_EXPECTED = 1


def run(
    system: str | None,
    variants: Sequence[str],
    all_variants: bool,
    names: Sequence[str],
    settings: Sequence[str],
    properties: str | None,
    limit: int | None,
    form: str | None,
    messages: int | None = None,
    memory: str | None = None,
    attributes: Sequence[str] = (),
) -> int:
    """Check, print, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used; nothing has been printed then.
    """
    project = load_project(system, properties, attributes=attributes)
    systems = project.chosen(tuple(project.systems) if all_variants else variants, settings)
    claims = [project.claim(name) for name in names] if names else project.claims
    if not claims:
        raise InputError(f"there is no property to check on {project.name!r}; add a Claim")
    if messages is None and memory is not None:
        raise InputError("--memory is about --messages N; name a number of messages too")
    if messages is None:
        judgements = verify(systems, claims, limit=limit or STATE_LIMIT)
    else:
        from lifecheck.cli.messages import verify_messages

        judgements = verify_messages(systems, claims, messages, limit or STATE_LIMIT, memory)
    if form == "json":
        found = {
            "system": project.name,
            "verdicts": [judgement.as_json() for judgement in judgements],
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo(markdown_table(judgements, list(systems)))
    else:
        _print(project, judgements, systems)
    return AS_EXPECTED if all(judgement.is_expected for judgement in judgements) else NOT_AS_EXPECTED


def _print(project: Project, judgements: Sequence[Judgement], systems: Mapping[str, System]) -> None:
    out = console()
    out.print(verdict_table(judgements, list(systems)))
    out.print(Text(_summary(judgements, systems)))
    for line in _certificates(judgements):
        click.echo(line)
    told = _told(judgements)
    for judgement in told:
        out.print()
        out.print(Text(f"{judgement.claim.words}: {judgement.verdict} on {judgement.variant}", style="bold"))
        if not judgement.is_expected and judgement.expected is not None:
            out.print(Text(f"expected: {judgement.expected}"))
        click.echo(story(judgement.result))
        if project.reproduce and judgement.is_counterexample and judgement.variant in project.systems:
            command = project.reproduce.format(variant=judgement.variant, property=judgement.claim.name)
            out.print(Text(f"  Reproduce it on the real machines: {command}"))
    others = [judgement for judgement in judgements if judgement.is_counterexample and judgement not in told]
    if others:
        out.print()
        out.print(Text("The other counterexamples:"))
        for judgement in others:
            click.echo(f"  lifecheck explain {judgement.claim.name} --variant {judgement.variant}")


def _told(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return what deserves its story: whatever is unexpected, and the first violated requirement."""
    explored = [judgement for judgement in judgements if judgement.result.states]
    first = next((judgement for judgement in explored if judgement.is_counterexample), None)
    return [judgement for judgement in explored if not judgement.is_expected or judgement is first]


def _summary(judgements: Sequence[Judgement], systems: Mapping[str, System]) -> str:
    unexpected = sum(not judgement.is_expected for judgement in judgements)
    explored = [judgement.result for judgement in judgements if judgement.result.states]
    states = [result.states for result in explored]
    parts = [
        counted(len(judgements), "verdict")
        + ", "
        + ("all as expected" if not unexpected else f"{unexpected} unexpected (!)"),
        ("" if min(states) == max(states) else f"{min(states):,} to ") + counted(max(states), "state"),
    ]
    messages = {result.messages for result in explored} - {None}
    if messages:
        parts.append("for " + " and ".join(_messages(number) for number in sorted(messages, key=str)))
    lines = [", ".join(parts) + "."]
    for system in systems.values():
        for component in system.components:
            if component.left_out:
                lines.append(f"Left out of {component.name!r}: the automatic {', '.join(component.left_out)}.")
    return "\n".join(lines)


def _certificates(judgements: Sequence[Judgement]) -> list[str]:
    """Return why verdicts are for any number of messages, or what stands against it, each reason once."""
    variants: dict[str, dict[str, None]] = {}
    for judgement in judgements:
        if isinstance(judgement.result, InstancesResult) and judgement.result.cutoff is not None:
            variants.setdefault(judgement.result.cutoff.certificate(), {})[judgement.variant] = None
    several = len(variants) > 1
    reasons = [f"{', '.join(names)}: {reason}" if several else reason for reason, names in variants.items()]
    notes = dict.fromkeys(judgement.result.note for judgement in judgements if judgement.result.note)
    return [*reasons, *notes]


def _messages(number: int | str | None) -> str:
    return counted(number, "message") if isinstance(number, int) else f"{number} number of messages"

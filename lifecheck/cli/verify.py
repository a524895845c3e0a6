"""The command ``verify``: a table of verdicts, then the counterexamples told as stories."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click
from rich.text import Text

from lifecheck.checking import Judgement, Result
from lifecheck.checking import verify as judge_all
from lifecheck.cli import options
from lifecheck.cli.output import console, tell
from lifecheck.cli.status import AS_EXPECTED, FINDINGS
from lifecheck.cli.verdict_table import markdown_table, verdict_table
from lifecheck.errors import InputError
from lifecheck.instances import InstancesResult
from lifecheck.project import Project, load_project
from lifecheck.reports import counted, story
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import System


@options.command("verify")
@options.subject
@options.variants("Check this variant; may be repeated.")
@click.option("--all-variants", is_flag=True, help="Check every variant, also those not shown by default.")
@options.several_properties("Check this property; may be repeated.")
@options.settings
@options.properties
@options.attributes
@options.limit
@click.option(
    "--instances",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check one instance among many: for any number where that follows, else explore N.",
)
@click.option("--slots", type=click.IntRange(min=1), metavar="K", help="Short for --set slots=K.")
@click.option(
    "--memory", metavar="M", help="With --instances: what sets of states may take, as in 500M; 2G unless given."
)
@options.as_json("a table")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table alone, for a document.")
def verify(
    system: str | None,
    variants: Sequence[str],
    all_variants: bool,
    names: Sequence[str],
    settings: Sequence[str],
    properties: str | None,
    attributes: Sequence[str],
    limit: int | None,
    instances: int | None,
    slots: int | None,
    memory: str | None,
    as_json: bool,
    as_markdown: bool,
) -> int:
    """Check properties on variants.

    Prints the verdict table, then the counterexamples as stories.

    Exit status: 0 if all is as expected (or, where nothing is expected, all requirements hold), 1 if some
    is not, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    if as_json and as_markdown:
        raise InputError("--json and --markdown are two forms of one answer; leave one of them out")
    if slots is not None:
        settings = (*settings, f"slots={slots}")
    project = load_project(system, properties, attributes=attributes)
    systems = project.chosen(tuple(project.systems) if all_variants else variants, settings)
    claims = [project.claim(name) for name in names] if names else project.claims
    if not claims:
        raise InputError(f"there is no property to check on {project.name!r}; add a Claim")
    if instances is None and memory is not None:
        raise InputError("--memory is about --instances N; name a number of instances too")
    if instances is None:
        judgements = judge_all(systems, claims, limit=limit or STATE_LIMIT)
    else:
        from lifecheck.cli.instances import verify_instances

        judgements = verify_instances(systems, claims, instances, limit or STATE_LIMIT, memory)
    if as_json:
        found = {
            "system": project.name,
            "verdicts": [judgement.as_json() for judgement in judgements],
        }
        tell(json.dumps(found, indent=2, ensure_ascii=False))
    elif as_markdown:
        tell(markdown_table(judgements, list(systems)))
    else:
        _print(project, judgements, systems)
    return AS_EXPECTED if all(judgement.is_expected for judgement in judgements) else FINDINGS


def _print(project: Project, judgements: Sequence[Judgement], systems: Mapping[str, System]) -> None:
    out = console()
    out.print(verdict_table(judgements, list(systems)))
    out.print(Text(_summary(judgements, systems)))
    for line in _certificates(judgements):
        tell(line)
    told = _told(judgements)
    for judgement in told:
        out.print()
        out.print(Text(f"{judgement.claim.words}: {judgement.verdict} on {judgement.variant}", style="bold"))
        if not judgement.is_expected and judgement.expected is not None:
            out.print(Text(f"expected: {judgement.expected}"))
        tell(story(judgement.result))
        if project.reproduce and judgement.is_counterexample and judgement.variant in project.systems:
            command = project.reproduce.format(variant=judgement.variant, property=judgement.claim.name)
            out.print(Text(f"  Reproduce it on the real machines: {command}"))
    others = [judgement for judgement in judgements if judgement.is_counterexample and judgement not in told]
    if others:
        out.print()
        out.print(Text("The other counterexamples:"))
        for judgement in others:
            tell(f"  lifecheck explain {judgement.claim.name} --variant {judgement.variant}")


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
    instances = {_instances(result) for result in explored} - {""}
    if instances:
        parts.append("for " + " and ".join(sorted(instances)))
    lines = [", ".join(parts) + "."]
    for system in systems.values():
        for component in system.components:
            if component.left_out:
                lines.append(f"Left out of {component.name!r}: the automatic {', '.join(component.left_out)}.")
    return "\n".join(lines)


def _certificates(judgements: Sequence[Judgement]) -> list[str]:
    """Return why verdicts are for any number of instances, or what stands against it, each reason once."""
    variants: dict[str, dict[str, None]] = {}
    for judgement in judgements:
        if isinstance(judgement.result, InstancesResult) and judgement.result.cutoff is not None:
            variants.setdefault(judgement.result.cutoff.certificate(), {})[judgement.variant] = None
    several = len(variants) > 1
    reasons = [f"{', '.join(names)}: {reason}" if several else reason for reason, names in variants.items()]
    notes = dict.fromkeys(judgement.result.note for judgement in judgements if judgement.result.note)
    return [*reasons, *notes]


def _instances(result: Result) -> str:
    """Return for how many instances a verdict is, in the words of its system; nothing where it models none."""
    if isinstance(result.instances, str):
        return f"{result.instances} number of {result.system.instance_words}"
    return "" if result.instances is None else result.system.counted_instances(result.instances)

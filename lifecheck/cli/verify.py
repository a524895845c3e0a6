"""The command ``verify``: a table of verdicts, then the counterexamples told as stories."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lifecheck.checking import SYMBOLIC, Engine, Judgement
from lifecheck.checking import verify as judge_all
from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import console, print_table, say, tell, tell_json
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, FINDINGS
from lifecheck.cli.verdict_table import (
    is_turned,
    legend,
    markdown_table,
    number_of_instances,
    verdict_tables,
    wording,
)
from lifecheck.cli.watch import run_again
from lifecheck.errors import InputError
from lifecheck.instances import Instances, InstancesResult
from lifecheck.project import Project, project_folder
from lifecheck.reports import counted, story
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import System


@command("verify")
@about(limit=STATE_LIMIT)
@options.variants("Check this variant; may be repeated.")
@click.option("--all-variants", is_flag=True, help="Check every variant, also those not shown by default.")
@options.several_properties("Check this property; may be repeated.")
@options.engine
@options.memory
@options.instances
@click.option(
    "--certificate",
    type=options.Place(),
    metavar="FILE",
    help="With --instances and one verdict that was decided by counting: write there why it is for every number.",
)
@options.force
@options.as_json("a table")
@click.option("--watch", is_flag=True, help="Verify again whenever a Python or project file changes; Ctrl-C ends it.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table alone, for a document.")
def verify(
    asked: Asked,
    variants: Sequence[str],
    all_variants: bool,
    names: Sequence[str],
    engine: Engine | None,
    memory: int,
    instances: Instances | None,
    certificate: Path | None,
    force: bool,
    as_json: bool,
    watch: bool,
    as_markdown: bool,
) -> int:
    """Check properties on variants.

    Prints the verdict table, then the counterexamples as stories.

    Example: lifecheck verify shop.py:order --attribute tries --final shipped

    Exit status: 0 if all is as expected (or, where nothing is expected, all requirements hold), 1 if some
    is not, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    if as_json and as_markdown:
        raise InputError("--json and --markdown are two forms of one answer; leave one of them out")
    if watch:
        DOING.now("watching for changes")
        with DOING.by_others():
            run_again([word for word in sys.argv[1:] if word != "--watch"], project_folder(Path.cwd()))
    project = asked.project()
    systems = project.chosen(tuple(project.systems) if all_variants else variants, asked.settings)
    claims = [project.claim(name) for name in names] if names else project.claims
    if not claims:
        raise InputError(f"there is no property to check on {project.name!r}; add a Claim")
    total = len(claims) * len(systems)
    if certificate is not None and (instances is None or total != 1):
        raise InputError(
            "--certificate is about one verdict for any number of instances; name --instances N, one --property and "
            "one --variant"
        )
    DOING.now(f"checking {counted(total, 'verdict')}")
    if instances is None:

        def known(judgement: Judgement) -> None:
            DOING.known.append(f"{judgement.claim.name} on {judgement.variant}: {judgement.verdict}")
            DOING.now(f"checking, {len(DOING.known)} of {counted(total, 'verdict')} known")

        judgements = judge_all(systems, claims, limit=asked.limit, engine=engine, memory=memory, progress=known)
        DOING.known.clear()
    else:
        from lifecheck.cli.instances import verify_instances, write_certificate_of

        with DOING.by_others():
            judgements = verify_instances(systems, claims, instances, asked.limit, memory, engine)
        if certificate is not None:
            write_certificate_of(judgements[0], certificate, force=force)
    if as_json:
        found = {
            "system": project.name,
            "verdicts": [judgement.as_json() for judgement in judgements],
        }
        tell_json(found)
    elif as_markdown:
        tell(markdown_table(judgements, list(systems)))
    else:
        _print(project, asked, judgements, systems)
    return AS_EXPECTED if all(judgement.is_expected for judgement in judgements) else FINDINGS


def _print(project: Project, asked: Asked, judgements: Sequence[Judgement], systems: Mapping[str, System]) -> None:
    width, variants = console().width, list(systems)
    for number, table in enumerate(verdict_tables(judgements, variants, width)):
        if number:
            say()
        print_table(table)
    if is_turned(judgements, variants, width):
        say()
        say("\n".join(legend(judgements)))
    say()
    say(_summary(judgements, systems))
    told = _told(judgements)
    for line in (*_reasons(judgements), *_notes(judgements, told)):
        say(line)
    for judgement in told:
        say()
        say(f"{judgement.claim.words}: {judgement.verdict} on {judgement.variant}", bold=True)
        if not judgement.is_expected and judgement.expected is not None:
            say(f"expected: {judgement.expected}")
        say(story(judgement.result))
        if project.reproduce and judgement.is_counterexample and judgement.variant in project.systems:
            command = project.reproduce.format(variant=judgement.variant, property=judgement.claim.name)
            say(f"  Reproduce it on the real machines: {command}")
    others = [judgement for judgement in judgements if judgement.is_counterexample and judgement not in told]
    if others:
        say()
        say("The other counterexamples:")
        for judgement in others:
            say(f"  {_explaining(project, asked, judgement)}")


def _explaining(project: Project, asked: Asked, judgement: Judgement) -> str:
    """Return the command that explains a judgement; a variant is named where there are several."""
    variant = () if len(project.systems) == 1 else ("--variant", judgement.variant.partition(" ")[0])
    return asked.again("explain", judgement.claim.name, *variant)


def _told(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return what deserves its story: whatever is unexpected, and the first violated requirement."""
    explored = [judgement for judgement in judgements if judgement.result.states]
    first = next((judgement for judgement in explored if judgement.is_counterexample), None)
    return [judgement for judgement in explored if not judgement.is_expected or judgement is first]


def _summary(judgements: Sequence[Judgement], systems: Mapping[str, System]) -> str:
    explored = [judgement.result for judgement in judgements if judgement.result.states]
    states = [result.states for result in explored] or [0]
    parts = [
        counted(len(judgements), "verdict"),
        *_counted_verdicts(judgements),
        ("" if min(states) == max(states) else f"{min(states):,} to ") + counted(max(states), "state"),
    ]
    parts += [f"for {number}" for number in sorted({number_of_instances(result) for result in explored} - {""})]
    lines = [", ".join(parts) + "."]
    if any(result.engine == SYMBOLIC for result in explored):
        lines.append("Sets of states were held as decision diagrams.")
    for system in systems.values():
        for component in system.components:
            if component.left_out:
                lines.append(f"Left out of {component.name!r}: the automatic {', '.join(component.left_out)}.")
    return "\n".join(lines)


def _reasons(judgements: Sequence[Judgement]) -> list[str]:
    """Return why verdicts are for any number of instances, or what stands against it, each reason once.

    Where the properties of a variant have several reasons, each is followed by those that it is about.
    """
    about: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if reason := judgement.result.reason():
            about.setdefault(reason, []).append(judgement)
    if len(about) < 2:
        return list(about)
    variants = {reason: list(dict.fromkeys(one.variant for one in found)) for reason, found in about.items()}
    if sum(map(len, variants.values())) == len({one for names in variants.values() for one in names}):
        return [f"{', '.join(variants[reason])}: {reason}" for reason in about]
    lines: list[str] = []
    for reason, found in about.items():
        result = found[0].result
        decision = result.decision if isinstance(result, InstancesResult) else ""
        certificate = reason.removesuffix(decision).strip()
        lines += [line for line in (certificate, decision) if line and line not in lines]
        lines += _about(found, with_variants=len({one.variant for one in judgements}) > 1)
    return lines


def _about(judgements: Sequence[Judgement], *, with_variants: bool) -> list[str]:
    """Return the properties that judgements are about, a line each, and on which variants."""
    variants: dict[str, list[str]] = {}
    for one in judgements:
        variants.setdefault(one.claim.words, []).append(one.variant)
    return [f"  {words}" + (f", on {', '.join(names)}" if with_variants else "") for words, names in variants.items()]


def _notes(judgements: Sequence[Judgement], told: Sequence[Judgement]) -> list[str]:
    """Return what is noted of verdicts, each note once; those without evidence that are told have it in their story."""
    noted = [one.result for one in judgements if one not in told or one.result.evidence is not None]
    return list(dict.fromkeys(result.note for result in noted if result.note))


def _counted_verdicts(judgements: Sequence[Judgement]) -> list[str]:
    """Return how many are as expected; of those of which nothing is expected, what they are."""
    expected = [judgement for judgement in judgements if judgement.expected is not None]
    unexpected = sum(not judgement.is_expected for judgement in expected)
    told = [f"{unexpected} unexpected (!)"] if unexpected else ["all as expected"] if expected else []
    if expected and len(expected) < len(judgements) and not unexpected:
        told = [f"{len(expected)} as expected"]
    others = [wording(judgement.claim, judgement.verdict) for judgement in judgements if judgement.expected is None]
    words = {"holds": "hold"}
    for word, number in Counter(others).items():
        told.append(f"{number} {words.get(word, word) if number > 1 else word}")
    return told

"""The command ``lint``: what is wrong with a machine before any property is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.in_options import in_options
from lifecheck.cli.output import say, tell, tell_json
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, FINDINGS
from lifecheck.linting import LintReport, SourceLines, github, sarif
from lifecheck.linting import lint as lint_subject
from lifecheck.machines import LOCAL_STATE_LIMIT as LINT_LIMIT
from lifecheck.machines import read_definition
from lifecheck.project import module_of, target_of, within
from lifecheck.system import Component, System, written_arguments


@command("lint")
@about(limit=LINT_LIMIT, properties=False)
@click.option("--definition-only", is_flag=True, help="Only read what a function makes, and run no callback.")
@click.option("--strict", is_flag=True, help="Let questions, as whether a run may end in a state, count as findings.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How to write it: for people, as one JSON object, as SARIF for editors and forges, or as annotations of a "
    "GitHub workflow.  [default: text]",
)
@options.as_json("text")
def lint(asked: Asked, definition_only: bool, strict: bool, form: str, as_json: bool) -> int:
    """Say what is wrong with a machine.

    Needs no property. A machine or model is only read; what a function makes is fired as well, callbacks included.

    Example: lifecheck lint shop.py:order --final shipped

    Exit status: 0 if there is nothing wrong, questions aside, 1 if there are findings, 2 if the input cannot be used,
    3 if lifecheck itself failed.
    """
    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"--json and --format {form} are two formats; name one")
    report = _report(asked, definition_only)
    findings = tuple(
        replace(finding, sentence=in_options(finding.sentence), remedy=in_options(finding.remedy))
        for finding in report.findings
    )
    report = replace(report, findings=findings)
    if form in _FOR_TOOLS:
        written = _FOR_TOOLS[form](report, _lines(asked).of, Path.cwd())
        if written:
            tell(written)
    elif as_json or form == "json":
        tell_json(report.as_json())
    else:
        say(report.text())
    return FINDINGS if report.faults or (strict and report.questions) else AS_EXPECTED


_FOR_TOOLS = {"sarif": sarif, "github": github}


def _lines(asked: Asked) -> SourceLines:
    """Return where the rows and states of what was linted were written."""
    subject, folder = asked.subject(), Path.cwd()
    files = []
    if asked.system is not None:
        target = target_of(asked.system)
        file = target.module if target.is_configuration else module_of(target, folder).__file__
        files = [folder / file] if file else []
    return SourceLines(subject.found, files)


def _report(asked: Asked, definition_only: bool) -> LintReport:
    subject = asked.subject()
    DOING.now(f"linting {subject.name}")
    found, final = subject.found, asked.final or subject.final
    guards = asked.guards or subject.guards
    if isinstance(found, Component) or subject.is_machine:
        if asked.settings:
            asked.project(claims_needed=False).chosen((), asked.settings)  # refuses them
        if not isinstance(found, Component):
            with within(asked.timeout, asked.named):
                read_definition(found, subject.name)  # what makes the machine may not return
        return lint_subject(
            found,
            final=final,
            attributes=asked.attributes or (() if guards else subject.attributes),
            ignored=asked.ignored or subject.ignored,
            arguments=written_arguments(asked.arguments or subject.arguments),
            name=subject.name,
            limit=asked.limit,
            definition_only=definition_only,
            guards=guards,
        )
    project = asked.project(claims_needed=False)  # refuses what is about a machine
    systems = project.chosen(tuple(project.systems), asked.settings) if asked.settings else project.systems
    return lint_subject(
        found if isinstance(found, System) and not asked.settings else systems,
        final=final,
        name=subject.name,
        limit=asked.limit,
        definition_only=definition_only,
    )

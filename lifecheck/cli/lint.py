"""The command ``lint``: what is wrong with a machine before any property is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from lifecheck.cli import options
from lifecheck.cli.output import tell
from lifecheck.cli.status import AS_EXPECTED, FINDINGS
from lifecheck.errors import InputError
from lifecheck.linting import LintReport
from lifecheck.linting import lint as lint_subject
from lifecheck.machines import offers_machine
from lifecheck.project import load_object, load_project
from lifecheck.system import Component, System


@options.command("lint")
@options.subject
@click.option(
    "--final", "finals", multiple=True, metavar="STATE", help="A run may end here; COMPONENT=STATE of a system."
)
@options.attributes
@click.option(
    "--ignored", multiple=True, metavar="NAME", help="What may change because nothing depends on it, as a log."
)
@click.option("--definition-only", is_flag=True, help="Only read what a function makes, and run no callback.")
@click.option("--strict", is_flag=True, help="Let questions, as whether a run may end in a state, count as findings.")
@options.limit
@options.as_json("text")
def lint(
    system: str | None,
    finals: Sequence[str],
    attributes: Sequence[str],
    ignored: Sequence[str],
    definition_only: bool,
    strict: bool,
    limit: int | None,
    as_json: bool,
) -> int:
    """Say what is wrong with a machine.

    Needs no property. A machine or model is only read; what a function makes is fired as well, callbacks included.

    Exit status: 0 if there is nothing wrong, questions aside, 1 if there are findings, 2 if the input cannot be used,
    3 if lifecheck itself failed.
    """
    asked = {"attributes": attributes, "ignored": ignored, "limit": limit, "definition_only": definition_only}
    report = _report(system, finals, asked)
    tell(json.dumps(report.as_json(), indent=2, ensure_ascii=False) if as_json else report.text())
    return FINDINGS if report.faults or (strict and report.questions) else AS_EXPECTED


def _report(target: str | None, finals: Sequence[str], asked: Mapping[str, Any]) -> LintReport:
    if target is None:
        project = load_project()
        return lint_subject(project.systems, final=_by_component(finals), name=project.name, limit=asked["limit"])
    found = load_object(target)
    is_variants = isinstance(found, Mapping) and found and all(isinstance(one, System) for one in found.values())
    if is_variants or isinstance(found, System):
        return lint_subject(found, final=_by_component(finals), name=target, **asked)
    if isinstance(found, Component) or offers_machine(found):
        return lint_subject(found, final=finals, name=target, **asked)
    raise InputError(
        f"{target!r} is {type(found).__name__}; expected a transitions machine, a model that carries one, a function "
        "that returns either, a Component, a System or a mapping of names to systems"
    )


def _by_component(finals: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in finals:
        component, equals, state = entry.partition("=")
        if not (component and equals and state):
            raise InputError(f"--final {entry}: a final state of a system is written COMPONENT=STATE")
        found.setdefault(component, []).append(state)
    return found

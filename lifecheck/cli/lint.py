"""The command ``lint``: what is wrong with a machine before any property is asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from typing import Any

import click

from lifecheck.errors import InputError
from lifecheck.linting import LintReport, lint
from lifecheck.machines import offers_machine
from lifecheck.project import load_object, load_project
from lifecheck.system import Component, System

NOTHING_FOUND = 0
SOMETHING_FOUND = 1


def run(
    target: str | None,
    finals: Sequence[str],
    attributes: Sequence[str],
    limit: int | None,
    as_json: bool,
    *,
    ignored: Sequence[str] = (),
    definition_only: bool = False,
) -> int:
    """Lint, print, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used; nothing has been printed then.
    """
    with redirect_stdout(sys.stderr):  # what callbacks print is no part of the report
        options = {"attributes": attributes, "ignored": ignored, "limit": limit, "definition_only": definition_only}
        report = _report(target, finals, options)
    click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False) if as_json else report.text())
    return SOMETHING_FOUND if report.findings else NOTHING_FOUND


def _report(target: str | None, finals: Sequence[str], options: Mapping[str, Any]) -> LintReport:
    if target is None:
        project = load_project()
        return lint(project.systems, final=_by_component(finals), name=project.name, limit=options["limit"])
    found = load_object(target)
    is_variants = isinstance(found, Mapping) and found and all(isinstance(one, System) for one in found.values())
    if is_variants or isinstance(found, System):
        return lint(found, final=_by_component(finals), name=target, **options)
    if isinstance(found, Component) or offers_machine(found):
        return lint(found, final=finals, name=target, **options)
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

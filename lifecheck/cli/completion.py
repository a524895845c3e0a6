"""What a shell offers after Tab: systems of the project, its variants and properties, and formats.

Nothing is fired for it, and whatever fails offers nothing: a shell is no place for errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lifecheck.project import Project

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def of_subject(*named: str) -> Complete:
    """Return what completes SYSTEM, and what is named after it: a property, or variants."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        given = ctx.params.get("subject") or ()
        found = [] if given else _systems()
        if named:
            found += variants(ctx, _, incomplete) if named[0].startswith("V") else properties(ctx, _, incomplete)
        return _beginning(found, incomplete)

    return complete


def variants(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Return the variants of the project, or of the system that is named."""
    return _beginning(_of_project(ctx, lambda project: project.systems), incomplete)


def properties(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of what is claimed."""
    return _beginning(_of_project(ctx, lambda project: [claim.name for claim in project.claims]), incomplete)


def formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the formats of an export."""
    from lifecheck.export import FORMATS

    return _beginning(FORMATS, incomplete)


def lessons(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the lessons of the project."""
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            from lifecheck.lessons import lessons_of

            return _beginning(lessons_of(), incomplete)
    except (Exception, SystemExit):
        return []


def _systems() -> list[str]:
    from lifecheck.errors import LifecheckError
    from lifecheck.project import find_configuration, machines_of

    try:
        configured = [find_configuration(Path.cwd()).text("systems")]
    except LifecheckError:
        configured = []
    return [*filter(None, configured), *(one.name for one in machines_of(Path.cwd()) if not one.needs)]


def _of_project(ctx: click.Context, pick: Callable[[Project], Iterable[str]]) -> list[str]:
    given = [word for word in ctx.params.get("subject") or () if ":" in word]
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # what modules print is no candidate
            from lifecheck.project import load_project

            return list(pick(load_project(given[0] if given else None, claims_needed=False)))
    except (Exception, SystemExit):
        return []


def _beginning(candidates: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in dict.fromkeys(candidates) if name.startswith(incomplete)]

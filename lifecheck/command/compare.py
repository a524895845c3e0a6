"""The command ``compare``: one story on two variants, the step in which they part, and how each ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import click
from rich.text import Text

from lifecheck.claim import Claim, Role
from lifecheck.command.output import console, wording
from lifecheck.command.project import load_project
from lifecheck.comparing import check_comparable, compare
from lifecheck.errors import InputError
from lifecheck.graph import STATE_LIMIT
from lifecheck.system import System
from lifecheck.verification import verify


def run(
    variants: tuple[str, str], name: str | None, system: str | None, properties: str | None, limit: int | None
) -> int:
    """Compare two variants, print the story, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used; nothing has been printed then.
    """
    project = load_project(system, properties)
    first, second = variants
    systems = {variant: project.variant(variant) for variant in variants}
    if first == second:
        raise InputError(f"{first!r} would be compared with itself; name two variants")
    if not project.claims:
        raise InputError(f"there is no property to compare by on {project.name!r}; add a Claim")
    check_comparable(systems)
    most = limit or STATE_LIMIT
    claim = project.claim(name) if name else _telling(systems, project.claims, most)
    if claim is None:
        click.echo(f"No requirement was found violated on {first} or {second}: there is no story to compare.")
        return 0
    comparison = compare(systems, claim, limit=most)
    verdicts = ", ".join(f"{wording(claim, side.verdict)} on {side.variant}" for side in comparison.judgements)
    if comparison.courses is None:
        click.echo(f"{claim.words}: {verdicts}. {comparison.story()}")
        return 0
    say = partial(console().print, soft_wrap=True)
    say(Text(claim.words, style="bold"))
    say(Text(f"  {claim.asked.formula}"))
    say(Text(f"  {verdicts}"))
    for difference in _differences(systems):
        say(Text(f"  {difference}"))
    say()
    click.echo(comparison.story())
    return 0


def _telling(systems: Mapping[str, System], claims: Iterable[Claim], limit: int) -> Claim | None:
    """Return the first requirement that one violates and the other does not, or else the first that both violate."""
    both = None
    for claim in claims:
        if claim.role is Role.REQUIREMENT:
            violated = [judgement.is_counterexample for judgement in verify(systems, [claim], limit=limit)]
            if any(violated) and not all(violated):
                return claim
            both = both or (claim if all(violated) else None)
    return both


def _differences(systems: Mapping[str, System]) -> list[str]:
    """Return each switch in which the two differ."""
    (first, one), (second, two) = ((name, system.settings) for name, system in systems.items())
    return [f"{key}: {one[key]} ({first}), {two[key]} ({second})" for key in one if key in two and one[key] != two[key]]

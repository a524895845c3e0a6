"""The command ``compare``: one story on two variants, the step in which they part, and how each ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from lifecheck.checking import judge
from lifecheck.cli import completion
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import say
from lifecheck.cli.status import AS_EXPECTED
from lifecheck.cli.verdict_table import wording
from lifecheck.comparison import check_comparable, comparison_story, has_a_story
from lifecheck.comparison import compare as compare_variants
from lifecheck.errors import InputError
from lifecheck.properties import Claim, Role
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import System


@command("compare")
@about("V1", "V2", limit=STATE_LIMIT)
@click.option(
    "--property",
    "name",
    metavar="P",
    help="Compare by it; without it, by the first that tells them apart.",
    shell_complete=completion.properties,
)
def compare(asked: Asked, name: str | None) -> int:
    """Tell one story on two variants.

    Tells the common steps once, then the step in which they part, and how each ends.

    Example: lifecheck compare shop:VARIANTS shipped mended --property can-end

    Exit status: 0 if that is told, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    project = asked.project()
    first, second = asked.words
    systems = {variant: project.variant(variant) for variant in (first, second)}
    if first == second:
        raise InputError(f"{first!r} would be compared with itself; name two variants")
    if not project.claims:
        raise InputError(f"there is no property to compare by on {project.name!r}; add a Claim")
    if asked.settings:
        chosen = [project.chosen([variant], asked.settings) for variant in asked.words]
        systems = chosen[0] | chosen[1]
        if len(systems) < 2:
            raise InputError(f"with {' '.join(asked.settings)} both are {next(iter(systems))!r}; leave that out")
    check_comparable(systems)
    most = asked.limit
    explorer = Explorer()
    claim = project.claim(name) if name else _telling(systems, project.claims, most, explorer)
    if claim is None:
        say(f"No requirement was found violated on {' or '.join(systems)}: there is no story to compare.")
        return AS_EXPECTED
    comparison = compare_variants(systems, claim, limit=most, explorer=explorer)
    verdicts = ", ".join(f"{wording(claim, side.verdict)} on {side.variant}" for side in comparison.judgements)
    if comparison.runs is None:
        say(f"{claim.words}: {verdicts}. {comparison_story(comparison)}")
        return AS_EXPECTED
    say(claim.words, bold=True)
    say(f"  {claim.asked.formula}")
    say(f"  {verdicts}")
    defaults = {switch.name: switch.default for switch in project.switches}
    for difference in _differences(systems, defaults):
        say(f"  {difference}")
    say()
    say(comparison_story(comparison))
    return AS_EXPECTED


def _telling(systems: Mapping[str, System], claims: Iterable[Claim], limit: int, explorer: Explorer) -> Claim | None:
    """Return what tells them apart: a requirement that one alone violates, or an observation that one alone shows.

    Where there is neither, the first requirement that both violate.
    """
    both = None
    for claim in sorted(claims, key=lambda claim: claim.role is Role.OBSERVATION):
        judgements = [judge(name, one, claim, limit=limit, explorer=explorer) for name, one in systems.items()]
        if len({has_a_story(judgement) for judgement in judgements}) > 1:
            return claim
        if all(judgement.is_counterexample for judgement in judgements):
            both = both or claim
    return both


def _differences(systems: Mapping[str, System], defaults: Mapping[str, str]) -> list[str]:
    """Return each switch in which the two differ; one that a variant does not name is at its default."""
    (first, one), (second, two) = ((name, system.settings) for name, system in systems.items())

    def told(settings: Mapping[str, str], key: str) -> str:
        return settings.get(key) or defaults.get(key, "as by default")

    return [
        f"{key}: {told(one, key)} ({first}), {told(two, key)} ({second})"
        for key in dict.fromkeys((*one, *two))
        if told(one, key) != told(two, key)
    ]

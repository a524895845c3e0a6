"""The table of docs/causes.md: the settings under which each requirement is violated although nothing goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Causes, Verdict
from lifecheck.changes import Lattice
from lifecheck.sweeps import sweep
from model import SWITCHES, configured
from model.configuration import REMARKS
from properties import REQUIREMENTS


def causes() -> tuple[Causes, ...]:
    """Return the causes of every requirement, over the settings of all switches that are no faults."""
    lattice = Lattice(SWITCHES, configured)
    settings = [lattice.setting(point) for point in lattice.systems]
    names = [claim.name for claim in REQUIREMENTS]
    answers = dict(zip(lattice.systems, sweep(settings=settings, names=names, jobs=1), strict=True))
    return tuple(
        lattice.causes_among(claim, {point: one.found[claim.name].verdict for point, one in answers.items()})
        for claim in REQUIREMENTS
    )


def markdown(found: Sequence[Causes] = ()) -> str:
    """Return the causes as a table, a line a requirement, and what to keep in mind about the switches named.

    Parameters
    ----------
    found
        The causes, where they are known already.
    """
    found = found or causes()
    lines = [
        "| requirement | fails exactly where | holds | violated | vacuous |",
        "|---|---|---|---|---|",
    ]
    for each in found:
        where = "<br>or ".join(map(str, each.told)) or "nowhere"
        numbers = [each.verdicts.get(verdict, 0) for verdict in (Verdict.HOLDS, Verdict.VIOLATED, Verdict.VACUOUS)]
        lines.append(f"| {each.claim.words} | {where} | " + " | ".join(map(str, numbers)) + " |")
    lines += ["", f"{found[0].settings} settings; {found[0].refused} more contradict themselves.", ""]
    named = dict.fromkeys(switch for each in found for cause in each.told for switch in cause.fixed)
    lines += [f"* `{switch}`: {REMARKS[switch]}." for switch in named if switch in REMARKS]
    return "\n".join(lines)

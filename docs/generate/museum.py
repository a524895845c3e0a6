"""Puts what lifecheck says of each exhibit into the pages of the museum, for cog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cog

from docs.generate.command_output import table
from docs.generate.differences import changed, rows_of
from docs.generate.exhibits import EXHIBITS, Exhibit, reports, told_of


def index() -> None:
    """Write the table of the exhibits, class by class."""
    cog.outl("\n| class of defect | software | report | claim that it breaks | lesson |\n|---|---|---|---|---|")
    for one in EXHIBITS:
        claim = f"[{one.broken_claim.words}]({one.page.name})"
        lesson = f"[{one.lesson}](../lessons/{one.lesson_page.name})"
        cog.outl(f"| {one.defect_class} | {one.software} | {reports(one)} | {claim} | {lesson} |")
    cog.outl("")


def label() -> None:
    """Write what a museum writes below an exhibit: software, reports, class and lesson."""
    one = _here()
    file = f"[`{one.name}.py`](../../examples/{one.name}.py)"
    lesson = f"[lesson {one.lesson}](../lessons/{one.lesson_page.name})"
    cog.outl(
        f"\n*{one.software}. Reported: {reports(one)}. Class: [{one.defect_class}](index.md), "
        f"as in {lesson}. The machine: {file}.*\n"
    )


def machine() -> None:
    """Write the rows of the system that has the defect, or the switches of the mail model that it is a setting of."""
    one = _here()
    system = one.systems[one.defect]
    lines = [f"{switch}: {value}" for switch, value in system.settings.items()]
    if not lines:
        for part in system.parts:
            lines += [f"{part.name}, at first {part.initial}", *(f"    {row}" for row in rows_of(part))]
    _block("text", lines)


def claim() -> None:
    """Write the claim, as it reads and as it is asked."""
    one = _here().broken_claim
    cog.outl(f"\n*{one.words[0].upper()}{one.words[1:]}*: `{one.asked.formula}`\n")


def told() -> None:
    """Write the story of the defect."""
    one = _here()
    _block("text", [line.rstrip() for line in told_of(one).splitlines()])


def correction() -> None:
    """Write what the correction takes away and adds, and the verdicts of all variants."""
    one = _here()
    _block("diff", changed(one.systems[one.defect], one.systems[one.corrected]))
    table(f"lifecheck verify --markdown examples.{one.name}:SYSTEMS")


def _block(language: str, lines: Sequence[str]) -> None:
    cog.outl(f"\n```{language}\n" + "\n".join(lines) + "\n```\n")


def _here() -> Exhibit:
    page = Path(cog.inFile).resolve()
    return next(one for one in EXHIBITS if one.page == page)

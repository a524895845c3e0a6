"""The table of delivery semantics: for each policy and fault, whether a message can be lost, come twice or be stuck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from lifecheck import Property, Result, State, Verdict, check, leads_to, never
from model import Acknowledgements, Configuration, Correction, Delivery, Scanning, Switch, exchange
from properties import predicates as p

POLICIES = MappingProxyType(
    {
        "at most once": Delivery.ACKNOWLEDGE_FIRST,
        "at least once": Delivery.ACKNOWLEDGE_AFTER,
        "effectively once": Delivery.REMEMBERING,
    }
)
"""When the store reports: before it deals with a message, after, or after and remembering it."""

_PATCHED = Configuration(correction=Correction.REPORT_SUCCESS)

FAULTS = MappingProxyType(
    {
        "no fault": _PATCHED,
        "one report is lost": replace(_PATCHED, acknowledgements=Acknowledgements.LOST_ONCE),
        "reports are lost again and again": replace(_PATCHED, acknowledgements=Acknowledgements.LOST_AGAIN),
        "the SMTP service crashes": replace(_PATCHED, smtp_crashes=Switch.ON),
        "the store crashes": replace(_PATCHED, store_crashes=Switch.ON),
        "the scanner crashes": replace(_PATCHED, scanner_crashes=Switch.ON),
        "the scanner is unavailable, and copies are held back": replace(_PATCHED, scanning=Scanning.FAILS_CLOSED),
        "the scanner is unavailable, and copies are let through": replace(_PATCHED, scanning=Scanning.FAILS_OPEN),
        "the signatures are updated": replace(_PATCHED, signatures_updated=Switch.ON),
    }
)
"""What goes wrong; the correction is in place, and a crash happens once."""

CONTENTS = ("clean", "infected")
QUESTIONS = ("lost", "twice", "stuck")


@dataclass(frozen=True)
class Cell:
    """Whether one thing can happen to one kind of message under one policy and one fault.

    Parameters
    ----------
    policy, fault, content, question
        Which.
    result
        The check that answers.
    """

    policy: str
    fault: str
    content: str
    question: str
    result: Result

    @property
    def answer(self) -> str:
        """Yes or no."""
        return "yes" if self.result.verdict is Verdict.VIOLATED else "no"

    @cached_property
    def why(self) -> str:
        """The triggers that show a yes, or the fairness that a no needs."""
        if self.result.evidence is None:
            return "needs " + (", ".join(self.result.assumptions) or "no fairness")
        loop = self.result.evidence.loop
        ends = "" if loop is None else (f"; for ever: {', '.join(loop)}" if loop else "; and stays so")
        return ", ".join(self.result.evidence.stem) + ends


def property_of(content: str, question: str) -> Property:
    """Return what must hold if a message of this content cannot be lost, dealt with twice, or stuck.

    Examples
    --------
    >>> property_of("clean", "twice").kind
    <Kind.NEVER: 'never'>
    """

    def settled(s: State) -> bool:
        return s.message == content and p.accepted_and_not_in_queue(s)

    def waiting(s: State) -> bool:
        return s.message == content and p.in_queue(s)

    def dealt_with_twice(s: State) -> bool:
        return s.message == content and (p.deleted_again(s) or not p.delivered_at_most_once(s))

    return {
        "lost": leads_to(settled, p.accounted_for),
        "twice": never(dealt_with_twice),
        "stuck": leads_to(waiting, p.not_in_queue),
    }[question]


def cells() -> Iterator[Cell]:
    """Yield every cell of the table: fault by fault, policy by policy, content by content."""
    for fault, configuration in FAULTS.items():
        for policy, delivery in POLICIES.items():
            system = exchange(replace(configuration, delivery=delivery))
            asked = [(content, question) for content in CONTENTS for question in QUESTIONS]
            for one, result in zip(asked, check(system, *(property_of(*one) for one in asked)), strict=True):
                yield Cell(policy, fault, *one, result)


def markdown() -> str:
    """Return the table, and after it a witness for each yes and the assumptions of each no."""
    rows: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells():
        rows.setdefault((cell.fault, cell.policy), []).append(cell)
    heads = [f"{content}: {question}" for content in CONTENTS for question in QUESTIONS]
    lines = ["| fault | policy | " + " | ".join(heads) + " |", "|---" * (len(heads) + 2) + "|"]
    for (fault, policy), row in rows.items():
        answers = [f"**{cell.answer}**" if cell.answer == "yes" else cell.answer for cell in row]
        lines.append(f"| {fault} | {policy} | " + " | ".join(answers) + " |")
    lines += ["", "| fault | policy | can it be | | because |", "|---|---|---|---|---|"]
    lines += [
        f"| {cell.fault} | {cell.policy} | {cell.content}: {cell.question} | {cell.answer} | {cell.why} |"
        for row in rows.values()
        for cell in row
    ]
    return "\n".join(lines)

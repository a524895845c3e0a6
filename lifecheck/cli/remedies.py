"""Prints where a claim fails, and which single changes would have saved it, as ``explain`` ends with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lifecheck.changes import Attempt, Causes, ChangeKind, Pair, Remedies, ranked
from lifecheck.checking import Judgement
from lifecheck.cli.output import say
from lifecheck.cli.verdict_table import wording
from lifecheck.properties import Role, Verdict
from lifecheck.reports import counted

ROWS_SHOWN = 8
"""How many lines about rows are shown of those that cost nothing; ``--json`` lists all."""

COSTLY_ROWS_SHOWN = 3
"""How many of those that cost something."""

COSTS_SHOWN = 2
"""How many requirements that a change costs are named."""


@dataclass(frozen=True)
class Search:
    """What was found about one verdict.

    Parameters
    ----------
    judgement
        The verdict.
    causes
        Where the claim fails; None if the project has no switches, or the search was interrupted before.
    has_faults
        Whether the project has switches beside those that span the lattice of causes.
    remedies
        What there was to try.
    attempts
        What was tried.
    named
        Names of variants by the identity of their systems.
    is_interrupted
        Whether the search was.
    pairs
        Two changes that together save it, where no single one does.
    pairs_tried
        How many pairs were tried.
    """

    judgement: Judgement
    causes: Causes | None
    has_faults: bool
    remedies: Remedies
    attempts: tuple[Attempt, ...]
    named: Mapping[int, str]
    is_interrupted: bool
    pairs: tuple[Pair, ...] = ()
    pairs_tried: int = 0

    @property
    def needs_pairs(self) -> bool:
        """Whether no single change saves a counterexample without breaking something else, and all were tried."""
        is_saved = any(not one.costs for one in self.flips)
        return self.judgement.is_counterexample and not is_saved and not self.is_interrupted

    @property
    def progress(self) -> str:
        """How far the search came, where it was interrupted."""
        return f"interrupted after {len(self.attempts):,} of {counted(len(self.remedies.candidates), 'change')}"

    @property
    def flips(self) -> tuple[Attempt, ...]:
        """The changes to tell: remedies of a counterexample, or else every change with another verdict."""
        if self.judgement.is_counterexample:
            return ranked(self.attempts)
        return tuple(one for one in self.attempts if one.verdict not in (None, self.judgement.verdict))

    @property
    def silenced(self) -> tuple[Attempt, ...]:
        """The switches with which a counterexample is gone because the claim says nothing any more."""
        return tuple(
            one
            for one in self.attempts
            if self.judgement.is_counterexample
            and one.verdict is Verdict.VACUOUS
            and one.candidate.kind is ChangeKind.SWITCH
        )

    def name_of(self, attempt: Attempt) -> str | None:
        """Return the name of the variant that a change leads to, if it has one."""
        return self.named.get(id(attempt.system)) if attempt.system is not None else None

    def as_json(self) -> dict[str, Any]:
        """Return what was tried and found as plain data."""
        return {
            "changes": [{**one.as_json(), "variant": self.name_of(one)} for one in (*self.flips, *self.silenced)],
            "pairs": [pair.as_json() for pair in self.pairs],
            "pairs_tried": self.pairs_tried,
            "tried": len(self.attempts),
            "to_try": len(self.remedies.candidates),
            "ruled_out": self.remedies.ruled_out,
            "left_untried": self.remedies.left_untried,
        }


def print_causes(search: Search) -> None:
    """Say where the claim fails, and what to keep in mind about the switches named."""
    causes = search.causes
    if causes is None:
        return
    say()
    fails = "is unreachable" if causes.claim.role is Role.OBSERVATION else "fails"
    exactly = "at least" if causes.verdicts.get(Verdict.UNKNOWN) else "exactly"
    where = "nowhere" if not causes.told else "everywhere" if causes.is_always else f"{exactly} where"
    told = f"it {fails} {where}"
    told = f"Without faults {told}" if search.has_faults else told.capitalize()
    say(told + (":" if causes.told and not causes.is_always else "."), bold=True)
    if not causes.is_always:
        for cause in causes.told:
            say(f"  {cause}")
    verdicts = [
        f"{wording(causes.claim, verdict)} in {number:,}"
        for verdict in Verdict
        if (number := causes.verdicts.get(verdict, 0))
    ]
    refused = f"; {causes.refused:,} more contradict themselves" if causes.refused else ""
    say(f"  {counted(causes.settings, 'setting')}: {', '.join(verdicts)}{refused}.")
    if causes.undecided:
        say(f"  Not every setting can be judged: {causes.undecided}")
    named = dict.fromkeys(switch for cause in causes.told for switch in cause.fixed)
    remarks = search.judgement.result.system.remarks
    for switch in named:
        if switch in remarks:
            say(f"  {switch}: {remarks[switch]}")


def print_changes(search: Search) -> None:
    """Say which single changes turn the verdict, at what price, and how many were tried."""
    if not search.judgement.is_counterexample:
        if search.flips:
            say()
            say("A single switch that changes the verdict:", bold=True)
            for line in _lines(search, search.flips):
                say(f"  {line}")
        return
    say()
    say("What would have saved you:", bold=True)
    free = [one for one in search.flips if not one.costs]
    dear = [one for one in search.flips if one.costs]
    none = "nothing that was tried so far" if search.is_interrupted else "no single change that costs nothing else"
    for line in [*_lines(search, free)] or [none]:
        say(f"  {line}")
    for pair in search.pairs:
        say(f"  both {pair.description}" + _thrown_away(pair))
    if dear:
        say("At the price of another requirement:")
        for line in _lines(search, dear, COSTLY_ROWS_SHOWN):
            say(f"  {line}")
    if search.silenced:
        say("The question does not arise (vacuous) with:")
        for line in _lines(search, search.silenced):
            say(f"  {line}")
    say(f"{_tried(search)}.")


def _thrown_away(pair: Pair) -> str:
    if not pair.lost:
        return ""
    return f"; it merely throws work away: then never {'happens' if len(pair.lost) == 1 else 'happen'} " + " and ".join(
        pair.lost
    )


def _tried(search: Search) -> str:
    nouns = {
        ChangeKind.SWITCH: "value of a switch",
        ChangeKind.FAIRNESS: "assumption of fairness",
        ChangeKind.ROW: "change of a row",
    }
    plurals = {
        ChangeKind.SWITCH: "values of switches",
        ChangeKind.FAIRNESS: "assumptions of fairness",
        ChangeKind.ROW: "changes of rows",
    }
    parts = []
    for kind in ChangeKind:
        number = sum(one.candidate.kind is kind for one in search.attempts)
        if number:
            parts.append(f"{number:,} {nouns[kind] if number == 1 else plurals[kind]}")
    if search.pairs_tried:
        parts.append(counted(search.pairs_tried, "pair"))
    ruled_out = search.remedies.ruled_out
    why = "leave the counterexample, or do what another does"
    rest = f"; {ruled_out:,} more changes of rows {why}" if ruled_out else ""
    left = search.remedies.left_untried
    rest += f"; {left:,} are not tried, because the system is large" if left else ""
    return f"Tried: {', '.join(parts) or 'nothing'}{rest}"


def _lines(search: Search, attempts: Sequence[Attempt], most: int = ROWS_SHOWN) -> Iterator[str]:
    """Yield a line a change; changes of a row that differ only in where it leads share one, and not all are shown."""
    for one in attempts:
        if one.candidate.kind is not ChangeKind.ROW:
            yield _line(search, [one])
    rows = [one for one in attempts if one.candidate.kind is ChangeKind.ROW]
    groups = [[*group] for _, group in groupby(rows, key=lambda one: (one.candidate.subject, one.costs))]
    for group in groups[:most]:
        yield _line(search, group)
    left = sum(len(group) for group in groups[most:])
    if left:
        yield f"and {counted(left, 'more change')} of rows; --json lists all"


def _line(search: Search, group: Sequence[Attempt]) -> str:
    first = group[0]
    candidate = first.candidate
    line = f"{candidate.subject}{_either(one.candidate.value for one in group)}{candidate.ending}"
    if not search.judgement.is_counterexample and first.verdict is not None:
        line += f": {wording(search.judgement.claim, first.verdict)}"
    name = search.name_of(first)
    line += f" ({name})" if name else ""
    if first.costs:
        line += f", but then {_price(first)}"
    remark = search.judgement.result.system.remarks.get(candidate.switch)
    return f"{line}; {remark}" if remark else line


def _price(attempt: Attempt) -> str:
    """Return which requirements a change costs, those that are then violated first, and not more than a line holds."""
    costs = sorted(attempt.costs, key=lambda cost: cost[1] is not Verdict.VIOLATED)
    told = [f"'{claim.words}' is {verdict}" for claim, verdict in costs[:COSTS_SHOWN]]
    left = len(costs) - len(told)
    return " and ".join([*told, counted(left, "more requirement") + " no longer met"] if left else told)


def _either(values: Iterable[str]) -> str:
    *others, last = values
    return f"{', '.join(others)} or {last}" if others else last

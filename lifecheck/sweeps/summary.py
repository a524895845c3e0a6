"""What a sweep found, put together: counts, where each property fails, and what nobody expected.

It is made of all answers or of none: whatever ends a sweep early leaves no summary that looks like one of the whole.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lifecheck.errors import LifecheckError
from lifecheck.properties import Claim, Verdict
from lifecheck.sweeps.fewest import Conditions, Point, fewest_conditions
from lifecheck.sweeps.judging import Answer
from lifecheck.text import counted

LETTERS = {Verdict.HOLDS: "+", Verdict.VIOLATED: "-", Verdict.VACUOUS: "o", Verdict.UNKNOWN: "?"}
"""How a verdict is written where there are many."""


@dataclass(frozen=True)
class Unexpected:
    """A verdict that is not the recorded one, or that there is none.

    Parameters
    ----------
    item
        Of what, in words.
    claim
        Of which claim, by name.
    verdict, expected
        What was found, and what is recorded; None where nothing is, and the verdict is `unknown`.
    note
        Why it is unknown.
    """

    item: str
    claim: str
    verdict: Verdict
    expected: Verdict | None
    note: str = ""


class Summary:
    """Takes the answers of a sweep as they come, and says in the end what they are together.

    Parameters
    ----------
    claims
        What was asked.
    over
        The switches that were gone over, with their values; empty where other things were.
    total
        How many answers there will be.

    Examples
    --------
    >>> from lifecheck import never
    >>> from lifecheck.sweeps import Found, Item
    >>> dark = Claim("dark", "it stays dark", never("lamp == 'on'"))
    >>> summary = Summary([dark], {"bulb": ("old", "new")}, 2)
    >>> summary.add(Answer(Item(settings=(("bulb", "old"),)), {"dark": Found(Verdict.HOLDS, 1)}))
    >>> summary.add(Answer(Item(settings=(("bulb", "new"),)), {"dark": Found(Verdict.VIOLATED, 2)}))
    >>> print(*summary.conditions(dark).causes)
    bulb new
    """

    def __init__(self, claims: Sequence[Claim], over: Mapping[str, Sequence[str]], total: int) -> None:
        self.claims = tuple(claims)
        self.over = {switch: tuple(values) for switch, values in over.items()}
        self.total = total
        self.done = self.refused = 0
        self.counts: dict[str, Counter[Verdict]] = {claim.name: Counter() for claim in claims}
        self.unexpected: list[Unexpected] = []
        self.refusals: list[bool] = []
        self._digests: set[str] = set()
        self._without_digest = 0
        self._places = {switch: {value: at for at, value in enumerate(values)} for switch, values in self.over.items()}
        self._points: list[Point] = []
        self._variant: str | None = None  # of which the points are settings; of a second one they would be others
        self._verdicts: dict[str, list[str]] = {claim.name: [] for claim in claims}
        self._digest = hashlib.sha256()

    @property
    def is_complete(self) -> bool:
        """Whether every answer has come."""
        return self.done == self.total

    @property
    def legal(self) -> int:
        """How many systems there are, of all that were asked about."""
        return self.done - self.refused

    @property
    def distinct(self) -> int:
        """How many of these systems some claim can tell apart; what is too large to be compared is one of its own."""
        return len(self._digests) + self._without_digest

    @property
    def digest(self) -> str:
        """A digest of every answer in order, by which two sweeps of the same can be compared.

        Raises
        ------
        LifecheckError
            If some are missing.
        """
        self._refuse_partial()
        return self._digest.hexdigest()

    def add(self, answer: Answer) -> None:
        """Take the next answer."""
        self.done += 1
        letters = "".join(LETTERS[answer.found[claim.name].verdict] for claim in self.claims if answer.found)
        self._digest.update(f"{answer.item} {letters or 'none'}\n".encode())
        self.refusals.append(bool(answer.refused))
        if answer.refused:
            self.refused += 1
            return
        self._without_digest += not answer.digest
        if answer.digest:
            self._digests.add(answer.digest)
        if self.over and not answer.item.mutants and self._variant in (None, answer.item.variant):
            self._variant = answer.item.variant
            settings = dict(answer.item.settings)
            self._points.append(tuple(places[settings[switch]] for switch, places in self._places.items()))
        for claim in self.claims:
            found = answer.found[claim.name]
            self.counts[claim.name][found.verdict] += 1
            self._verdicts[claim.name].append(LETTERS[found.verdict])
            expected = claim.expected.get(answer.known_as) if answer.known_as else None
            if (expected is not None and found.verdict is not expected) or (
                expected is None and found.verdict is Verdict.UNKNOWN
            ):
                note = found.note if found.verdict is Verdict.UNKNOWN else ""
                self.unexpected.append(Unexpected(str(answer.item), claim.name, found.verdict, expected, note))

    def conditions(self, claim: Claim) -> Conditions | None:
        """Return where a claim is violated, in few conditions; None where not switches alone were gone over.

        Raises
        ------
        LifecheckError
            If some answers are missing.
        """
        self._refuse_partial()
        if not self.over or len(self._points) != self.legal:
            return None
        letters = self._verdicts[claim.name]
        inside = [point for point, letter in zip(self._points, letters, strict=True) if letter == "-"]
        outside = [point for point, letter in zip(self._points, letters, strict=True) if letter != "-"]
        return fewest_conditions(self.over, inside, outside)

    def verdicts_of(self, claim: Claim) -> list[Verdict]:
        """Return the verdict of a claim on each system that there is, in order."""
        named = {letter: verdict for verdict, letter in LETTERS.items()}
        return [named[letter] for letter in self._verdicts[claim.name]]

    @property
    def points(self) -> tuple[Point, ...]:
        """For each system that there is, in order, the position of the value of each switch."""
        return tuple(self._points)

    def as_json(self) -> dict[str, Any]:
        """Return what was found as plain data; of a sweep that did not come to its end, that it did not."""
        found: dict[str, Any] = {
            "schema": 1,
            "complete": self.is_complete,
            "total": self.total,
            "done": self.done,
            "refused": self.refused,
            "distinct": self.distinct,
            "verdicts": {
                name: {str(verdict): counts[verdict] for verdict in Verdict} for name, counts in self.counts.items()
            },
            "unexpected": [
                {
                    "item": one.item,
                    "property": one.claim,
                    "verdict": str(one.verdict),
                    "expected": None if one.expected is None else str(one.expected),
                }
                for one in self.unexpected
            ],
        }
        if self.is_complete:
            found["digest"] = self.digest
            fails = {claim.name: self.conditions(claim) for claim in self.claims}
            found["fails"] = {
                name: None
                if each is None
                else {
                    "exact": each.exact,
                    "where": [{switch: list(kept) for switch, kept in cause.fixed.items()} for cause in each.causes],
                }
                for name, each in fails.items()
            }
        return found

    def _refuse_partial(self) -> None:
        if not self.is_complete:
            raise LifecheckError(
                f"the sweep did not come to its end: {counted(self.total - self.done, 'answer')} of {self.total:,} "
                "are missing, so that nothing can be said of the whole; sweep again, with the same --store"
            )


def summed_up(
    claims: Sequence[Claim], over: Mapping[str, Sequence[str]], total: int, answers: Iterable[Answer]
) -> Summary:
    """Return the summary of answers."""
    summary = Summary(claims, over, total)
    for answer in answers:
        summary.add(answer)
    return summary

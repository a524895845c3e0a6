"""Remedies: the single changes of a system that turn a violated verdict into one that holds, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lifecheck.changes.candidates import Candidate, ChangeKind, fairness_changes, row_change, switch_changes
from lifecheck.changes.mutants import Change, added_rows, mutants_of, replaced_rows
from lifecheck.changes.relevance import Relevance
from lifecheck.checking import EXPLICIT_STATES, Judgement, judge
from lifecheck.errors import LifecheckError
from lifecheck.machines import Tables
from lifecheck.project import Configure, Switch
from lifecheck.properties import Claim, Role, Verdict
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import System

STATES_AFFORDED = 1_000_000
"""How many states all the changes of rows together may cost, each taken to cost what the system itself does.

Where there are more than are visited one by one, a change is taken to cost what the visited ones do.
"""


@dataclass(frozen=True)
class Attempt:
    """A change that was tried.

    Parameters
    ----------
    candidate
        The change.
    verdict
        The claim's verdict then; None where there is no such system.
    system
        The changed system, where there is one.
    costs
        For a remedy, each other requirement that was not violated and no longer holds, with its verdict then.
    """

    candidate: Candidate
    verdict: Verdict | None
    system: System | None = None
    costs: tuple[tuple[Claim, Verdict], ...] = ()

    @property
    def is_remedy(self) -> bool:
        """Whether the claim then holds; that it says nothing any more is no remedy."""
        return self.verdict is Verdict.HOLDS

    def as_json(self) -> dict[str, Any]:
        """Return the attempt as plain data."""
        return {
            "kind": str(self.candidate.kind),
            "change": self.candidate.description,
            "verdict": str(self.verdict),
            "costs": {claim.name: str(verdict) for claim, verdict in self.costs},
        }


class Remedies:
    """The single changes of one system that may turn a verdict, each to be tried.

    For a requirement that is violated these are: each switch set to another value, faults included; each
    trigger that owes nothing made weakly fair and each weakly fair one strongly, where a fair run is what is
    asked for; and each row removed, redirected, replaced by another from the same state, or added, between
    the states and within the alphabet that its component has. Of the rows those are left out that leave
    the counterexample as it is, or do no more than another change that is tried (`lifecheck.changes.relevance`).
    For every other verdict they are the switches alone.

    Parameters
    ----------
    judgement
        The claim's verdict on the system.
    system
        The system with all its observers.
    claims
        Every claim: what a remedy breaks is a cost.
    switches
        The switches of the system, if it has settings.
    configure
        Makes a system from settings.
    limit
        The largest number of states to visit, each time.

    Attributes
    ----------
    candidates
        What there is to try, switches first, then fairness, then rows.
    ruled_out
        How many changes of rows need not be tried: the counterexample stays, or another change does the same.
    left_untried
        How many changes of rows are not tried, because the system is so large that it would take too long.

    Examples
    --------
    >>> from lifecheck import Component, Row, leads_to
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "answered"), Row("give_up", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung", "answered"], "quiet", rows, {"ring", "answer", "give_up"})
    >>> system = System("doorbell", [bell])
    >>> heard = Claim("heard", "it is heard", leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "answered"))
    >>> remedies = Remedies(judge("doorbell", system, heard), system, [heard])
    >>> for attempt in ranked(map(remedies.attempt, remedies.candidates)):
    ...     print(attempt.candidate.description)
    fairness of answer: strong instead of weak
    bell: row give_up, rung -> quiet removed
    bell: row give_up, rung -> quiet redirected to rung
    bell: row give_up, rung -> quiet redirected to answered
    bell: row give_up, rung -> quiet replaced by ring, rung -> rung
    bell: row give_up, rung -> quiet replaced by ring, rung -> answered
    bell: row answer, quiet -> answered added
    """

    def __init__(
        self,
        judgement: Judgement,
        system: System,
        claims: Iterable[Claim],
        *,
        switches: Iterable[Switch] = (),
        configure: Configure | None = None,
        limit: int = STATE_LIMIT,
    ) -> None:
        self._judgement = judgement
        self._system = system
        self._limit = limit
        self._others = tuple(
            claim for claim in claims if claim.role is Role.REQUIREMENT and claim is not judgement.claim
        )
        self._before: dict[Claim, Verdict] = {}
        self._original = Explorer()
        self.candidates: tuple[Candidate, ...] = ()
        self.ruled_out = 0
        self.left_untried = 0
        if configure is not None and system.settings:
            self.candidates += tuple(switch_changes(system, switches, configure))
        if judgement.is_counterexample:
            if judgement.claim.asked.kind.is_liveness:
                self.candidates += tuple(fairness_changes(system))
            rows = tuple(self._row_changes())
            affordable = STATES_AFFORDED // min(EXPLICIT_STATES, max(1, judgement.result.states))
            self.left_untried = max(0, len(rows) - affordable)
            self.candidates += rows[:affordable]

    def attempt(self, candidate: Candidate) -> Attempt:
        """Try one change: judge the claim on the changed system, and where it holds what else is no longer met."""
        try:
            changed = candidate.system()
            # a changed row leaves the other machines alone; to set a switch runs code that may change any of them
            tables = Tables() if candidate.kind is ChangeKind.SWITCH else self._original.tables.branch()
            explorer = Explorer(tables)
            verdict = self._verdict(explorer, changed, self._judgement.claim)
            if verdict is not Verdict.HOLDS or not self._judgement.is_counterexample:
                return Attempt(candidate, verdict, changed)
            return Attempt(candidate, verdict, changed, tuple(self._costs(explorer, changed)))
        except LifecheckError:  # no such system, or one that cannot be judged: no remedy
            return Attempt(candidate, None)

    def costs(self, changed: System) -> tuple[tuple[Claim, Verdict], ...]:
        """Return each other requirement that was not violated and no longer holds in a changed system."""
        return tuple(self._costs(Explorer(), changed))

    def _verdict(self, explorer: Explorer, system: System, claim: Claim) -> Verdict:
        return judge(system.name, system, claim, limit=self._limit, explorer=explorer).verdict

    def _costs(self, explorer: Explorer, changed: System) -> Iterator[tuple[Claim, Verdict]]:
        for claim in self._others:
            if claim not in self._before:
                self._before[claim] = self._verdict(self._original, self._system, claim)
            before = self._before[claim]
            if before in (Verdict.HOLDS, Verdict.VACUOUS):
                after = self._verdict(explorer, changed, claim)
                if after not in (Verdict.HOLDS, before):
                    yield claim, after

    def _row_changes(self) -> Iterator[Candidate]:
        relevance = Relevance(self._judgement.result, self._limit)
        changes = chain(mutants_of(self._system), replaced_rows(self._system), added_rows(self._system))
        order = {component.name: number for number, component in enumerate(self._system.components)}
        rows = [mutant for mutant in changes if mutant.kind is not Change.REMOVE_FROM_ALPHABET]
        for mutant in sorted(rows, key=lambda mutant: (order[mutant.component.name], mutant.position)):
            if relevance.concerns(mutant):
                yield row_change(mutant, self._system)
            else:
                self.ruled_out += 1


def ranked(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """Return the remedies among some attempts: those that cost nothing first, else in the order given."""
    return tuple(sorted((attempt for attempt in attempts if attempt.is_remedy), key=lambda one: bool(one.costs)))

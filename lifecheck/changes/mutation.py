"""Specification mutation: whether the properties of a system notice when one of its rows is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lifecheck.changes.equivalence import Equivalence
from lifecheck.changes.mutants import Mutant, mutants_of
from lifecheck.checking import EXPLICIT_STATES, judge, sets_of
from lifecheck.errors import CompositionError, InputError, LifecheckError
from lifecheck.properties import Claim, Predicate
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.symbolic import SymbolicLimitError
from lifecheck.system import System


class Outcome(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"
    EQUIVALENT = "equivalent"
    UNUSABLE = "unusable"
    SURVIVES = "survives"


@dataclass(frozen=True)
class Trial:
    """One mutant, judged.

    Parameters
    ----------
    mutant
        The mutant.
    outcome
        What became of it.
    noticed_by
        The claims, by name, whose verdict is another than on the original.
    reason
        Why it is unusable, or why it may survive; empty for a survivor that nobody has accounted for.
    """

    mutant: Mutant
    outcome: Outcome
    noticed_by: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_accounted_for(self) -> bool:
        """Whether it does not survive, or there is a reason why it may."""
        return self.outcome is not Outcome.SURVIVES or bool(self.reason)

    def as_json(self) -> dict[str, Any]:
        """Return the trial as plain data."""
        return {
            "component": self.mutant.component.name,
            "kind": str(self.mutant.kind),
            "mutant": self.mutant.description,
            "outcome": str(self.outcome),
            "noticed_by": list(self.noticed_by),
            "reason": self.reason,
        }


class Mutation:
    """The mutants of one system, each judged by claims against their verdicts on the system itself.

    A mutant that is bisimilar to the system is equivalent: no claim could ever notice it.

    Parameters
    ----------
    system
        The original.
    claims
        Every claim; their predicates tell which states differ.
    asked
        The claims that may notice a mutant; all of them unless given.
    reasons
        Why a mutant may survive, by its description.
    limit
        The largest number of states to visit, of the original and of each mutant.

    Raises
    ------
    LifecheckError
        If the original or a predicate cannot be used, or the original has more states than the limit.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> rows = [Row("warm", "cold", "warm"), Row("cool", "warm", "cold")]
    >>> oven = Component("oven", ["cold", "warm", "burning"], "cold", rows, {"warm", "cool"})
    >>> safe = Claim("no-fire", "no fire", never(lambda s: s.oven == "burning"))
    >>> mutation = Mutation(System("kitchen", [oven]), [safe])
    >>> for trial in map(mutation.judge, mutation.mutants[:3]):
    ...     print(trial.mutant.description, "|", trial.outcome, *trial.noticed_by)
    oven: row warm, cold -> warm removed | survives
    oven: row warm, cold -> warm redirected to cold | survives
    oven: row warm, cold -> warm redirected to burning | noticed no-fire
    """

    def __init__(
        self,
        system: System,
        claims: Iterable[Claim],
        *,
        asked: Iterable[Claim] | None = None,
        reasons: Mapping[str, str] | None = None,
        limit: int = STATE_LIMIT,
    ) -> None:
        claims = tuple(claims)
        self.system = system
        with_arguments = [part.name for part in system.components if part.arguments]
        if with_arguments:
            raise CompositionError(
                f"component {with_arguments[0]!r} has triggers that take arguments, of which several are one transition"
                ": its rows cannot be changed one by one; leave the arguments out"
            )
        self.mutants = tuple(mutants_of(system))
        self._reasons = dict(reasons or {})
        self._limit = limit
        explorer = Explorer()
        self._tables = explorer.tables
        self._equivalence = Equivalence(system, explorer, _predicates(claims), limit)
        if not _is_bounded(system, explorer, limit):
            raise InputError(
                f"system {system.name!r} has more than {limit:,} states, so that nothing can be told of its mutants; "
                "raise the limit"
            )
        self._verdicts = {
            claim: judge(system.name, system, claim, limit=limit, explorer=explorer).verdict
            for claim in (claims if asked is None else tuple(asked))
        }

    def judge(self, mutant: Mutant) -> Trial:
        """Judge one mutant; what cannot be built or fired is unusable, and no error."""
        explorer = Explorer(self._tables.branch())  # what the mutant leaves alone was fired before
        try:
            changed = mutant.of(self.system)
            if self._equivalence.holds(changed, explorer):
                return Trial(mutant, Outcome.EQUIVALENT)
            noticed_by = tuple(
                claim.name
                for claim, verdict in self._verdicts.items()
                if judge(changed.name, changed, claim, limit=self._limit, explorer=explorer).verdict is not verdict
            )
        except LifecheckError as error:
            reason = str(error).partition("; ")[0]  # what follows is a remedy, and nobody is to mend a mutant
            return Trial(mutant, Outcome.UNUSABLE, reason=_one_line(reason))
        return self.trial(mutant, Outcome.NOTICED if noticed_by else Outcome.SURVIVES, noticed_by)

    def trial(self, mutant: Mutant, outcome: Outcome, noticed_by: tuple[str, ...] = (), reason: str = "") -> Trial:
        """Return what became of a mutant, of a survivor with the reason that is recorded why it may.

        Parameters
        ----------
        mutant, outcome, noticed_by, reason
            As `Trial` has them, wherever the mutant was judged.
        """
        if outcome is Outcome.SURVIVES:
            reason = _one_line(self._reasons.get(mutant.description, ""))
        return Trial(mutant, outcome, noticed_by, reason)


def stale_reasons(trials: Sequence[Trial], reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the descriptions among `reasons` that are not those of a survivor."""
    survivors = {trial.mutant.description for trial in trials if trial.outcome is Outcome.SURVIVES}
    return tuple(description for description in reasons if description not in survivors)


def _is_bounded(system: System, explorer: Explorer, limit: int) -> bool:
    """Whether all states can be visited, or held as a set."""
    few = min(limit, EXPLICIT_STATES)
    if few == limit or explorer.explore(system, few).complete:
        return explorer.explore(system, few).complete
    try:
        return sets_of(explorer, system).ask(lambda space: space.states > 0)
    except SymbolicLimitError:
        return explorer.explore(system, limit).complete


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _predicates(claims: Iterable[Claim]) -> tuple[Predicate, ...]:
    """Return each predicate once that a property or a witness reads."""
    properties = [asked for claim in claims for asked in (claim.asked, claim.witness) if asked is not None]
    return tuple(dict.fromkeys(predicate for asked in properties for predicate in asked.predicates))

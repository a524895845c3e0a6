"""Pairs of changes, tried where no single one saves a property without breaking another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lifecheck.changes.candidates import LARGEST, Candidate, ChangeKind
from lifecheck.changes.remedies import Attempt, Remedies
from lifecheck.checking import EXPLICIT_STATES, Judgement, judge, sets_of
from lifecheck.errors import LifecheckError
from lifecheck.machines import runs_code
from lifecheck.project import Configure, Switch
from lifecheck.properties import Verdict
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.symbolic import SymbolicLimitError, SymbolicSpace
from lifecheck.system import System

PAIRS_AFFORDED = 24
"""How many changed systems are judged for pairs: first changes, whose second ones are looked for, and pairs."""

AFFORDED_WHERE_CODE_RUNS = 12
"""The same where machines run code of their own: each is fired and driven anew for every change."""

STATES_AFFORDED = 100_000
"""How many states they may cost together, each pair taken to cost what the system itself does."""

FOUND = 3
"""After so many that save the property and cost nothing else no more are looked for."""


@dataclass(frozen=True)
class Pair:
    """Two changes that together make a claim hold, and no other requirement fail.

    Parameters
    ----------
    first, second
        The changes; the second is one of the system with the first.
    lost
        The triggers that happened before and never happen with both: work that is thrown away, and not done.
    """

    first: Candidate
    second: Candidate
    lost: tuple[str, ...]

    @property
    def description(self) -> str:
        """Both changes in one line."""
        return f"{self.first.description}, and {self.second.description}"

    def as_json(self) -> dict[str, object]:
        """Return the pair as plain data."""
        return {"changes": [self.first.description, self.second.description], "never_happens": list(self.lost)}


class Pairs:
    """The pairs of changes of one system that may save a claim, tried within a budget.

    After the first change there is another counterexample; the second is one that does not leave that as it is. Pairs
    of small changes come first: fairness, then rows that are added, redirected, replaced and removed, then switches.

    Parameters
    ----------
    remedies
        The single changes; they know which requirements must go on to hold.
    attempts
        Those that were tried, in their order.
    judgement, system
        What is to hold, and of what.
    switches, configure, limit
        As for `Remedies`.

    Attributes
    ----------
    tried
        How many pairs were tried so far.
    afforded
        How many changed systems are judged for it, at most.
    """

    def __init__(
        self,
        remedies: Remedies,
        attempts: Iterable[Attempt],
        judgement: Judgement,
        system: System,
        *,
        switches: Sequence[Switch] = (),
        configure: Configure | None = None,
        limit: int = STATE_LIMIT,
    ) -> None:
        self.tried = 0
        most = AFFORDED_WHERE_CODE_RUNS if any(map(runs_code, system.parts)) else PAIRS_AFFORDED
        self.afforded = min(most, STATES_AFFORDED // min(EXPLICIT_STATES, max(1, judgement.result.states)))
        self._spent = 0
        self._remedies_of_one = remedies
        self._firsts = sorted(
            (one for one in attempts if one.verdict is Verdict.VIOLATED and one.system is not None),
            key=lambda one: one.candidate.size,
        )
        self._claim = judgement.claim
        self._system = system
        self._switches, self._configure, self._limit = switches, configure, limit

    def found(self) -> tuple[Pair, ...]:
        """Try pairs until some are found or the budget is spent; what throws away least comes first."""
        pairs: list[Pair] = []
        for pair in self._remedies():
            pairs.append(pair)
            if len(pairs) == FOUND:
                break
        return tuple(sorted(pairs, key=lambda pair: len(pair.lost)))

    def _remedies(self) -> Iterator[Pair]:
        happened = self._happening(self._system)
        seen: set[frozenset[str]] = set()
        for first, second, remedies in self._in_order():
            if self._spent >= self.afforded:
                return
            names = frozenset({first.candidate.description, second.description})
            if len(names) < 2 or names in seen:
                continue
            seen.add(names)
            self.tried += 1
            self._spent += 1
            attempt = remedies.attempt(second)
            if attempt.is_remedy and attempt.system is not None and not self._remedies_of_one.costs(attempt.system):
                still = self._happening(attempt.system)
                yield Pair(first.candidate, second, tuple(one for one in happened if one not in still))

    def _in_order(self) -> Iterator[tuple[Attempt, Candidate, Remedies]]:
        """Yield pairs, those first whose two changes are small; each change's seconds are found when it is its turn."""
        opened: list[tuple[Attempt, list[Candidate], Remedies]] = []
        for size in range(2 * LARGEST + 1):
            for first in self._firsts:
                if first.candidate.size == size and self._spent < self.afforded // 2:
                    self._spent += 1
                    opened += self._opened(first)
            for first, seconds, remedies in opened:
                for second in seconds:
                    if first.candidate.size + second.size == size:
                        yield first, second, remedies

    def _opened(self, first: Attempt) -> list[tuple[Attempt, list[Candidate], Remedies]]:
        assert first.system is not None, "only such attempts are kept"
        try:
            judgement = judge(first.system.name, first.system, self._claim, limit=self._limit)
            remedies = Remedies(
                judgement,
                first.system,
                [],
                switches=self._switches,
                configure=self._configure if first.candidate.kind is ChangeKind.SWITCH else None,
                limit=self._limit,
            )
        except LifecheckError:
            return []
        return [(first, list(remedies.candidates), remedies)]

    def _happening(self, system: System) -> tuple[str, ...]:
        """Return the triggers that happen in some run."""
        explorer = Explorer()
        graph = explorer.explore(system, min(self._limit, EXPLICIT_STATES))
        if not graph.complete and self._limit > EXPLICIT_STATES:
            try:
                return sets_of(explorer, system).ask(_taken)
            except SymbolicLimitError:
                graph = explorer.explore(system, self._limit)
        taken = {number for state in range(graph.expanded) for number, _ in graph.edges(state)}
        return tuple(trigger for number, trigger in enumerate(system.triggers) if number in taken)


def _taken(space: SymbolicSpace) -> tuple[str, ...]:
    return tuple(one.trigger for one in space.relations if (space.reachable & one.enabled).satisfiable())

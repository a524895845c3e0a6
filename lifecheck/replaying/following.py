"""Follows a log that grows: tells at once what cannot be, and what goes round, and forgets what came to its end."""

from __future__ import annotations

from collections.abc import Iterator

from lifecheck.replaying.answer import Answer, Outcome
from lifecheck.replaying.cases import Case, Cases
from lifecheck.replaying.event import Line
from lifecheck.replaying.explanation import Explainer
from lifecheck.text import counted

ROUNDS = 3
"""How often a loop goes round before it is told."""


_LONG = 2_000


class Follower:
    """What is known of the cases of a log that grows.

    A case whose run has come to its end, so that nothing can happen any more, is counted and forgotten: what is kept is
    about the open ones alone. A name that comes again then is another case.

    Parameters
    ----------
    cases
        The cases, on one system.
    explainer
        Explains what is told.
    forgets
        Whether it forgets what came to its end. It must not where lines may tell of components though nothing fires,
        or be surplus.

    Attributes
    ----------
    ended, impossible, unknown
        How many cases came to their end, how many could not be, and of how many that is not known, because a limit was
        met.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> from lifecheck.replaying.event import Sign
    >>> from lifecheck.replaying.observed import ObservedSystem
    >>> rows = [Row("ring", "quiet", "rung"), Row("open", "rung", "opened")]
    >>> bell = Component("bell", ["quiet", "rung", "opened"], "quiet", rows, {"ring", "open"})
    >>> observed = ObservedSystem(explore(System("door", [bell])), {"ring", "open"})
    >>> follower = Follower(Cases(observed), Explainer(observed))
    >>> follower.take(Line(1, "front", Sign(("ring",)))), follower.told
    (None, '1 open case')
    >>> follower.take(Line(2, "front", Sign(("open",)))), follower.told
    (None, '0 open cases, 1 case ended')
    >>> follower.take(Line(3, "back", Sign(("open",)))).line
    3
    """

    def __init__(self, cases: Cases, explainer: Explainer, *, forgets: bool = True) -> None:
        self._forgets = forgets
        self._cases = cases
        self._explainer = explainer
        self._touched: dict[str, Case] = {}
        self._told_of: set[str] = set()  # open cases of whose loop it was told
        self._looked_at: dict[str, int] = {}  # how long open cases were when they were explained last
        self._take = cases.take
        self.ended = self.impossible = self.unknown = 0

    def take(self, line: Line) -> Answer | None:
        """Take a line; return the answer where no run has it."""
        case = self._take(line)
        if case.died:
            return self._died(case) if case.numbers else None
        if case.belief.ended and self._forgets:
            self.ended += 1
            self._cases.close(case.name)
            self._forget(case.name)
        elif len(case.signs) >= ROUNDS:
            self._touched[case.name] = case
        return None

    def loops(self) -> Iterator[Answer]:
        """Yield the answer for each case that has gone round often enough since it was asked last, once."""
        touched, self._touched = self._touched, {}
        for name, case in touched.items():
            length = len(case.signs)
            if name in self._told_of or case.signs.count(case.signs[-1]) < ROUNDS:
                continue
            if length > _LONG and length < self._looked_at.get(name, 0) * 9 // 8:
                continue  # to explain a long case anew after each line would take longer and longer
            self._looked_at[name] = length
            answer = self._explainer.explain(name, case.lines)
            if answer.loop is not None and answer.loop.rounds >= ROUNDS:
                self._told_of.add(name)
                yield answer

    @property
    def told(self) -> str:
        """How many cases there are of which kind."""
        still_open = len(self._cases.open) - self.impossible - self.unknown
        parts = [counted(still_open, "open case")]
        parts += [f"{counted(self.ended, 'case')} ended"] if self.ended else []
        parts += [f"{counted(self.impossible, 'case')} {Outcome.IMPOSSIBLE}"] if self.impossible else []
        parts += [f"{counted(self.unknown, 'case')} {Outcome.UNKNOWN}"] if self.unknown else []
        return ", ".join(parts)

    @property
    def note(self) -> str:
        """Where runs begin if the environment chooses that, and what firing did not see where callbacks ran."""
        return self._cases.observed.graph.note

    def _died(self, case: Case) -> Answer:
        answer = self._explainer.explain(case.name, case.lines)
        self.impossible += answer.outcome is Outcome.IMPOSSIBLE
        self.unknown += answer.outcome is Outcome.UNKNOWN
        self._forget(case.name)
        case.signs, case.numbers = [], case.numbers[:0]  # its name is kept, so that its later lines are no new case
        return answer

    def _forget(self, name: str) -> None:
        self._touched.pop(name, None)
        self._told_of.discard(name)
        self._looked_at.pop(name, None)

"""Judges a single run while it happens: a bad state at once, a broken promise as soon as a loop proves it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from lifecheck.errors import PredicateError
from lifecheck.properties import Property, evaluate
from lifecheck.system import Owing, State, System, members_of, noting, without


@dataclass(frozen=True)
class Refutation:
    """How a run refutes a property: the triggers before the loop, and those of the loop.

    `loop` is None where a single state refutes; it is empty where the run may stay for ever.
    """

    stem: tuple[str, ...]
    loop: tuple[str, ...] | None


class Monitor:
    """Watches one run for one property; knows nothing of the graph.

    For liveness it is sound: it refutes only if the run has come back to an earlier state, the goal was
    met nowhere in between, the promise is open, each weakly fair trigger was impossible somewhere in
    between or taken, and each strongly fair one nowhere possible or taken. Such a loop can be repeated
    for ever. It also refutes where the promise is open and no fair trigger is possible, for there a run
    may stay. It is not complete, and judges neither `sometimes` nor `can_always_reach`, which no single
    run can refute.

    Parameters
    ----------
    asked
        The property.
    weak, strong
        The fair triggers, and groups of them as tuples, of which some member is enough.
    observers
        Names of the components that only watch. Two states are the same if they differ in nothing but
        observers that the property did not read in between: those cannot change what comes.

    Attributes
    ----------
    read
        Names of the components that the property has read so far.

    Raises
    ------
    PredicateError
        If the property is of a kind that no single run can refute.

    Examples
    --------
    >>> from lifecheck import Component, Row, Run, System, eventually
    >>> rows = [Row("tick", "low", "high"), Row("tock", "high", "low")]
    >>> clock = Component("clock", ["low", "high", "struck"], "low", rows, {"tick", "tock"})
    >>> run = Run(System("clock", [clock]))
    >>> monitor = Monitor(eventually(lambda s: s.clock == "struck"), weak={"tick", "tock"})
    >>> monitor.visit(run.state, run.possible())
    >>> for trigger in ("tick", "tock"):
    ...     run.trigger(trigger)
    ...     refutation = monitor.visit(run.state, run.possible(), trigger)
    >>> refutation
    Refutation(stem=(), loop=('tick', 'tock'))
    """

    def __init__(
        self,
        asked: Property,
        *,
        weak: Iterable[Owing] = (),
        strong: Iterable[Owing] = (),
        observers: Set[str] = frozenset(),
    ) -> None:
        if not asked.kind.is_judged_on_runs:
            raise PredicateError(f"no single run can refute {asked.formula}; check it instead")
        self.asked = asked
        self.weak = tuple(frozenset(members_of(owed)) for owed in weak)
        self.strong = tuple(frozenset(members_of(owed)) for owed in strong)
        self.observers = frozenset(observers)
        self.read: set[str] = set()
        self._visits: list[_Visit] = []
        self._taken: list[str] = []
        self._open = False

    @classmethod
    def of(cls, system: System, asked: Property) -> Monitor:
        """Return a monitor for a property under the fairness that a system declares."""
        return cls(
            asked,
            weak=system.owed_weakly.values(),
            strong=system.owed_strongly.values(),
            observers={observer.name for observer in system.observers},
        )

    def visit(
        self, state: State, possible: Set[str] | tuple[str, ...], trigger: str | None = None
    ) -> Refutation | None:
        """Take note of the next state of the run.

        Parameters
        ----------
        state
            Where the run is.
        possible
            The triggers that can be taken there, in the whole system.
        trigger
            What led there; None for the initial state.

        Returns
        -------
        Refutation or None
            How the run so far refutes the property, if it does.
        """
        if trigger is not None:
            self._taken.append(trigger)
        read: set[str] = set()
        view = noting(state, read)
        if not self.asked.kind.is_liveness:
            is_refuted = self.asked.is_settled_in(view)
            self.read |= read
            return Refutation(tuple(self._taken), None) if is_refuted else None
        goal = evaluate(self.asked.goal, view)
        opens = trigger is None if self.asked.given is None else self.asked.arises_in(view)
        self.read |= read
        self._open = (self._open or opens) and not goal
        self._visits.append(_Visit(state, frozenset(possible), goal, frozenset(read)))
        return self._judge() if self._open else None

    def _judge(self) -> Refutation | None:
        now = self._visits[-1]
        if not any(now.possible & members for members in (*self.weak, *self.strong)):
            return Refutation(tuple(self._taken), ())
        unread = self.observers - now.read
        for start in range(len(self._visits) - 2, -1, -1):
            earlier = self._visits[start]
            if earlier.goal:
                return None
            unread -= earlier.read
            if without(earlier.state, unread) == without(now.state, unread) and self._is_fair(start):
                return Refutation(tuple(self._taken[:start]), tuple(self._taken[start:]))
        return None

    def _is_fair(self, start: int) -> bool:
        taken = set(self._taken[start:])
        loop = self._visits[start:-1]
        unpaid_weakly = [members for members in self.weak if not members & taken]
        unpaid_strongly = [members for members in self.strong if not members & taken]
        # of a group another member may be possible at each visit
        stays = any(all(visit.possible & members for visit in loop) for members in unpaid_weakly)
        comes = any(visit.possible & members for members in unpaid_strongly for visit in loop)
        return not stays and not comes


@dataclass(frozen=True)
class _Visit:
    state: State
    possible: frozenset[str]
    goal: bool
    read: frozenset[str]

"""Decides a property of one instance among any number, on the counter abstraction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from lifecheck.errors import PredicateError
from lifecheck.instances.abstract_loops import fair_loop
from lifecheck.instances.copies import copies
from lifecheck.instances.counter_abstraction import (
    ABSTRACT_STATE_LIMIT,
    CounterAbstraction,
    LimitMetError,
    counter_abstraction,
)
from lifecheck.instances.decomposition import Decompositions
from lifecheck.properties import Decisive, Predicate, Property, Verdict, evaluate
from lifecheck.statespace import names_of_owed, needed_fairness
from lifecheck.symbolic import Progress
from lifecheck.system import LocalState, ObserverNeededError, System

SHOWN_STATES = 3
"""How many abstract states of a candidate are told in words."""


@dataclass(frozen=True)
class ForAnyNumber:
    """What the counter abstraction says about a property of one instance among any number.

    Parameters
    ----------
    verdict
        The verdict for every number of instances, or `unknown`.
    note
        Why it is not known.
    abstraction
        The abstract states that decided; None if there are too many.
    region
        The numbers of those in which a promise is due; None where nothing is promised.
    candidate
        Where it is unknown: the numbers of those that fair runs may visit for ever, or the one in question.
    """

    verdict: Verdict
    note: str = ""
    abstraction: CounterAbstraction | None = None
    region: tuple[int, ...] | None = None
    candidate: tuple[int, ...] = ()

    def needed_fairness(self) -> tuple[str, ...]:
        """Return fairness that suffices for the verdict, and of which the abstraction can spare nothing."""
        abstraction, region = self.abstraction, self.region
        if abstraction is None or region is None or self.verdict is not Verdict.HOLDS:
            return ()
        system = abstraction.decomposition.system
        named = names_of_owed(system)

        def holds(weak: frozenset[str], strong: frozenset[str]) -> bool:
            return fair_loop(abstraction, region, [named[one] for one in weak], [named[one] for one in strong]) is None

        return needed_fairness(named, set(system.owed_weakly), set(system.owed_strongly), holds)


def decide_for_any_number(
    system: System,
    asked: Property,
    *,
    known: Decompositions | None = None,
    one_holds: bool,
    limit: int = ABSTRACT_STATE_LIMIT,
    thorough: bool = True,
    progress: Progress | None = None,
) -> ForAnyNumber:
    """Decide on the counter abstraction whether a property of one instance holds for every number of instances.

    The abstraction allows more than there is. So it says only that `always`, `never`, `eventually` and `leads_to`
    hold, that no state satisfies a `sometimes`, and that an obligation never arises; otherwise nothing. The one that
    does not tell whether anybody is where no law bounds how many is asked first: it is small, and mostly enough.

    Parameters
    ----------
    system
        The system of one instance, with the observers that the property reads.
    asked
        The property, by the plain names of the components.
    known
        Owns what was fired, where more is asked.
    one_holds
        Whether it holds for one instance: then it is about something that happens among more, too.
    limit
        How many abstract states to make.
    thorough
        Whether to go on with the larger abstraction where the small one decides nothing.
    progress
        Told now and then how many abstract states there are.

    Raises
    ------
    CompositionError
        If the system has no population.
    ObserverNeededError
        If an observer is read that was left out.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, leads_to
    >>> takes = [Row("take", "new", "busy"), Row("give", "busy", "new")]
    >>> task = Component("task", ["new", "busy"], "new", takes, {"take", "give"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> asked = leads_to("task == 'new'", "task == 'busy'")
    >>> for strong in ({}, {"take": "turns are taken"}):
    ...     system = System("work", [task, tool], copied={"task"}, strong=strong)
    ...     found = decide_for_any_number(system, asked, one_holds=True)
    ...     print(found.verdict, found.note.partition(" in which ")[2])
    unknown tool is free or lent, and the others are in (new), (busy)
    holds...
    """
    if asked.kind.decided_by is Decisive.CLOSED_SET:
        return _unknown("counting cannot prove what can always be reached, because it allows more runs than there are")
    copies(system, 1)  # refuses what is no population
    known = known or Decompositions()
    try:
        coarse = _decided(system, asked, known, one_holds, limit, tell_some=False, progress=progress)
    except LimitMetError as error:
        return _unknown(str(error))
    all_told = coarse.abstraction is not None and not coarse.abstraction.untold
    if coarse.verdict is not Verdict.UNKNOWN or all_told or not thorough:
        return coarse
    try:
        return _decided(system, asked, known, one_holds, limit, tell_some=True, progress=progress)
    except LimitMetError as error:
        return replace(coarse, note=f"{coarse.note}; and {error}")


def _decided(
    system: System,
    asked: Property,
    known: Decompositions,
    one_holds: bool,
    limit: int,
    *,
    tell_some: bool,
    progress: Progress | None = None,
) -> ForAnyNumber:
    abstraction = known.explorer.kept(
        system,
        ("counter abstraction", limit, tell_some),
        lambda: counter_abstraction(known.of(system), limit, tell_some=tell_some, progress=progress),
    )
    found = _Deciding(abstraction, asked, one_holds)
    try:
        return found.by_loop() if asked.kind.decided_by is Decisive.LOOP else found.by_state()
    except ObserverNeededError:
        raise
    except PredicateError as error:  # perhaps of a state that no run visits
        return _unknown(f"in an abstract state, {error}")


def _unknown(note: str) -> ForAnyNumber:
    return ForAnyNumber(Verdict.UNKNOWN, note)


class _Deciding:
    def __init__(self, abstraction: CounterAbstraction, asked: Property, one_holds: bool) -> None:
        self.abstraction = abstraction
        self.asked = asked
        self.one_holds = one_holds

    def by_state(self) -> ForAnyNumber:
        """Look whether any abstract state settles it, and whether the obligation arises in any."""
        given, goal = self._given, self._of(self.asked.goal)
        arising = [number for number in range(len(self.abstraction.states)) if given(number)]
        for number in arising:
            if goal(number) is self.asked.kind.settling:
                note = f"the counter abstraction reaches a state that decides it: {self._told([number])}"
                return ForAnyNumber(Verdict.UNKNOWN, note, self.abstraction, None, (number,))
        if self.asked.kind.is_reachability:
            return ForAnyNumber(Verdict.VIOLATED, abstraction=self.abstraction)
        return self._holds(bool(arising), None)

    def by_loop(self) -> ForAnyNumber:
        """Look for a loop that may be fair in what can be reached from where the promise is made, unkept."""
        goal = self._of(self.asked.goal)
        if self.asked.given is None:
            given = list(self.abstraction.initial)
        else:
            asks = self._given
            given = [number for number in range(len(self.abstraction.states)) if asks(number)]
        region = dict.fromkeys(number for number in given if not goal(number))
        for number in (walked := list(region)):  # grows while it is walked
            for step in self.abstraction.steps[number]:
                if step.after not in region and not goal(step.after):
                    region[step.after] = None
                    walked.append(step.after)
        loop = fair_loop(self.abstraction, region)
        if loop is not None:
            note = f"in the counter abstraction a loop may be fair in which {self._told(loop)}"
            return ForAnyNumber(Verdict.UNKNOWN, note, self.abstraction, tuple(sorted(region)), tuple(loop))
        return self._holds(bool(given), tuple(sorted(region)))

    def _holds(self, arises: bool, region: tuple[int, ...] | None) -> ForAnyNumber:
        if not arises:
            return ForAnyNumber(Verdict.VACUOUS, abstraction=self.abstraction, region=region)
        if self.one_holds or self.asked.given is None:  # whatever one instance reaches, it reaches beside idle ones
            return ForAnyNumber(Verdict.HOLDS, abstraction=self.abstraction, region=region)
        note = "it is never violated, but whether the obligation ever arises depends on the number"
        return ForAnyNumber(Verdict.UNKNOWN, note, self.abstraction, region)

    @property
    def _given(self) -> Callable[[int], bool]:
        return (lambda number: True) if self.asked.given is None else self._of(self.asked.given)

    def _of(self, predicate: Predicate) -> Callable[[int], bool]:
        """Return what a predicate answers in an abstract state: it reads instance 1 and what is shared."""
        view = self.abstraction.decomposition.view

        @cache
        def asks(own: int, shared: int) -> bool:
            return evaluate(predicate, view(own, shared))

        return lambda number: asks(self.abstraction.states[number].own, self.abstraction.states[number].shared)

    def _told(self, numbers: list[int]) -> str:
        """Return abstract states in words: what is shared, and where others are."""
        decomposition = self.abstraction.decomposition
        states = [self.abstraction.states[number] for number in numbers]
        shared = list(dict.fromkeys(state.shared for state in states))
        words = []
        for part in decomposition.shared.parts:
            labels = dict.fromkeys(decomposition.shared.locals_of(one)[part.name].label for one in shared)
            words.append(f"{part.name} is {_or(list(labels))}")
        inhabited = dict.fromkeys(place for state in states for place, many in enumerate(state.others) if many)
        places = [_local(self.abstraction, place) for place in inhabited if place not in self.abstraction.untold]
        more = f" and {len(places) - SHOWN_STATES} more" if len(places) > SHOWN_STATES else ""
        where = ", ".join(places[:SHOWN_STATES]) + more
        if self.abstraction.untold:
            told = f"others are in {where}, and perhaps elsewhere" if places else "others may be anywhere"
        else:
            told = f"the others are in {where}" if places else "nobody else is needed"
        return ", ".join([*words, f"and {told}"])


def _local(abstraction: CounterAbstraction, place: int) -> str:
    first = abstraction.others.members(place)[0]
    found: dict[str, LocalState] = abstraction.decomposition.others.locals_of(first)
    return "(" + ", ".join(local.label for local in found.values()) + ")"


def _or(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " or " + labels[-1]

"""Checks one property of one instance among many: for every number where that can be decided, else for so many."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from lifecheck.checking import Engine, Result
from lifecheck.errors import InputError
from lifecheck.instances.any_number import ForAnyNumber, decide_for_any_number
from lifecheck.instances.copies import copies
from lifecheck.instances.cutoff import Cutoff, cutoff_of
from lifecheck.instances.decomposition import Decompositions
from lifecheck.instances.exploring import Exploring
from lifecheck.instances.lifting import lifts
from lifecheck.instances.result import ANY_NUMBER, InstancesResult, of_instances
from lifecheck.properties import Decisive, Property, Verdict
from lifecheck.statespace import STATE_LIMIT, with_needed_observers
from lifecheck.symbolic import DEFAULT_MEMORY, Progress, refuse_memory
from lifecheck.system import System

Instances = int | Literal["any"]
"""How many instances there are, or "any" for every number of them."""

FEW_INSTANCES = 4
"""Up to how many instances are explored to find what is so of any larger number."""

FEW_COMBINATIONS = 1_000_000_000
"""How many combinations of local states these may have: more take longer than they are worth."""


def check_instances(
    system: System,
    asked: Property,
    instances: Instances,
    *,
    memory: int = DEFAULT_MEMORY,
    limit: int = STATE_LIMIT,
    progress: Progress | None = None,
    cutoff: bool = True,
    known: Decompositions | None = None,
    engine: Engine | None = None,
) -> InstancesResult:
    """Check a property of one instance among so many, or among any number.

    Where no instance can change what is shared, the system of one instance is checked, and its verdict holds for
    any number. Where they compete, the counter abstraction may decide for every number at once, and what few
    instances show may be so of any more. Otherwise so many instances are explored, as sets of states: each copy is a
    component that was fired once. Evidence has been replayed on the real machines.

    Parameters
    ----------
    system
        The system of one instance, with `copied` and `broadcast`.
    asked
        The property; it reads one instance, by the plain names of its components, and what is shared.
    instances
        How many instances to explore where nothing is decided for every number; or "any" to explore but a few. Then
        it is `violated` if it is for some number, which the result tells, and `unknown` if nothing decides.
    memory
        How many bytes the sets of states may take; beyond it the verdict is `unknown`.
    limit
        The largest number of states to visit where they are visited one by one.
    progress
        Told what is being done in the course of each closure of a set, and while abstract states are made.
    cutoff
        Whether to look for a verdict for any number; without it so many instances are explored in any case.
    known
        Owns what was fired, where more is asked; without it, all is fired anew.
    engine
        "explicit" to visit the states one by one, "symbolic" for sets of them also where one instance suffices.
        Without it, several instances are explored as sets, unless ``oxidd`` is missing.

    Raises
    ------
    LifecheckError
        If the system has no population, there are too many instances to explore, or the property is not about one.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, can_always_reach
    >>> takes = [Row("take", "new", "busy"), Row("give", "busy", "new")]
    >>> task = Component("task", ["new", "busy"], "new", takes, {"take", "give"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> system = System("work", [task, tool], copied={"task"})
    >>> result = check_instances(system, can_always_reach(lambda s: s.task == "busy"), 3)
    >>> str(result.verdict), result.states, result.instances
    ('holds', 4, 3)
    """
    _refuse_number(system, instances)
    if instances == ANY_NUMBER and not cutoff:
        raise InputError("instances is 'any', and cutoff=False explores so many in any case; name a number")
    refuse_memory(memory)
    exploring = Exploring(system, asked, memory, limit, progress, known or Decompositions(), engine)
    if not cutoff and isinstance(instances, int):
        return of_instances(exploring.of(instances), None)
    deciding = _Deciding(exploring)
    if not isinstance(instances, int):
        settled = deciding.settled(FEW_INSTANCES)
        return deciding.for_some_number() if settled is None else settled
    settled = deciding.settled(instances)
    return deciding.explored(instances) if settled is None else settled


def _refuse_number(system: System, instances: object) -> None:
    if instances == ANY_NUMBER:
        return
    if not isinstance(instances, int) or isinstance(instances, bool):
        raise InputError(f"instances is {instances!r}; name a number from 1 on, or 'any'")
    if instances < 1:
        raise InputError(f"{system.counted_instances(instances)} cannot be explored; name a number from 1 on")


@dataclass(frozen=True)
class _Deciding:
    """Whatever may decide one property for every number of instances, each tried once."""

    exploring: Exploring
    few: dict[int, Result] = field(default_factory=dict)  # what was found of few instances

    def settled(self, instances: int) -> InstancesResult | None:
        """Return an answer for any number that includes so many, in the order of what it costs; None if there is none.

        First the cutoff, then one instance whose evidence is that of any number, then the small counter abstraction,
        then a few instances whose evidence is that of any larger number, and then the large abstraction.
        """
        copies(self._system, 1)  # refuses what is no population
        found = self._cutoff  # with the observers that the property reads
        if found.holds:
            return of_instances(self._alone, found)
        if self._lifts(self._alone, self._alone.system, 1):
            return of_instances(self._alone, found, least=1)
        settled = self._by_counting(self.counted_coarsely)
        if settled is None:
            settled = self._lifted(instances)
        return self._by_counting(self.counted) if settled is None else settled

    def explored(self, instances: int) -> InstancesResult:
        """Return the answer for just so many instances."""
        result = self.exploring.of(instances)
        return of_instances(result, cutoff_of(self.exploring.reduced(result), self._known), self.counted)

    def for_some_number(self) -> InstancesResult:
        """Return that it is violated for a few instances, and so not for every number; else that it is not known."""
        verdicts = {1: self._alone.verdict, **{few: result.verdict for few, result in self.few.items()}}
        for few, verdict in verdicts.items():
            if verdict is Verdict.VIOLATED:
                return self.explored(few)
        abstraction, several = self.counted.abstraction, self._system.instance_words
        note = f"for every number of {several} it is not known: {self.counted.note}; name a number to explore so many"
        if set(verdicts.values()) == {Verdict.HOLDS}:
            note = f"it holds for 1 to {max(verdicts)} {several}; {note}"
        result = replace(
            self._alone,
            system=replace(self._alone.system, instances=None),  # it is about no number of them
            verdict=Verdict.UNKNOWN,
            states=self._alone.states if abstraction is None else len(abstraction.states),
            transitions=self._alone.transitions if abstraction is None else sum(map(len, abstraction.steps)),
            evidence=None,
            note="; ".join(filter(None, [note, self._alone.note])),
        )
        return of_instances(result, self._cutoff, self.counted)

    @cached_property
    def counted_coarsely(self) -> ForAnyNumber:
        """What the small counter abstraction says, which tells of the others only what is bounded."""
        return self._counted(thorough=False)

    @cached_property
    def counted(self) -> ForAnyNumber:
        """What either counter abstraction says."""
        coarse = self.counted_coarsely
        return coarse if coarse.verdict is not Verdict.UNKNOWN else self._counted(thorough=True)

    @property
    def _system(self) -> System:
        return self.exploring.system

    @property
    def _known(self) -> Decompositions:
        return self.exploring.known

    @property
    def _alone(self) -> Result:
        return self.exploring.alone

    @cached_property
    def _cutoff(self) -> Cutoff:
        return cutoff_of(self._alone.system, self._known)

    def _counted(self, *, thorough: bool) -> ForAnyNumber:
        """Ask a counter abstraction; more observers may be read there than of one instance."""
        holds = self._alone.verdict is Verdict.HOLDS

        def ask(read: frozenset[str]) -> ForAnyNumber:
            reduced, asked = self._system.with_observers(read), self.exploring.of_one
            return decide_for_any_number(
                reduced,
                asked,
                known=self._known,
                one_holds=holds,
                thorough=thorough,
                progress=self.exploring.progress,
            )

        return with_needed_observers(ask, (observer.name for observer in self._alone.system.observers))

    def _by_counting(self, counted: ForAnyNumber) -> InstancesResult | None:
        abstraction = counted.abstraction
        if counted.verdict is Verdict.UNKNOWN or abstraction is None:
            return None
        of_one = self._alone
        answer = replace(
            of_one,
            system=abstraction.decomposition.system,
            verdict=counted.verdict,
            states=len(abstraction.states),
            transitions=sum(map(len, abstraction.steps)),
            _needed=counted.needed_fairness,
            note=of_one.note if of_one.verdict is not Verdict.UNKNOWN else "; ".join(self.exploring.not_seen),
        )
        return of_instances(answer, self._cutoff, counted)

    def _lifted(self, instances: int) -> InstancesResult | None:
        for few in range(2, min(instances, FEW_INSTANCES) + 1):
            if self._combinations(few) > FEW_COMBINATIONS:
                break
            result = self.few[few] = self.exploring.of(few)
            if result.verdict is Verdict.UNKNOWN:
                break
            reduced = self.exploring.reduced(result)
            if self._lifts(result, reduced, few):
                return of_instances(result, cutoff_of(reduced, self._known), self.counted_coarsely, few)
        return None

    def _lifts(self, result: Result, reduced: System, instances: int) -> bool:
        """Whether the evidence, if a run is evidence, is that of any larger number of instances too."""
        kind = result.property.kind
        if result.verdict is not kind.run_shows or kind.decided_by is Decisive.CLOSED_SET:
            return False
        return result.evidence is not None and lifts(self._known.of(reduced), instances, result.evidence)

    def _combinations(self, instances: int) -> int:
        found = self._known.of(self._alone.system)
        others: int = len(found.others) ** (instances - 1)
        return len(found.shared) * len(found.own) * others

"""Checks one property of one instance among many: by the cutoff where it holds, else by exploring so many."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from lifecheck.checking import EXPLICIT, SYMBOLIC, Engine, Result, check_by, not_seen, out_of_memory, replay
from lifecheck.errors import InputError
from lifecheck.instances.any_number import ForAnyNumber, decide_for_any_number
from lifecheck.instances.by_sets import decide_for_first, space_of_instances
from lifecheck.instances.copies import copies, indexed, watched
from lifecheck.instances.cutoff import Cutoff, cutoff_of
from lifecheck.instances.decomposition import Decompositions
from lifecheck.instances.lifting import lifts
from lifecheck.instances.one_by_one import decide_one_by_one
from lifecheck.instances.property_of_one import PropertyOfOne
from lifecheck.instances.result import ANY_NUMBER, InstancesResult, of_instances
from lifecheck.properties import Decisive, Property, Verdict
from lifecheck.statespace import STATE_LIMIT, with_needed_observers
from lifecheck.symbolic import DEFAULT_MEMORY, MemoryLimitError, Progress, SymbolicLimitError, refuse_memory
from lifecheck.system import System

Instances = int | Literal["any"]
"""How many instances there are, or "any" for every number of them."""

MOST_INSTANCES = 1_000
"""How many instances are explored; each has its own variables, triggers and machines."""

FEW_INSTANCES = 4
"""Up to how many instances are explored to find what is so of any larger number."""

FEW_STATES = 1_000
"""Up to how many states are visited one by one for a counterexample that is proven shortest."""

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
        Told in the course of each closure of a set what is being done.
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
    asking = _Asking(system, asked, memory, limit, progress, known or Decompositions(), engine)
    if not isinstance(instances, int):
        settled = asking.settled(FEW_INSTANCES)
        return asking.for_some_number() if settled is None else settled
    if not cutoff:
        return of_instances(asking.of(instances), None)
    settled = asking.settled(instances)
    return asking.explored(instances) if settled is None else settled


def _refuse_number(system: System, instances: object) -> None:
    if instances == ANY_NUMBER:
        return
    if not isinstance(instances, int) or isinstance(instances, bool):
        raise InputError(f"instances is {instances!r}; name a number from 1 on, or 'any'")
    if instances < 1:
        raise InputError(f"{system.counted_instances(instances)} cannot be explored; name a number from 1 on")


@dataclass(frozen=True)
class _Asking:
    """One property of one system, asked of several numbers of instances."""

    system: System
    asked: Property
    memory: int
    limit: int
    progress: Progress | None
    known: Decompositions
    engine: Engine | None
    few: dict[int, Result] = field(default_factory=dict)  # what was found of few instances

    @cached_property
    def question(self) -> PropertyOfOne:
        return PropertyOfOne(self.asked, self.system)

    @cached_property
    def alone(self) -> Result:
        """The answer for one instance."""
        return check_by(
            self.known.explorer,
            self.system,
            self.question.of_one,
            limit=self.limit,
            engine=self.engine,
            memory=self.memory,
        )

    @property
    def _not_seen(self) -> list[str]:
        """What no verdict sees, so far, of the code that one instance runs, and so all do."""
        return list(not_seen(self.known.explorer.explore(self.alone.system, self.limit)))

    @cached_property
    def counted_coarsely(self) -> ForAnyNumber:
        """What the small counter abstraction says, which tells of the others only what is bounded."""
        return self._counted(thorough=False)

    @cached_property
    def counted(self) -> ForAnyNumber:
        """What either counter abstraction says."""
        coarse = self.counted_coarsely
        return coarse if coarse.verdict is not Verdict.UNKNOWN else self._counted(thorough=True)

    def _counted(self, *, thorough: bool) -> ForAnyNumber:
        """Ask a counter abstraction; more observers may be read there than of one instance."""
        holds = self.alone.verdict is Verdict.HOLDS

        def ask(read: frozenset[str]) -> ForAnyNumber:
            reduced, asked = self.system.with_observers(read), self.question.of_one
            return decide_for_any_number(reduced, asked, known=self.known, one_holds=holds, thorough=thorough)

        return with_needed_observers(ask, (observer.name for observer in self.alone.system.observers))

    def settled(self, instances: int) -> InstancesResult | None:
        """Return an answer for any number that includes so many, in the order of what it costs; None if there is none.

        First the cutoff, then one instance whose evidence is that of any number, then the small counter abstraction,
        then a few instances whose evidence is that of any larger number, and then the large abstraction.
        """
        found = cutoff_of(self.alone.system, self.known)  # with the observers that the property reads
        if found.holds:
            return of_instances(self.question.answered(self.alone), found)
        copies(self.system, 1)  # refuses what is no population
        reads_one = self.question.read & self.system.copied  # of more instances it may read more
        if reads_one and self._lifts(self.alone, self.alone.system, 1):
            return of_instances(self.question.answered(self.alone), found, least=1)
        settled = self._by_counting(self.counted_coarsely, found)
        if settled is None:
            settled = self._lifted(instances)
        return self._by_counting(self.counted, found) if settled is None else settled

    def _by_counting(self, counted: ForAnyNumber, found: Cutoff) -> InstancesResult | None:
        abstraction = counted.abstraction
        if counted.verdict is Verdict.UNKNOWN or abstraction is None:
            return None
        answer = replace(
            self.question.answered(self.alone),
            system=abstraction.decomposition.system,
            verdict=counted.verdict,
            states=len(abstraction.states),
            transitions=sum(map(len, abstraction.steps)),
            _needed=counted.needed_fairness,
            note=self.alone.note if self.alone.verdict is not Verdict.UNKNOWN else "; ".join(self._not_seen),
        )
        return of_instances(answer, found, counted)

    def _lifted(self, instances: int) -> InstancesResult | None:
        for few in range(2, min(instances, FEW_INSTANCES) + 1):
            if self._combinations(few) > FEW_COMBINATIONS:
                break
            result = self.few[few] = self.of(few)
            if result.verdict is Verdict.UNKNOWN:
                break
            reduced = self.system.with_observers(self._observers_of(result))
            if self._lifts(result, reduced, few):
                return of_instances(result, cutoff_of(reduced, self.known), self.counted_coarsely, few)
        return None

    def for_some_number(self) -> InstancesResult:
        """Return that it is violated for a few instances, and so not for every number; else that it is not known."""
        verdicts = {1: self.alone.verdict, **{few: result.verdict for few, result in self.few.items()}}
        for few, verdict in verdicts.items():
            if verdict is Verdict.VIOLATED:
                return self.explored(few)
        abstraction, several = self.counted.abstraction, self.system.instance_words
        note = f"for every number of {several} it is not known: {self.counted.note}; name a number to explore so many"
        if set(verdicts.values()) == {Verdict.HOLDS}:
            note = f"it holds for 1 to {max(verdicts)} {several}; {note}"
        result = replace(
            self.question.answered(self.alone),
            system=replace(self.alone.system, instances=None),  # it is about no number of them
            verdict=Verdict.UNKNOWN,
            states=self.alone.states if abstraction is None else len(abstraction.states),
            transitions=self.alone.transitions if abstraction is None else sum(map(len, abstraction.steps)),
            evidence=None,
            note="; ".join(filter(None, [note, self.alone.note])),
        )
        return of_instances(result, cutoff_of(self.alone.system, self.known), self.counted)

    def explored(self, instances: int) -> InstancesResult:
        """Return the answer for just so many instances."""
        result = self.of(instances)
        reduced = self.system.with_observers(self._observers_of(result))
        return of_instances(result, cutoff_of(reduced, self.known), self.counted)

    def of(self, instances: int) -> Result:
        """Return the answer for so many instances, explored, with replayed evidence."""
        if instances > MOST_INSTANCES:
            raise InputError(
                f"{self.system.counted_instances(instances)} are too many to explore, which they must be here; name at "
                f"most {MOST_INSTANCES:,}"
            )

        def decided(read: frozenset[str]) -> tuple[System, Result]:
            reduced = self.system.with_observers(read)
            return reduced, self._decided(reduced, instances)

        # more may be read where there are several instances
        reduced, result = with_needed_observers(decided, (observer.name for observer in self.alone.system.observers))
        result = replace(
            self.question.answered(result),
            system=watched(reduced, instances),
            note="; ".join(filter(None, [result.note, *self._not_seen])),
        )
        if result.evidence is not None:
            replay(result.system, result.evidence)
        return result

    def _decided(self, system: System, instances: int) -> Result:
        """Return the answer for a system with the observers that are read, by the engine that is asked for or fits."""
        explorer, missing = self.known.explorer, ""
        if self.engine != EXPLICIT:
            try:
                sets = explorer.kept(
                    system,
                    (SYMBOLIC, instances, self.memory),
                    lambda: space_of_instances(
                        system, instances, memory=self.memory, progress=self.progress, known=self.known
                    ),
                )
                return self._shortest(
                    system, instances, decide_for_first(system, instances, sets, self.question.of_one)
                )
            except MemoryLimitError as error:
                return out_of_memory(watched(system, instances), self.asked, error)
            except SymbolicLimitError as error:
                if self.engine == SYMBOLIC:
                    raise
                missing = f"no sets of states were held: {error}"
        result = decide_one_by_one(system, instances, explorer, self.question.of_one, self.limit)
        if result.verdict is not Verdict.UNKNOWN:
            return result
        return replace(result, note="; and ".join(filter(None, [result.note, missing])))

    def _shortest(self, system: System, instances: int, result: Result) -> Result:
        """Return an answer with evidence that is proven shortest, where few states are quickly visited one by one."""
        evidence = result.evidence
        if self.engine == SYMBOLIC or evidence is None or evidence.shortest or result.states > FEW_STATES:
            return result
        walked = decide_one_by_one(system, instances, self.known.explorer, self.question.of_one, FEW_STATES + 1)
        return result if walked.evidence is None else replace(result, evidence=walked.evidence)

    def _observers_of(self, result: Result) -> frozenset[str]:
        """Return the observers with which a number of instances was explored, by their plain names."""
        names = {part.name for part in result.system.observers}
        return frozenset(
            part.name
            for part in self.system.observers
            if (indexed(part.name, 1) if part.name in self.system.copied else part.name) in names
        )

    def _lifts(self, result: Result, reduced: System, instances: int) -> bool:
        """Whether the evidence, if a run is evidence, is that of any larger number of instances too."""
        if result.verdict is not self.asked.kind.run_shows or self.asked.kind.decided_by is Decisive.CLOSED_SET:
            return False
        return result.evidence is not None and lifts(self.known.of(reduced), instances, result.evidence)

    def _combinations(self, instances: int) -> int:
        found = self.known.of(self.alone.system)
        others: int = len(found.others) ** (instances - 1)
        return len(found.shared) * len(found.own) * others

"""So many instances explored, by the engine that is asked for or fits, and their evidence replayed on the machines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lifecheck.checking import EXPLICIT, SYMBOLIC, Engine, Result, check_by, not_seen, out_of_memory, replay
from lifecheck.errors import InputError
from lifecheck.instances.by_sets import decide_for_first, space_of_instances
from lifecheck.instances.copies import indexed, watched
from lifecheck.instances.decomposition import Decompositions
from lifecheck.instances.one_by_one import decide_one_by_one
from lifecheck.instances.property_of_one import of_one
from lifecheck.properties import Property, Verdict
from lifecheck.statespace import with_needed_observers
from lifecheck.symbolic import MemoryLimitError, Progress, SymbolicLimitError
from lifecheck.system import System

MOST_INSTANCES = 1_000
"""How many instances are explored; each has its own variables, triggers and machines."""

FEW_STATES = 1_000
"""Up to how many states are visited one by one for a counterexample that is proven shortest."""


@dataclass(frozen=True)
class Exploring:
    """One property of one system, asked of several numbers of instances by exploring each.

    Parameters
    ----------
    system
        The system of one instance.
    asked
        The property, as it was written.
    memory, limit, progress, known, engine
        As for `lifecheck.instances.checking.check_instances`.

    Examples
    --------
    >>> from lifecheck import Component, Row, can_always_reach
    >>> from lifecheck.statespace import STATE_LIMIT
    >>> from lifecheck.symbolic import DEFAULT_MEMORY
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> work, done = System("work", [task], copied={"task"}), can_always_reach("task == 'done'")
    >>> exploring = Exploring(work, done, DEFAULT_MEMORY, STATE_LIMIT, None, Decompositions(), None)
    >>> exploring.alone.states, exploring.of(3).states
    (2, 8)
    """

    system: System
    asked: Property
    memory: int
    limit: int
    progress: Progress | None
    known: Decompositions
    engine: Engine | None

    @cached_property
    def of_one(self) -> Property:
        """The property as one to ask of the system of one instance."""
        return of_one(self.asked, self.system)

    @cached_property
    def alone(self) -> Result:
        """The answer for one instance, on the system as it is written."""
        result = check_by(
            self.known.explorer, self.system, self.of_one, limit=self.limit, engine=self.engine, memory=self.memory
        )
        return replace(result, property=self.asked)

    @property
    def not_seen(self) -> list[str]:
        """What no verdict sees, so far, of the code that one instance runs, and so all do."""
        return list(not_seen(self.known.explorer.explore(self.alone.system, self.limit)))

    def of(self, instances: int) -> Result:
        """Return the answer for so many instances.

        Raises
        ------
        InputError
            If they are too many to explore.
        SymbolicLimitError
            If sets of states are asked for by name, and there can be none.
        """
        if instances > MOST_INSTANCES:
            raise InputError(
                f"{self.system.counted_instances(instances)} are too many to explore, which they must be here for "
                f"{self.asked.formula}; name at most {MOST_INSTANCES:,}, or any"
            )

        def decided(read: frozenset[str]) -> tuple[System, Result]:
            reduced = self.system.with_observers(read)
            return reduced, self._decided(reduced, instances)

        # more may be read where there are several instances
        reduced, result = with_needed_observers(decided, (observer.name for observer in self.alone.system.observers))
        result = replace(
            result,
            property=self.asked,
            system=watched(reduced, instances),
            note="; ".join(filter(None, [result.note, *self.not_seen])),
        )
        if result.evidence is not None:
            replay(result.system, result.evidence)
        return result

    def reduced(self, result: Result) -> System:
        """Return the system of one instance with those observers alone with which so many were explored."""
        names = {part.name for part in result.system.observers}
        return self.system.with_observers(
            part.name
            for part in self.system.observers
            if (indexed(part.name, 1) if part.name in self.system.copied else part.name) in names
        )

    def _decided(self, system: System, instances: int) -> Result:
        """Return the answer for a system with the observers that are read."""
        explorer, missing = self.known.explorer, ""
        if self.engine != EXPLICIT:
            try:
                return self._shortest(system, instances, self._by_sets(system, instances))
            except MemoryLimitError as error:
                return out_of_memory(watched(system, instances), self.asked, error)
            except SymbolicLimitError as error:
                if self.engine == SYMBOLIC:
                    raise
                missing = f"no sets of states were held: {error.reason}"
        result = decide_one_by_one(system, instances, explorer, self.of_one, self.limit)
        if result.verdict is not Verdict.UNKNOWN:
            return result
        return replace(result, note="; and ".join(filter(None, [result.note, missing])))

    def _by_sets(self, system: System, instances: int) -> Result:
        space = self.known.explorer.kept(
            system,
            (SYMBOLIC, instances, self.memory),
            lambda: space_of_instances(system, instances, memory=self.memory, progress=self.progress, known=self.known),
        )
        return decide_for_first(system, instances, space, self.of_one)

    def _shortest(self, system: System, instances: int, result: Result) -> Result:
        """Return an answer with evidence that is proven shortest, where few states are quickly visited one by one."""
        evidence = result.evidence
        if self.engine == SYMBOLIC or evidence is None or evidence.shortest or result.states > FEW_STATES:
            return result
        walked = decide_one_by_one(system, instances, self.known.explorer, self.of_one, FEW_STATES + 1)
        return result if walked.evidence is None else replace(result, evidence=walked.evidence)

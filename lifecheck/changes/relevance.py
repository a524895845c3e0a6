"""Which changes of one row must be tried: every other leaves a counterexample as it is, or does what another does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from lifecheck.changes.mutants import Change, Mutant
from lifecheck.checking import EXPLICIT_STATES, Evidence, Result
from lifecheck.machines import Live, Tables
from lifecheck.properties import Decisive
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import Component, LocalState, Row, State, local_states


class Relevance:
    """Tells without exploring that a changed row leaves a counterexample as it is.

    A row that is missing or leads elsewhere leaves the run as it is unless the run takes it: elsewhere it can
    only make a trigger impossible, which keeps a loop fair. A row that is added leaves every path as it is. It
    can make a loop unfair if the loop does not take its trigger and that is strongly fair, or weakly fair and
    then possible in every state of the loop; and it can lead out of a set of states that is closed under
    system triggers. And a row in the place of another that could never be taken changes no more than to remove the
    other does. What is not ruled out by this must be checked.

    Parameters
    ----------
    result
        The check of a property that is violated.
    limit
        The largest number of states to visit where a row is removed.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, eventually
    >>> from lifecheck.changes.mutants import mutants_of
    >>> rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet"), Row("test", "broken", "=")]
    >>> bell = Component("bell", ["quiet", "rung", "broken"], "quiet", rows, {"ring", "give_up", "test"})
    >>> relevance = Relevance(check(System("doorbell", [bell]), eventually(lambda s: s.bell == "broken")))
    >>> [mutant.position for mutant in mutants_of(System("doorbell", [bell])) if relevance.concerns(mutant)]
    [0, 0, 0, 1, 1, 1, 0, 1, 2]
    """

    def __init__(self, result: Result, limit: int = STATE_LIMIT) -> None:
        if result.evidence is None:
            raise ValueError(f"{result.property.formula} is {result.verdict}: there is no counterexample to take away")
        self._system = result.system
        self._limit = limit
        self._kind = result.property.kind
        self._evidence: Evidence = result.evidence
        self._possible: dict[tuple[str, str, tuple[object, ...]], bool] = {}
        self._live: dict[str, Live] = {}
        self._tables = Tables()
        self._without: dict[tuple[str, int], list[State]] = {}

    def concerns(self, mutant: Mutant) -> bool:
        """Whether the counterexample may be gone from the mutant."""
        if self._kind.is_reachability or mutant.kind is Change.REMOVE_FROM_ALPHABET:
            return True  # what is nowhere found is no run that a change could spare, and a trigger set free may fire
        name = mutant.component.name
        if mutant.kind is not Change.ADD_ROW:
            changed = mutant.component.rows[mutant.position]
            if (name, changed.source, changed.trigger) in self._taken:
                return mutant.row is None or self._is_ever_taken(mutant, mutant.row)
            leads_elsewhere = mutant.kind is Change.REDIRECT_ROW or _has_another(mutant.component, changed)
            if leads_elsewhere and self._may_lead_out(name, changed.trigger, changed.source):
                return True
        if mutant.row is None:
            return False
        if self._kind.decided_by is Decisive.CLOSED_SET:
            return self._may_lead_out(name, mutant.row.trigger, mutant.row.source)
        return self._kind.is_liveness and self._may_be_owed(name, mutant.row.trigger, mutant.row.source)

    @cached_property
    def _taken(self) -> frozenset[tuple[str, str, str]]:
        """Component, its state and trigger of each step of the evidence."""
        triggers = (*self._evidence.stem, *(self._evidence.loop or ()))
        return frozenset(
            (owner.name, str(state[owner.name]), trigger)
            for state, trigger in zip(self._evidence.states, triggers, strict=False)
            for owner in self._system.owners[trigger]
        )

    @cached_property
    def _loop(self) -> Sequence[State]:
        """The states in which the run goes round, or the one in which it stays."""
        return self._evidence.states[len(self._evidence.stem) :][: len(self._evidence.loop or ()) or 1]

    def _may_lead_out(self, name: str, trigger: str, source: str) -> bool:
        return trigger not in self._system.environment and any(
            state[name] == source and self._others_can(name, trigger, state) for state in self._evidence.closed
        )

    def _may_be_owed(self, name: str, trigger: str, source: str) -> bool:
        """Whether a trigger that becomes possible in a local state makes the loop unfair."""
        taken = frozenset(self._evidence.loop or ())
        new = [state[name] == source and self._others_can(name, trigger, state) for state in self._loop]

        def unpaid(owed: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
            return [members for members in owed.values() if trigger in members and taken.isdisjoint(members)]

        if any(new) and unpaid(self._system.owed_strongly):
            return True
        return any(
            all(
                is_new or any(self._others_can("", member, state) for member in members)
                for is_new, state in zip(new, self._loop, strict=True)
            )
            for members in unpaid(self._system.owed_weakly)
        )

    def _is_ever_taken(self, mutant: Mutant, row: Row) -> bool:
        """Whether a row in the place of another is possible in some state that is reached without both."""
        name = mutant.component.name
        key = (name, mutant.position)
        if key not in self._without:
            removed = replace(mutant, kind=Change.REMOVE_ROW, dest=None, row=None)
            most = min(self._limit, EXPLICIT_STATES)  # where there are more, checking the change is quicker
            graph = Explorer(self._tables.branch()).explore(removed.of(self._system), most)
            states = [graph.view(state) for state in range(len(graph))]
            if not graph.complete:
                return True
            self._without[key] = [state for state in states if state[name] == row.source]
        return any(self._others_can(name, row.trigger, state) for state in self._without[key])

    def _others_can(self, name: str, trigger: str, state: State) -> bool:
        """Whether every component but one can take a trigger in a state."""
        here = local_states(state)
        return all(
            self._can(owner, trigger, here[owner.name]) for owner in self._system.owners[trigger] if owner.name != name
        )

    def _can(self, component: Component, trigger: str, local: LocalState) -> bool:
        key = (component.name, trigger, local.key)
        if key not in self._possible:
            known = self._live.get(component.name)
            # a machine made of rows serves any number of models
            live = self._live[component.name] = Live(component, None if known is None else known.machine)
            live.place(local)
            self._possible[key] = live.may(trigger)
        return self._possible[key]


def _has_another(component: Component, row: Row) -> bool:
    """Whether another row answers the same trigger in the same state, and may lead elsewhere once this one is gone."""
    return sum((other.trigger, other.source) == (row.trigger, row.source) for other in component.rows) > 1

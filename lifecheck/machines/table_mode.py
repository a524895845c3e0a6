"""Table mode: what a machine does if each guard may answer either way and no callback runs.

The library itself is fired, on a private copy (`stripped`), once for each way in which guards can answer; what it does
makes rows without guards. So there is no second copy of the library's rules. It allows more runs than the machine has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lifecheck.errors import ComponentError
from lifecheck.machines.definition import Definition
from lifecheck.machines.exploring import Exploration
from lifecheck.machines.machine import RealMachine
from lifecheck.machines.noted import noted_of, refusal
from lifecheck.machines.stripped import stripped
from lifecheck.machines.table import LOCAL_STATE_LIMIT
from lifecheck.machines.watcher import Watcher, positions
from lifecheck.system import SAME, LocalState, NestedLocalState, Row

MOST_ANSWERS = 1_000
"""In how many ways the guards of one firing may answer."""


@dataclass(frozen=True)
class Outcome:
    """What one firing does if its guards answer in one way.

    Parameters
    ----------
    target
        The number of the local state that it leads to.
    taken
        Whether a row was taken.
    answers
        The guards that were asked, each with its answer.
    rows
        The positions of the rows that were taken.
    fires
        The triggers that the callbacks which would have run have in their code.
    """

    target: int
    taken: bool
    answers: tuple[tuple[str, bool], ...]
    rows: tuple[int, ...]
    fires: tuple[str, ...]


@dataclass(frozen=True)
class TableMode:
    """What table mode showed of a machine.

    Parameters
    ----------
    states
        The local states in order of first visit.
    rows
        What can be done, without guards: the trigger of each says how guards answered.
    families
        What the machine's owner calls the trigger of each row.
    found
        The same as lint looks at it: with the owner's names of triggers, and without refusals.
    """

    states: tuple[str, ...]
    rows: tuple[Row, ...]
    families: dict[str, str]
    found: Exploration


def table_mode(definition: Definition, name: str, limit: int = LOCAL_STATE_LIMIT) -> TableMode:
    """Fire a copy of a machine in every local state and every way that its guards can answer.

    A trigger that guards may refuse stays where it is when they do, as a step of its own: whoever owes it has done
    what can be done.

    Raises
    ------
    ComponentError
        If the machine cannot be copied or moved so, or has too many states or ways to answer.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck.machines.definition import read_definition
    >>> rows = [{"trigger": "step", "source": "a", "dest": "b", "conditions": "full"}, ["back", "b", "a"]]
    >>> machine = Machine(states=["a", "b"], initial="a", transitions=rows)
    >>> for row in table_mode(read_definition(machine, "bin"), "bin").rows:
    ...     print(row)
    Row('step [full]', 'a', 'b')
    Row('step [not full: refused]', 'a', '=')
    Row('back', 'b', 'a')
    """
    return _TableMode(definition, name, limit).explored()


def refuse_beside_guards(name: str, guards: object, attributes: Collection[str]) -> None:
    """Raise if guards are asked to answer in a way that there is not, or attributes are asked for beside them.

    Raises
    ------
    ComponentError
        Says which, and what to write.
    """
    if guards != "either":
        raise ComponentError(
            f"component {name!r}: guards is {guards!r}; write guards='either', or leave it out to have conditions asked"
        )
    for attribute in attributes:
        raise ComponentError(
            f"component {name!r}: attributes names {attribute!r} beside guards='either', which runs no callback, so "
            "that nothing changes an attribute; leave one of both out"
        )


class _TableMode:
    def __init__(self, definition: Definition, name: str, limit: int) -> None:
        self._definition, self._name, self._limit = definition, name, limit
        made = stripped(definition, name)
        self._oracle, self._timed = made.oracle, made.timed
        self._real = RealMachine(name, made.machine, made.model, (), definition.states, definition.nesting)
        self._watcher = Watcher(made.machine)
        self._positions = positions(definition.rows)
        start = self._local(definition.initial)
        self._states = [start]
        self._number = {start.key: 0}
        self._known: dict[tuple[int, str], list[Outcome]] = {}

    def explored(self) -> TableMode:
        rows: dict[tuple[str, int], Row] = {}
        families: dict[str, str] = {}
        found = Exploration(self._states, guards="either")
        for number, state in enumerate(self._states):  # grows while it is walked
            found.entered.add(str(state))
            for trigger in self._definition.triggers:
                for outcome in self._outcomes(number, trigger):
                    found.taken.update(outcome.rows)
                    told = _told(trigger, outcome)
                    for target, label in [(outcome.target, told), *self._chained(told, outcome)]:
                        row = Row(label, str(state), SAME if target == number else str(self._states[target]))
                        # the answers tell ways apart, so that no name stands for two
                        assert rows.setdefault((label, number), row) == row, row
                        families[label] = trigger
                        if outcome.taken or target != number:
                            found.moves[number, label] = target
        return TableMode(tuple(map(str, self._states)), tuple(rows.values()), families, found)

    def _outcomes(self, number: int, trigger: str) -> list[Outcome]:
        """Return what firing a trigger does, in each way that guards answer, and one way to refuse it at most."""
        key = number, trigger
        timed = self._definition.time_outs.get(trigger)
        if timed is not None:
            lasts = self._states[number].within(timed)
            return [Outcome(number, True, (), (), self._timed[timed])] if lasts else []
        if key not in self._known:
            self._real.place(self._states[number])
            self._known[key] = list(self._fired(number, trigger)) if self._real.accepts(trigger) else []
        return self._known[key]

    def _fired(self, number: int, trigger: str) -> Iterator[Outcome]:
        refused: dict[tuple[str, ...], Outcome] = {}
        for count, _ in enumerate(self._oracle.ways()):
            if count == MOST_ANSWERS:
                raise ComponentError(
                    f"component {self._name!r}, trigger {trigger!r} in state {self._states[number].label!r}: its "
                    f"guards can answer in more than {MOST_ANSWERS:,} ways; write fewer guards, or fire the machine"
                )
            outcome = self._fire(number, trigger)
            if outcome.taken:
                yield outcome
            elif outcome.fires not in refused or len(outcome.answers) < len(refused[outcome.fires].answers):
                refused[outcome.fires] = outcome
        yield from refused.values()

    def _fire(self, number: int, trigger: str) -> Outcome:
        self._real.place(self._states[number])
        self._watcher.begin(trigger)
        try:
            firing = self._real.fire_once(trigger, watch=False)
        finally:
            self._watcher.end()
        if firing.error is not None:
            raise refusal(self._name, noted_of(trigger, firing)) from firing.error
        target = self._arrive(firing.after)
        rows = tuple(self._positions[place] for place, _ in self._watcher.taken if place in self._positions)
        return Outcome(target, firing.taken, tuple(self._oracle.asked), rows, tuple(self._oracle.fires))

    def _chained(self, told: str, outcome: Outcome) -> Iterator[tuple[int, str]]:
        """Yield where further triggers may lead that callbacks fire, each state once, and how to call that."""
        pending = [(outcome.target, told)]
        fires = dict.fromkeys(outcome.fires)
        seen = {outcome.target}
        while True:
            found = []
            for number, label in pending:
                for trigger in list(fires):
                    for further in self._outcomes(number, trigger):
                        fires |= dict.fromkeys(further.fires)
                        if further.target not in seen:
                            seen.add(further.target)
                            found.append((further.target, f"{label}, then {_told(trigger, further)}"))
            yield from found
            if not found:
                return
            pending = [*pending, *found]  # what comes later may fire more where others were

    def _arrive(self, reached: LocalState) -> int:
        if reached.key not in self._number:
            if len(self._states) >= self._limit:
                raise ComponentError(
                    f"component {self._name!r}: its rows lead to more than {self._limit:,} states; raise the limit"
                )
            self._number[reached.key] = len(self._states)
            self._states.append(reached)
        return self._number[reached.key]

    def _local(self, state: str) -> LocalState:
        nesting = self._definition.nesting
        if nesting is None:
            return LocalState(state, self._name, self._definition.states)
        return NestedLocalState.of(state, self._name, nesting)


def _told(trigger: str, outcome: Outcome) -> str:
    """Return a trigger with the answers of its guards."""
    if not outcome.answers:
        return trigger
    answers = ", ".join(guard if answer else f"not {guard}" for guard, answer in outcome.answers)
    return f"{trigger} [{answers}]" if outcome.taken else f"{trigger} [{answers}: refused]"

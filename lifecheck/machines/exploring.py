"""Fires a machine in every local state that it reaches, and notes whatever is remarkable about each firing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lifecheck.errors import ComponentError
from lifecheck.machines.conformance import BLOCKED, drive
from lifecheck.machines.definition import Definition
from lifecheck.machines.ignored import IgnoredNames
from lifecheck.machines.machine import Firing, RealMachine, never_there, told_absent
from lifecheck.machines.snapshot import different, generators
from lifecheck.machines.specimen import Specimen, unwatched, without_addresses
from lifecheck.machines.table import LOCAL_STATE_LIMIT, changing
from lifecheck.machines.unseen import Read, Unseen, unseen_by_firing
from lifecheck.system import LocalState


@dataclass(frozen=True)
class Noted:
    """Something remarkable about one firing.

    Parameters
    ----------
    what
        ``raises``, ``differs``, ``random``, ``undeclared``, ``refused`` or ``chain``.
    trigger
        What was fired; empty where the factory itself is meant.
    state
        The local state in which it was fired.
    told
        What happened: an error, two outcomes, an attribute, a state, other triggers.
    """

    what: str
    trigger: str
    state: str
    told: str


@dataclass
class Exploration:
    """What firing showed.

    Parameters
    ----------
    states
        The local states in order of first visit.
    moves
        Number of the state that a trigger leads to, by number and trigger.
    taken
        Positions of the rows that were taken.
    entered
        Every state the machine was in, also those it only passed through.
    noted
        What was remarkable, each thing once.
    answers
        What a condition answered that is no truth value, by the position of its row and its own.
    complete
        Whether every local state was visited.
    is_driven_whole
        Whether machines could be driven as often as is promised, see `Drive`.
    watched
        Whether `taken`, `entered` and `answers` are known; they are not where models share one machine.
    unseen
        What the callbacks read that firing does not see.
    """

    states: list[LocalState]
    moves: dict[tuple[int, str], int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)
    noted: dict[Noted, None] = field(default_factory=dict)
    answers: dict[tuple[int, int], str] = field(default_factory=dict)
    complete: bool = True
    is_driven_whole: bool = True
    watched: bool = True
    unseen: Unseen = field(default_factory=Unseen)

    @property
    def outside(self) -> tuple[Read, ...]:
        """What is read of the model and nothing in the machine changes."""
        changed = {note.told for note in self.noted if note.what == "undeclared"}
        return self.unseen.outside(changing(self.states) | changed)

    def has(self, *what: str) -> bool:
        """Whether something of these kinds was noted."""
        return any(note.what in what for note in self.noted)


def explore_machine(
    definition: Definition,
    name: str,
    attributes: Sequence[str] = (),
    limit: int = LOCAL_STATE_LIMIT,
    *,
    ignored: Sequence[str] = (),
    drive: bool = True,
) -> Exploration:
    """Fire every trigger in every local state, on machines of the factory alone.

    Each firing is made by a machine placed into the state and by another that was driven there. An instance serves
    again as long as it changed in nothing but its state and its declared attributes. Then, where there are callbacks,
    fresh machines are driven along all that was found.

    Parameters
    ----------
    definition
        The machine; without a factory it must have no callbacks, and a private copy is fired.
    name
        How messages call it.
    attributes
        Names of the model's attributes that belong to the local state.
    limit
        The largest number of local states.
    ignored
        Names of what may change; see `Component`.
    drive
        Whether to drive machines along what was found.

    Raises
    ------
    ComponentError
        If an attribute cannot be part of a state, or is never there, or the machine cannot be copied, or an ignored
        name is that of nothing.
    """
    explorer = _Explorer(definition, name, tuple(attributes), tuple(ignored), limit)
    found = explorer.explore()
    if found.complete and (missing := never_there(found.states)) is not None:
        raise ComponentError(told_absent(name, missing))
    if found.complete and drive:  # where names and rows are found alone, a check asks later
        explorer.ignored_names.refuse()
    if definition.factory is not None and definition.model is not None:
        found.unseen = unseen_by_firing(definition.machine, definition.model, ignored)
    if drive and definition.factory is not None:
        explorer.drive()
    return found


class _Explorer:
    def __init__(
        self, definition: Definition, name: str, attributes: tuple[str, ...], ignored: tuple[str, ...], limit: int
    ) -> None:
        self.definition = definition
        self.limit = limit
        self.name = name
        self.attributes = attributes
        self.ignored = ignored
        self._placed: Specimen | None = None
        self._driven: Specimen | None = None
        self.found = Exploration([self._placing.real.local], watched=not definition.shared)
        self._number = {self.found.states[0].key: 0}
        self._arrivals: list[tuple[LocalState, str] | None] = [None]
        self._fired: list[tuple[LocalState, str]] = []
        self._refused: dict[tuple[int, str], int] = {}
        self._untouched = definition.factory is not None and not definition.shared
        self.ignored_names = IgnoredNames(name, ignored)
        self.ignored_names.look(self._placing.real)

    def explore(self) -> Exploration:
        """Fire breadth first."""
        found = self.found
        found.entered.add(str(found.states[0]))
        starts = dict.fromkeys([found.states[0].label, self._driving.real.local.label])
        if str(found.states[0]) != self.definition.initial:
            starts[self.definition.initial] = None
        if len(starts) > 1:
            told = f"it starts in {' and in '.join(map(repr, starts))}"
            found.noted[Noted("differs", "", found.states[0].label, told)] = None
        drawn, kept = generators(), self._placing.real.kept_by_classes()
        self._explore()
        if self.definition.factory is not None and (
            generators() != drawn or different(kept, self._placing.real.kept_by_classes())
        ):
            self._look_closely()
        return found

    def _explore(self) -> None:
        found = self.found
        everywhere = bool(self.definition.machine.finalize_event or self.definition.machine.on_exception)
        for number, local in enumerate(found.states):  # grows while it is walked
            self._placing.real.place(local)
            # a trigger that no row answers runs no callback but these two
            answered = [name for name in self.definition.triggers if everywhere or self._placing.real.accepts(name)]
            for trigger in answered:
                self._fire(number, local, trigger)
                if len(found.states) > self.limit:
                    found.complete = False
                    del found.states[self.limit :]
                    found.moves = {key: target for key, target in found.moves.items() if target < self.limit}
                    return

    def _look_closely(self) -> None:
        """Fire everything once more, to see which trigger it is that changes what all machines share."""
        for local, trigger in self._fired:
            self._placing.real.place(local)
            firing = self._placing.fire(trigger, closely=True)
            if firing.undeclared or firing.error:
                self._placed = None
            for note in self._remarkable(local, trigger, firing, ()):
                self.found.noted.setdefault(note)

    def drive(self) -> None:
        """Drive fresh machines along the moves, and note where one does something else."""
        found = self.found
        driven = drive(self._fresh, found.states, found.moves | self._refused)
        found.is_driven_whole = driven.is_whole
        differs = driven.difference
        if differs is not None:
            told = f"{differs.expected} and, on {differs.told_path}, {differs.came}"
            found.noted.setdefault(Noted("differs", differs.trigger, differs.state.label, told))

    def _fresh(self) -> RealMachine:
        made = None
        if self._untouched and self.definition.model is not None:  # as it was made to be read
            self._untouched = False
            made = (self.definition.machine, self.definition.model)
        return unwatched(self.definition, self.name, self.attributes, self.ignored, made)

    def _make(self) -> Specimen:
        return Specimen(self.definition, self.name, self.attributes, self.ignored)

    @property
    def _placing(self) -> Specimen:
        if self._placed is None:
            self._placed = self._make()
        return self._placed

    @property
    def _driving(self) -> Specimen:
        if self._driven is None:
            self._driven = self._make()
        return self._driven

    def _fire(self, number: int, local: LocalState, trigger: str) -> None:
        found, placing = self.found, self._placing
        placing.real.place(local)
        self._fired.append((local, trigger))
        first = placing.fire(trigger)
        self.ignored_names.look(placing.real)
        taken, entered, answers = placing.taken, placing.entered, placing.answers
        if first.undeclared or first.error:
            self._placed = None
        second = self._drive(number, trigger)
        found.taken.update(taken)
        found.entered.update(entered)
        for place, answer in answers.items():
            found.answers.setdefault(place, answer)
        for note in self._remarkable(local, trigger, first, taken):
            found.noted.setdefault(note)
        if second is not None and _outcome(first) != _outcome(second):
            told = f"{_told(first)} and {_told(second)}"
            found.noted.setdefault(Noted("differs", trigger, local.label, told))
        elif first.taken and first.error is None:
            found.moves[number, trigger] = self._arrive(first.after, local, trigger)
        elif first.error is None and first.after.key == local.key:
            self._refused[number, trigger] = BLOCKED

    def _drive(self, number: int, trigger: str) -> Firing | None:
        """Fire on a machine that came to the state by a trigger; None if it did not come there."""
        found = self.found
        driving, arrival, local = self._driving, self._arrivals[number], found.states[number]
        if arrival is None:
            driving.real.place(local)
        else:
            source, by = arrival
            driving.real.place(source)
            # this was looked at where it led there first
            come = driving.fire(by, watch=found.has("undeclared"))
            if come.undeclared or come.error:
                self._driven = None
            if come.after.key != local.key:
                told = f"to {local.label!r} and {_told(come)}"
                found.noted.setdefault(Noted("differs", by, source.label, told))
                return None
        second = driving.fire(trigger)
        if second.undeclared or second.error:
            self._driven = None
        return second

    def _arrive(self, reached: LocalState, source: LocalState, trigger: str) -> int:
        if reached.key not in self._number:
            self._number[reached.key] = len(self.found.states)
            self.found.states.append(reached)
            self.found.entered.add(str(reached))
            self._arrivals.append((source, trigger))
        return self._number[reached.key]

    def _remarkable(self, local: LocalState, trigger: str, firing: Firing, taken: Sequence[int]) -> list[Noted]:
        notes = []
        if firing.error is not None:
            moved = f"; it is left in state {firing.after.label!r}" if firing.after.key != local.key else ""
            notes.append(
                Noted(
                    "raises",
                    trigger,
                    local.label,
                    f"{type(firing.error).__name__}: {without_addresses(str(firing.error))}{moved}",
                )
            )
        elif not firing.taken and firing.after.key != local.key:
            notes.append(Noted("refused", trigger, local.label, firing.after.label))
        if firing.random:
            notes.append(Noted("random", trigger, local.label, ""))
        notes += [Noted("undeclared", trigger, local.label, name) for name in firing.undeclared]
        others = [self.definition.rows[position].trigger for position in taken]
        others = [other for other in dict.fromkeys(others) if other != trigger]
        if others:
            notes.append(Noted("chain", trigger, local.label, ", ".join(others)))
        return notes


def _outcome(firing: Firing) -> tuple[object, ...]:
    return firing.taken, firing.after.key, type(firing.error)


def _told(firing: Firing) -> str:
    if firing.error is not None:
        return f"raising {type(firing.error).__name__}"
    return f"to {firing.after.label!r}" if firing.taken else "blocked"

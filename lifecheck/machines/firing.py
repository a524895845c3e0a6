"""Fires a real machine in its local states, each trigger twice, and notes what is remarkable about each firing.

The one explorer of machines: tables for checking ask it for what they need, lint for everything there is.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

from lifecheck.machines.ignored import IgnoredNames
from lifecheck.machines.machine import Firing, RealMachine
from lifecheck.machines.noted import Noted, noted_of
from lifecheck.machines.reading import AttributeReads
from lifecheck.machines.recipe import Recipe
from lifecheck.machines.snapshot import different, generators
from lifecheck.machines.watcher import Details, Watcher, positions
from lifecheck.system import LocalState


@dataclass(frozen=True)
class Move:
    """Where a trigger leads from a local state.

    Parameters
    ----------
    target
        The number of the local state.
    row
        The position of the row that was taken; None where that is not known, as where parallel regions take several.
    chained
        The further triggers of which callbacks took transitions meanwhile, as the machine calls them.
    """

    target: int
    row: int | None
    chained: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fired:
    """What firing a trigger in a local state showed.

    Parameters
    ----------
    move
        Where it leads; None where it is blocked, or nothing is known for a fault.
    noted
        What was remarkable.
    is_answered
        Whether some row answers the trigger there, so that code may have run.
    error
        What a condition or callback raised.
    """

    move: Move | None
    noted: tuple[Noted, ...] = ()
    is_answered: bool = True
    error: BaseException | None = None

    @property
    def faults(self) -> tuple[Noted, ...]:
        """What was wrong with it."""
        return tuple(note for note in self.noted if note.is_fault)


FRESH = 5_000
"""How many rows may be made for firings on fresh machines; beyond it making them would take most of the time."""

_UNANSWERED = Fired(None, is_answered=False)


class Specimen:
    """A fresh real machine that takes down which transitions it takes.

    Parameters
    ----------
    real
        The machine.
    recipe
        How it was made.
    watcher
        Watches it; None where that is not asked for.
    """

    def __init__(self, real: RealMachine, recipe: Recipe, watcher: Watcher | None) -> None:
        self.real = real
        self.watcher = watcher
        self.details: Details | None = None
        self._runs_code = recipe.runs_code

    def fire(self, trigger: str, *, watch: bool = True, closely: bool = False) -> Firing:
        """Fire, and take down what happens meanwhile."""
        if self.watcher is None:
            return self.real.fire_once(trigger, watch=watch and self._runs_code, closely=closely)
        self.watcher.begin(self.real.own_name(trigger))
        try:
            return self.real.fire_once(trigger, watch=watch and self._runs_code, closely=closely)
        finally:
            self.watcher.end()


class Firer:
    """Fires a machine where it is told to, and remembers.

    Each firing is made by a machine placed into the state and by another that was driven there by the trigger which
    first reached it; both must agree.

    Parameters
    ----------
    recipe
        Makes the machines.
    afresh
        Whether the first firings are made by fresh machines, as many as `FRESH` allows, so that what is found is what
        those do.
        Otherwise one serves again as long as it changed in nothing but its state and its declared attributes.
    in_detail
        Whether to take down also what is entered and what conditions answer; not where models share one machine.

    Attributes
    ----------
    states
        The local states in order of first visit.
    fired
        What was fired so far, by number of the state and trigger.
    reads
        Which attributes of its model the code of the machine read.
    machine
        One of the machines.
    is_shared
        Whether all models that are made share one machine of the user's.

    Raises
    ------
    ComponentError
        If a machine cannot be made, or is not as it was read.
    """

    def __init__(self, recipe: Recipe, *, afresh: bool = False, in_detail: bool = False) -> None:
        self.recipe = recipe
        self._afresh = afresh and recipe.runs_code
        self._in_detail = in_detail
        self._positions = positions(recipe.rows)
        self._watcher: Watcher | None = None  # of the one machine that all models share
        first, second = recipe.fresh(), recipe.fresh()
        self.machine = first.machine
        self.is_shared = first.machine is second.machine and recipe.one_machine is None
        if first.machine is second.machine:
            self._watcher = Watcher(first.machine, recipe.left_out, is_ours=not self.is_shared)
        self.states: list[LocalState] = [first.local]
        self.fired: dict[tuple[int, str], Fired] = {}
        self._number = {first.local.key: 0}
        self._arrivals: list[tuple[LocalState, str] | None] = [None]
        self.reads = AttributeReads()
        self._changes_unseen = False
        self._drawn, self._kept = generators(), first.hidden.kept_by_classes()
        self.ignored_names = IgnoredNames(recipe.name, recipe.ignored)
        self.ignored_names.look(first)
        self.starts = (first.local, second.local)
        self.taken: set[int] = set()
        self.entered: set[str] = {str(first.local)}
        self.answers: dict[tuple[int, int], str] = {}
        recipe.refuse_other_rows(first.machine)
        recipe.refuse_other_rows(second.machine)
        self._placed: Specimen | None = self._watched(first)
        self._driven: Specimen | None = Specimen(second, recipe, None)

    def answers_nothing(self, number: int, trigger: str) -> bool:
        """Whether no row answers a trigger in a local state, so that firing it would run no code; runs nothing."""
        real = self._placing.real
        if real.local is not self.states[number]:
            real.place(self.states[number])
        return not real.runs_code_of(trigger)

    def fire(self, number: int, trigger: str) -> Fired:
        """Fire a trigger in a local state, unless that was done before."""
        key = number, trigger
        if key not in self.fired:
            self.fired[key] = _UNANSWERED if self.answers_nothing(number, trigger) else self._fire(number, trigger)
        return self.fired[key]

    def look_closely(self) -> list[Noted]:
        """Say which firings change what all machines share, or draw random numbers; fires all again, if some did."""
        if not self.recipe.runs_code or (
            generators() == self._drawn and not different(self._kept, self._placing.real.hidden.kept_by_classes())
        ):
            return []
        noted: dict[Noted, None] = {}
        for (number, trigger), fired in self.fired.items():
            if fired.is_answered:
                noted |= dict.fromkeys(self._closely(number, trigger))
        return list(noted)

    def _fire(self, number: int, trigger: str) -> Fired:
        local, placing = self.states[number], self._placing
        placing.real.place(local)
        with self.reads.watching(placing.real.model) if self.recipe.runs_code else nullcontext():
            first = placing.fire(trigger)
        self.ignored_names.look(placing.real)
        row, chained = self._taken(trigger, placing)
        if first.undeclared or first.error:
            self._placed = None
        noted = noted_of(trigger, first)
        if chained:
            noted.append(Noted("chain", trigger, local.label, ", ".join(chained)))
        self._changes_unseen |= bool(first.undeclared)
        second = self._drive(number, trigger, noted)
        if self._afresh and len(self.fired) * len(self.recipe.rows) < FRESH:
            self._placed = self._driven = None
        move = None
        if second is not None and _outcome(first) != _outcome(second):
            noted += self._closely(number, trigger)
            noted.append(Noted("differs", trigger, local.label, f"{_told(first)} and {_told(second)}"))
        elif first.taken and first.error is None:
            move = Move(self._arrive(first.after, local, trigger), row, chained)
        return Fired(move, tuple(dict.fromkeys(noted)), error=first.error)

    def _drive(self, number: int, trigger: str, noted: list[Noted]) -> Firing | None:
        """Fire on a machine that came to the state by a trigger; None if it did not come there, which is noted."""
        driving, arrival, local = self._driving, self._arrivals[number], self.states[number]
        if arrival is None:
            driving.real.place(local)
        else:
            source, by = arrival
            driving.real.place(source)
            come = driving.fire(by, watch=self._changes_unseen)  # this was looked at where it led there first
            if come.undeclared or come.error:
                self._driven = None
            if come.after.key != local.key:
                noted.append(Noted("differs", by, source.label, f"to {local.label!r} and {_told(come)}"))
                return None
        # what it changes shows on the one that was placed; where something did, this one is looked at too
        second = driving.fire(trigger, watch=self._changes_unseen)
        if second.undeclared or second.error:
            self._driven = None
        return second

    def _closely(self, number: int, trigger: str) -> list[Noted]:
        self._placing.real.place(self.states[number])
        firing = self._placing.fire(trigger, closely=True)
        if firing.undeclared or firing.error:
            self._placed = None
        return noted_of(trigger, firing)

    def _arrive(self, reached: LocalState, source: LocalState, trigger: str) -> int:
        if reached.key not in self._number:
            self._number[reached.key] = len(self.states)
            self.states.append(reached)
            self._arrivals.append((source, trigger))
        return self._number[reached.key]

    def _taken(self, trigger: str, specimen: Specimen) -> tuple[int | None, tuple[str, ...]]:
        """Return the row that was taken, and the triggers that callbacks fired and that were taken as well."""
        rows: list[int | None] = []
        chained: dict[str, None] = {}
        for (name, source, number), is_own in specimen.watcher.taken if specimen.watcher else ():
            position = self._positions.get((trigger if is_own else name, source, number))
            # what was read names its rows as the machine does
            rows.append(self._positions.get((name, source, number)) if position is None else position)
            if not is_own:
                chained[name] = None
        self.taken.update(row for row in rows if row is not None)
        if specimen.details is not None:
            self.entered |= specimen.details.entered
            for (place, position), answer in specimen.details.answers.items():
                self.answers.setdefault((self._positions[place], position), answer)
            specimen.details.entered.clear()
            specimen.details.answers.clear()
        if trigger in specimen.real.features.time_outs:
            return None, tuple(chained)[1:]  # what the time-out itself fires is all that it does
        return (rows[0] if len(rows) == 1 and not chained else None), tuple(chained)

    def _watched(self, real: RealMachine) -> Specimen:
        # what is left out is watched too: callbacks may fire the automatic triggers
        watcher = self._watcher or Watcher(real.machine)
        specimen = Specimen(real, self.recipe, watcher)
        if self._in_detail and self._watcher is None:
            specimen.details = Details(real.machine, real.model, self.recipe.nesting, self.recipe.left_out)
        return specimen

    @property
    def _placing(self) -> Specimen:
        if self._placed is None:
            self._placed = self._watched(self.recipe.fresh())
        return self._placed

    @property
    def _driving(self) -> Specimen:
        if self._driven is None:
            self._driven = Specimen(self.recipe.fresh(), self.recipe, None)
        return self._driven


def _outcome(firing: Firing) -> tuple[object, ...]:
    return firing.taken, firing.after.key, type(firing.error)


def _told(firing: Firing) -> str:
    if firing.error is not None:
        return f"raising {type(firing.error).__name__}"
    return f"to {firing.after.label!r}" if firing.taken else "blocked"

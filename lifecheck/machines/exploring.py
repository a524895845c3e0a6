"""Fires a machine whose definition was read in every local state that it reaches, and tells what that showed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lifecheck.errors import ComponentError
from lifecheck.machines.conformance import BLOCKED
from lifecheck.machines.conformance import drive as drive_along
from lifecheck.machines.declared import never_there, told_absent
from lifecheck.machines.definition import Definition
from lifecheck.machines.firing import Firer
from lifecheck.machines.noted import Noted
from lifecheck.machines.recipe import Recipe, recipe_of_definition
from lifecheck.machines.table import LOCAL_STATE_LIMIT, changing
from lifecheck.machines.unseen import Read, Unseen, unseen_by_firing
from lifecheck.system import Guards, LocalState


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
    is_driven_whole, why_not_whole
        Whether machines could be driven as often as is promised, and if not why, see `Drive`.
    watched
        Whether `taken`, `entered` and `answers` are known; they are not where models share one machine.
    unseen
        What the callbacks read that firing does not see.
    guards
        "either" if guards were answered either way and no callback was run.
    """

    states: list[LocalState]
    moves: dict[tuple[int, str], int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)
    noted: dict[Noted, None] = field(default_factory=dict)
    answers: dict[tuple[int, int], str] = field(default_factory=dict)
    complete: bool = True
    is_driven_whole: bool = True
    why_not_whole: str = ""
    watched: bool = True
    unseen: Unseen = field(default_factory=Unseen)
    guards: Guards | None = None

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
    arguments: Mapping[str, Iterable[Any]] | None = None,
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
    arguments
        What triggers are fired with; see `component_of`.
    drive
        Whether to drive machines along what was found.

    Raises
    ------
    ComponentError
        If an attribute cannot be part of a state, or is never there, or the machine cannot be copied, or an ignored
        name is that of nothing.
    """
    firer = Firer(recipe_of_definition(definition, name, attributes, ignored, arguments), in_detail=True)
    found = Exploration(firer.states, watched=not definition.shared)
    starts = dict.fromkeys(start.label for start in firer.starts)
    if str(firer.starts[0]) != definition.initial:
        starts[definition.initial] = None
    if len(starts) > 1:
        told = f"it starts in {' and in '.join(map(repr, starts))}"
        found.noted[Noted("differs", "", firer.starts[0].label, told)] = None
    blocked = _fire_everything(firer, found, limit)
    found.noted |= dict.fromkeys(firer.look_closely())
    if found.watched:
        found.taken, found.entered, found.answers = firer.taken, firer.entered, firer.answers
    found.entered |= {str(state) for state in found.states}
    if found.complete and (missing := never_there(found.states)) is not None:
        raise ComponentError(told_absent(name, missing))
    if found.complete and drive:  # where names and rows are found alone, a check asks later
        firer.ignored_names.refuse()
    if definition.factory is not None and definition.model is not None:
        found.unseen = unseen_by_firing(definition.machine, definition.model, ignored, firer.reads)
    if drive and definition.factory is not None:
        _drive(firer.recipe, definition, found, blocked)
    return found


def _fire_everything(firer: Firer, found: Exploration, limit: int) -> dict[tuple[int, str], int]:
    """Fire every trigger in every local state, breadth first, and return what was blocked although a row answers."""
    blocked = {}
    for number, _ in enumerate(firer.states):  # grows while it is walked
        for trigger in firer.recipe.triggers:
            fired = firer.fire(number, trigger)
            found.noted |= dict.fromkeys(fired.noted)
            if fired.move is not None:
                found.moves[number, trigger] = fired.move.target
            elif fired.is_answered and not fired.faults:
                blocked[number, trigger] = BLOCKED
            if len(firer.states) > limit:
                found.complete = False
                found.states = firer.states[:limit]
                found.moves = {key: target for key, target in found.moves.items() if target < limit}
                return blocked
    return blocked


def _drive(recipe: Recipe, definition: Definition, found: Exploration, blocked: dict[tuple[int, str], int]) -> None:
    """Drive fresh machines along the moves, and note where one does something else."""
    ready = [] if definition.shared or definition.model is None else [(definition.machine, definition.model)]
    driven = drive_along(
        lambda: recipe.fresh(ready.pop() if ready else None),  # the first is the one that was made to be read
        found.states,
        found.moves | blocked,
    )
    found.is_driven_whole, found.why_not_whole = driven.is_whole, driven.reason
    differs = driven.difference
    if differs is not None:
        told = f"{differs.expected} and, on {differs.told_path}, {differs.came}"
        found.noted.setdefault(Noted("differs", differs.trigger, differs.state.label, told))

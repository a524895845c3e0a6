"""The table of a component, obtained by firing its real machine once per local state and trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.awaiting import is_asynchronous
from lifecheck.machines.conformance import BLOCKED as BLOCKED  # what `Table.move` returns
from lifecheck.machines.conformance import drive
from lifecheck.machines.declared import never_there, told_absent
from lifecheck.machines.firing import Fired, Firer, Move
from lifecheck.machines.noted import refusal
from lifecheck.machines.recipe import recipe_of_component
from lifecheck.machines.transition_table import has_code_of_its_author
from lifecheck.machines.unseen import Unseen, unseen_by_firing
from lifecheck.machines.unsupported import INSTEAD_OF_FIRING
from lifecheck.system import Component, LocalState, Row

LOCAL_STATE_LIMIT = 10_000
"""How many local states of one machine are fired unless told otherwise."""

_NOT_FIRED = -2


class Table:
    """What a component does, fired when first asked and remembered.

    Local states are numbered in the order in which they are found; 0 is the initial one. Each pair of
    local state and trigger that the machine has a transition for is fired twice: on a fresh instance placed
    into the state, and on another that was driven there by the trigger which first reached it. Both must agree, and
    so must fresh machines that are driven along the table once it is fired (`drive`).

    Parameters
    ----------
    component
        The component to fire.

    Examples
    --------
    >>> from lifecheck import Row
    >>> rows = [Row("open", "closed", "opened"), Row("close", "opened", "closed")]
    >>> table = Table(Component("door", ["closed", "opened"], "closed", rows, {"open", "close"}))
    >>> table.move(0, "open"), table.move(0, "close"), table.states[1].label
    (1, -1, 'opened')
    """

    def __init__(self, component: Component) -> None:
        self.component = component
        self._recipe = recipe_of_component(component)
        self._firer = Firer(self._recipe, afresh=True)
        self.states = self._firer.states
        self._moves: dict[str, list[int]] = {trigger: [] for trigger in component.triggers}
        self._fired = self._driven = 0
        self.is_driven_whole, self.why_not_whole = True, ""
        self._unseen: Unseen | None = None

    @property
    def machine(self) -> Machine | None:
        """The machine that was made of its rows, which serves any number of models; None where a factory makes them."""
        return self._recipe.one_machine

    def move(self, local: int, trigger: str) -> int:
        """Return the number of the local state that a trigger leads to, or `BLOCKED`.

        Raises
        ------
        ComponentError
            If two firings disagree (the outcome is random or depends on hidden state), or one raises.
        """
        moves = self._moves[trigger]
        if local >= len(moves):
            moves.extend([_NOT_FIRED] * (len(self.states) - len(moves)))
        if moves[local] == _NOT_FIRED:
            move = self._sound(self._firer.fire(local, trigger))
            moves[local] = BLOCKED if move is None else move.target
            self._fired += 1
        return moves[local]

    @property
    def is_whole(self) -> bool:
        """Whether every trigger was asked in every local state that was found.

        Examples
        --------
        >>> from lifecheck import Row
        >>> door = Component("door", ["closed", "opened"], "closed", [Row("open", "closed", "opened")], {"open"})
        >>> table = Table(door)
        >>> before = table.is_whole
        >>> [table.move(local, "open") for local in (0, 1)], before, table.is_whole
        ([1, -1], False, True)
        """
        return all(len(moves) == len(self.states) and _NOT_FIRED not in moves for moves in self._moves.values())

    def rows(self, local: int, trigger: str) -> tuple[Row, ...]:
        """Return the row that a trigger takes in a local state; all that lead where it leads, where that is not known.

        Examples
        --------
        >>> from lifecheck import Row
        >>> rows = [Row("open", "closed", "opened", conditions=[lambda: False]), Row("open", "closed", "=")]
        >>> table = Table(Component("door", ["closed", "opened"], "closed", rows, {"open"}))
        >>> table.move(0, "open"), table.rows(0, "open")
        (0, (Row('open', 'closed', '='),))
        """
        move = self._sound(self._firer.fire(local, trigger))
        if move is None:
            return ()
        if move.row is not None:
            return (self.component.rows[move.row],)
        made = trigger, str(self.states[local]), str(self.states[move.target])
        return tuple(row for row in self.component.rows if (row.trigger, row.source, row.target) == made)

    def chains(self) -> Iterator[tuple[str, LocalState, tuple[str, ...]]]:
        """Yield each trigger whose callbacks took others too, the local state, and those others, of what was fired."""
        names: dict[str, list[str]] = {}
        for trigger in self.component.triggers:
            names.setdefault(self._recipe.called.get(trigger, trigger), []).append(trigger)
        for (local, trigger), fired in self._firer.fired.items():
            if fired.move is not None and fired.move.chained:
                others = tuple(name for own in fired.move.chained for name in names.get(own, [own]))
                yield trigger, self.states[local], others

    def drive(self, *, complete: bool) -> None:
        """Drive fresh machines along what was fired, and see that they do the same.

        Parameters
        ----------
        complete
            Whether everything was fired that a system needs.

        Raises
        ------
        ComponentError
            If a machine does something else: what its outcome depends on is hidden. Or if a declared attribute, or
            what is ignored, is never there.
        """
        missing = never_there(self.states) if complete else None
        if missing is not None:
            raise ComponentError(told_absent(self.component.name, missing))
        if complete:
            self._firer.ignored_names.refuse()
        if self._fired == self._driven:
            return
        self._driven = self._fired
        if not self._recipe.runs_code:
            return
        closely = self._firer.look_closely()
        if closely:
            self._driven = -1  # so that whoever asks again is told again
            raise refusal(self._recipe.name, closely)
        moves = {
            (local, trigger): target
            for local in range(len(self.states))
            for trigger, targets in self._moves.items()
            if local < len(targets) and (target := targets[local]) != _NOT_FIRED
        }
        # where only the library runs, a factory may still make other machines at other times, but nothing adds up
        fresh = self._recipe.fresh()
        has_code = has_code_of_its_author(fresh.machine, fresh.model)
        driven = drive(self._recipe.fresh, self.states, moves, repeatedly=has_code)
        self.is_driven_whole, self.why_not_whole = driven.is_whole, driven.reason
        found = driven.difference
        if found is None:
            return
        self._driven = -1  # so that whoever asks again is told again
        place = f"trigger {found.trigger!r} in state {found.state.label!r}: " if found.trigger else ""
        ignored = ", ".join(map(repr, self.component.ignored))
        raise ComponentError(
            f"component {self.component.name!r}, {place}two firings differ, {found.expected} and, on "
            f"{found.told_path}, {found.came}; the outcome depends on something that is no part of its state, in a "
            "closure, a global, a class"
            + (f", or what is ignored ({ignored})" if ignored else "")
            + ": keep that in an attribute of the model, and declare it in attributes=[...]; or do not fire it: "
            + INSTEAD_OF_FIRING
        )

    def not_seen(self) -> list[str]:
        """Return in sentences what its callbacks read that firing did not see; none where no code ran."""
        if not self._recipe.runs_code:
            return []
        if self._unseen is None:
            fresh = self._recipe.fresh()
            self._unseen = unseen_by_firing(fresh.machine, fresh.model, self.component.ignored, self._firer.reads)
        told = self._unseen.told(changing(self.states))
        if is_asynchronous(self._firer.machine):
            told.append("it is asynchronous, and was fired one trigger at a time, each awaited to its end")
        chains = {trigger: others for trigger, _, others in self.chains()}
        for trigger, others in chains.items():
            named = ", ".join(map(repr, others)) or "others"
            told.append(f"a firing of {trigger!r} also takes {named}, and is seen only where it ends")
        if not self.is_driven_whole:
            told.append(f"it has {self.why_not_whole} that not each was asked again after every other")
        return told

    def _sound(self, fired: Fired) -> Move | None:
        """Return the move, or raise what is wrong with the firing."""
        if fired.noted and fired.faults:
            raise refusal(self._recipe.name, fired.faults) from fired.error
        return fired.move


def changing(states: Sequence[LocalState]) -> set[str]:
    """Return the declared attributes that have more than one value in these states."""
    names = states[0].attributes
    return {name for name in names if len({state.attributes[name] for state in states}) > 1}

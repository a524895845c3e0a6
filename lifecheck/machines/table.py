"""The table of a component, obtained by firing its real machine once per local state and trigger."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.component_machine import Live, is_never_taken, machine_of, runs_code
from lifecheck.machines.conformance import BLOCKED as BLOCKED  # what `Table.move` returns
from lifecheck.machines.conformance import drive
from lifecheck.machines.ignored import IgnoredNames
from lifecheck.machines.machine import never_there, told_absent
from lifecheck.machines.transition_table import written_rows
from lifecheck.machines.unseen import Unseen, unseen_by_firing
from lifecheck.system import Component, LocalState

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
        # of rows one machine serves all models; a factory may return another each time
        self.machine = machine_of(component) if component.factory is None else None
        start = self._live()
        _refuse_other_rows(component, start.machine)
        initial = start.local
        self._ignored = IgnoredNames(component.name, component.ignored)
        self._ignored.look(start)
        self.states = [initial]
        self._number = {initial.key: 0}
        self._arrivals: list[tuple[LocalState, str] | None] = [None]
        self._moves: dict[str, list[int]] = {trigger: [] for trigger in component.triggers}
        self._unfired: Live | None = None
        self._fired = self._driven = 0
        self.is_driven_whole = True
        self._unseen: Unseen | None = None

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
            moves[local] = self._fire(local, trigger)
            self._fired += 1
        return moves[local]

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
            self._ignored.refuse()
        if self._fired == self._driven:
            return
        self._driven = self._fired
        if not runs_code(self.component):
            return
        moves = {
            (local, trigger): target
            for local in range(len(self.states))
            for trigger, targets in self._moves.items()
            if local < len(targets) and (target := targets[local]) != _NOT_FIRED
        }
        driven = drive(self._live, self.states, moves, called=self.component.machine_triggers)
        self.is_driven_whole = driven.is_whole
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
            + ": keep that in an attribute of the model, and declare it in attributes=[...]"
        )

    def not_seen(self) -> list[str]:
        """Return in sentences what its callbacks read that firing did not see; none where no code ran."""
        if not runs_code(self.component):
            return []
        if self._unseen is None:
            live = self._live()
            self._unseen = unseen_by_firing(live.machine, live.model, self.component.ignored)
        told = self._unseen.told(changing(self.states))
        if not self.is_driven_whole:
            told.append("it has so many local states and triggers that not each was asked again after every other")
        return told

    def _fire(self, local: int, trigger: str) -> int:
        current, arrival = self.states[local], self._arrivals[local]
        if self.machine is not None and is_never_taken(self.machine, current, trigger):
            return BLOCKED
        placed = self._unfired or self._live()
        placed.place(current)
        if placed.answers_nothing(trigger):
            self._unfired = placed
            return BLOCKED
        self._unfired = None
        driven = self._live()
        if arrival is not None:
            source, by = arrival
            driven.place(source)
            reached = driven.local if driven.fire(by, closely=False) else None
            self._agree(by, source, current, reached)
        first = placed.local if placed.fire(trigger) else None
        self._ignored.look(placed)
        second = driven.local if driven.fire(trigger, closely=False) else None
        self._agree(trigger, current, first, second)
        if first is None:
            return BLOCKED
        if first.key not in self._number:
            self._number[first.key] = len(self.states)
            self.states.append(first)
            self._arrivals.append((current, trigger))
        return self._number[first.key]

    def _live(self) -> Live:
        return Live(self.component, self.machine)

    def _agree(self, trigger: str, source: LocalState, first: LocalState | None, second: LocalState | None) -> None:
        if (first and first.key) != (second and second.key):
            raise ComponentError(
                f"component {self.component.name!r}, trigger {trigger!r} in state {source.label!r}: two firings "
                f"differ, {_told(first)} and {_told(second)}; remove what is random, and declare in "
                "attributes=[...] what the outcome depends on"
            )


def _refuse_other_rows(component: Component, machine: Machine) -> None:
    """Refuse a factory that makes another machine now than when its component was made."""
    if component.factory is None or component.nesting is not None:  # of a hierarchy firing showed the rows
        return
    called = component.machine_triggers
    known = {(called.get(row.trigger, row.trigger), row.source, row.target) for row in component.rows}
    now = {(row.trigger, row.source, row.target) for row, _ in written_rows(machine, component.left_out)}
    if known != now:
        trigger, source, target = min(known ^ now)
        raise ComponentError(
            f"component {component.name!r}: its factory now makes a machine with other transitions than when the "
            f"component was made, such as {trigger!r} from {source!r} to {target!r}; make the component anew"
        )


def changing(states: Sequence[LocalState]) -> set[str]:
    """Return the declared attributes that have more than one value in these states."""
    names = states[0].attributes
    return {name for name in names if len({state.attributes[name] for state in states}) > 1}


def _told(outcome: LocalState | None) -> str:
    return "blocked" if outcome is None else f"to {outcome.label!r}"

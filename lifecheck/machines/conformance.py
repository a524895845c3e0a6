"""Drives fresh machines along a table, without placing them: the net for what decides and is not seen to change.

A firing shows what changes in a model and in what it holds. What a closure, a global or a class keeps shows only by
what becomes of it. So machines take every trigger of the table, blocked or taken, wherever they can, and are asked
again on later visits: by another way, and after going round. It is a conformance test of the machine against its own
table, whose local states can be read (Chow 1978, Testing software design modeled by finite-state machines).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from lifecheck.machines.driver import Difference, Driver, StoppedError
from lifecheck.machines.machine import RealMachine
from lifecheck.machines.ways import BLOCKED as BLOCKED
from lifecheck.machines.ways import Ways
from lifecheck.system import LocalState

ROUNDS = 5
"""How often whatever leads back is gone round, a blocked trigger being asked as often in a row."""

FIRINGS = 1_000
"""How many firings are allowed at least, or what making machines and searching costs like so many."""

LONGEST_TAIL = 4
"""How many triggers are fired in every order from each state, where the firings suffice."""

LONGEST = 5.0
"""How many seconds slow firings may take in all, as of callbacks that sleep, before no more is asked again."""

_MANY = "so many local states and triggers"
_SLOW = "callbacks that take so long"

_BESIDES = 2_000


@dataclass(frozen=True)
class Drive:
    """What driving showed.

    Parameters
    ----------
    difference
        The first difference; None if there was none.
    firings
        How many firings were made.
    is_whole
        Whether they sufficed to ask everything again that is promised: each trigger of the table, blocked or taken;
        each after every trigger that leads to its state; everything in `ROUNDS` rounds; and each cycle so often.
    """

    difference: Difference | None
    firings: int
    is_whole: bool
    reason: str = ""
    """Why they did not suffice, in words."""


def drive(
    start: Callable[[], RealMachine],
    states: Sequence[LocalState],
    moves: Mapping[tuple[int, str], int],
    *,
    repeatedly: bool = True,
) -> Drive:
    """Drive machines along a table until one does something else, or the firings are used up.

    A hundred firings are allowed for each entry of the table, and `FIRINGS`; in large tables ten, and twenty times so
    many. Making a machine costs as much as some firings.

    Parameters
    ----------
    start
        Makes a fresh machine.
    states
        The local states by number, the initial one first.
    moves
        The number of the state that a trigger leads to, or `BLOCKED`, by number and trigger.
    repeatedly
        Whether to ask again; of a machine that runs no code of its author's once is enough.
    """
    firings = min(FIRINGS + 100 * len(moves), 20 * FIRINGS + 10 * len(moves))
    return _Conformance(start, states, moves, firings=firings, seconds=LONGEST).run(repeatedly=repeatedly)


class _Conformance(Driver):
    """What is asked of machines, in which order."""

    def run(self, *, repeatedly: bool) -> Drive:
        is_whole = False
        try:
            self.begin()
            self.ask(self.everything(), times=ROUNDS)
            if repeatedly:
                self._go_through()
                self._leave_out_the_silent()
                self._first()
                self._after_each_other()
                self._go_round()
            is_whole = True
            if repeatedly:
                self.left = min(self.left, _BESIDES)
                self._go_round_and_through()
                self._in_every_order()
                self._go_round_two()
        except StoppedError:
            pass
        reason = _SLOW if self.slow > LONGEST else _MANY
        return Drive(self.found, self.firings, is_whole, "" if is_whole else reason)

    # what is promised

    def _leave_out_the_silent(self) -> None:
        """Forget the triggers that no row answered where they were asked: firing them runs nothing."""
        targets = enumerate(self.ways.targets)
        moves = {(state, trigger): target for state, ways in targets for trigger, target in ways.items()}
        self.ways = Ways(len(self.states), {move: to for move, to in moves.items() if move not in self.silent})

    def _first(self) -> None:
        """Fire each trigger as the first one after the shortest way to its state, where machines are cheap to make."""
        if self.is_cheap_to_start:
            for source, trigger in self.entries():
                self.afresh(source)
                self.fire(trigger)

    def _after_each_other(self) -> None:
        """Fire every trigger right after each one that leads to its state, or leaves the machine there."""
        ways = self.ways
        open_: dict[int, dict[str, list[str]]] = {}  # what is to be fired after a trigger, by where that is fired
        for source, targets in enumerate(ways.targets):
            for first in [*ways.stays(source), *ways.leads(source)] if targets else []:
                at = ways.after(source, first)
                if ways.targets[at]:
                    open_.setdefault(source, {})[first] = [*ways.stays(at), *ways.leads(at)]
        pending = set(open_)
        last: tuple[int, str] | None = None
        while True:
            following = open_.get(last[0], {}).get(last[1]) if last is not None else None
            if last is None or not following:
                if not self.come(pending):
                    return
                last = self.step(next(iter(open_[self.at])))
                continue
            second = following.pop(0)
            if not following:
                del open_[last[0]][last[1]]
                if not open_[last[0]]:
                    del open_[last[0]]
                    pending.discard(last[0])
            last = self.step(second)

    def _go_through(self) -> None:
        """Ask everything again, round after round, wherever a machine can come back."""
        self.begin()
        pending = set(range(len(self.states)))
        while True:
            region = self.ways.regions[self.at]
            for _ in range(ROUNDS):
                self.ask(self.everything(region), inside=True)
            pending.difference_update(self.ways.members[region])
            if not self.come(pending):
                return

    def _go_round(self) -> None:
        """Go round each cycle, and ask then, and on the way, whatever can be asked on it."""
        for base, cycle in self.ways.cycles():
            states = {base}
            at = base
            for trigger in cycle:
                at = self.ways.after(at, trigger)
                states.add(at)
            self.afresh(base)
            self.follow(cycle * ROUNDS)
            asked = {state: [*self.ways.stays(state), *self.ways.leads(state)] for state in states}
            self.ask(asked, again=(base, cycle * ROUNDS))
            if any(self.ways.stays(state) for state in states):
                self.afresh(base)
                for trigger in cycle * ROUNDS:
                    self.follow(self.ways.stays(self.at))
                    self.fire(trigger)

    # what is done besides, as far as the firings suffice

    def _go_round_and_through(self) -> None:
        """Ask everything after each number of rounds of each cycle."""
        for rounds in (ROUNDS, *range(1, ROUNDS)):
            for base, cycle in self.ways.cycles(from_each=True):
                self.afresh(base)
                self.follow(cycle * rounds)
                self.ask(self.everything(), again=(base, cycle * rounds))

    def _in_every_order(self) -> None:
        """Fire the triggers that a state has in every order, from each state and on fresh machines."""
        for length in range(2, LONGEST_TAIL + 1):
            for source in range(len(self.states)):
                for tail in self.tails(source, length):
                    self.afresh(source)
                    self.follow(tail)

    def _go_round_two(self) -> None:
        """Go round one cycle, then round another, and ask everything."""
        regions = self.ways.regions
        together: dict[int, list[tuple[int, list[str]]]] = {}
        for base, cycle in self.ways.cycles():
            together.setdefault(regions[base], []).append((base, cycle))
        pairs = chain.from_iterable(product(cycles, cycles) for cycles in together.values())
        for (base, cycle), (other, second) in pairs:
            if cycle == second:
                continue
            for rounds in range(1, ROUNDS):
                self.afresh(base)
                self.follow(cycle * rounds)
                self.come({other})
                self.follow(second)
                self.ask(self.everything(regions[base]), inside=True)

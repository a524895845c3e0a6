"""Drives fresh machines along a table, without placing them: the net for what decides and is not seen to change.

A firing shows what changes in a model and in what it holds. What a closure, a global or a class keeps shows only by
what becomes of it. So machines take every trigger of the table, blocked or taken, wherever they can, and are asked
again on later visits: by another way, and after going round. It is a conformance test of the machine against its own
table, whose local states can be read (Chow 1978, Testing software design modeled by finite-state machines).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

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
_CHEAP_START = 25
_SEARCHED = 30  # so many states of a search cost about as much as a firing
_LISTED = 12


@dataclass(frozen=True)
class Difference:
    """Where a machine that was driven does something else than the table says.

    Parameters
    ----------
    path
        The triggers that led there from the start, those it did not take included.
    trigger, state
        What was fired, and in which local state.
    expected, came
        What the table says, and what came, as they are told.
    """

    path: tuple[str, ...]
    trigger: str
    state: LocalState
    expected: str
    came: str

    @property
    def told_path(self) -> str:
        """The way there in words."""
        if not self.path:
            return "a fresh machine"
        listed = ", ".join(self.path[-_LISTED:])
        more = len(self.path) - _LISTED
        return f"a fresh machine after {f'{more:,} triggers and ' if more > 0 else ''}{listed}"


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
    return _Driver(start, states, moves).run(repeatedly=repeatedly)


class _Stopped(Exception):  # noqa: N818 - it is no error
    """A difference was found, or the firings are used up."""


class _Driver:
    def __init__(
        self,
        start: Callable[[], RealMachine],
        states: Sequence[LocalState],
        moves: Mapping[tuple[int, str], int],
    ) -> None:
        self.start = start
        self.states = states
        self.ways = Ways(len(states), moves)
        self.left = min(FIRINGS + 100 * len(moves), 20 * FIRINGS + 10 * len(moves))
        self.firings = 0
        self.slow = 0.0
        self.silent: set[tuple[int, str]] = set()
        self.path: list[str] = []
        self.found: Difference | None = None

    def run(self, *, repeatedly: bool) -> Drive:
        is_whole = False
        try:
            self._begin()
            self._ask(self._everything(), times=ROUNDS)
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
        except _Stopped:
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
        if self.cost_of_start <= _CHEAP_START:
            for source, trigger in self._entries():
                self._afresh(source)
                self._fire(trigger)

    def _after_each_other(self) -> None:
        """Fire every trigger right after each one that leads to its state, or leaves the machine there."""
        ways = self.ways
        open_ = {
            (source, first): [*ways.stays(at := ways.after(source, first)), *ways.leads(at)]
            for source, first in self._entries()
        }
        last: tuple[int, str] | None = None
        while True:
            following = open_.get(last) if last is not None else None
            if not following:
                sources = {source for (source, _), seconds in open_.items() if seconds}
                if not self._come(sources):
                    return
                first = next(
                    first for first in [*ways.stays(self.at), *ways.leads(self.at)] if open_.get((self.at, first))
                )
                last = self._step(first)
                continue
            last = self._step(following.pop(0))

    def _go_through(self) -> None:
        """Ask everything again, round after round, wherever a machine can come back."""
        self._begin()
        left: set[int] = set()
        while True:
            region = self.ways.regions[self.at]
            for _ in range(ROUNDS):
                self._ask(self._everything(region), inside=True)
            left.add(region)
            if not self._come({state for state, number in enumerate(self.ways.regions) if number not in left}):
                return

    def _go_round(self) -> None:
        """Go round each cycle, and ask then, and on the way, whatever can be asked on it."""
        for base, cycle in self.ways.cycles():
            states = {base}
            at = base
            for trigger in cycle:
                at = self.ways.after(at, trigger)
                states.add(at)
            self._afresh(base)
            self._follow(cycle * ROUNDS)
            asked = {state: [*self.ways.stays(state), *self.ways.leads(state)] for state in states}
            self._ask(asked, again=(base, cycle * ROUNDS))
            if any(self.ways.stays(state) for state in states):
                self._afresh(base)
                for trigger in cycle * ROUNDS:
                    self._follow(self.ways.stays(self.at))
                    self._fire(trigger)

    # what is done besides, as far as the firings suffice

    def _go_round_and_through(self) -> None:
        """Ask everything after each number of rounds of each cycle."""
        for rounds in (ROUNDS, *range(1, ROUNDS)):
            for base, cycle in self.ways.cycles(from_each=True):
                self._afresh(base)
                self._follow(cycle * rounds)
                self._ask(self._everything(), again=(base, cycle * rounds))

    def _in_every_order(self) -> None:
        """Fire the triggers that a state has in every order, from each state and on fresh machines."""
        for length in range(2, LONGEST_TAIL + 1):
            for source in range(len(self.states)):
                for tail in self._tails(source, length):
                    self._afresh(source)
                    self._follow(tail)

    def _go_round_two(self) -> None:
        """Go round one cycle, then round another, and ask everything."""
        cycles = list(self.ways.cycles())
        for (base, cycle), (other, second) in product(cycles, cycles):
            if cycle == second or self.ways.regions[base] != self.ways.regions[other]:
                continue
            for rounds in range(1, ROUNDS):
                self._afresh(base)
                self._follow(cycle * rounds)
                self._come({other})
                self._follow(second)
                self._ask(self._everything(self.ways.regions[base]), inside=True)

    # how it is done

    def _entries(self) -> Iterator[tuple[int, str]]:
        return ((source, trigger) for source, targets in enumerate(self.ways.targets) for trigger in targets)

    def _everything(self, region: int | None = None) -> dict[int, list[str]]:
        """Return what can be asked in each state; what stays comes first, so that nothing is left unasked behind."""
        return {
            state: [*self.ways.stays(state), *self.ways.leads(state)]
            for state in range(len(self.states))
            if region is None or self.ways.regions[state] == region
        }

    def _tails(self, source: int, length: int) -> Iterator[list[str]]:
        if length == 0 or not self.ways.targets[source]:
            yield []
            return
        for trigger in self.ways.targets[source]:
            yield from ([trigger, *rest] for rest in self._tails(self.ways.after(source, trigger), length - 1))

    def _ask(
        self,
        open_: dict[int, list[str]],
        *,
        times: int = 1,
        inside: bool = False,
        again: tuple[int, Sequence[str]] | None = None,
    ) -> None:
        """Fire what is to be asked in each state, the nearest first.

        Parameters
        ----------
        open_
            The triggers by number of the state; it is emptied.
        times
            How often in a row one is fired that leaves the machine where it is.
        inside
            Whether to leave out what does not lead back.
        again
            Where a machine that must start anew goes first, and what it does there before it is asked.
        """
        if inside:
            open_ = {
                state: [trigger for trigger in triggers if self.ways.returns(state, trigger)]
                for state, triggers in open_.items()
            }
        pending = {state for state, triggers in open_.items() if triggers}
        while pending:
            came = self._reach(pending, inside=True) or self._reach(pending)
            if not came:
                before = self.path
                if inside:
                    return
                if again is None:
                    if self.path and not self._begin_towards(pending):
                        return
                    if not self.path and not self._reach(pending):
                        return
                else:
                    self._afresh(again[0])
                    self._follow(again[1])
                    if self.path == before or not self._reach(pending):
                        return
            trigger = open_[self.at].pop(0)
            if not open_[self.at]:
                pending.discard(self.at)
            back = self.ways.after(self.at, trigger) == self.at
            for _ in range(times if back else 1):
                self._fire(trigger)

    def _begin_towards(self, wanted: set[int]) -> bool:
        if self._search(0, wanted) is None:
            return False
        self._begin()
        return self._reach(wanted)

    def _come(self, wanted: set[int]) -> bool:
        """Come to one of these states, if need be with a fresh machine; false where none can be reached."""
        return bool(wanted) and (self._reach(wanted, inside=True) or self._reach(wanted) or self._begin_towards(wanted))

    def _reach(self, wanted: set[int], *, inside: bool = False) -> bool:
        way = self._search(self.at, wanted, inside=inside)
        if way is not None:
            self._follow(way)
        return way is not None

    def _search(self, source: int, wanted: set[int], *, inside: bool = False) -> list[str] | None:
        looked = self.ways.looked
        way = self.ways.way(source, wanted.__contains__, inside=inside)
        self._spend((self.ways.looked - looked) // _SEARCHED)
        return way

    def _afresh(self, base: int) -> None:
        """Come to a state with a fresh machine; with one that can come there, where making them is dear."""
        if self.path and (self.cost_of_start <= _CHEAP_START or not self._reach({base})):
            self._begin()
        if self.at != base:
            self._reach({base})

    def _begin(self) -> None:
        """Start anew."""
        self.machine = self.start()
        if not self.firings:
            rows = sum(
                len(found) for event in self.machine.machine.events.values() for found in event.transitions.values()
            )
            self.cost_of_start = 8 + rows // 5
        self._spend(self.cost_of_start)
        self.at = 0
        self.path = []
        came, first = self.machine.local, self.states[0]
        if came.key != first.key:
            self.found = Difference((), "", first, f"in {first.label!r}", f"in {came.label!r}")
            raise _Stopped

    def _spend(self, cost: int) -> None:
        if self.left < cost:
            raise _Stopped
        self.left -= cost

    def _follow(self, way: Iterable[str]) -> None:
        for trigger in way:
            self._fire(trigger)

    def _step(self, trigger: str) -> tuple[int, str]:
        source = self.at
        self._fire(trigger)
        return source, trigger

    def _fire(self, trigger: str) -> None:
        """Fire once, and see that what comes is what the table says."""
        expected = self.ways.targets[self.at][trigger]
        if expected == BLOCKED and not self.machine.runs_code_of(trigger):
            self.silent.add((self.at, trigger))
            return
        self.silent.discard((self.at, trigger))
        self._spend(1)
        self.firings += 1
        firing = self.machine.fire_once(trigger, watch=False)
        self.slow += firing.seconds
        if self.slow > LONGEST:
            raise _Stopped
        target = self.at if expected == BLOCKED else expected
        if (
            firing.error is None
            and firing.taken == (expected != BLOCKED)
            and firing.after.key == self.states[target].key
        ):
            self.path.append(trigger)
            self.at = target
            return
        outcome = "blocked" if expected == BLOCKED else f"to {self.states[expected].label!r}"
        came = "blocked" if not firing.taken and firing.error is None else f"to {firing.after.label!r}"
        if firing.error is not None:
            came = f"raising {type(firing.error).__name__}"
        self.found = Difference(tuple(self.path), trigger, self.states[self.at], outcome, came)
        raise _Stopped

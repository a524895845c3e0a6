"""Moves fresh machines along a table by the shortest ways, and stops where one does something else than it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lifecheck.machines.machine import RealMachine
from lifecheck.machines.ways import BLOCKED, Ways
from lifecheck.system import LocalState

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


class StoppedError(Exception):
    """A difference was found, or the firings or the seconds are used up."""


class Driver:
    """One machine at a time on its way through a table, and what it costs.

    Parameters
    ----------
    start
        Makes a fresh machine.
    states
        The local states by number, the initial one first.
    moves
        The number of the state that a trigger leads to, or `BLOCKED`, by number and trigger.
    firings
        How many firings may be made, making machines and searching counted as so many as they cost.
    seconds
        How long slow firings may take in all.
    """

    def __init__(
        self,
        start: Callable[[], RealMachine],
        states: Sequence[LocalState],
        moves: Mapping[tuple[int, str], int],
        *,
        firings: int,
        seconds: float,
    ) -> None:
        self.start = start
        self.states = states
        self.ways = Ways(len(states), moves)
        self.left = firings
        self.seconds = seconds
        self.firings = 0
        self.slow = 0.0
        self.silent: set[tuple[int, str]] = set()
        self.path: list[str] = []
        self.found: Difference | None = None

    def entries(self) -> Iterator[tuple[int, str]]:
        """Yield each entry of the table: the number of a state, and a trigger."""
        return ((source, trigger) for source, targets in enumerate(self.ways.targets) for trigger in targets)

    def everything(self, region: int | None = None) -> dict[int, list[str]]:
        """Return what can be asked in each state; what stays comes first, so that nothing is left unasked behind."""
        states = range(len(self.states)) if region is None else self.ways.members[region]
        return {state: [*self.ways.stays(state), *self.ways.leads(state)] for state in states}

    def tails(self, source: int, length: int) -> Iterator[list[str]]:
        """Yield the triggers of each way of a length from a state."""
        if length == 0 or not self.ways.targets[source]:
            yield []
            return
        for trigger in self.ways.targets[source]:
            yield from ([trigger, *rest] for rest in self.tails(self.ways.after(source, trigger), length - 1))

    def ask(
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
            came = self.reach(pending, inside=True) or self.reach(pending)
            if not came:
                before = self.path
                if inside:
                    return
                if again is None:
                    if self.path and not self._begin_towards(pending):
                        return
                    if not self.path and not self.reach(pending):
                        return
                else:
                    self.afresh(again[0])
                    self.follow(again[1])
                    if self.path == before or not self.reach(pending):
                        return
            trigger = open_[self.at].pop(0)
            if not open_[self.at]:
                pending.discard(self.at)
            back = self.ways.after(self.at, trigger) == self.at
            for _ in range(times if back else 1):
                self.fire(trigger)

    def _begin_towards(self, wanted: set[int]) -> bool:
        if self._search(0, wanted) is None:
            return False
        self.begin()
        return self.reach(wanted)

    def come(self, wanted: set[int]) -> bool:
        """Come to one of these states, if need be with a fresh machine; false where none can be reached."""
        return bool(wanted) and (self.reach(wanted, inside=True) or self.reach(wanted) or self._begin_towards(wanted))

    def reach(self, wanted: set[int], *, inside: bool = False) -> bool:
        """Go the shortest way to one of these states, without a fresh machine; false where there is none."""
        way = self._search(self.at, wanted, inside=inside)
        if way is not None:
            self.follow(way)
        return way is not None

    def _search(self, source: int, wanted: set[int], *, inside: bool = False) -> list[str] | None:
        looked = self.ways.looked
        way = self.ways.way(source, wanted.__contains__, inside=inside)
        self._spend((self.ways.looked - looked) // _SEARCHED)
        return way

    def afresh(self, base: int) -> None:
        """Come to a state with a fresh machine; with one that can come there, where making them is dear."""
        if self.path and (self.is_cheap_to_start or not self.reach({base})):
            self.begin()
        if self.at != base:
            self.reach({base})

    @property
    def is_cheap_to_start(self) -> bool:
        """Whether making a machine costs no more than some firings."""
        return self.cost_of_start <= _CHEAP_START

    def begin(self) -> None:
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
            raise StoppedError

    def _spend(self, cost: int) -> None:
        if self.left < cost:
            raise StoppedError
        self.left -= cost

    def follow(self, way: Iterable[str]) -> None:
        """Fire one trigger after another."""
        for trigger in way:
            self.fire(trigger)

    def step(self, trigger: str) -> tuple[int, str]:
        """Fire a trigger, and return where from, and it."""
        source = self.at
        self.fire(trigger)
        return source, trigger

    def fire(self, trigger: str) -> None:
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
        if self.slow > self.seconds:
            raise StoppedError
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
        raise StoppedError

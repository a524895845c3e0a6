"""Drives fresh machines along a table, without placing them: the net for what decides and is not seen to change.

A firing shows what changes in a model and in what it holds. What a closure, a global or a class keeps shows only by
what becomes of it: so a machine takes every move of the table where it can, and those that lead back several times.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from lifecheck.machines.machine import RealMachine
from lifecheck.system import LocalState

BLOCKED = -1
"""Stands for the next local state where the machine does not take the trigger."""

REPEATS = 5
"""How often a move that leads back to its state is taken in a row, and so short a cycle."""

_LONGEST_CYCLE = 5
_MOST_STEPS = 2_000
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


def difference(
    start: Callable[[], RealMachine],
    states: Sequence[LocalState],
    moves: Mapping[tuple[int, str], int],
    *,
    called: Mapping[str, str] | None = None,
    thoroughly: bool = True,
) -> Difference | None:
    """Drive machines, and return the first difference; None if there is none.

    Parameters
    ----------
    start
        Makes a fresh machine.
    states
        The local states by number, the initial one first.
    moves
        The number of the state that a trigger leads to, or `BLOCKED`, by number and trigger.
    called
        What the machine calls a trigger, where that is another name.
    thoroughly
        Whether a few times as many firings as there are moves may be made, or about as many.
    """
    return _Drive(start, states, moves, called or {}, thoroughly).run()


class _Drive:
    def __init__(
        self,
        start: Callable[[], RealMachine],
        states: Sequence[LocalState],
        moves: Mapping[tuple[int, str], int],
        called: Mapping[str, str],
        thoroughly: bool,
    ) -> None:
        self.start = start
        self.states = states
        self.called = called
        self.ways: list[dict[str, int]] = [{} for _ in states]
        self.open: list[list[str]] = [[] for _ in states]  # what is still to be taken there, the last one first
        for (source, trigger), target in moves.items():
            self.ways[source][trigger] = target
            self.open[source].insert(0, trigger)
        for source, ways in enumerate(self.ways):
            # those that lead on are taken after the others, so that a machine does what it can before it leaves
            self.open[source] = sorted(self.open[source], key=partial(_leads_back, ways, source))
        self.steps = min(_MOST_STEPS, (4 if thoroughly else 2) * len(moves) + 40)
        self.more = min(_MOST_STEPS // 2, (2 * len(moves) if thoroughly else len(moves) // 10) + 50)
        self.starts = max(8, len(moves) // 4)
        self.path: list[str] = []
        self.found: Difference | None = None

    def run(self) -> Difference | None:
        if self._begin():
            self._take_each()
            self.steps = self.more
            self._go_round()
        return self.found

    def _begin(self) -> bool:
        """Start anew; false if that is no longer allowed, or shows a difference."""
        if self.found is not None or self.starts == 0:
            return False
        self.starts -= 1
        self.machine = self.start()
        self.at = 0
        self.path = []
        came, first = self.machine.local, self.states[0]
        if came.key != first.key:
            self.found = Difference((), "", first, f"in {first.label!r}", f"in {came.label!r}")
        return self.found is None

    def _take_each(self) -> None:
        while self.found is None and self.steps > 0:
            if self.open[self.at]:
                trigger = self.open[self.at].pop()
                back = self.ways[self.at][trigger] in (BLOCKED, self.at)
                for _ in range(REPEATS if back else 1):
                    if not self._fire(trigger):
                        break
                continue
            way = self._way(self.at, lambda state: bool(self.open[state]))
            if way is None:
                if self.at == 0 and not self.path:
                    return
                way = self._way(0, lambda state: bool(self.open[state]))
                if way is None or not self._begin():
                    return
            self._follow(way)

    def _go_round(self) -> None:
        for state, cycle in self._cycles():
            if self.found is not None or self.steps <= 0:
                return
            way = self._way(self.at, state.__eq__)
            if way is None:
                way = self._way(0, state.__eq__)
                if way is None or not self._begin():
                    return
            if self._follow(way):
                self._follow(cycle * REPEATS)

    def _cycles(self) -> Iterator[tuple[int, list[str]]]:
        told: set[frozenset[int]] = set()
        for source, ways in enumerate(self.ways):
            for trigger, target in ways.items():
                if target in (BLOCKED, source):
                    continue
                back = self._way(target, source.__eq__, _LONGEST_CYCLE - 1)
                if back is not None:
                    on_it = [source, target]
                    for step in back:
                        on_it.append(self.ways[on_it[-1]][step])
                    if frozenset(on_it) not in told:
                        told.add(frozenset(on_it))
                        yield source, [trigger, *back]

    def _way(self, source: int, wanted: Callable[[int], bool], longest: int = _MOST_STEPS) -> list[str] | None:
        """Return the shortest way from a state to one that is wanted; None if there is none."""
        came: dict[int, tuple[int, str] | None] = {source: None}
        pending = deque([(source, 0)])
        while pending:
            state, length = pending.popleft()
            if wanted(state):
                way = []
                step = came[state]
                while step is not None:
                    way.append(step[1])
                    step = came[step[0]]
                return way[::-1]
            if length < longest:
                for trigger, target in self.ways[state].items():
                    if target != BLOCKED and target not in came:
                        came[target] = (state, trigger)
                        pending.append((target, length + 1))
        return None

    def _follow(self, way: Sequence[str]) -> bool:
        return all(self.steps > 0 and self._fire(trigger) for trigger in way)

    def _fire(self, trigger: str) -> bool:
        """Fire once; false if that is not worth repeating, or shows a difference."""
        expected, name = self.ways[self.at][trigger], self.called.get(trigger, trigger)
        if expected == BLOCKED and not self.machine.accepts(name):
            return False  # no row answers it
        self.steps -= 1
        firing = self.machine.fire_once(name, watch=False)
        target = self.at if expected == BLOCKED else expected
        if (
            firing.error is None
            and firing.taken == (expected != BLOCKED)
            and firing.after.key == self.states[target].key
        ):
            self.path.append(trigger)
            self.at = target
            return True
        outcome = "blocked" if expected == BLOCKED else f"to {self.states[expected].label!r}"
        came = "blocked" if not firing.taken and firing.error is None else f"to {firing.after.label!r}"
        if firing.error is not None:
            came = f"raising {type(firing.error).__name__}"
        self.found = Difference(tuple(self.path), trigger, self.states[self.at], outcome, came)
        return False


def _leads_back(ways: Mapping[str, int], source: int, trigger: str) -> bool:
    return ways[trigger] in (BLOCKED, source)

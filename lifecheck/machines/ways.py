"""The ways through a table: how to come from one local state to another, round, and back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

BLOCKED = -1
"""Stands for the next local state where the machine does not take the trigger."""

LONGEST_CYCLE = 5
"""How many moves a cycle that is gone round has at most."""


class Ways:
    """What is known of a table, by number of the local state and trigger.

    Parameters
    ----------
    count
        How many local states there are; 0 is the initial one.
    moves
        The number of the state that a trigger leads to, or `BLOCKED`, by number and trigger.

    Attributes
    ----------
    looked
        How many states were walked over by searches so far, which is what a search costs.

    Examples
    --------
    >>> ways = Ways(3, {(0, "go"): 1, (1, "back"): 0, (0, "fall"): 2, (1, "go"): BLOCKED})
    >>> ways.way(1, {2}.__contains__)
    ['back', 'fall']
    >>> list(ways.cycles())
    [(0, ['go', 'back']), (1, ['go'])]
    >>> ways.stays(1), ways.leads(0)
    (['go'], ['go', 'fall'])
    >>> ways.regions
    [0, 0, 1]
    """

    def __init__(self, count: int, moves: Mapping[tuple[int, str], int]) -> None:
        self.targets: list[dict[str, int]] = [{} for _ in range(count)]
        for (source, trigger), target in moves.items():
            self.targets[source][trigger] = target
        self.looked = 0

    def after(self, source: int, trigger: str) -> int:
        """Return where the machine is after a trigger was fired, blocked or taken."""
        target = self.targets[source][trigger]
        return source if target == BLOCKED else target

    def stays(self, source: int) -> list[str]:
        """Return the triggers that leave the machine where it is, the blocked ones among them."""
        return [trigger for trigger, target in self.targets[source].items() if target in (BLOCKED, source)]

    def leads(self, source: int) -> list[str]:
        """Return the triggers that lead elsewhere, those from which there is a way back first."""
        onward = [trigger for trigger, target in self.targets[source].items() if target not in (BLOCKED, source)]
        return sorted(onward, key=lambda trigger: not self.returns(source, trigger))

    def returns(self, source: int, trigger: str) -> bool:
        """Whether there is a way back from where a trigger leads."""
        return self.regions[source] == self.regions[self.after(source, trigger)]

    def way(
        self, source: int, wanted: Callable[[int], bool], *, longest: int | None = None, inside: bool = False
    ) -> list[str] | None:
        """Return the shortest way to a state that is wanted; None if there is none.

        Parameters
        ----------
        source
            Where it starts.
        wanted
            Whether a state is.
        longest
            How many moves it may have.
        inside
            Whether only to go where there is a way back from.
        """
        came: dict[int, tuple[int, str] | None] = {source: None}
        pending = deque([(source, 0)])
        while pending:
            state, length = pending.popleft()
            self.looked += 1
            if wanted(state):
                way = []
                step = came[state]
                while step is not None:
                    way.append(step[1])
                    step = came[step[0]]
                return way[::-1]
            if longest is None or length < longest:
                for trigger, target in self.targets[state].items():
                    if target == BLOCKED or target in came or (inside and not self.returns(state, trigger)):
                        continue
                    came[target] = (state, trigger)
                    pending.append((target, length + 1))
        return None

    def cycles(self, *, from_each: bool = False) -> Iterator[tuple[int, list[str]]]:
        """Yield for each trigger the shortest way round that begins with it; a blocked one is a way round by itself.

        Parameters
        ----------
        from_each
            Whether to yield it once more from each further state on it.
        """
        told: set[tuple[int, frozenset[tuple[int, str]]]] = set()
        for source, targets in enumerate(self.targets):
            for trigger in targets:
                target, back = self.after(source, trigger), self._back(source, trigger)
                if back is None:
                    continue
                steps, at = {(source, trigger)}, target
                for step in back:
                    steps.add((at, step))
                    at = self.after(at, step)
                key = (source if from_each else 0, frozenset(steps))
                if key not in told:
                    told.add(key)
                    yield source, [trigger, *back]

    def _back(self, source: int, trigger: str) -> list[str] | None:
        if not self.returns(source, trigger):
            return None
        return self.way(self.after(source, trigger), source.__eq__, longest=LONGEST_CYCLE - 1, inside=True)

    @cached_property
    def regions(self) -> list[int]:
        """The number of each state's strongly connected component (Kosaraju's algorithm, Sharir 1981)."""
        left: list[int] = []
        seen = [False] * len(self.targets)
        for root in range(len(self.targets)):
            stack = [] if seen[root] else [(root, iter(self.targets[root].values()))]
            seen[root] = True
            while stack:
                state, targets = stack[-1]
                following = next((target for target in targets if target != BLOCKED and not seen[target]), None)
                if following is None:
                    left.append(state)
                    stack.pop()
                else:
                    seen[following] = True
                    stack.append((following, iter(self.targets[following].values())))
        sources: list[list[int]] = [[] for _ in self.targets]
        for state, ways in enumerate(self.targets):
            for target in ways.values():
                if target != BLOCKED:
                    sources[target].append(state)
        found = [-1] * len(self.targets)
        for number, root in enumerate(reversed(left)):
            pending = [root] if found[root] < 0 else []
            while pending:
                state = pending.pop()
                if found[state] < 0:
                    found[state] = number
                    pending += [source for source in sources[state] if found[source] < 0]
        return found

    @cached_property
    def members(self) -> dict[int, list[int]]:
        """The states of each strongly connected component, by its number."""
        found: dict[int, list[int]] = {}
        for state, region in enumerate(self.regions):
            found.setdefault(region, []).append(state)
        return found

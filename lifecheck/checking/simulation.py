"""A walk: a run that remembers its way, so that it can go on by itself and say where it may stay for ever."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lifecheck.machines import Run
from lifecheck.properties import Predicate, evaluate
from lifecheck.statespace import Graph
from lifecheck.system import State, System

STEP_LIMIT = 100
"""How many steps a walk takes by itself; nobody reads a longer story."""


class Walk:
    """The real machines of a system, with every state they were in.

    Parameters
    ----------
    system
        The system to start.

    Attributes
    ----------
    states
        Every state so far, the initial one first.
    possible
        For each of them the triggers that could be taken there.
    taken
        The triggers that were taken between them.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("tick", "low", "high"), Row("tock", "high", "low"), Row("stop", "high", "still")]
    >>> clock = Component("clock", ["low", "high", "still"], "low", rows, {"tick", "tock", "stop"})
    >>> walk = Walk(System("clock", [clock], fair={"tick", "tock"}))
    >>> walk.go_on()
    0
    >>> walk.taken
    ['tick', 'tock']
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.run = Run(system)
        self.states = [self.run.state]
        self.possible = [self.run.possible()]
        self.taken: list[str] = []

    def take(self, trigger: str) -> None:
        """Take a trigger.

        Raises
        ------
        BlockedError
            If some component cannot take it.
        """
        self.run.trigger(trigger)
        self.taken.append(trigger)
        self.states.append(self.run.state)
        self.possible.append(self.run.possible())

    @property
    def steps(self) -> tuple[tuple[str, State, State], ...]:
        """Each trigger taken, with the states before and after it."""
        pairs = zip(self.taken, pairwise(self.states), strict=True)
        return tuple((trigger, before, after) for trigger, (before, after) in pairs)

    def owed(self, start: int) -> tuple[str, ...]:
        """Return the fair triggers without which the steps since `start` cannot be repeated for ever.

        That is each weakly fair one that was possible all the time and not taken, and each strongly fair
        one that was possible at some time and not taken. Where no steps were taken since, it is each fair
        trigger that is possible now.
        """
        loop = [set(possible) for possible in self.possible[start:-1] or self.possible[-1:]]
        always, somewhere = set.intersection(*loop), set.union(*loop)
        unpaid = (self.system.weakly_fair & always | self.system.strongly_fair & somewhere) - set(self.taken[start:])
        return tuple(trigger for trigger in self.system.triggers if trigger in unpaid)

    def stays(self) -> int | None:
        """Return after how many steps the loop begins with which the walk can go on for ever, if it can.

        The number of all steps so far means that it can stay where it is.
        """
        return next(
            (
                start
                for start in range(len(self.taken), -1, -1)
                if self.states[start] == self.states[-1] and not self.owed(start)
            ),
            None,
        )

    def go_on(self) -> int | None:
        """Take fair triggers until the walk can stay or repeat its steps for ever; return where that loop begins.

        Of those possible it takes the one that was taken longest ago, in the system's order among those
        never taken. A walk that goes on like this is fair in the end, weakly and strongly: a trigger that is
        passed over grows older than all others. None if `STEP_LIMIT` steps did not suffice.
        """
        fair = self.system.weakly_fair | self.system.strongly_fair
        for _ in range(STEP_LIMIT):
            start = self.stays()
            if start is not None:
                return start
            last = {trigger: number for number, trigger in enumerate(self.taken)}
            self.take(min((name for name in self.possible[-1] if name in fair), key=lambda name: last.get(name, -1)))
        return self.stays()


def way_to(graph: Graph, taken: Sequence[str], goal: Predicate) -> tuple[str, ...] | None:
    """Return the fewest system triggers that lead to a goal, the first in row order among equals.

    Parameters
    ----------
    graph
        The explored system.
    taken
        The triggers that lead to where the way begins.
    goal
        Where it ends.

    Returns
    -------
    tuple of str or None
        None if system triggers lead nowhere, as far as the graph was explored.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> graph = explore(System("bell", [bell], environment={"ring"}))
    >>> way_to(graph, ["ring"], lambda s: s.bell == "quiet")
    ('answer',)
    >>> way_to(graph, [], lambda s: s.bell == "rung") is None
    True
    """
    names = graph.system.triggers
    state = 0
    for trigger in taken:
        if state >= graph.expanded:
            return None
        state = dict(graph.edges(state))[names.index(trigger)]
    environment = graph.mask(frozenset(graph.system.environment))
    ways: dict[int, tuple[str, ...]] = {state: ()}
    for current in (found := [state]):  # grows while it is walked: breadth first
        if evaluate(goal, graph.view(current)):
            return ways[current]
        for number, target in graph.edges(current) if current < graph.expanded else ():
            if not environment >> number & 1 and target not in ways:
                ways[target] = (*ways[current], names[number])
                found.append(target)
    return None

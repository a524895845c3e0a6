"""A naive judge of evidence: walks stems and loops in its own graph, and lists every run up to a length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecheck import Property
from tests.lifecheck.naive_judge import GlobalState, NaiveJudge

Lasso = tuple[tuple[str, ...], tuple[str, ...]]
"""The triggers of a stem and of a loop; an empty loop is a run that stays where the stem ends."""


class LassoJudge:
    """Judges whether a stem and a loop refute a liveness property of one system."""

    def __init__(self, judge: NaiveJudge, asked: Property) -> None:
        self.judge = judge
        self.missing = judge.reachable - judge.where(asked.goal)
        self.opening = None if asked.given is None else judge.where(asked.given)

    def fault(self, stem: Sequence[str], loop: Sequence[str]) -> str:
        """Return the first reason why the lasso refutes nothing, or an empty text if it does refute."""
        states = self.judge.walk((*stem, *loop))
        if len(states) <= len(stem) + len(loop):
            return "it cannot be walked"
        if states[-1] != states[len(stem)]:
            return "the loop does not close"
        return self._fault_of_walk(states, len(stem), loop)

    def count_runs(self, longest: int) -> int:
        """Return how many runs there are of at most some number of steps."""
        total = 0
        ending = {self.judge.start: 1}
        for _ in range(longest + 1):
            total += sum(ending.values())
            grown: dict[GlobalState, int] = {}
            for state, runs in ending.items():
                for target in self.judge.moves[state].values():
                    grown[target] = grown.get(target, 0) + runs
            ending = grown
        return total

    def refuting_lassos(self, length: int) -> Iterator[Lasso]:
        """Yield every lasso with so many steps in stem and loop together that refutes the property."""
        for triggers, states in self._runs(length):
            for bend, state in enumerate(states):
                if state == states[-1] and not self._fault_of_walk(states, bend, triggers[bend:]):
                    yield triggers[:bend], triggers[bend:]

    def _runs(self, length: int) -> Iterator[tuple[tuple[str, ...], list[GlobalState]]]:
        runs: list[tuple[tuple[str, ...], list[GlobalState]]] = [((), [self.judge.start])]
        for _ in range(length):
            runs = [
                ((*triggers, trigger), [*states, target])
                for triggers, states in runs
                for trigger, target in self.judge.moves[states[-1]].items()
            ]
        yield from runs

    def _fault_of_walk(self, states: list[GlobalState], bend: int, loop: Sequence[str]) -> str:
        if not self._is_open(states, bend):
            return "nothing is due in the loop"
        visited = states[bend:]
        for trigger in self.judge.fairness.weak - set(loop):
            if all(trigger in self.judge.moves[state] for state in visited):
                return f"{trigger} stays possible and is not taken"
        for trigger in self.judge.fairness.strong - set(loop):
            if any(trigger in self.judge.moves[state] for state in visited):
                return f"{trigger} is possible again and again and is not taken"
        for group in self.judge.fairness.weak_groups:
            if not group & set(loop) and all(group & set(self.judge.moves[state]) for state in visited):
                return f"one of {sorted(group)} stays possible and none is taken"
        for group in self.judge.fairness.strong_groups:
            if not group & set(loop) and any(group & set(self.judge.moves[state]) for state in visited):
                return f"one of {sorted(group)} is possible again and again and none is taken"
        return ""

    def _is_open(self, states: list[GlobalState], bend: int) -> bool:
        """Whether from some visit on, at the latest one in the loop, the goal is due and never comes."""
        first = len(states)
        while first > 0 and states[first - 1] in self.missing:
            first -= 1
        if first > bend:  # the goal is met in the loop, again and again
            return False
        if self.opening is None:
            return first == 0
        return any(state in self.opening for state in states[first:])

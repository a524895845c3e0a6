"""Judges a system by its rows alone: shares no step with lifecheck, and looks for fair runs with networkx.

It composes the rows as they are written, fires no machine, and searches by Streett's condition on strongly connected
sets (Baier and Katoen, Principles of Model Checking, 5.1; Emerson and Lei 1987 for what strong fairness removes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from types import SimpleNamespace

import networkx as nx

from lifecheck import Claim, Property, System, Verdict
from lifecheck.properties import Kind

Moves = list[dict[str, int]]
"""For each state, where each trigger that can fire leads."""

Predicate = Callable[[SimpleNamespace], bool]


class RowJudge:
    """The states of a system, found by composing its rows, and a verdict for each claim.

    Only systems without conditions have rows that mean the same in every state.
    """

    def __init__(self, system: System) -> None:
        assert not any(row.conditions or row.unless for part in system.parts for row in part.rows)
        self.states, self.moves = _composed(system)
        triggers = {trigger for part in system.components for trigger in part.alphabet}
        self.environment = frozenset(system.environment)
        self.strong = frozenset(system.strong)
        fair = triggers - self.environment if system.fair is None else frozenset(system.fair)
        self.weak = frozenset(fair) - self.strong

    def verdict(self, claim: Claim) -> Verdict:
        """Return the verdict of a claim: vacuous if it holds and its witness, or what it is about, never happens."""
        if not self._holds(claim.asked):
            return Verdict.VIOLATED
        about = [one for one in (claim.asked.given, claim.witness and claim.witness.goal) if one is not None]
        return Verdict.HOLDS if all(self._where(one) for one in about) else Verdict.VACUOUS

    def _holds(self, asked: Property) -> bool:
        goal, everywhere = self._where(asked.goal), set(range(len(self.states)))
        given = everywhere if asked.given is None else self._where(asked.given)
        match asked.kind:
            case Kind.ALWAYS:
                return given <= goal
            case Kind.NEVER:
                return not goal
            case Kind.SOMETIMES:
                return bool(goal)
            case Kind.CAN_ALWAYS_REACH:
                return self._leads_to(goal, everywhere, without=self.environment) == everywhere
            case Kind.LEADS_TO:
                return not given & self._never_left(everywhere - goal)
            case Kind.EVENTUALLY:
                return 0 not in self._never_left(everywhere - goal)

    def _where(self, predicate: Predicate) -> set[int]:
        return {number for number, state in enumerate(self.states) if predicate(state)}

    def _never_left(self, region: Set[int]) -> set[int]:
        """Return the states from which a fair run can stay in a region for ever."""
        staying = {state for state in region if not (self.weak | self.strong) & self.moves[state].keys()}
        for component in self._fair(region):
            staying |= component
        return self._leads_to(staying, region)

    def _fair(self, region: Set[int]) -> Iterator[set[int]]:
        steps = ((state, target) for state in region for target in self.moves[state].values())
        graph = nx.DiGraph(step for step in steps if step[1] in region)  # where a run may only stay there is no step
        for component in nx.strongly_connected_components(graph):
            taken = {trigger for state in component for trigger, to in self.moves[state].items() if to in component}
            always = set.intersection(*({*self.moves[state]} for state in component))
            ever = set().union(*(self.moves[state] for state in component))
            if not taken or (always & self.weak) - taken:
                continue
            starved = (ever & self.strong) - taken
            if starved:
                yield from self._fair({state for state in component if not starved & self.moves[state].keys()})
            else:
                yield component

    def _leads_to(self, goal: Iterable[int], region: Set[int], without: Set[str] = frozenset()) -> set[int]:
        before: dict[int, list[int]] = {}
        for state in region:
            for trigger, target in self.moves[state].items():
                if trigger not in without:
                    before.setdefault(target, []).append(state)
        found = set(goal)
        pending = list(found)
        while pending:
            new = set(before.get(pending.pop(), ())) - found
            found |= new
            pending += new
        return found


def _composed(system: System) -> tuple[list[SimpleNamespace], Moves]:
    parts = system.parts
    tables: list[Mapping[tuple[str, str], str]] = [
        {(row.source, row.trigger): row.source if row.dest == "=" else row.dest for row in part.rows} for part in parts
    ]
    triggers = sorted({trigger for part in system.components for trigger in part.alphabet})
    movers = {trigger: [at for at, part in enumerate(parts) if trigger in part.alphabet] for trigger in triggers}
    number = {tuple(part.initial for part in parts): 0}
    states, moves = list(number), []
    for state in states:  # grows while it is walked
        found: dict[str, int] = {}
        for trigger, places in movers.items():
            targets = [tables[at].get((state[at], trigger)) for at in places]
            if None not in targets:
                after = list(state)
                for at, target in zip(places, targets, strict=True):
                    after[at] = str(target)
                reached = tuple(after)
                if reached not in number:
                    number[reached] = len(states)
                    states.append(reached)
                found[trigger] = number[reached]
        moves.append(found)
    names = [part.name for part in parts]
    return [SimpleNamespace(**dict(zip(names, state, strict=True))) for state in states], moves

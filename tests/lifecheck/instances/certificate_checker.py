"""Checks a certificate for every number of instances: python certificate_checker.py FILE. Reads it and nothing else."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from networkx import DiGraph, strongly_connected_components

State = tuple[int, int, tuple[int, ...]]
Step = tuple[str, int, State]  # the trigger, the class from which another instance takes it or -1, the state after it
Edges = list[tuple[State, Step]]


class Checker:
    def __init__(self, found: dict[str, Any]) -> None:
        self.sharing, self.own, self.raw, self.shared = (found[n] for n in ("sharing", "own", "others", "shared"))
        self.class_of, self.gone, self.counted = found["class_of"], found["out_of_play"], set(found["counted"])
        self.states: list[State] = [(shared, own, tuple(others)) for shared, own, others in found["states"]]
        self.others = {t: {self.class_of[a]: -1 if b < 0 else self.class_of[b] for a, b in enumerate(to)}
                       for t, to in self.raw.items()}  # fmt: skip
        self.found = found

    def fault(self) -> str:
        """Return what is wrong; nothing if the certificate proves what it says."""
        return self.misread() or self.unproven()

    def misread(self) -> str:
        """Return what contradicts itself, so that what follows would be of something else."""
        kind, verdict, given = self.found["property"].partition("(")[0], self.found["verdict"], self.found["given"]
        said = {
            "always": "holds",
            "never": "holds",
            "eventually": "holds",
            "leads_to": "holds",
            "sometimes": "violated",
        }
        if not self.found["format"].endswith(" counter abstraction 1"):
            return f"{self.found['format']} is another format"
        if verdict != ("vacuous" if given == [] else said.get(kind)):
            return f"that {kind} is {verdict} does not follow"
        if (self.found["goal"] is None) is (kind in ("eventually", "leads_to")):
            return f"{kind} is not decided in this way"
        size = max(self.class_of) + 1
        if not set(self.class_of) <= set(range(size)) or self.class_of[0] in self.counted - {self.gone}:
            return "others begin nowhere, or in a class that is counted, as if it were known how many they are"
        for trigger, sharing in self.sharing.items():
            to = self.raw.get(trigger)
            if (to is None) is not (sharing == "shared") or (sharing == "broadcast" and trigger not in self.shared):
                return f"{trigger} is not {sharing}"
            if sharing == "broadcast" and to is not None:
                if min(to) < 0:
                    return f"broadcast {trigger} is blocked"
                pairs = ((self.class_of[at], self.class_of[after]) for at, after in enumerate(to))
                if any(b in self.counted - {self.gone} and a not in self.counted for a, b in pairs):
                    return f"broadcast {trigger} leads from a class that is not counted to one that is"
        groups = [*self.found["weak"], *self.found["strong"]]
        mixed = (one for one in groups if len({self.sharing[t] == "indexed" for t in one}) != 1)
        return next((f"the group {one} is nobody's" for one in mixed), "")

    def unproven(self) -> str:
        """Return which step of the proof fails."""
        for trigger, to in self.raw.items():
            for state, after in enumerate(to):
                mine = self.class_of[state]
                if mine == self.gone:
                    if after >= 0 and (self.class_of[after] != self.gone or self.changes(trigger)):
                        return f"local state {state} is not out of play: it takes {trigger}"
                elif self.others[trigger][mine] != (-1 if after < 0 else self.class_of[after]):
                    return f"local states of class {mine} differ in {trigger}"
        known, size = set(self.states), max(self.class_of) + 1
        begun = [(0, 0, (0,) * size), (0, 0, tuple(int(i == self.class_of[0] != self.gone) for i in range(size)))]
        if not known.issuperset(begun):
            return "runs begin elsewhere"
        self.steps = {state: list(self.after(state)) for state in self.states}
        for state, steps in self.steps.items():
            for trigger, _, after in steps:
                if after not in known:
                    return f"{trigger} leads from {state} to {after}, which is not there"
        if self.found["goal"] is None:
            bad = {tuple(pair) for pair in self.found["bad"]}
            return next((f"{state} is bad" for state in self.states if (state[1], state[0]) in bad), "")
        return "there may be a fair loop" if self.has_fair_loop(self.region(begun)) else ""

    def changes(self, trigger: str) -> bool:
        is_own = self.sharing[trigger] == "indexed"
        return is_own and any(to >= 0 and to != at for at, to in enumerate(self.shared.get(trigger, ())))

    def after(self, state: State) -> Iterator[Step]:
        shared, own, others = state
        for trigger, kind in self.sharing.items():
            next_shared = self.shared[trigger][shared] if trigger in self.shared else shared
            if next_shared < 0:
                continue
            next_own = self.own[trigger][own] if trigger in self.own else own
            if next_own >= 0:
                moved = (
                    [(i, self.others[trigger][i], n) for i, n in enumerate(others) if n] if kind == "broadcast" else []
                )
                rest = tuple(0 for _ in others) if kind == "broadcast" else others
                for _, target, many in moved:
                    rest = self.put(rest, target, many)
                yield trigger, -1, (next_shared, next_own, rest)
            for place, many in enumerate(others) if kind == "indexed" else ():
                target = self.others[trigger][place]
                if many and target == place:
                    yield trigger, place, (next_shared, own, others)
                elif many and target >= 0:
                    left = [many - 1] if place in self.counted else [0, 1]
                    for stay in left:
                        rest = tuple(stay if i == place else n for i, n in enumerate(others))
                        yield trigger, place, (next_shared, own, self.put(rest, target, 1))

    def put(self, others: tuple[int, ...], place: int, many: int) -> tuple[int, ...]:
        if place == self.gone:
            return others
        return tuple((n + many if place in self.counted else 1) if i == place else n for i, n in enumerate(others))

    def region(self, begun: list[State]) -> set[State]:
        goal = {tuple(pair) for pair in self.found["goal"]}
        given = None if self.found["given"] is None else {tuple(pair) for pair in self.found["given"]}
        todo = [s for s in (begun if given is None else self.states) if given is None or (s[1], s[0]) in given]
        found: set[State] = set()
        while todo:
            state = todo.pop()
            if state not in found and (state[1], state[0]) not in goal:
                found.add(state)
                todo += [after for _, _, after in self.steps[state]]
        return found

    def has_fair_loop(self, region: set[State]) -> bool:
        pending: list[tuple[set[State], frozenset[tuple[int, int]]]] = [(region, frozenset())]
        while pending:
            states, once = pending.pop()
            kept = {s: [x for x in self.steps[s] if once.isdisjoint(self.moves(s, x))] for s in states}
            graph = DiGraph([(s, x[2]) for s in states for x in kept[s] if x[2] in states])
            graph.add_nodes_from(states)
            for part in strongly_connected_components(graph):
                edges = [(s, step) for s in part for step in kept[s] if step[2] in part]
                moves = {move for s, step in edges for move in self.moves(s, step)}
                local = DiGraph(moves)
                local.add_nodes_from(self.class_of)
                sets = strongly_connected_components(local)
                of = {place: number for number, one in enumerate(sets) for place in one}
                leaving = {(a, b) for a, b in moves if of[a] != of[b]}
                wrong = set() if leaving else self.refused(part, edges, of)
                if leaving or part - wrong:
                    if not leaving and not wrong:
                        return True
                    pending.append((part - wrong, once | leaving))
        return False

    def moves(self, state: State, step: Step) -> list[tuple[int, int]]:
        to = self.others.get(step[0], {})
        if self.sharing[step[0]] == "broadcast":
            return [(i, to[i]) for i, many in enumerate(state[2]) if many]
        return [] if step[1] < 0 else [(step[1], to[step[1]])]

    def refused(self, part: set[State], edges: Edges, of: dict[int, int]) -> set[State]:
        """Return states in which somebody is owed what it never gets within the part."""
        for strong in (False, True):
            for group in self.found["strong" if strong else "weak"]:
                claims: dict[int, dict[State, bool]] = defaultdict(dict)  # by whom: -1, or a set of classes
                for state in part:
                    open_ = [t for t in group if t not in self.shared or self.shared[t][state[0]] >= 0]
                    claims[-1][state] = any(t not in self.own or self.own[t][state[1]] >= 0 for t in open_)
                    for place, many in enumerate(state[2]) if self.sharing[group[0]] == "indexed" else ():
                        if many:
                            may = any(self.others[t][place] >= 0 for t in open_)
                            before = claims[of[place]].get(state, not strong)
                            claims[of[place]][state] = (before or may) if strong else (before and may)
                for who, may in claims.items():
                    if any(t in group and (-1 if place < 0 else of[place]) == who for _, (t, place, _) in edges):
                        continue
                    if any(may.values()) if strong else all(may.values()):
                        return {state for state, one in may.items() if one}
        return set()


if __name__ == "__main__":
    sys.exit(Checker(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).fault() or None)

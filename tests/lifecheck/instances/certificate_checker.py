"""Checks a certificate for every number of instances: python certificate_checker.py FILE. Reads it and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from networkx import DiGraph, descendants, strongly_connected_components

State = tuple[int, int, tuple[int, ...]]  # of what is shared, of instance 1, and how many others are in each class
Step = tuple[str, int | None, list[tuple[int, int]], State]  # the trigger, the other's class, all moves, what is after
SHOWN = {"always": "holds", "never": "holds", "sometimes": "violated"}, {"eventually": "holds", "leads_to": "holds"}


class Checker:
    def __init__(self, found: dict[str, Any]) -> None:
        self.found, self.broadcast, self.gone = found, set(found["broadcast"]), found["out_of_play"]
        self.own, self.raw, self.shared, self.class_of = (found[of] for of in ("own", "others", "shared", "class_of"))
        self.counted, self.untold = (set(found[name]) - {self.gone} for name in ("counted", "untold"))
        self.states: list[State] = [(shared, own, tuple(others)) for shared, own, others in found["states"]]
        self.known, places = {*self.class_of} - self.untold - {self.gone}, range(max(self.class_of) + 1)
        self.begun = [(0, 0, self.told([some * (at == self.class_of[0]) for at in places])) for some in (0, 1)]
        self.changing = {t for t, to in self.shared.items() if any(b not in (-1, a) for a, b in enumerate(to))}
        kinds = [*self.class_of, -1]  # so that what is blocked, -1, is of class -1
        self.others = {t: {kinds[at]: kinds[to] for at, to in enumerate(leads)} for t, leads in self.raw.items()}

    def fault(self) -> str:
        """Return what is wrong; nothing if the certificate proves what it says."""
        if not self.found["format"].endswith(" counter abstraction 2"):
            return f"{self.found['format']} is another format"
        kind, is_loop = self.found["property"].partition("(")[0], self.found["goal"] is not None
        if self.found["verdict"] != ("vacuous" if self.found["given"] == [] else SHOWN[is_loop].get(kind)):
            return f"that {kind} is {self.found['verdict']} does not follow"
        return self.fault_of_classes() or self.fault_of_states() or (self.fair_loop() if is_loop else "")

    def fault_of_classes(self) -> str:
        """Return why the local states of a class are not one to everybody else, or are more than can be counted."""
        if min(self.class_of) < 0 or self.class_of[0] in self.counted or self.untold & self.counted:
            return "others begin nowhere, or in a class that is counted, as if it were known how many they are"
        owed = {trigger for group in self.found["weak"] + self.found["strong"] for trigger in group}
        for trigger in [*(self.raw.keys() - self.own), *(owed - self.own.keys() - self.shared.keys())]:
            return f"{trigger} is taken by others, or owed, and instance 1 and what is shared do not have it"
        for trigger, targets in self.raw.items():
            for at, to in enumerate(targets):
                before, after = self.class_of[at], -1 if to < 0 else self.class_of[to]
                stays = after == before and trigger not in self.changing - self.broadcast
                if (after >= 0 and not stays) if before == self.gone else after != self.others[trigger][before]:
                    return f"local state {at} is not what its class says: it takes {trigger}, or does not"
        for trigger in self.broadcast:
            if min(self.raw[trigger]) < 0:
                return f"broadcast {trigger} is blocked"
            for at, to in self.others[trigger].items():
                if at not in self.counted and to in (self.known if at in self.untold else self.counted):
                    return f"broadcast {trigger} leads from a class that is not counted, or not told of, to one that is"
        return ""

    def fault_of_states(self) -> str:
        """Return where runs begin or lead that is bad, or none of the states."""
        self.steps = {state: list(self.after(state)) for state in self.states}
        alone = [(at[:2], to[:2]) for at, steps in self.steps.items() for _, taker, _, to in steps if taker is None]
        if self.found["given"] and _reached([(0, 0)], alone).isdisjoint((s, o) for o, s in self.found["given"]):
            return "instance 1 by itself never gets to where something is promised"
        bad = {(shared, own) for own, shared in self.found["bad"]}
        for state in self.begun + [after for steps in self.steps.values() for *_, after in steps]:
            if state not in self.steps or state[:2] in bad:
                return f"{state} is reached, and {'is bad' if state[:2] in bad else 'is not there'}"
        return ""

    def after(self, state: State) -> Iterator[Step]:
        shared, own, others = state
        for trigger in self.own | self.shared:
            next_shared = self.shared[trigger][shared] if trigger in self.shared else shared
            next_own = self.own[trigger][own] if trigger in self.own else own
            moves = [(at, to) for at, to in self.others.get(trigger, {}).items() if others[at] and to >= 0]
            if next_shared >= 0 and next_own >= 0:
                together = [move for move in moves if trigger in self.broadcast and move[0] in self.known]
                come = [sum(others[at] for at, to in together if to == place) for place in range(len(others))]
                left = come if trigger in self.broadcast else list(others)
                yield trigger, None, together, (next_shared, next_own, self.told(left))
            for at, to in moves if next_shared >= 0 and trigger not in self.broadcast else []:
                for gone in (1,) if at in self.counted else (0, 1):  # of some, some or none are left when one goes
                    left = [many - gone * (place == at) + (place == to) for place, many in enumerate(others)]
                    yield trigger, at, [(at, to)], (next_shared, own, self.told(left))

    def told(self, many: list[int]) -> tuple[int, ...]:
        """Return how many others there are in each class: exactly where they are counted, and else none or some."""
        some = [at != self.gone and (at in self.untold or n > 0) for at, n in enumerate(many)]
        return tuple(n if at in self.counted else int(some[at]) for at, n in enumerate(many))

    def fair_loop(self) -> str:
        """Return that fair runs may stay for ever where the promise is due, unless that is refuted part by part."""
        pending: list[tuple[set[State], set[tuple[int, int]]]] = [(self.due(), set())]
        while pending:
            states, once = pending.pop()
            steps = [(s, step) for s in states for step in self.steps[s] if once.isdisjoint(step[2])]
            for part in _connected(states, [(s, step[3]) for s, step in steps if step[3] in states]):
                inside = [step for s, step in steps if s in part and step[3] in part]
                moves, calls = [move for step in inside for move in step[2]], {step[0] for step in inside}
                along = [(at, self.others[t][at]) for t in calls & self.broadcast for at in self.untold]
                together = {at: n for n, ones in enumerate(_connected(self.class_of, moves + along)) for at in ones}
                leaving = {(at, to) for at, to in moves if together[at] != together[to]}
                refused = set() if leaving else self.refused(part, inside, together)
                if not leaving and not refused:
                    return "there may be a fair loop"
                pending.append((part - refused, once | leaving))
        return ""

    def due(self) -> set[State]:
        """Return what can be reached from where the promise is made, without its being kept."""
        goal, given = ({(s, o) for o, s in self.found[name] or []} for name in ("goal", "given"))
        begun = self.begun if self.found["given"] is None else [state for state in self.states if state[:2] in given]
        kept = [(at, to) for at, steps in self.steps.items() if at[:2] not in goal for *_, to in steps]
        return {state for state in _reached(begun, kept) if state[:2] not in goal}

    def refused(self, part: set[State], steps: list[Step], together: dict[int, int]) -> set[State]:
        """Return states in which somebody is owed what it never gets within the part."""
        for group, is_strong in [(one, kind == "strong") for kind in ("weak", "strong") for one in self.found[kind]]:
            got = {None if taker is None else together[taker] for t, taker, _, _ in steps if t in group}
            is_of_each = all(t in self.raw and t not in self.broadcast for t in group)
            for who in {None, *(together.values() if is_of_each else ())} - got:
                may = {state: self.may(state, group, who, together) for state in part}
                possible = {state for state, (some, _) in may.items() if some}
                if possible and (is_strong or all(everybody for _, everybody in may.values())):
                    return possible
        return set()

    def may(self, state: State, group: list[str], who: int | None, of: dict[int, int]) -> tuple[bool, bool]:
        """Whether instance 1, what is shared, or of others somebody known, and everybody, can take one of a group."""
        shared, own, others = state
        open_ = [t for t in group if t not in self.shared or self.shared[t][shared] >= 0]
        there = [own] if who is None else [at for at, many in enumerate(others) if many and of[at] == who]
        moves, known = (self.own, {own}) if who is None else (self.others, self.known)
        ready = {at for at in there if any(t not in moves or moves[t][at] >= 0 for t in open_)}
        return bool(ready & known), len(ready) == len(there)


def _reached(begun: Iterable[Any], edges: Iterable[tuple[Any, Any]]) -> set[Any]:
    return set(descendants(DiGraph([*edges, *(("begun", one) for one in ["begun", *begun])]), "begun"))


def _connected(nodes: Iterable[Any], edges: Iterable[tuple[Any, Any]]) -> list[set[Any]]:
    return list(strongly_connected_components(DiGraph([*edges, *((node, node) for node in nodes)])))


if __name__ == "__main__":
    sys.exit(Checker(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).fault() or None)

"""What is to be seen in a state space: where a property is at stake, the evidence, and what is owed where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count

from lifecheck.checking import Result
from lifecheck.diagrams.text import visible
from lifecheck.properties import Decisive, evaluate
from lifecheck.statespace import Graph, Obligation, Staying, never_leading_to, stayings
from lifecheck.system import local_states

MARKS = {Staying.WEAK: "◆", Staying.STRONG: "◆◆"}


@dataclass(frozen=True)
class StateSpaceContent:
    """A complete graph, and what is to be seen in it."""

    graph: Graph
    result: Result
    preferred: tuple[str, ...]

    @cached_property
    def region(self) -> list[int]:
        """The states where the property is at stake."""
        graph, asked = self.graph, self.result.property
        goal = [evaluate(asked.goal, graph.view(state)) for state in range(len(graph))]
        given = None
        if asked.given is not None:
            given = [evaluate(asked.given, graph.view(state)) for state in range(len(graph))]
        match asked.kind.decided_by:
            case Decisive.LOOP:
                return sorted(Obligation(graph, goal, given).region())
            case Decisive.CLOSED_SET:
                return never_leading_to(graph, [state for state, met in enumerate(goal) if met])
            case Decisive.STATE:
                arisen = range(len(graph)) if given is None else compress(count(), given)
                return [state for state in arisen if goal[state] is asked.kind.settling]

    @cached_property
    def stayings(self) -> list[Staying]:
        """What a run owes in each state."""
        return stayings(self.graph, self.region if self.result.property.kind.is_liveness else [])

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The components whose states are written."""
        views = [local_states(self.graph.view(state)) for state in range(len(self.graph))]
        changing = [name for name in views[0] if len({view[name].key for view in views}) > 1] or list(views[0])
        if not self.preferred:
            return tuple(changing)
        chosen = [name for name in changing if name in self.preferred]
        for name in changing:
            if len({tuple(view[one].key for one in chosen) for view in views}) == len(views):
                break
            if name not in chosen:
                chosen.append(name)
        return tuple(name for name in views[0] if name in chosen)

    @cached_property
    def steps(self) -> dict[tuple[int, str], tuple[list[int], bool]]:
        """For each transition of the evidence, by state and trigger, its numbers and whether it is in the loop."""
        evidence = self.result.evidence
        found: dict[tuple[int, str], tuple[list[int], bool]] = {}
        if evidence is None:
            return found
        number = {self.graph.view(state): state for state in range(len(self.graph))}
        taken = (*evidence.stem, *(evidence.loop or ()))
        for place, (trigger, state) in enumerate(zip(taken, evidence.states, strict=False)):
            numbers, in_loop = found.get((number[state], trigger), ([], False))
            found[number[state], trigger] = [*numbers, place + 1], in_loop or place >= len(evidence.stem)
        return found

    @cached_property
    def arrows(self) -> dict[tuple[int, int, str], list[str]]:
        """What is written at each arrow: the triggers between two states, apart by how they are drawn."""
        found: dict[tuple[int, int, str], list[str]] = {}
        names = self.graph.system.triggers
        for state in range(len(self.graph)):
            for number, target in self.graph.edges(state):
                trigger = names[number]
                numbers, in_loop = self.steps.get((state, trigger), ([], False))
                look = "environment" if trigger in self.graph.system.environment else "system"
                if numbers:
                    look = "loop" if in_loop else "stem"
                told = ", ".join(str(step) for step in numbers)
                text = f"{told}. {visible(trigger)}" if told else visible(trigger)
                found.setdefault((state, target, look), []).append(text)
        return found

    @property
    def stays(self) -> int | None:
        """The state in which the counterexample stays for ever, if it does."""
        evidence = self.result.evidence
        if evidence is None or evidence.loop != ():
            return None
        return next(state for state in range(len(self.graph)) if self.graph.view(state) == evidence.states[-1])

    @property
    def shade(self) -> str:
        """What the shaded states have in common."""
        return self.result.property.at_stake

    @cached_property
    def changed(self) -> list[set[str]]:
        """For each state the components that some transition into it changes."""
        found: list[set[str]] = [set() for _ in range(len(self.graph))]
        for source in range(len(self.graph)):
            before = local_states(self.graph.view(source))
            for _, target in self.graph.edges(source):
                after = local_states(self.graph.view(target))
                found[target] |= {name for name in after if after[name].key != before[name].key}
        return found

    def lines(self, state: int, *, whole: bool = False) -> list[tuple[str, str]]:
        """Return the components with their states that are written in a box: in the first all, then what changes."""
        view = self.graph.view(state)
        written = [name for name in self.shown if whole or state == 0 or name in self.changed[state]]
        return [(visible(name), visible(view[name].label)) for name in written]

    def title(self, state: int) -> str:
        """Return every component with its state."""
        view = self.graph.view(state)
        return ", ".join(f"{visible(name)}: {visible(view[name].label)}" for name in local_states(view))

"""Fair components: where in a graph an infinite run may stay although it treats every trigger fairly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lifecheck.statespace.components import strongly_connected
from lifecheck.statespace.graph import Graph


@dataclass(frozen=True)
class Fairness:
    """What a run owes: bit masks of the weakly and of the strongly fair triggers.

    A run may stay where it is for ever (stutter) only where no fair trigger is possible. That needs no
    rule of its own: a single state counts as a component, and there each fair trigger must be disabled
    or be taken by a loop on the state itself.
    """

    weak: int
    strong: int

    @classmethod
    def of(cls, graph: Graph) -> Fairness:
        """The fairness that a graph's system declares."""
        return cls(graph.mask(graph.system.weakly_fair), graph.mask(graph.system.strongly_fair))

    @property
    def owed(self) -> int:
        """Every fair trigger."""
        return self.weak | self.strong


def fair_components(graph: Graph, region: Iterable[int], fairness: Fairness) -> Iterator[list[int]]:
    """Yield the largest sets of states within a region in which a fair run can stay for ever.

    Each yielded set is strongly connected; in it every weakly fair trigger is disabled somewhere or
    taken, and every strongly fair one is nowhere enabled or taken. Every fair loop of the region lies
    in one of them. Where strong fairness fails, the states that enable the offending trigger are
    removed and what is left is examined (Emerson and Lei 1987; Baier and Katoen, Principles of Model
    Checking, 5.1 and 6.5). Where weak fairness fails, it fails for every part too.

    Parameters
    ----------
    graph
        The graph; all states of the region must be expanded.
    region
        States to look in, in a fixed order.
    fairness
        What the run owes.

    Yields
    ------
    list of int
        The states of one fair component.
    """
    enabled = graph.enabled
    pending = [list(region)]
    while pending:
        for component in strongly_connected(pending.pop(), graph.targets):
            inside = set(component)
            taken, always, somewhere = 0, ~0, 0
            for state in component:
                always &= enabled[state]
                somewhere |= enabled[state]
                if enabled[state] & ~taken:  # otherwise there is nothing new to see
                    for trigger, target in graph.edges(state):
                        if target in inside:
                            taken |= 1 << trigger
            if always & fairness.weak & ~taken:
                continue
            offending = somewhere & fairness.strong & ~taken
            if not offending:
                yield component
                continue
            pending.append([state for state in component if not enabled[state] & offending])

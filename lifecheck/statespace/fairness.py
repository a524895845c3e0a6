"""Fair components: where in a graph an infinite run may stay although it treats every trigger fairly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
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


def needed_fairness(
    triggers: Sequence[str],
    weak: Set[str],
    strong: Set[str],
    holds: Callable[[frozenset[str], frozenset[str]], bool],
) -> tuple[str, ...]:
    """Weaken the fairness of each trigger in turn, and keep it only if a verdict needs it.

    The answer is one set from which nothing can be taken away or made weaker; other such sets may exist.

    Parameters
    ----------
    triggers
        The triggers, in the order in which they are tried and told.
    weak, strong
        The triggers that are weakly and strongly fair; under these the verdict holds.
    holds
        Whether it still does, if these are weakly and those are strongly fair. What holds under some fairness must
        hold under more.

    Returns
    -------
    tuple of str
        What is needed, one assumption each.

    Examples
    --------
    >>> needed_fairness(["a", "b", "c"], {"a"}, {"b", "c"}, lambda weak, strong: "b" in weak | strong and "c" in strong)
    ('weak fairness of b', 'strong fairness of c')
    """
    weak, strong = frozenset(weak), frozenset(strong)
    for trigger in triggers:
        one = {trigger}
        if trigger in weak | strong and holds(weak - one, strong - one):
            weak, strong = weak - one, strong - one
        elif trigger in strong and holds(weak | one, strong - one):
            weak, strong = weak | one, strong - one
    return tuple(
        f"{'strong' if trigger in strong else 'weak'} fairness of {trigger}"
        for trigger in triggers
        if trigger in weak | strong
    )


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

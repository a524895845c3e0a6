"""Fair components: where in a graph an infinite run may stay although it treats every trigger fairly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from lifecheck.statespace.components import strongly_connected
from lifecheck.statespace.graph import Graph
from lifecheck.system import System


@dataclass(frozen=True)
class Fairness:
    """What a run owes: bit masks of what is weakly and strongly fair, triggers and groups of them.

    A group has a bit of its own, above those of the triggers: it is possible where some member is, and taken where
    some member is taken. So a mask of triggers `with_groups` says of both what is possible, or taken.

    A run may stay where it is for ever (stutter) only where no fair trigger is possible. That needs no
    rule of its own: a single state counts as a component, and there each fair trigger must be disabled
    or be taken by a loop on the state itself.
    """

    weak: int
    strong: int
    groups: tuple[tuple[int, int], ...] = ()
    """The bit of each group, and the mask of its members."""
    _known: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, graph: Graph) -> Fairness:
        """The fairness that a graph's system declares."""
        return cls.owing(graph, graph.system.owed_weakly.values(), graph.system.owed_strongly.values())

    @classmethod
    def owing(cls, graph: Graph, weak: Iterable[Sequence[str]], strong: Iterable[Sequence[str]]) -> Fairness:
        """The fairness owed to some triggers and groups, each given by its members."""
        groups: dict[int, int] = {}

        def bit(members: Sequence[str]) -> int:
            mask = graph.mask(frozenset(members))
            if len(members) == 1:
                return mask
            return groups.setdefault(mask, 1 << len(graph.system.triggers) + len(groups))

        owed_weakly, owed_strongly = sum({bit(one) for one in weak}), sum({bit(one) for one in strong})
        return cls(owed_weakly, owed_strongly, tuple((own, mask) for mask, own in groups.items()))

    @property
    def owed(self) -> int:
        """All that is fair."""
        return self.weak | self.strong

    def with_groups(self, triggers: int) -> int:
        """Return a mask of triggers with the bits of the groups that have one of them as a member."""
        if not self.groups:
            return triggers
        known = self._known.get(triggers)
        if known is None:
            known = self._known[triggers] = triggers | sum(bit for bit, members in self.groups if triggers & members)
        return known


def needed_fairness(
    names: Iterable[str],
    weak: Set[str],
    strong: Set[str],
    holds: Callable[[frozenset[str], frozenset[str]], bool],
) -> tuple[str, ...]:
    """Weaken the fairness of each trigger or group in turn, and keep it only if a verdict needs it.

    The answer is one set from which nothing can be taken away or made weaker; other such sets may exist.

    Parameters
    ----------
    names
        The triggers and groups by name, in the order in which they are tried and told.
    weak, strong
        Those that are weakly and strongly fair; under these the verdict holds.
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
    weak, strong, names = frozenset(weak), frozenset(strong), tuple(names)
    for name in names:
        one = {name}
        if name in weak | strong and holds(weak - one, strong - one):
            weak, strong = weak - one, strong - one
        elif name in strong and holds(weak | one, strong - one):
            weak, strong = weak | one, strong - one
    return tuple(
        f"{'strong' if name in strong else 'weak'} fairness of {name}" for name in names if name in weak | strong
    )


def names_of_owed(system: System) -> dict[str, tuple[str, ...]]:
    """Return all that is fair in a system by name, with its members: triggers in their order, each before groups.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("soon", "sent", "sent"), Row("late", "sent", "sent"), Row("get", "sent", "got")]
    >>> line = Component("line", ["sent", "got"], "sent", rows, {"soon", "late", "get"})
    >>> list(names_of_owed(System("line", [line], fair=["get", ("soon", "late")])))
    ['get', 'soon or late']
    """
    every = {**system.owed_weakly, **system.owed_strongly}
    place = {trigger: number for number, trigger in enumerate(system.triggers)}
    return dict(sorted(every.items(), key=lambda one: (len(one[1]) > 1, [place[trigger] for trigger in one[1]])))


def fair_components(graph: Graph, region: Iterable[int], fairness: Fairness) -> Iterator[list[int]]:
    """Yield the largest sets of states within a region in which a fair run can stay for ever.

    Each yielded set is strongly connected; in it every weakly fair trigger (or group) is disabled somewhere or
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
    enabled, with_groups = graph.enabled, fairness.with_groups
    pending = [list(region)]
    while pending:
        for component in strongly_connected(pending.pop(), graph.targets):
            inside = set(component)
            taken, always, somewhere = 0, ~0, 0
            for state in component:
                possible = with_groups(enabled[state]) if fairness.groups else enabled[state]  # millions of times
                always &= possible
                somewhere |= possible
                if enabled[state] & ~taken:  # otherwise there is nothing new to see
                    for trigger, target in graph.edges(state):
                        if target in inside:
                            taken |= 1 << trigger
            taken = with_groups(taken)
            if always & fairness.weak & ~taken:
                continue
            offending = somewhere & fairness.strong & ~taken
            if not offending:
                yield component
                continue
            pending.append([state for state in component if not with_groups(enabled[state]) & offending])

"""Where a run may stay for ever, and where only fairness leads on: what a picture of a state space marks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from lifecheck.statespace.fairness import Fairness, fair_components
from lifecheck.statespace.graph import Graph


class Staying(StrEnum):
    """What keeps a run from staying in a state for ever."""

    ALLOWED = "a run may stay here for ever"
    WEAK = "weak fairness leads on"
    STRONG = "strong fairness leads on"


def stayings(graph: Graph, region: Sequence[int]) -> list[Staying]:
    """Return for each state of a complete graph what a run owes there.

    A state in which no fair trigger is possible may be stayed in. From any other a weakly fair trigger leads on in
    the end. Beyond that, a run may go round in some set of states unless a strongly fair trigger leads out of it:
    the sets are the fair components, of the region and of the whole, under the same assumptions made weak.

    Parameters
    ----------
    graph
        The graph.
    region
        Where an obligation is open: what could be gone round in there is marked, though one could leave the region.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("try", "out", "at"), Row("lose", "at", "out"), Row("get", "at", "done")]
    >>> line = Component("line", ["out", "at", "done"], "out", rows, {"try", "lose", "get"})
    >>> graph = explore(System("line", [line], environment={"lose"}, strong={"get": "it is tried again and again"}))
    >>> [staying.name for staying in stayings(graph, range(2))]
    ['STRONG', 'STRONG', 'ALLOWED']
    """
    declared = Fairness.of(graph)
    weakened = Fairness(declared.owed, 0, declared.groups)
    found = [Staying.WEAK if declared.with_groups(mask) & declared.owed else Staying.ALLOWED for mask in graph.enabled]
    for states in (region, range(len(graph))):
        held = {state for component in fair_components(graph, states, declared) for state in component}
        for component in fair_components(graph, states, weakened):
            for state in component:
                if state not in held and found[state] is Staying.WEAK:
                    found[state] = Staying.STRONG
    return found

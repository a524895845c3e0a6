"""Closures of sets of states, forwards and backwards, by saturation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lifecheck.symbolic.encoding import Diagram
from lifecheck.symbolic.relation import Relation

Groups = Sequence[Sequence[Relation]]
"""Relations in groups, each of which is closed before the next."""

Step = Callable[[Relation, Diagram], Diagram]
Told = Callable[[Diagram], None]

Progress = Callable[[str, int], None]
"""Is told what is being looked for, and how many states are known."""


def grouped(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Put relations into groups by the lowest neighbourhood that they change, the lowest first.

    Closing what belongs together, and the lower part of the diagrams first, keeps small what is between two rounds:
    the idea of saturation (Ciardo, Lüttgen and Siminiceanu 2001), here by whole neighbourhoods.
    """
    groups: dict[int, list[Relation]] = {}
    for relation in relations:
        if relation.changed:  # what changes nothing leads nowhere
            neighbourhoods = relation.encoding.neighbourhoods
            groups.setdefault(max(neighbourhoods[part] for part in relation.changed), []).append(relation)
    return [groups[place] for place in sorted(groups, reverse=True)]


def forwards(groups: Groups, start: Diagram, within: Diagram | None = None, told: Told | None = None) -> Diagram:
    """Return what can be reached from a set, without leaving another if one is given; `start` lies in it."""
    return _closed(groups, start, within, Relation.image, told)


def backwards(groups: Groups, goal: Diagram, within: Diagram, told: Told | None = None) -> Diagram:
    """Return the states of a set from which one of a part of it can be reached without leaving it."""
    return _closed(groups, goal, within, Relation.preimage, told)


def nearest_first(groups: Groups, relation: Relation) -> Groups:
    """Return the groups with that of a relation before the others: what it does is undone there, if anywhere."""
    own = [group for group in groups if relation in group]
    return [*own, *(group for group in groups if relation not in group)]


def _closed(groups: Groups, start: Diagram, within: Diagram | None, step: Step, told: Told | None) -> Diagram:
    found, before = start, None
    while found not in (before, within):  # all there is may be found long before every trigger was tried again
        before = found
        for group in groups:
            found = _closed_by(group, found, within, step)
            if told is not None:
                told(found)
            if found == within:
                break
    return found


def _closed_by(group: Sequence[Relation], found: Diagram, within: Diagram | None, step: Step) -> Diagram:
    before = None
    while found not in (before, within):
        before = found
        for relation in group:
            reached = step(relation, found)
            found |= reached if within is None else reached & within
    return found

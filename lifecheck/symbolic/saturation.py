"""Closures of sets of states, forwards and backwards, by saturation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lifecheck.symbolic.encoding import Diagram
from lifecheck.symbolic.relation import Relation

Progress = Callable[[str, int], None]
"""Is told what is being looked for, and how many states are known."""

Step = Callable[[Relation, Diagram], Diagram]

Grown = Callable[[Relation, Diagram], object]
"""Is told which relation added something, and what there is now."""


class Saturation:
    """The order in which relations are tried until none of them leads to anything new.

    Relations are in groups by the lowest neighbourhood of components that they change, the lowest first, and each
    group is closed before the next: that keeps small what is between two rounds. This is the idea of saturation
    (Ciardo, Lüttgen and Siminiceanu 2001), here by whole neighbourhoods.

    A group is closed again only after another added something that does not commute with it. Two relations commute
    where neither changes a component that the other owns: then whatever one of them leads to from what the other
    added, the other leads to from what the one added. (What is independent need not be tried in every order: Godefroid
    1996; saturation calls it event locality.)

    Parameters
    ----------
    relations
        What may be taken.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.symbolic.encoding import Encoding
    >>> from lifecheck.symbolic.local_table import fire
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> encoding = Encoding(fire(System("lamp", [lamp])))
    >>> saturation = Saturation([Relation(encoding, "switch_on", 0, (0,))])
    >>> encoding.count(saturation.forwards(encoding.state((0,))))
    2
    """

    def __init__(self, relations: Iterable[Relation]) -> None:
        groups: dict[int, list[Relation]] = {}
        for relation in relations:
            if relation.changed:  # what changes nothing leads nowhere
                neighbourhoods = relation.encoding.neighbourhoods
                groups.setdefault(max(neighbourhoods[part] for part in relation.changed), []).append(relation)
        self._groups = [groups[place] for place in sorted(groups, reverse=True)]
        self._group_of = {id(one): number for number, group in enumerate(self._groups) for one in group}
        self._affected = _affected(self._groups)
        self._changed = [{part for one in group for part in one.changed} for group in self._groups]
        self._owners = [tuple(sorted({part for one in group for part in one.owners})) for group in self._groups]

    def forwards(self, start: Diagram, within: Diagram | None = None, grown: Grown | None = None) -> Diagram:
        """Return what can be reached from a set, without leaving another if one is given; `start` lies in it."""
        return self._closed(start, within, Relation.image, grown, None)

    def backwards(
        self, goal: Diagram, within: Diagram, grown: Grown | None = None, *, because_of: Relation | None = None
    ) -> Diagram:
        """Return the states of a set from which one of a part of it can be reached without leaving it.

        The group of `because_of` is closed before others: what it does is undone there, if anywhere.
        """
        return self._closed(goal, within, Relation.preimage, grown, because_of)

    def _closed(
        self, found: Diagram, within: Diagram | None, step: Step, grown: Grown | None, first: Relation | None
    ) -> Diagram:
        everybody = list(range(len(self._groups)))
        if first is not None and id(first) in self._group_of:
            own = self._group_of[id(first)]
            everybody = [own, *everybody[:own], *everybody[own + 1 :]]
            if within is not None and 2 * len(self._affected[own]) < len(self._groups):
                return self._closed_from(own, found, within, step, grown)
        before = None
        # what one relation adds may lie outside where it commutes with another: then each is tried once more
        while found not in (before, within):
            before, waiting = found, set(everybody)
            while waiting:
                for number in everybody:
                    if number not in waiting:
                        continue
                    closed = self._closed_by(number, found, within, step, grown)
                    waiting.discard(number)
                    if closed != found:
                        found = closed
                        waiting |= self._affected[number]
                    if found == within:  # all there is may be found long before every trigger was tried again
                        return found
            if within is None:
                break
        return found

    def _closed_from(self, own: int, found: Diagram, within: Diagram, step: Step, grown: Grown | None) -> Diagram:
        """Close a set from one group on: by what that affects, as far as it spreads, and by whoever is doubtful."""
        involved, waiting = {own}, {own}
        while True:
            while waiting:
                number = min(waiting)
                waiting.discard(number)
                closed = self._closed_by(number, found, within, step, grown)
                if closed != found:
                    found = closed
                    involved.add(number)
                    waiting |= self._affected[number]
                if found == within:
                    return found
            near = involved.union(*(self._affected[number] for number in involved))
            far = [number for number in range(len(self._groups)) if number not in near]
            before = found
            for number in sorted(near.union(self._doubtful(far, found, within))):
                closed = self._closed_by(number, found, within, step, grown)
                if closed != found:  # it commutes with all that added something, and yet adds what lay outside
                    found = closed
                    involved.add(number)
                    waiting |= self._affected[number]
            if found == before:
                return found

    def _doubtful(self, numbers: Sequence[int], found: Diagram, within: Diagram) -> list[int]:
        """Return those of some groups that may lead into a set from the rest of another.

        A group does not, where that a state of the other is one of the set is unaffected by where the components are
        that the group changes. Many groups are asked about at once, and their halves only where that is too much.
        """
        if not numbers:
            return []
        changed = tuple(sorted(set().union(*(self._changed[number] for number in numbers))))
        if within & self._groups[0][0].encoding.wherever(changed, found) == found:
            return []
        if len(numbers) == 1:
            return [*numbers]
        half = len(numbers) // 2
        return self._doubtful(numbers[:half], found, within) + self._doubtful(numbers[half:], found, within)

    def _closed_by(
        self, number: int, found: Diagram, within: Diagram | None, step: Step, grown: Grown | None
    ) -> Diagram:
        """Close a set by one group; by itself, where the set says nothing of its components together with others."""
        group = self._groups[number]
        if self._affected[number]:
            return _closed_by(group, found, within, step, grown)
        encoding = group[0].encoding
        apart = encoding.apart(found, self._owners[number])
        bounds = None if apart is None or within is None else encoding.apart(within, self._owners[number])
        if apart is None or (within is not None and bounds is None):
            return _closed_by(group, found, within, step, grown)
        own, rest = apart
        told = None if grown is None else lambda relation, more: grown(relation, more & rest)
        return _closed_by(group, own, bounds and bounds[0], step, told) & rest


def _affected(groups: Sequence[Sequence[Relation]]) -> list[set[int]]:
    """Return for each group the others that do not commute with it."""
    owning: dict[int, set[int]] = {}
    changing: dict[int, set[int]] = {}
    for number, group in enumerate(groups):
        for relation in group:
            for part in relation.owners:
                owning.setdefault(part, set()).add(number)
            for part in relation.changed:
                changing.setdefault(part, set()).add(number)
    found: list[set[int]] = [set() for _ in groups]
    for part, numbers in owning.items():
        for number in changing.get(part, ()):
            found[number] |= numbers
        for number in numbers:
            found[number] |= changing.get(part, set())
    return [others - {number} for number, others in enumerate(found)]


def _closed_by(
    group: Sequence[Relation], found: Diagram, within: Diagram | None, step: Step, grown: Grown | None
) -> Diagram:
    before = None
    while found not in (before, within):
        before = found
        for relation in group:
            reached = step(relation, found)
            more = found | (reached if within is None else reached & within)
            if grown is not None and more != found:
                grown(relation, more)
            found = more
    return found

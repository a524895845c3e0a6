"""In which order components stand in a decision diagram: what meets often stands side by side."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import combinations
from statistics import median


def side_by_side(alphabets: Sequence[Set[str]]) -> list[int]:
    """Order components such that those which meet on triggers stand near each other.

    The size of a diagram grows with how much must be remembered between two neighbours: with the triggers whose
    owners stand on both sides. So the next component is always the one of whose meetings the greatest share is with
    those that are placed already: what belongs together comes together, and what all share, a counter or a lock, comes
    early. Among equals it is the one that met the latest placed one, then the first. (Orders that keep the cut narrow
    are compared by Meijer and van de Pol, Bandwidth and wavefront reduction for static variable ordering, 2016.)

    Parameters
    ----------
    alphabets
        The triggers of each component.

    Returns
    -------
    list of int
        The components by position; the same for the same alphabets.

    Examples
    --------
    >>> side_by_side([{"a"}, {"b", "c"}, {"a", "b"}])
    [0, 2, 1]
    """
    meetings = _meetings(alphabets)
    whole = [sum(others.values()) for others in meetings]
    placed = [0.0] * len(alphabets)  # of whole, what is with those placed already
    latest = [-1] * len(alphabets)  # the place of the latest placed one that it meets
    left = sorted(range(len(alphabets)), key=lambda one: (whole[one], one))  # who meets least begins at the margin
    order: list[int] = []
    while left:
        following = max(left, key=lambda one: (round(placed[one] / (whole[one] or 1), 9), latest[one]))
        left.remove(following)
        for other, often in meetings[following].items():
            placed[other] += often
            latest[other] = len(order)
        order.append(following)
    return order


LINKED = 0.2
"""How much two components must meet to belong together: on one trigger of six owners; a broadcast is of more."""

LARGE = 24
"""How many components are too many for one neighbourhood: a ring or a chain of small ones, each best by itself."""


SHARED_BY_ALL = -1
"""The neighbourhood of a component that most meet: none."""


def neighbourhoods(alphabets: Sequence[Set[str]], order: Sequence[int]) -> list[int]:
    """Tell which components belong together, so that what they do among themselves can be closed first.

    A component with more than twice as many meetings as most is shared by all, and holds nothing together; what meets
    without such components is a neighbourhood, as one of many instances is. One that is too large falls apart into its
    components.

    Parameters
    ----------
    alphabets
        The triggers of each component.
    order
        As `side_by_side` puts them.

    Returns
    -------
    list of int
        For each component the last place of its neighbourhood in the order; `SHARED_BY_ALL` for one that is.

    Examples
    --------
    >>> alphabets = [{"a"}, {"b", "c"}, {"a", "b"}, {"d"}]
    >>> neighbourhoods(alphabets, [0, 2, 1, 3])
    [2, 2, 2, 3]
    """
    meetings = _meetings(alphabets)
    place = {part: position for position, part in enumerate(order)}
    often = [sum(others.values()) for others in meetings]
    shared = {part for part, many in enumerate(often) if many > 2 * median(often)}
    found = [SHARED_BY_ALL] * len(alphabets)
    for first in order:
        if first in shared or found[first] != SHARED_BY_ALL:
            continue
        together = {first: None}
        for part in (waiting := [first]):  # grows while it is walked
            near = [other for other, weight in meetings[part].items() if weight >= LINKED]
            new = [other for other in near if other not in shared and other not in together]
            together |= dict.fromkeys(new)
            waiting += new
        last = max(place[part] for part in together)
        for part in together:
            found[part] = place[part] if len(together) > LARGE else last
    return found


def _meetings(alphabets: Sequence[Set[str]]) -> list[dict[int, float]]:
    """Return for each component whom it meets, and how much: a trigger counts one in all, however many share it."""
    owners: dict[str, list[int]] = {}
    for number, alphabet in enumerate(alphabets):
        for trigger in sorted(alphabet):
            owners.setdefault(trigger, []).append(number)
    meetings: list[dict[int, float]] = [{} for _ in alphabets]
    for together in owners.values():
        for one, other in combinations(together, 2):
            weight = 1 / (len(together) - 1)
            meetings[one][other] = meetings[one].get(other, 0) + weight
            meetings[other][one] = meetings[other].get(one, 0) + weight
    return meetings

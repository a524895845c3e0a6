"""In which order components stand in a decision diagram: what meets often stands side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import heappop, heappush
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
    by_meetings = sorted(
        range(len(alphabets)), key=lambda one: (whole[one], one)
    )  # who meets least begins at the margin
    placed = [0.0] * len(alphabets)  # of whole, what is with those placed already
    waiting = [(0.0, 1, rank, one) for rank, one in enumerate(by_meetings)]  # sorted, and so a heap
    ranks = {one: rank for rank, one in enumerate(by_meetings)}
    order: dict[int, None] = {}
    while waiting:
        *_, following = heappop(waiting)
        if following in order:
            continue  # it waited with what was known of it earlier, too
        order[following] = None
        for other, often in meetings[following].items():
            placed[other] += often
            if other not in order:
                heappush(waiting, (-round(placed[other] / whole[other], 9), -len(order), ranks[other], other))
    return list(order)


LINKED = 0.2
"""How much two components must meet to belong together: on one trigger of six owners; a broadcast is of more."""

LARGE = 24
"""How many components are too many for one neighbourhood."""

SHARED_BY_ALL = -1
"""The neighbourhood of a component that many meet: none."""


def neighbourhoods(alphabets: Sequence[Set[str]], order: Sequence[int]) -> list[int]:
    """Tell which components belong together, so that what they do among themselves can be closed first.

    Whoever meets is of one neighbourhood. If it is too large, the one that meets most is shared by all and holds
    nothing together: without it, each of many instances is a neighbourhood of its own. If none meets more than twice
    as much as most do, it is a ring or a chain of small ones, and falls apart into its components.

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
    often = [sum(others.values()) for others in meetings]
    place = {part: position for position, part in enumerate(order)}
    found = [SHARED_BY_ALL] * len(alphabets)
    waiting = _connected(range(len(alphabets)), meetings)
    for together in waiting:  # grows while it is walked
        if len(together) <= LARGE:
            last = max(place[part] for part in together)
            for part in together:
                found[part] = last
            continue
        most = max(together, key=lambda part: (often[part], -part))
        if often[most] > 2 * median(often[part] for part in together):
            waiting += _connected([part for part in together if part != most], meetings)
        else:
            for part in together:
                found[part] = place[part]
    return found


def _connected(parts: Iterable[int], meetings: Sequence[Mapping[int, float]]) -> list[list[int]]:
    """Return the components in lists of those that are linked, directly or through others of them."""
    left = dict.fromkeys(parts)
    found = []
    while left:
        first = next(iter(left))
        del left[first]
        together = [first]
        for part in together:  # grows while it is walked
            linked = [other for other, weight in meetings[part].items() if weight >= LINKED and other in left]
            together += linked
            for other in linked:
                del left[other]
        found.append(together)
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

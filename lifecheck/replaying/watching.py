"""What every run has in common that has the lines of a case: each is followed together with one bit of its past."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lifecheck.replaying.event import Sign
from lifecheck.replaying.observed import Move, ObservedSystem, Place

Watched = tuple[Place, bool]
"""Where a case can be, and the bit."""


class Watch:
    """Follows all runs that have the lines of a case, cheapest or not.

    Parameters
    ----------
    observed
        The system, and what a log shows of it.
    first
        The bit in the state where a run begins; None where it may not begin there.
    later
        The bit in a state, given that of the state before it; None where the run may not go there.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("open", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "open"})
    >>> observed = ObservedSystem(explore(System("door", [bell])), {"ring"})
    >>> is_rung = Watch(observed, lambda state: state == 1, lambda before, state: state == 1)
    >>> sorted(is_rung.ends([Sign(("ring",))]))
    [False, True]
    """

    def __init__(
        self,
        observed: ObservedSystem,
        first: Callable[[int], bool | None],
        later: Callable[[bool, int], bool | None],
    ) -> None:
        self._observed = observed
        self._later = later
        self._known: dict[tuple[frozenset[Watched], Sign], frozenset[Watched]] = {}
        starts = ((Place(state), first(state)) for state in observed.starts)
        self._first = self._closed((place, bit) for place, bit in starts if bit is not None)

    def ends(self, signs: Sequence[Sign]) -> set[bool]:
        """Return the bits with which a run can end that has these lines; none where there is no run."""
        found = self._first
        for sign in signs:
            key = (found, sign)
            if key not in self._known:
                self._known[key] = self._closed(
                    target for place, bit in found for target in self._after(bit, self._observed.with_line(place, sign))
                )
            found = self._known[key]
        return {bit for _, bit in found}

    def _after(self, bit: bool, moves: Iterator[Move]) -> Iterator[Watched]:
        for move in moves:
            now = bit if move.trigger < 0 else self._later(bit, move.place.state)
            if now is not None:
                yield move.place, now

    def _closed(self, watched: Iterator[Watched]) -> frozenset[Watched]:
        found = dict.fromkeys(watched)
        for place, bit in (queue := list(found)):  # grows while it is walked
            for target in self._after(bit, self._observed.without_line(place)):
                if target not in found:
                    found[target] = None
                    queue.append(target)
        return frozenset(found)

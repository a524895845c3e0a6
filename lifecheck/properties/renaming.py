"""Predicates that read components under other names, as those of a copy."""

from __future__ import annotations

from collections.abc import Mapping, Set

from lifecheck.properties.property import Predicate, name_of
from lifecheck.properties.translated import Translated
from lifecheck.system import State, known_components


def reading_as(predicate: Predicate, places: Mapping[str, str], left_out: Set[str] = frozenset()) -> Predicate:
    """Return a predicate that is asked of components which go by other names.

    Parameters
    ----------
    predicate
        The predicate.
    places
        By the name that it reads, the name of the component that is meant; it sees no other.
    left_out
        The names of observers that are left out.

    Examples
    --------
    >>> from lifecheck.system import LocalState
    >>> names = ["lamp[1]", "lamp[2]"]
    >>> off_and_on = [LocalState(name, lamp, ("off", "on")) for name, lamp in zip(["off", "on"], names)]
    >>> lit = reading_as(lambda s: s.lamp == "on", {"lamp": "lamp[2]"})
    >>> lit(State(dict(zip(names, off_and_on))))
    True
    """

    def asking(predicate: Predicate, state: State) -> bool:
        components = known_components(state)
        read: set[str] = set()
        own = State({name: components[place] for name, place in places.items()}, frozenset(left_out), read)
        try:
            return predicate(own)
        finally:
            if state._read is not None:
                state._read.update(places[name] for name in read)

    return Translated(predicate, asking, name_of(predicate))

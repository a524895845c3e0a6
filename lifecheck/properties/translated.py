"""Predicates that are asked of a state in another form, and stay what they are: a text keeps its parts."""

from __future__ import annotations

from collections.abc import Callable

from lifecheck.system import State


class Translated:
    """A predicate of states which are put into another form before it is asked.

    A function that does so would hide whether the predicate is text, which is taken apart where sets of states are
    made of it; see `structure_of`.

    Parameters
    ----------
    predicate
        The predicate.
    asking
        Asks a predicate, this one or a part of it, about a state of the other form.
    name
        What it is called.

    Examples
    --------
    >>> from lifecheck.system import LocalState
    >>> def of_door(predicate, name): return predicate(State({"door": LocalState(name, "door", ("open", "shut"))}))
    >>> is_open = Translated(lambda s: s.door == "open", of_door, "is open")
    >>> is_open("open"), is_open("shut")
    (True, False)
    """

    def __init__(
        self,
        predicate: Callable[[State], bool],
        asking: Callable[[Callable[[State], bool], State], bool],
        name: str,
    ) -> None:
        self.predicate = predicate
        self.__name__ = name
        self._asking = asking

    def __call__(self, state: State) -> bool:
        """Ask it about a state."""
        return self._asking(self.predicate, state)

    def of(self, part: Callable[[State], bool]) -> Translated:
        """Return a part of the predicate, translated alike and called as the whole is."""
        return Translated(part, self._asking, self.__name__)

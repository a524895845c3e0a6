"""What a predicate answers in each state of a graph; it is asked once for whatever its answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from operator import itemgetter

from lifecheck.properties import Predicate, evaluate
from lifecheck.statespace.graph import Graph
from lifecheck.system import noting


class Answers:
    """Asks a predicate about states, and remembers its answers by the components that it reads.

    An answer depends on the states of those components alone that were read on the way to it. So where
    all components that were ever read are as they were before, the answer is the same.

    Parameters
    ----------
    graph
        The explored system.
    predicate
        The predicate; as everywhere, a function of the state.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> answers = Answers(explore(System("lamp", [lamp])), lambda s: s.lamp == "on")
    >>> list(answers), answers.read
    ([False, True], (0,))
    """

    def __init__(self, graph: Graph, predicate: Predicate) -> None:
        self.graph = graph
        self.predicate = predicate
        self.read: tuple[int, ...] = ()
        self._names: set[str] = set()
        self._read_of: Callable[[tuple[int, ...]], Hashable] = _nothing
        self._known: dict[Hashable, bool] = {}

    def __iter__(self) -> Iterator[bool]:
        """Yield the answer in each state, in the order of the graph.

        Raises
        ------
        PredicateError
            If the predicate raises, or answers with anything but a truth value.
        """
        for state, locals_ in enumerate(self.graph.combinations):
            answer = self._known.get(self._read_of(locals_))
            yield self._ask(state) if answer is None else answer

    def in_state(self, state: int) -> bool:
        """Return the answer in one state.

        Raises
        ------
        PredicateError
            As above.
        """
        answer = self._known.get(self._read_of(self.graph.combinations[state]))
        return self._ask(state) if answer is None else answer

    def _ask(self, state: int) -> bool:
        before = len(self._names)
        answer = evaluate(self.predicate, noting(self.graph.view(state), self._names))
        if len(self._names) > before or not self._known:
            parts = self.graph.system.parts
            self.read = tuple(position for position, part in enumerate(parts) if part.name in self._names)
            self._read_of = itemgetter(*self.read) if self.read else _nothing
            self._known.clear()  # what was remembered lacks a component
        self._known[self._read_of(self.graph.combinations[state])] = answer
        return answer


def _nothing(_: tuple[int, ...]) -> tuple[()]:
    return ()

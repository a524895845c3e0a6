"""A system as a log shows it: which triggers write lines, and where a case can be after each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from lifecheck.errors import InputError, did_you_mean
from lifecheck.replaying.event import Sign
from lifecheck.replaying.every_start import GraphOfEveryStart
from lifecheck.statespace import Graph
from lifecheck.system import TOGETHER, LocalState, NestedLocalState


class StepKind(StrEnum):
    """What a step of an explanation is.

    Examples
    --------
    >>> [str(kind) for kind in StepKind]
    ['observed', 'shown', 'silent', 'lost', 'surplus']
    """

    OBSERVED = "observed"
    """A line tells where components are, and they are there; nothing fires."""
    SHOWN = "shown"
    """A trigger fires, and a line shows it."""
    SILENT = "silent"
    """A trigger fires that never writes a line."""
    LOST = "lost"
    """A trigger fires that should have written a line."""
    SURPLUS = "surplus"
    """A line is there though nothing fired."""


class Place(NamedTuple):
    """Where a case can be: a state of the graph, and how many lines were lost and surplus on the way."""

    state: int
    lost: int = 0
    surplus: int = 0


class Move(NamedTuple):
    """One step from a place: what it is, the trigger's number (-1 where none fires), and where it leads."""

    kind: StepKind
    trigger: int
    place: Place


@dataclass(eq=False, slots=True)
class Belief:
    """Where a case can be after what was read of it, silent steps included.

    Parameters
    ----------
    places
        All that can be, those first that the fewest steps lead to.
    limited
        Whether one of them is a state whose transitions are not known, because a limit was met.
    ended
        Whether nothing can happen any more.
    after
        Where it can be after another line; None where no run has that line.
    """

    places: tuple[Place, ...]
    limited: bool
    ended: bool
    after: dict[Sign, Belief | None] = field(default_factory=dict)


class ObservedSystem:
    """A graph, with what a log shows of it.

    Parameters
    ----------
    graph
        The explored system, from each of its initial states where there are several.
    visible
        The triggers that write a line; the others are silent.
    lost, surplus
        How many lines may lack in a case, and how many may be there though nothing fired.
    anywhere
        Whether a case may begin in any state, as where the log begins in the middle.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("open", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "open"})
    >>> observed = ObservedSystem(explore(System("door", [bell])), {"ring"})
    >>> [place.state for place in observed.first.places]
    [0]
    >>> rung = observed.after(observed.first, Sign(("ring",)))
    >>> [place.state for place in rung.places]
    [1, 0]
    """

    def __init__(
        self,
        graph: Graph | GraphOfEveryStart,
        visible: Set[str],
        *,
        lost: int = 0,
        surplus: int = 0,
        anywhere: bool = False,
    ) -> None:
        self.graph = graph = GraphOfEveryStart(graph.system, [graph]) if isinstance(graph, Graph) else graph
        self.lost, self.surplus, self.anywhere = lost, surplus, anywhere
        self.numbers = {name: number for number, name in enumerate(graph.system.triggers)}
        self.visible = frozenset(self.numbers[name] for name in visible)
        self._parts = {part.name: position for position, part in enumerate(graph.system.parts)}
        self._known: dict[tuple[Place, ...], Belief] = {}
        self._agreeing: dict[tuple[int, int, int, str], bool] = {}
        self.first = self._belief([Place(state) for state in self.starts])

    @property
    def starts(self) -> Sequence[int]:
        """The states in which a case may begin."""
        return range(len(self.graph)) if self.anywhere else self.graph.starts

    def after(self, belief: Belief, sign: Sign) -> Belief | None:
        """Return where a case can be after another line; None where no run has it."""
        try:
            return belief.after[sign]
        except KeyError:
            found = [move.place for place in belief.places for move in self.with_line(place, sign)]
            belief.after[sign] = self._belief(found) if found else None
            return belief.after[sign]

    def with_line(self, place: Place, sign: Sign) -> Iterator[Move]:
        """Yield the steps that take a line, in the order of rows; last that the line is surplus."""
        state, lost, surplus = place
        if self.agrees(state, sign.before):
            if not sign.triggers:
                if self.agrees(state, sign.seen):
                    yield Move(StepKind.OBSERVED, -1, place)
            else:
                wanted = [self.numbers.get(name, -1) for name in sign.triggers]
                for number, target in self.edges(state):
                    if number in wanted and self.agrees(target, sign.seen):
                        yield Move(StepKind.SHOWN, number, Place(target, lost, surplus))
        if surplus < self.surplus:
            yield Move(StepKind.SURPLUS, -1, Place(state, lost, surplus + 1))

    def without_line(self, place: Place) -> Iterator[Move]:
        """Yield the steps that take no line, in the order of rows."""
        state, lost, surplus = place
        for number, target in self.edges(state):
            if number not in self.visible:
                yield Move(StepKind.SILENT, number, Place(target, lost, surplus))
            elif lost < self.lost:
                yield Move(StepKind.LOST, number, Place(target, lost + 1, surplus))

    def edges(self, state: int) -> Iterator[tuple[int, int]]:
        """Yield trigger and target of each transition that is known."""
        return self.graph.edges(state)

    def agrees(self, state: int, seen: tuple[tuple[str, str], ...]) -> bool:
        """Whether components are in the states in which they were seen."""
        locals_, beginning = self.graph.locals_of(state), self.graph.beginning_of(state)
        for name, label in seen:
            if name not in self._parts:
                return False  # another variant has it
            position = self._parts[name]
            key = (beginning, position, locals_[position], label)
            if key not in self._agreeing:
                self._agreeing[key] = is_called(self.graph.local(state, position), label)
            if not self._agreeing[key]:
                return False
        return True

    def blockers(self, state: int, trigger: str) -> tuple[tuple[str, str], ...]:
        """Return each component that blocks a trigger in a state, with its own state."""
        return tuple(
            (part.name, self.graph.local(state, position).label)
            for position, part in enumerate(self.graph.system.parts)
            if trigger in part.alphabet and self.graph.is_blocked(state, position, trigger)
        )

    def refuse_unknown(self, sign: Sign, number: int) -> None:
        """Raise if a line, given with its number, names a component that there is not, or a state that it never has.

        Raises
        ------
        InputError
            Names the nearest.
        """
        for name, label in (*sign.seen, *sign.before):
            if name not in self._parts:
                raise InputError(
                    f"line {number} of the log tells a state of {name!r}, which is no component; "
                    + did_you_mean(name, self._parts)
                )
            part = self.graph.system.parts[self._parts[name]]
            known = part.states if part.nesting is None else part.nesting.names
            if not all(one.partition("(")[0] in known for one in label.split(TOGETHER)):
                raise InputError(
                    f"line {number} of the log tells that {name!r} is {label!r}, which is none of its states; "
                    + did_you_mean(label, known)
                )

    def closure(self, places: list[Place], step: Callable[[Place], Iterator[Move]] | None = None) -> list[Place]:
        """Return places with all that steps without a line lead to, the nearest first."""
        found = dict.fromkeys(places)
        for place in (queue := list(found)):  # grows while it is walked
            for move in (step or self.without_line)(place):
                if move.place not in found:
                    found[move.place] = None
                    queue.append(move.place)
        return queue

    def _belief(self, places: list[Place]) -> Belief:
        closed = self.closure(places)
        if self.lost or self.surplus:
            closed = _undominated(closed)
        key = tuple(sorted(closed))
        if key not in self._known:
            limited = not all(self.graph.is_expanded(place.state) for place in closed)
            ended = not limited and not any(True for place in closed for _ in self.edges(place.state))
            self._known[key] = Belief(tuple(closed), limited, ended)
        return self._known[key]


def is_called(local: LocalState, label: str) -> bool:
    """Whether a log may mean a local state by this: its name, with its attributes or without, or of an ancestor.

    Examples
    --------
    >>> paid = LocalState("paid", "order", ("open", "paid"), {"tries": 2})
    >>> is_called(paid, "paid"), is_called(paid, "paid(tries=2)"), is_called(paid, "open")
    (True, True, False)
    """
    if label in (local.label, str(local)):
        return True
    if isinstance(local, NestedLocalState):
        names = label.split(TOGETHER)
        return sorted(names) == sorted(local.active) or (
            len(names) == 1 and any(label in local.nesting.within(leaf) for leaf in local.active)
        )
    return False


def _undominated(places: list[Place]) -> list[Place]:
    """Return places without those that another in the same state reaches with no more lines lost and surplus."""
    best: dict[int, list[Place]] = {}
    for place in sorted(places, key=lambda one: (one.lost + one.surplus, one)):
        kept = best.setdefault(place.state, [])
        if not any(one.lost <= place.lost and one.surplus <= place.surplus for one in kept):
            kept.append(place)
    return [place for place in places if place in best[place.state]]

"""What the other instances are to the one that is asked about: local states that it cannot tell apart are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from lifecheck.instances.copies import Sharing
from lifecheck.instances.decomposition import Decomposition
from lifecheck.machines import BLOCKED


@dataclass(frozen=True)
class OtherInstances:
    """Local states of the other instances, in classes that nobody else can tell apart.

    Parameters
    ----------
    class_of
        The class of each local state, as the decomposition numbers these.
    moves
        For each trigger of an instance the next class of every class, or `BLOCKED`.
    out_of_play
        The class of those that will never change anything shared again; None if there are none.
    """

    class_of: tuple[int, ...]
    moves: dict[str, tuple[int, ...]]
    out_of_play: int | None

    def __len__(self) -> int:
        return max(self.class_of) + 1

    @property
    def initial(self) -> int:
        """The class in which each begins."""
        return self.class_of[0]

    def members(self, number: int) -> tuple[int, ...]:
        """Return the local states of a class."""
        return tuple(state for state, found in enumerate(self.class_of) if found == number)


def other_instances(decomposition: Decomposition) -> OtherInstances:
    """Put local states together that lead to the same by the same triggers, and those out of play.

    Out of play is an instance that can never again take a trigger by which something shared changes: its steps are
    pauses to everybody else. The others are split until all of a class lead to the same classes by the same triggers
    (strong bisimulation; Baier and Katoen, Principles of Model Checking, 7.3).

    Parameters
    ----------
    decomposition
        The system, taken apart.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.instances import decompose
    >>> rows = [Row("take", "new", "busy"), Row("give", "busy", "done"), Row("file", "done", "filed")]
    >>> task = Component("task", ["new", "busy", "done", "filed"], "new", rows, {"take", "give", "file"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> others = other_instances(decompose(System("work", [task, tool], copied={"task"})))
    >>> others.class_of, others.moves["give"], others.out_of_play
    ((0, 1, 2, 2), (-1, 2, -1), 2)
    """
    moves = decomposition.others.moves
    in_play = _in_play(decomposition)
    classes = _numbered(state in in_play for state in range(len(decomposition.others)))
    while True:
        refined = _numbered(
            (
                classes[state],
                frozenset((trigger, classes[to[state]]) for trigger, to in moves.items() if to[state] != BLOCKED)
                if state in in_play
                else None,
            )
            for state in range(len(classes))
        )
        if max(refined) == max(classes):  # a class is only ever split, so that as many classes are the same classes
            break
        classes = refined
    out_of_play = next((classes[state] for state in range(len(classes)) if state not in in_play), None)
    return OtherInstances(tuple(classes), _between_classes(moves, classes), out_of_play)


def _between_classes(moves: dict[str, tuple[int, ...]], classes: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Return the moves of classes: those of the first member, as all members of one in play have the same."""
    first = {number: state for state, number in reversed(list(enumerate(classes)))}
    return {
        trigger: tuple(
            BLOCKED if to[first[number]] == BLOCKED else classes[to[first[number]]] for number in range(len(first))
        )
        for trigger, to in moves.items()
    }


def _in_play(decomposition: Decomposition) -> set[int]:
    """Return the local states from which a step can still come that changes something shared."""
    moves, shared = decomposition.others.moves, decomposition.shared
    changing = [
        trigger
        for trigger, kind in decomposition.sharing.items()
        if kind is Sharing.INDEXED and any(source != target for source, target in shared.steps(trigger))
    ]
    found = {state for trigger in changing for state, target in enumerate(moves[trigger]) if target != BLOCKED}
    leading = -1
    while leading != len(found):
        leading = len(found)
        found |= {state for to in moves.values() for state, target in enumerate(to) if target in found}
    return found


def _numbered(keys: Iterable[Hashable]) -> list[int]:
    """Return for each key its number in the order of first appearance."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]

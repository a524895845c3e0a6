"""What a replay came to: its cases grouped by story, what was never exercised, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass

from lifecheck.errors import InputError
from lifecheck.replaying.answer import Answer, Outcome
from lifecheck.system import Row, System
from lifecheck.text import counted


@dataclass(frozen=True)
class CaseGroup:
    """Cases that have one story; of a loop the rounds may differ.

    Parameters
    ----------
    answer
        That of the first of them.
    cases
        Which cases, in the order of their first lines.
    lines
        For each of them the line that no run has; None where every line is explained.
    rounds
        The fewest and most rounds of the loop; zero where there is none.
    """

    answer: Answer
    cases: tuple[str, ...]
    lines: tuple[int | None, ...]
    rounds: tuple[int, int] = (0, 0)


@dataclass(frozen=True, repr=False)
class Replay:
    """Whether the cases of a log could have happened.

    Parameters
    ----------
    system
        The system that was asked.
    groups
        The cases by story, those of most cases first.
    never_exercised
        The rows of components that no explained case takes, each with its component.
    lines, events
        How many lines were read that are not empty, and how many of them show something.
    remarks
        What was not understood, a sentence each.
    note
        Where callbacks ran, what they read that firing does not see, or that nothing in the machine changes.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import replay
    >>> rows = [["ring", "quiet", "rung"], ["open", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung"], initial="quiet", transitions=rows)
    >>> replay(bell, ["ring", "open", "ring"])
    <Replay: 1 case explained>
    >>> bool(replay(bell, ["ring", "ring"])), bool(replay(bell, ["open"], visible=["open"]))
    (False, True)
    """

    system: System
    groups: tuple[CaseGroup, ...]
    never_exercised: tuple[tuple[str, Row], ...]
    lines: int
    events: int
    remarks: tuple[str, ...] = ()
    note: str = ""

    def __bool__(self) -> bool:
        return all(group.answer for group in self.groups)

    @property
    def answer(self) -> Answer:
        """The answer for the only case.

        Raises
        ------
        InputError
            If there are several.
        """
        if sum(len(group.cases) for group in self.groups) != 1:
            raise InputError(f"the log has {counted(len(self.cases), 'case')}; ask groups, or group_of('...')")
        return self.groups[0].answer

    @property
    def cases(self) -> tuple[str, ...]:
        """Every case, group by group."""
        return tuple(case for group in self.groups for case in group.cases)

    def group_of(self, case: str) -> CaseGroup:
        """Return the group that a case belongs to.

        Raises
        ------
        InputError
            If there is no such case.
        """
        for group in self.groups:
            if case in group.cases:
                return group
        raise InputError(f"there is no case {case!r} in the log")

    def count(self, outcome: Outcome) -> int:
        """How many cases have an outcome."""
        return sum(len(group.cases) for group in self.groups if group.answer.outcome is outcome)

    @property
    def told(self) -> str:
        """How many cases have which outcome, and where the first could not be."""
        parts = [f"{counted(number, 'case')} {one}" for one in Outcome if (number := self.count(one))]
        found = [line for group in self.groups for line in group.lines if line is not None]
        return ", ".join(parts) + (f" from line {min(found):,}" if found else "")

    def __str__(self) -> str:
        return self.told

    def __repr__(self) -> str:
        return f"<Replay: {self.told}>"

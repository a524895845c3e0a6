"""What a check answers: a verdict, its scope, and the evidence for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from lifecheck.cutoff import Cutoff
from lifecheck.properties import Property
from lifecheck.state import State
from lifecheck.system import System

ANY_NUMBER = "any"
"""For how many messages a verdict is where the cutoff holds."""


class Verdict(StrEnum):
    """The answers a check can give."""

    HOLDS = "holds"
    VIOLATED = "violated"
    VACUOUS = "vacuous"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Blocked:
    """A trigger that would have led on, and the components that block it.

    Parameters
    ----------
    trigger
        What cannot fire.
    state
        Where.
    by
        Each blocking component with the state it blocks in.
    path
        The triggers that lead to that state.
    """

    trigger: str
    state: State
    by: tuple[tuple[str, str], ...]
    path: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """Why a verdict is as it is, as triggers that replay on the real machines.

    Parameters
    ----------
    stem
        Triggers from the initial state.
    loop
        Triggers that lead from the end of the stem back to it and can repeat for ever; empty if the run
        stays there (stutters). None where the stem alone is the evidence.
    states
        The states along stem and loop, the initial one first.
    shortest
        Whether no shorter evidence exists.
    closed
        For `can_always_reach`: every state that system triggers can still reach from the end of the stem; none
        where they are too many to list.
    """

    stem: tuple[str, ...]
    loop: tuple[str, ...] | None
    states: tuple[State, ...]
    shortest: bool = True
    closed: tuple[State, ...] = ()
    _find_blocked: Callable[[], Blocked | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def blocked(self) -> Blocked | None:
        """For `sometimes`: the nearest trigger that is blocked, if forcing one past would have sufficed."""
        return self._find_blocked()


@dataclass(frozen=True)
class Result:
    """The answer to one property on one system.

    Parameters
    ----------
    system
        The system as it was checked: with those observers alone that the property reads.
    property
        What was asked.
    verdict
        The answer.
    states, transitions
        How much was explored.
    evidence
        A counterexample, or for `sometimes` the path to what was looked for.
    note
        What limits an `unknown`.
    cutoff
        Where one message among many was asked about: why the verdict holds for any number, or what forbids that.
    """

    system: System
    property: Property
    verdict: Verdict
    states: int
    transitions: int
    evidence: Evidence | None = None
    note: str = ""
    cutoff: Cutoff | None = None
    _needed: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False)

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """The fairness that the verdict needs: without any one of these it would not hold."""
        return self._needed()

    @cached_property
    def messages(self) -> int | str | None:
        """For how many messages the verdict is: a number, "any", or None where the system models no messages."""
        return ANY_NUMBER if self.cutoff is not None and self.cutoff.holds else self.system.messages

    def story(self) -> str:
        """Tell the evidence as numbered steps, the loop bracketed."""
        from lifecheck.story import tell  # telling needs the result, and a result can be told

        return tell(self)

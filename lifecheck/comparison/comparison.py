"""What a comparison of two variants answers: one story on both, the step in which they part, how each ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from lifecheck.checking import Judgement
from lifecheck.system import State, System


class End(Enum):
    """How the run of a variant ends."""

    DECIDED = auto()
    """In a state that decides: it is bad, or it satisfies what was asked for."""
    REPEATED = auto()
    """With a loop that can repeat for ever; without steps, in a state where it can stay."""
    CLOSED = auto()
    """In a state from which system triggers never lead to what was asked for."""
    UNTOLD = auto()
    """It goes on, and no more steps are told."""


@dataclass(frozen=True)
class VariantRun:
    """What one variant does.

    Parameters
    ----------
    judgement
        The verdict on the claim.
    system
        The variant, with those observers alone that the claim reads.
    start
        Its initial state.
    steps
        Each trigger with the states before and after it; replayed on the real machines.
    end
        How it ends.
    stem
        Where it ends with a loop, the number of steps before that.
    """

    judgement: Judgement
    system: System
    start: State
    steps: tuple[tuple[str, State, State], ...]
    end: End
    stem: int | None = None

    @property
    def name(self) -> str:
        """Name of the variant."""
        return self.judgement.variant


@dataclass(frozen=True)
class Divergence:
    """Why the other variant does not take a step of the story, or takes it to another state.

    Parameters
    ----------
    trigger
        The trigger of that step; None if the initial states differ already.
    blocked_by
        The other variant's components that block it, each with its state.
    differing
        Components that it leads to different states: name, state in the story, state in the other variant.
    """

    trigger: str | None
    blocked_by: tuple[tuple[str, str], ...] = ()
    differing: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two variants beside each other.

    Parameters
    ----------
    judgements
        The verdict on the claim for each, in the order asked.
    runs
        The variant whose evidence is the story, then the other; None if there is no story.
    common
        Number of steps that both take.
    divergence
        What parts them; None if the other variant can take every step of the story.
    owed
        Then, the fair triggers that keep the other variant from ending like the story.
    is_same
        Whether it ends like the story all the same.

    Examples
    --------
    >>> from lifecheck import Claim, Component, Row, compare, eventually
    >>> def bell(*rows):
    ...     return System("bell", [Component("bell", ["rung", "answered"], "rung", rows, {"wait", "answer"})])
    >>> deaf, heard = bell(Row("wait", "rung", "=")), bell(Row("answer", "rung", "answered"))
    >>> claim = Claim("answered", "it is answered", eventually("bell == 'answered'"))
    >>> comparison = compare({"deaf": deaf, "heard": heard}, claim)
    >>> [str(judgement.verdict) for judgement in comparison.judgements], comparison.common, comparison.is_same
    (['violated', 'holds'], 0, False)
    """

    judgements: tuple[Judgement, Judgement]
    runs: tuple[VariantRun, VariantRun] | None = None
    common: int = 0
    divergence: Divergence | None = None
    owed: tuple[str, ...] = ()
    is_same: bool = False

"""What a replay answers of one case: data, which a story tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lifecheck.properties import Property
from lifecheck.replaying.event import Sign
from lifecheck.replaying.observed import StepKind
from lifecheck.system import State, System


class Outcome(StrEnum):
    """Whether a case could have happened.

    Examples
    --------
    >>> [str(outcome) for outcome in Outcome]
    ['explained', 'impossible', 'unknown']
    """

    EXPLAINED = "explained"
    """Some run of the system has exactly its lines."""
    IMPOSSIBLE = "impossible"
    """No run has them."""
    UNKNOWN = "unknown"
    """None was found, and a limit kept some of the states from being looked at."""


@dataclass(frozen=True)
class ReplayedStep:
    """One step of an explanation.

    Parameters
    ----------
    kind
        What it is.
    trigger
        What fires; empty where nothing does.
    line
        The line that shows it; None where none does.
    """

    kind: StepKind
    trigger: str
    line: int | None


@dataclass(frozen=True)
class Refusal:
    """Why one trigger that a line shows cannot be what it shows.

    Parameters
    ----------
    trigger
        What the line shows; empty where it only tells where components are.
    by
        Each component that blocks it, with the state it is in; none where nothing does.
    elsewhere
        What the line tells of components, each with where it is or would be, which is empty where the system has no
        such component, and where it was seen.
    unknown
        Whether the system has no such trigger.
    """

    trigger: str
    by: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[tuple[str, str, str], ...] = ()
    unknown: bool = False


@dataclass(frozen=True)
class OpenObligation:
    """An obligation that is open where the log ends: never a violation, for the log may go on.

    Parameters
    ----------
    property
        What is promised.
    line
        The line since which it is open; None if it is open from the start.
    surely
        Whether it is open in every run that has these lines, also where silent steps came after them; never where a
        limit was met.
    """

    property: Property
    line: int | None
    surely: bool


@dataclass(frozen=True)
class Broken:
    """A safety property that the run violates which explains the log.

    Parameters
    ----------
    property
        What is violated.
    line
        The line that leads there; None if the initial state does.
    surely
        Whether every run that has these lines violates it, be it cheapest or not; never where a limit was met.
    """

    property: Property
    line: int | None
    surely: bool


@dataclass(frozen=True)
class LoopSoFar:
    """The loop that the run was in when the log ended.

    Parameters
    ----------
    begins
        After how many steps its first round begins.
    length
        How many steps a round takes.
    rounds
        How many rounds are whole.
    line
        The first line of it.
    """

    begins: int
    length: int
    rounds: int
    line: int | None


@dataclass(frozen=True)
class Answer:
    """Whether one case of a log could have happened, and how.

    Parameters
    ----------
    system
        The system that was asked.
    case
        Which case.
    outcome
        Whether it could.
    steps
        The cheapest explanation, of an impossible case that of the lines before the one that could not be.
    states
        The states along it, the first one first: one more than there are steps.
    signs
        What its lines say, up to the one that no run has.
    line
        The line that no run has.
    sign
        What that line says.
    possible
        The triggers that could have written a line there instead.
    refused
        Why what the line says could not be, one way for each way in which the lines before can be explained.
    owed
        What is open where the log ends.
    broken
        The safety properties that the explanation violates.
    loop
        The loop that the log was in when it ended.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import replay
    >>> rows = [["ring", "quiet", "rung"], ["open", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung"], initial="quiet", transitions=rows)
    >>> answer = replay(bell, ["ring", "ring"]).answer
    >>> str(answer.outcome), answer.line, answer.possible, answer.refused[0].by
    ('impossible', 2, ('open',), (('machine', 'rung'),))
    """

    system: System
    case: str
    outcome: Outcome
    steps: tuple[ReplayedStep, ...]
    states: tuple[State, ...]
    signs: tuple[Sign, ...] = ()
    line: int | None = None
    sign: Sign | None = None
    possible: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    owed: tuple[OpenObligation, ...] = ()
    broken: tuple[Broken, ...] = ()
    loop: LoopSoFar | None = None

    def __bool__(self) -> bool:
        return self.outcome is Outcome.EXPLAINED

    @property
    def triggers(self) -> tuple[str, ...]:
        """What fired, with what had to happen in silence."""
        return tuple(step.trigger for step in self.steps if step.trigger)

    def count(self, kind: StepKind) -> int:
        """How many steps are of a kind."""
        return sum(step.kind is kind for step in self.steps)

    @property
    def told(self) -> str:
        """The outcome in a few words."""
        if self.outcome is not Outcome.EXPLAINED:
            return f"{self.outcome} from line {self.line}"
        allowed = [f"{count} {kind}" for kind in (StepKind.LOST, StepKind.SURPLUS) if (count := self.count(kind))]
        if not allowed:
            return str(self.outcome)
        return f"{self.outcome} with {' and '.join(allowed)} {'line' if allowed[-1].startswith('1 ') else 'lines'}"

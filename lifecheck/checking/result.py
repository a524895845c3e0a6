"""What a check answers: a verdict, its scope, and the evidence for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial

from lifecheck.properties import Property, Verdict
from lifecheck.system import State, System
from lifecheck.text import counted

EXPLICIT = "explicit"
"""The engine that visits states one by one."""

SYMBOLIC = "symbolic"
"""The engine that holds sets of states as decision diagrams."""


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
    closed_steps
        What system triggers do in these states: each with the state before and the one after it.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, eventually
    >>> rows = [["wind_up", "still", "ticking"], ["tick", "ticking", "="]]
    >>> clock = Machine(states=["still", "ticking", "struck"], initial="still", transitions=rows)
    >>> evidence = check(clock, eventually("state == 'struck'"), fair=["wind_up", "tick"]).evidence
    >>> evidence.stem, evidence.loop, evidence.states[-1]
    (('wind_up',), ('tick',), State(machine=ticking))
    """

    stem: tuple[str, ...]
    loop: tuple[str, ...] | None
    states: tuple[State, ...]
    shortest: bool = True
    closed: tuple[State, ...] = ()
    closed_steps: tuple[tuple[str, State, State], ...] = ()
    _find_blocked: Callable[[], Blocked | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def blocked(self) -> Blocked | None:
        """For `sometimes`: the nearest trigger that is blocked, if forcing one past would have sufficed."""
        return self._find_blocked()


@dataclass(frozen=True, repr=False)
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
        What limits an `unknown`; of other verdicts, what is doubtful about where the system starts. Where callbacks
        ran, also what they read that firing does not see, or that nothing in the machine changes.
    engine
        What decided: "explicit", which visited the states one by one, or "symbolic", which held sets of them.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, eventually
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> result = check(lamp, eventually("state == 'on'"), fair=["switch"])
    >>> str(result.verdict), result.states, result.assumptions
    ('holds', 2, ('weak fairness of switch',))
    >>> result
    <Result: eventually(state == 'on') holds>
    >>> print(result)
    holds  eventually(state == 'on')  (weak fairness of switch)
    >>> bool(result), bool(check(lamp, eventually("state == 'on'")))
    (True, False)
    """

    system: System
    property: Property
    verdict: Verdict
    states: int
    transitions: int
    evidence: Evidence | None = None
    note: str = ""
    engine: str = EXPLICIT
    _needed: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False)

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """The fairness that the verdict needs: without any one of these it would not hold."""
        found = self._needed()
        object.__setattr__(self, "_needed", partial(tuple, found))  # lets go what was explored
        return found

    @cached_property
    def counterexample(self) -> Evidence | None:
        """The run that refutes the property, if a run does: that nothing satisfies a `sometimes` is shown by none."""
        return None if self.property.kind.is_reachability or self.verdict is not Verdict.VIOLATED else self.evidence

    def __bool__(self) -> bool:
        return self.verdict is Verdict.HOLDS

    def __str__(self) -> str:
        return verdict_line(self, len(self.verdict))

    def __repr__(self) -> str:
        return f"<Result: {self.property.formula} {self.verdict}>"

    def _repr_markdown_(self) -> str:
        return markdown_of([self])

    @cached_property
    def counted_states(self) -> str:
        """How many states decided it, and what they are, in words."""
        return counted(self.states, "reachable state")

    @cached_property
    def instances(self) -> int | str | None:
        """For how many instances the verdict is; None where the system models no instances."""
        return self.system.instances

    @cached_property
    def decided_by(self) -> str | None:
        """What decided for how many instances the verdict is; None where it was asked of one system as it is."""
        return None

    def reason(self) -> str:
        """Return in a few lines why the verdict is for any number of instances, or not; nothing without instances."""
        return ""


def verdict_line(result: Result, width: int) -> str:
    """Return the verdict and what it is about in one line, with what limits it or what it rests on.

    Parameters
    ----------
    result
        What is told.
    width
        How many characters the verdict takes, so that several lines stand below each other.
    """
    remark = _remark(result)
    return f"{result.verdict:<{width}}  {result.property.formula}" + (f"  ({remark})" if remark else "")


def markdown_of(results: Iterable[Result]) -> str:
    """Return a table for notebooks: verdict, property, and what limits it or what it rests on."""
    lines = ["| verdict | property | remark |", "|---|---|---|"]
    for result in results:
        remark = _remark(result)
        formula = result.property.formula.replace("|", "\\|")
        lines.append(f"| {result.verdict} | `{formula}` | {remark.replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def _remark(result: Result) -> str:
    assumed = ", ".join(result.assumptions) if result.verdict is Verdict.HOLDS else ""
    return "; ".join(filter(None, [assumed, result.note]))

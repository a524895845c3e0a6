"""What a check answers: a verdict, its scope, and the evidence for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lifecheck.cutoff import Cutoff
from lifecheck.properties import Property
from lifecheck.state import State
from lifecheck.system import System

if TYPE_CHECKING:
    from lifecheck.diagrams import Diagram

ANY_NUMBER = "any"
"""For how many messages a verdict is where the cutoff holds."""


class Verdict(StrEnum):
    """The answers a check can give.

    Examples
    --------
    >>> [str(verdict) for verdict in Verdict]
    ['holds', 'violated', 'vacuous', 'unknown']
    """

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
        What limits an `unknown`; of other verdicts, what is doubtful about where the system starts.
    cutoff
        Where one message among many was asked about: why the verdict holds for any number, or what forbids that.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, eventually
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> result = check(lamp, eventually("state == 'on'"), fair=["switch"])
    >>> str(result.verdict), result.states, result.assumptions
    ('holds', 2, ('weak fairness of switch',))
    >>> print(check(lamp, eventually("state == 'on'")).story())
      Start  machine off
      The run can stay here for ever: no fair trigger is possible.
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
        is_for_any = self.cutoff is not None and self.cutoff.holds and self.verdict is not Verdict.UNKNOWN
        return ANY_NUMBER if is_for_any else self.system.messages

    def story(self) -> str:
        """Tell the evidence as numbered steps, the loop bracketed.

        Examples
        --------
        >>> from transitions import Machine
        >>> from lifecheck import check, eventually
        >>> rows = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"]]
        >>> bell = Machine(states=["quiet", "rung", "answered"], initial="quiet", transitions=rows)
        >>> print(check(bell, eventually("state == 'answered'"), fair=["ring", "give_up"]).story())
          Start  machine quiet
          ┌  1. ring
          │     machine: quiet -> rung
          └  2. give_up
                machine: rung -> quiet
          Steps 1 to 2 can repeat for ever, and every fair trigger gets its due.
        """
        from lifecheck.telling.story import tell  # telling needs the result, and a result can be told

        return tell(self)

    def draw(self, path: Path | str | None = None, *, title: str = "") -> Diagram:
        """Draw the counterexample.

        Parameters
        ----------
        path
            Also write it there: an ``.svg`` picture, ``.mmd`` for Mermaid, or ``.dot`` for Graphviz.
        title
            Stands above the picture.

        Raises
        ------
        InputError
            If there is no run to draw, or the file cannot be written.

        Examples
        --------
        >>> from transitions import Machine
        >>> from lifecheck import check, never
        >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
        >>> picture = check(lamp, never("state == 'on'")).draw(title="It is lit")
        >>> picture.title, picture.mermaid.splitlines()[0]
        ('It is lit', 'flowchart TB')
        """
        from lifecheck.diagrams.drawing import draw_result  # drawing needs the result, and a result can be drawn

        return draw_result(self, path, title)

    def as_pytest(
        self,
        path: Path | str | None = None,
        *,
        source: str | None = None,
        variant: str | None = None,
        title: str | None = None,
    ) -> str:
        """Return a pytest file that fails while the counterexample can happen; see `regression_test`.

        Parameters
        ----------
        path
            Also write it there.
        source, variant
            Where the file is to import the system, as ``package.module:name``, and its key if that is a mapping.
            Without it, the functions that made its machines are imported.
        title
            What the test is about, in plain words.

        Raises
        ------
        InputError
            If there is no run to replay, the machines cannot be imported, or the file cannot be written.

        Examples
        --------
        >>> import sys, types
        >>> from transitions import Machine
        >>> from lifecheck import check, never
        >>> home = sys.modules["home_of_a_lamp"] = types.ModuleType("home_of_a_lamp")  # stands for a file
        >>> home.lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
        >>> text = check(home.lamp, never("state == 'on'")).as_pytest(source="home_of_a_lamp:lamp", title="dark")
        >>> [line for line in text.splitlines() if line.startswith(("from home", "def test"))]
        ['from home_of_a_lamp import lamp', 'def test_dark() -> None:']
        >>> del sys.modules["home_of_a_lamp"]
        """
        from lifecheck.regression import regression_test  # writing needs the result, and a result can be written
        from lifecheck.telling.writing import write_whole

        text = regression_test(self, source=source, variant=variant, title=title)
        if path is not None:
            write_whole(path, text)
        return text

"""Asserts that a counterexample is gone: the recorded run, and every other that violates the property."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn
from unittest import SkipTest

from lifecheck.checking import Labels, Monitor, Result, Step, Walk, check_by, is_at, missing, replayed, settled, way_to
from lifecheck.errors import InputError, PredicateError
from lifecheck.machines import Subject, system_of
from lifecheck.properties import Property, Verdict
from lifecheck.reports.recorded_system import RecordedSystem
from lifecheck.reports.story import loop_ending, story
from lifecheck.statespace import STATE_LIMIT, Explorer, explore
from lifecheck.system import System

_WHAT_TO_DO = "remove this test if a mend took it away, or write it again if it has another name"


def assert_gone(
    subject: Subject | RecordedSystem,
    asked: Property | None,
    /,
    *,
    stem: Sequence[Step],
    loop: Sequence[Step] | None = None,
    start: Labels | None = None,
    caught: Sequence[Labels] = (),
    limit: int = STATE_LIMIT,
) -> None:
    """Pass where a recorded counterexample is gone and the property holds; else fail with the story.

    The recorded run is replayed on the real machines, and the property is checked anew, so that a bug that comes back
    by another run is found. Without the property the run alone is judged: whether it leads through the same states,
    and no fairness leads out of them.

    Parameters
    ----------
    subject
        The system, or anything that `check` takes.
    asked
        The property that was violated; None where nobody can write it down, as that of a lambda.
    stem
        The recorded triggers from the initial state, each alone or with what it changed.
    loop
        Those that repeated for ever; empty where the run stayed, None where the stem alone was the evidence.
    start
        Where the components were at first.
    caught
        For `can_always_reach` without the property: the states that system triggers could not leave.
    limit
        The largest number of states to visit.

    Raises
    ------
    AssertionError
        If the property is violated, or it is unknown whether it is, or the run alone is judged and still happens.
    unittest.SkipTest
        If the system does not have everything any more that the record names, and the property is not violated:
        nobody knows whether that was mended or renamed. Also if nothing happens any more that the property is about.
        pytest and unittest report the reason.
    LifecheckError
        If the system or the property cannot be used.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import never
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> assert_gone(lamp, never("state == 'on'"), stem=["switch"])
    Traceback (most recent call last):
    AssertionError: never(state == 'on') is violated, by the recorded run:
      Start  machine off
         1. switch
            machine: off -> on
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "="]])
    >>> assert_gone(lamp, never("state == 'on'"), stem=["switch"])
    >>> assert_gone(lamp, never("state == 'on'"), stem=["press"])
    Traceback (most recent call last):
    unittest.case.SkipTest: there is no trigger 'press' any more, and never(state == 'on') holds; remove ...
    """
    __tracebackhide__ = True  # pytest shows the story, and not how it was found
    if asked is None and start is None:
        raise InputError("without the property the record must say where the run leads: start={...}, and each change")
    system, unknown = subject.composed() if isinstance(subject, RecordedSystem) else (system_of(subject), None)
    steps = [*stem, *(loop or ())]
    absent = missing(system, start or {}, steps)
    gone = absent or unknown
    walk = None if absent else replayed(system, start or {}, steps)
    if asked is None:
        _judge_run(system, walk, gone, len(stem), loop, caught, limit)
    else:
        _judge_property(system, asked, walk, gone, (stem, loop), limit)


def _judge_property(
    system: System,
    asked: Property,
    walk: Walk | None,
    gone: str | None,
    recorded: tuple[Sequence[Step], Sequence[Step] | None],
    limit: int,
) -> None:
    __tracebackhide__ = True
    try:
        result = settled(check_by(Explorer(), system, asked, limit=limit))
        refuted = walk is not None and _refutes(system, asked, walk)
    except PredicateError as error:
        if gone is None:
            raise
        _skip(f"there is no {gone} any more, and {asked.formula} cannot be asked: {error}; {_WHAT_TO_DO}")
    if result.verdict is Verdict.VIOLATED:
        by = "by the recorded run" if refuted or _is_recorded(result, *recorded) else "by another run than the recorded"
        also = f" (there is no {gone} any more)" if gone else ""
        raise AssertionError(f"{asked.formula} is violated, {by}{also}:\n{story(result)}")
    if refuted:  # two judges that disagree
        raise AssertionError(
            f"{asked.formula}: the recorded run still happens and refutes it, although checking says {result.verdict}; "
            "a condition or callback depends on more than the declared state, or lifecheck is wrong"
        )
    if result.verdict is Verdict.UNKNOWN:
        raise AssertionError(f"{asked.formula} is unknown: {result.note}; give assert_gone a larger limit=...")
    if gone is not None:
        _skip(f"there is no {gone} any more, and {asked.formula} {_told(result)}; {_WHAT_TO_DO}")
    if result.verdict is Verdict.VACUOUS:
        _skip(f"{asked.formula} {_told(result)}; ask something that does happen, or remove this test")


def _told(result: Result) -> str:
    if result.verdict is Verdict.VACUOUS:
        return "is vacuous: what it is about never happens any more"
    return "holds"


def _refutes(system: System, asked: Property, walk: Walk) -> bool:
    """Whether a walk refutes a property by itself, as the monitor of single runs judges it."""
    if not asked.kind.is_judged_on_runs:
        return False  # no single run can
    monitor = Monitor.of(system, asked)
    visits = zip(walk.states, walk.possible, [None, *walk.taken], strict=True)
    return any(monitor.visit(*visit) is not None for visit in visits)


def _is_recorded(result: Result, stem: Sequence[Step], loop: Sequence[Step] | None) -> bool:
    """Whether the evidence takes the recorded triggers."""
    evidence = result.evidence
    if evidence is None:
        return False
    taken = [[step if isinstance(step, str) else step[0] for step in part] for part in (stem, loop or ())]
    return [list(evidence.stem), list(evidence.loop or ())] == taken


def _judge_run(
    system: System,
    walk: Walk | None,
    gone: str | None,
    stem: int,
    loop: Sequence[Step] | None,
    caught: Sequence[Labels],
    limit: int,
) -> None:
    """Judge the recorded run alone, where nobody can ask the property."""
    __tracebackhide__ = True
    if gone is not None:
        _skip(f"there is no {gone} any more; {_WHAT_TO_DO}")
    if walk is None:
        return
    if caught:
        way = way_to(explore(system, limit), walk.taken, lambda state: not any(is_at(state, one) for one in caught))
        if way is None:
            raise AssertionError(
                "the recorded run still happens, and no system trigger leads out of where it is caught"
            )
    elif loop is None:
        raise AssertionError("the recorded run still happens")
    elif not walk.owed(stem):  # no fair trigger is owed that would lead out
        raise AssertionError(f"the recorded run still happens: {loop_ending(stem, len(loop))}")


def _skip(reason: str) -> NoReturn:
    __tracebackhide__ = True
    raise SkipTest(reason)

"""What can be chosen as an answer, and what it claims of what the checker finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lifecheck.checking import Monitor, Result, Walk
from lifecheck.errors import BlockedError, InputError
from lifecheck.properties import Verdict

Claimed = Callable[[Sequence[Result]], bool]
"""What a choice claims: a function of what the checker answered, one result for each thing that was asked."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen.

    Parameters
    ----------
    words
        What it says.
    claims
        The same for the checker: `verdicts`, `steps`, `breaks`, or any function of the results.
    why
        What to say of it once it is chosen, right or wrong.

    Examples
    --------
    >>> Choice("yes, always", verdicts("holds"), "nobody is told").words
    'yes, always'
    """

    words: str
    claims: Claimed
    why: str


def verdicts(*claimed: str) -> Claimed:
    """Claim the verdict of each thing that is asked, in order.

    Raises
    ------
    InputError
        If one is no verdict.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> verdicts("violated")([check(lamp, never("lamp == 'on'"))])
    True
    """
    for one in claimed:
        if one not in [*Verdict]:
            raise InputError(f"{one!r} is no verdict; write one of {', '.join(Verdict)}")
    return lambda results: [str(result.verdict) for result in results] == [*claimed]


def steps(number: int) -> Claimed:
    """Claim that the shortest run that shows it takes so many steps, those of its loop included.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> [steps(number)([check(lamp, never("lamp == 'on'"))]) for number in (1, 2)]
    [True, False]
    """
    return lambda results: _length(results[0]) == number


def goes_round(results: Sequence[Result]) -> bool:
    """Claim that what is asked is violated by a run that goes round for ever.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, eventually
    >>> rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung", "heard"], "quiet", rows, {"ring", "give_up"})
    >>> goes_round([check(bell, eventually("bell == 'heard'"), fair=["ring", "give_up"])])
    True
    """
    return _is_refuted_by(results[0], goes_round=True)


def stays(results: Sequence[Result]) -> bool:
    """Claim that what is asked is violated by a run that stays where it is for ever.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, eventually
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", [Row("ring", "quiet", "rung")], {"ring"})
    >>> stays([check(bell, eventually("bell == 'rung'"))])
    True
    """
    return _is_refuted_by(results[0], goes_round=False)


def _is_refuted_by(result: Result, *, goes_round: bool) -> bool:
    run = result.counterexample
    return run is not None and run.loop is not None and bool(run.loop) is goes_round


def breaks(*triggers: str) -> Claimed:
    """Claim that these triggers, in this order, are a run that refutes the property, at its last step and not before.

    The real machines are driven along it; that a trigger is blocked refutes the claim.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, never
    >>> rows = [Row("switch", "off", "on"), Row("switch", "on", "off")]
    >>> lamp = Component("lamp", ["off", "on"], "off", rows, {"switch"})
    >>> [breaks(*["switch"] * number)([check(lamp, never("lamp == 'on'"))]) for number in (1, 2)]
    [True, False]
    """

    def is_true(results: Sequence[Result]) -> bool:
        walk, monitor = Walk(results[0].system), Monitor.of(results[0].system, results[0].property)
        found = monitor.visit(walk.states[-1], walk.possible[-1])
        for trigger in triggers:
            if found is not None:
                return False
            try:
                walk.take(trigger)
            except BlockedError:
                return False
            found = monitor.visit(walk.states[-1], walk.possible[-1], trigger)
        return found is not None

    return is_true


def _length(result: Result) -> int | None:
    evidence = result.evidence
    return None if evidence is None else len(evidence.stem) + len(evidence.loop or ())

"""Tells what a replay came to: each story once, with the cases that have it, in numbered steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lifecheck.replaying.answer import Answer, Outcome, Refusal
from lifecheck.replaying.event import Sign
from lifecheck.replaying.observed import StepKind
from lifecheck.replaying.replayed import CaseGroup, Replay
from lifecheck.reports import changes, marks, step, written
from lifecheck.text import counted, repeated_steps

NAMED = 5
"""How many cases of a story are named; the others are counted."""


def replay_story(replay: Replay) -> str:
    """Return what a replay came to as text: a story for each group of cases.

    Parameters
    ----------
    replay
        What `replay` returned.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import replay
    >>> rows = [["ring", "quiet", "rung"], ["open", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung"], initial="quiet", transitions=rows)
    >>> print(replay_story(replay(bell, ["ring", "ring"])))
    1 case impossible from line 2: log
      Start  machine quiet
         1. ring (line 1)
            machine: quiet -> rung
      Line 2 says ring, which cannot be: it is blocked by machine in state rung.
      What could have written a line there: open.
    """
    return "\n\n".join(group_story(group) for group in replay.groups)


def group_story(group: CaseGroup) -> str:
    """Return the story of cases that have one in common."""
    return "\n".join([group_heading(group), *(f"  {line}" for line in _story(group.answer, group.rounds))])


def group_heading(group: CaseGroup) -> str:
    """Return how many cases a group has, what they came to, and which they are."""
    count = len(group.cases)
    named = ", ".join(map(case_name, group.cases[:NAMED])) + (f" and {count - NAMED:,} more" if count > NAMED else "")
    told = group.answer.told
    found = sorted({line for line in group.lines if line is not None})
    if len(found) > 1:
        told = f"{group.answer.outcome} from line {found[0]:,}, the last from line {found[-1]:,}"
    return f"{counted(count, 'case')} {told}: {named}"


def case_name(case: str) -> str:
    r"""Return the name of a case as it is told: in quotes where it is empty, or would break a line or a terminal.

    Examples
    --------
    >>> print(case_name("order 7"), case_name(""), case_name("a\nb"))
    order 7 '' 'a\nb'
    """
    return case if case and case.isprintable() else repr(case)


def answer_story(answer: Answer) -> str:
    """Return the story of one case, without a heading.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import replay
    >>> rows = [["ring", "quiet", "rung"], ["open", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung"], initial="quiet", transitions=rows)
    >>> print(answer_story(replay(bell, ["ring", "ring"], visible=["ring"]).answer))
    Start  machine quiet
       1. ring (line 1)
          machine: quiet -> rung
       2. open (silent)
          machine: rung -> quiet
       3. ring (line 2)
          machine: quiet -> rung
    """
    rounds = answer.loop.rounds if answer.loop else 0
    return "\n".join(_story(answer, (rounds, rounds)))


def _story(answer: Answer, rounds: tuple[int, int]) -> Iterator[str]:
    yield f"Start  {written(answer.states[0])}"
    loop, total = answer.loop, len(answer.steps)
    shown = total if loop is None else loop.begins + loop.length
    steps = zip(answer.steps, pairwise(answer.states), strict=True)
    for number, (taken, (before, after)) in enumerate(steps, start=1):
        if number > shown:
            break
        name = (
            f"{taken.trigger} ({_remark(taken.kind, taken.line)})" if taken.trigger else _remark(taken.kind, taken.line)
        )
        bracket = (" ", " ") if loop is None else marks(number, loop.begins, shown)
        meaning = answer.system.meanings.get(taken.trigger)
        yield from (line[2:] for line in step(number, name, meaning, changes(before, after), bracket))
    if loop is not None:
        yield from _told_loop(answer, rounds)
    if answer.outcome is not Outcome.EXPLAINED:
        yield from _told_refusal(answer)
    for broken in answer.broken:
        since = "at the start" if broken.line is None else f"on line {broken.line:,}"
        spared = "" if broken.surely else "; another explanation may not"
        yield f"It violates {broken.property.formula} {since}{spared}."
    for owed in answer.owed:
        since = "the start" if owed.line is None else f"line {owed.line:,}"
        spared = "" if owed.surely else ", unless it was kept in silence"
        yield f"Owed since {since}: {owed.property.formula}{spared}."


def _remark(kind: StepKind, line: int | None) -> str:
    match kind:
        case StepKind.SHOWN:
            return f"line {line:,}"
        case StepKind.SILENT:
            return "silent"
        case StepKind.LOST:
            return "its line is lost"
        case StepKind.SURPLUS:
            return f"line {line:,} is surplus"
        case StepKind.OBSERVED:
            return f"line {line:,} tells where components are"


def _told_loop(answer: Answer, rounds: tuple[int, int]) -> Iterator[str]:
    loop = answer.loop
    assert loop is not None, "there is a loop to tell"
    steps = repeated_steps(loop.begins, loop.length).removesuffix(" can repeat for ever")
    fewest, most = rounds
    counted_rounds = f"{fewest:,} rounds" if fewest == most else f"{fewest:,} to {most:,} rounds"
    since = "" if loop.line is None else f", since line {loop.line:,}"
    rest = (len(answer.steps) - loop.begins) % loop.length
    more = f", and {counted(rest, 'step')} of the next" if rest else ""
    yield f"{steps} went round so far: {counted_rounds}{more}{since}."


def _told_refusal(answer: Answer) -> Iterator[str]:
    assert answer.sign is not None, "a line could not be"
    line, shown = f"Line {answer.line:,}", said(answer.sign)
    if answer.outcome is Outcome.UNKNOWN:
        yield f"{line} says {shown}, for which no run was found; states beyond the limit were not looked at."
        return
    refused = _nearest(answer.refused)
    if len(refused) == 1:
        yield f"{line} says {shown}, which cannot be: {_why(refused[0])}."
    else:
        yield f"{line} says {shown}, which cannot be, however the lines before it are explained:"
        yield from (
            f"  {_why(one)}" + (f" ({one.trigger})" if len(answer.sign.triggers) > 1 else "") for one in refused
        )
    if answer.possible:
        yield f"What could have written a line there: {', '.join(answer.possible)}."
    else:
        yield "Nothing could have written a line there."


def said(sign: Sign) -> str:
    """Return what a line says.

    Examples
    --------
    >>> said(Sign(("pay",), (("order", "paid"),)))
    'pay, with order paid'
    """
    told = " or ".join(map(case_name, sign.triggers))
    before = " and ".join(f"{name} {state}" for name, state in sign.before)
    after = " and ".join(f"{name} {state}" for name, state in sign.seen)
    if before and after:
        return f"{told} from {before} to {after}"
    return ", with ".join(filter(None, [told, after])) if told else f"that {after}"


def _nearest(refused: Sequence[Refusal]) -> list[Refusal]:
    """Return each reason once, those first that the fewest components stand behind."""
    return sorted(refused, key=lambda one: len(one.by) + len(one.elsewhere))


def _why(refusal: Refusal) -> str:
    if refusal.unknown:
        return f"the system has no trigger {refusal.trigger!r}"
    parts = []
    if refusal.by:
        by = " and ".join(f"{name} in state {state}" for name, state in refusal.by)
        parts.append(f"it is blocked by {by}")
    for name, there, seen in refusal.elsewhere:
        parts.append(f"{name} is {there} there, and not {seen}" if there else f"the system has no component {name!r}")
    return ", and ".join(parts)

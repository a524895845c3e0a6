"""Draws how a case of a log could have happened, as far as it could."""

from __future__ import annotations

from itertools import pairwise

from lifecheck.diagrams.counterexample import diagram_of_run
from lifecheck.diagrams.counterexample_content import CounterexampleContent, StateBox, StepArrow
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.limits import check_size
from lifecheck.diagrams.text import visible
from lifecheck.replaying import Answer, Outcome, StepKind, case_name, said
from lifecheck.system import State, local_states
from lifecheck.text import repeated_steps


def explanation_diagram(answer: Answer, *, title: str = "") -> Diagram:
    """Draw the run that explains a case of a log, its loop once; of an impossible one, the run up to the line.

    Parameters
    ----------
    answer
        What `replay` answered for the case.
    title
        Stands above the picture; without it, the system's name and the outcome.

    Raises
    ------
    TooLargeError
        If the run is longer than can be read.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import replay
    >>> rows = [["ring", "quiet", "rung"], ["open", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung"], initial="quiet", transitions=rows)
    >>> print(explanation_diagram(replay(bell, ["ring", "ring"]).answer).description)
    Start: machine quiet. 1. ring (line 1): machine rung. Line 2 says ring, which cannot be.
    >>> print(explanation_diagram(replay(bell, ["ring"]).answer).description)
    Start: machine quiet. 1. ring (line 1): machine rung. Here the log ends.
    """
    loop = answer.loop
    shown = len(answer.steps) if loop is None else loop.begins + loop.length
    name = title or f"{answer.system.name}, {case_name(answer.case)}: {answer.told}"
    check_size(name, "read it as a story instead", steps=shown)
    states = answer.states[: shown + 1] if loop is None else answer.states[:shown]
    lines = _changing(states)
    boxes = [StateBox(_lines(states[0], lines))]
    for before, after in pairwise(states):
        was, now = dict(_lines(before, lines)), _lines(after, lines)
        boxes.append(StateBox(now, frozenset(name for name, state in now if was[name] != state)))
    if answer.outcome is Outcome.EXPLAINED:
        at = len(boxes) - 1 if loop is None else loop.begins + (len(answer.steps) - loop.begins) % loop.length
        boxes[at] = StateBox(boxes[at].lines, boxes[at].changed, "Here the log ends")
    elif answer.sign is not None:
        why = "which cannot be" if answer.outcome is Outcome.IMPOSSIBLE else "for which no run was found"
        remark = f"Line {answer.line:,} says {said(answer.sign)}, {why}"
        boxes[-1] = StateBox(boxes[-1].lines, boxes[-1].changed, remark)
    begins = shown if loop is None else loop.begins
    arrows = []
    for number, step in enumerate(answer.steps[:shown]):
        target = number + 1 if number + 1 < len(boxes) else begins
        line = "silent" if step.kind is StepKind.SILENT else "lost" if step.line is None else f"line {step.line:,}"
        text = f"{number + 1}. {visible(step.trigger) or str(step.kind)} ({line})"
        arrows.append(StepArrow(number, target, text, answer.system.meanings.get(step.trigger, ""), number >= begins))
    frame = ""
    if loop is not None:
        steps = repeated_steps(loop.begins, loop.length).removesuffix(" can repeat for ever")
        frame = f"{steps} went round {loop.rounds:,} times so far"
    enclosed = range(begins, shown) if loop is not None else range(0)
    return diagram_of_run(CounterexampleContent(tuple(boxes), tuple(arrows), enclosed, frame, stays=False), name)


def _changing(states: tuple[State, ...]) -> tuple[str, ...]:
    """Return the components that change on the way; all, where none does."""
    views = [local_states(state) for state in states]
    return tuple(name for name in views[0] if len({view[name].key for view in views}) > 1) or tuple(views[0])


def _lines(state: State, shown: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    there = local_states(state)
    return tuple((visible(name), visible(there[name].label)) for name in shown)

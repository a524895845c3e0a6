"""Lesson 4, to be played: *cannot* and *might not*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transitions import Machine

from lifecheck import (
    Component,
    Row,
    State,
    System,
    can_always_reach,
    component_of,
    leads_to,
    never,
    sometimes,
)
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    TableRow,
    verdicts,
)


def queue() -> Machine:
    return Machine(
        states=["waiting", "done"],
        initial="waiting",
        transitions=[["acknowledge", "waiting", "done"]],
        auto_transitions=False,
    )


def line() -> Machine:
    return Machine(
        states=["up", "down"],
        initial="up",
        transitions=[
            ["go_down", "up", "down"],
            ["come_up", "down", "up"],
            ["acknowledge", "up", "up"],
        ],
        auto_transitions=False,
    )


def silent_line() -> Machine:
    machine = line()
    machine.remove_transition("acknowledge")
    return machine


MEANINGS = {
    "acknowledge": "The acknowledgement gets through.",
    "go_down": "The line breaks.",
    "come_up": "The line is mended.",
}

LUCK = {"acknowledge": "the line is not always down at the wrong moment"}


def system(line: Machine) -> System:
    """Return the queue with a line."""
    alphabet = {"go_down", "come_up", "acknowledge"}
    parts = [
        component_of(queue(), "queue"),
        component_of(line, "line", alphabet=alphabet),
    ]
    return System(
        "a line that breaks", parts, environment={"go_down"}, meanings=MEANINGS
    )


def waiting(s: State) -> bool:
    """The queue waits."""
    return s.queue == "waiting"


def done(s: State) -> bool:
    """The queue has its acknowledgement."""
    return s.queue == "done"


WILL_BE_DONE = leads_to(waiting, done)
CAN_BE_DONE = can_always_reach(done)


def both(system: System) -> list[Question]:
    """Return the two questions to a system."""
    return [
        Question(system, WILL_BE_DONE, "it will be done"),
        Question(system, CAN_BE_DONE, "it can always still be done"),
    ]


BREAKS = Prediction(
    "The line breaks now and then, and is mended each time. acknowledge and come_up are weakly fair: what stays "
    "possible is taken in the end. Will the queue have its acknowledgement in the end? And can it always still "
    "have it?",
    both(system(line())),
    [
        Choice(
            "it will, and it always can",
            verdicts("holds", "holds"),
            "While the line is down the acknowledgement is not possible. Does it stay possible, then?",
        ),
        Choice(
            "it might not, but it always can",
            verdicts("violated", "holds"),
            "Possible, then not, then possible, then not: it never stays possible, so weak fairness owes it nothing. "
            "And yet a way is always left: might not, and not cannot.",
        ),
        Choice(
            "it might not, and at some point it cannot any more",
            verdicts("violated", "violated"),
            "From every state of the loop a way leads to done: the line comes up.",
        ),
    ],
)

LUCKY = Prediction(
    "Now we say that acknowledge is strongly fair: what is possible again and again is taken in the end. Will it be "
    "done?",
    both(replace(system(line()), strong=LUCK)),
    [
        Choice(
            "it will, and it always can",
            verdicts("holds", "holds"),
            "Nobody is unlucky for ever. That is a claim about the world: where you make it, write down why.",
        ),
        Choice(
            "it might not, but it always can",
            verdicts("violated", "holds"),
            "In the loop of the broken line it is possible again and again: strong fairness forbids that loop.",
        ),
        Choice(
            "it might not, and at some point it cannot any more",
            verdicts("violated", "violated"),
            "Fairness takes no way away.",
        ),
    ],
)

SILENT = Prediction(
    "And if the line has no row acknowledge, which is strongly fair as before?",
    both(replace(system(silent_line()), strong=LUCK)),
    [
        Choice(
            "it will, and it always can",
            verdicts("holds", "holds"),
            "Nobody answers any more: what would the fairness be owed to?",
        ),
        Choice(
            "it might not, but it always can",
            verdicts("violated", "holds"),
            "Which trigger would be the way to done?",
        ),
        Choice(
            "it cannot, however fair",
            verdicts("violated", "violated"),
            "What is never possible is owed nothing: no patience and no luck will help. This is the defect of lesson "
            "2. Ask can_always_reach first: it needs no fairness.",
        ),
    ],
)

ADVERSARY = Adversary(
    "Keep the queue waiting for ever. You choose when the line breaks; the system does what it owes, in its turn.",
    system(line()),
    WILL_BE_DONE,
)

AS_HANDED_OUT = [["go_down", "up", "down"], ["come_up", "down", "up"]]

# where the acknowledgement got through, and how the line was then
CROSSING = Component(
    "crossing",
    states=["line_up", "line_down", "through_a_broken_line"],
    initial="line_up",
    rows=[
        Row("go_down", "line_up", "line_down"),
        Row("go_down", "line_down", "line_down"),
        Row("come_up", "line_down", "line_up"),
        Row("come_up", "line_up", "line_up"),
        Row("acknowledge", "line_up", "line_up"),
        Row("acknowledge", "line_down", "through_a_broken_line"),
        Row("acknowledge", "through_a_broken_line", "through_a_broken_line"),
        Row("go_down", "through_a_broken_line", "through_a_broken_line"),
        Row("come_up", "through_a_broken_line", "through_a_broken_line"),
    ],
    alphabet={"go_down", "come_up", "acknowledge"},
)


def mended(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the line; acknowledge is strongly fair."""
    machine = Machine(
        states=["up", "down"],
        initial="up",
        transitions=[*rows],
        auto_transitions=False,
    )
    return replace(system(machine), strong=LUCK, observers=[CROSSING])


def broken(s: State) -> bool:
    """The line is down."""
    return s.line == "down"


def broken_too_early(s: State) -> bool:
    """The line is down, and the queue still waits."""
    return broken(s) and s.queue == "waiting"


def usable(s: State) -> bool:
    """The line is up."""
    return s.line == "up"


def through_a_broken_line(s: State) -> bool:
    """The acknowledgement got through while the line was down."""
    return s.crossing == "through_a_broken_line"


DESIGNER = Designer(
    "A line over which nobody answers, though acknowledge is strongly fair. Add one row, so that the queue gets its "
    "acknowledgement in the end. The line may go on breaking.",
    "line",
    AS_HANDED_OUT,
    mended,
    [
        Requirement(
            "the line may still break",
            sometimes(broken_too_early),
            "lines break: leave that row as it was.",
        ),
        Requirement(
            "a line that is down comes up again",
            leads_to(broken, usable),
            "the line stays down; leave the row that mends it as it was.",
        ),
        Requirement(
            "nothing gets through a line that is down",
            never(through_a_broken_line),
            "the acknowledgement gets through while the line is down. When can it?",
        ),
        Requirement(
            "it can always still be done",
            CAN_BE_DONE,
            "nothing leads to done, so no fairness helps. Which trigger does the queue wait for?",
        ),
        Requirement(
            "it will be done",
            WILL_BE_DONE,
            "the acknowledgement is possible, and not again and again.",
        ),
    ],
)

LESSON = Lesson(
    "lesson-4",
    "Cannot and might not",
    '"It never finished" has two meanings. Perhaps no way led there; perhaps there was a way, and it was not taken.',
    [queue, line],
    system(line()),
    predictions=[BREAKS, LUCKY, SILENT],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/4-fairness.md",
)

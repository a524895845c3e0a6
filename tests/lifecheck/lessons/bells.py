"""A doorbell that nobody has to hear, and a lesson about it."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import System, component_of, leads_to, never, sometimes
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    TableRow,
    goes_round,
    verdicts,
)


def bell() -> Machine:
    return Machine(
        states=["quiet", "rung", "answered"],
        initial="quiet",
        transitions=[["ring", "quiet", "rung"], ["give_up", "rung", "quiet"], ["sigh", "rung", "rung"]],
        auto_transitions=False,
    )


MEANINGS = {
    "ring": "Somebody rings.",
    "give_up": "They go away.",
    "answer": "Somebody opens.",
    "sigh": "They sigh, and go on waiting.",
}
ROWS = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"], ["sigh", "rung", "rung"]]


def door(rows: Sequence[TableRow] = ROWS) -> System:
    machine = Machine(
        states=["quiet", "rung", "answered"], initial="quiet", transitions=[*rows], auto_transitions=False
    )
    whole = component_of(machine, "bell", alphabet={"ring", "give_up", "answer", "sigh"})
    return System("door", [whole], environment={"ring", "sigh"}, meanings=MEANINGS)


HEARD = leads_to("bell == 'rung'", "bell == 'answered'")

LESSON = Lesson(
    "bells",
    "Bells",
    "A bell that rings unheard.",
    [bell],
    door(),
    predictions=[
        Prediction(
            "Is it heard in the end?",
            [Question(door(), HEARD)],
            [
                Choice("yes", verdicts("holds"), "Who opens?"),
                Choice("no", goes_round, "They ring, go away, and ring again."),
            ],
        )
    ],
    adversary=Adversary("Ring for ever.", door(), HEARD),
    designer=Designer(
        "Open the door.",
        "bell",
        ROWS,
        door,
        [
            Requirement("it still rings", sometimes("bell == 'rung'"), "it rings no more."),
            Requirement("nobody opens unasked", never("bell == 'quiet' and bell == 'answered'"), "who rang?"),
            Requirement("it is heard", HEARD, "nobody opens.", stays="everybody stands still."),
        ],
    ),
    page="docs/bells.md",
)

QUIET = Lesson("quiet", "Quiet", "Only to be broken.", [bell], door(), adversary=LESSON.adversary)
EMPTY = Lesson("empty", "Empty", "Nothing to do.", [bell], door())

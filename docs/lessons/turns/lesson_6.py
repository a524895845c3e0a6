"""Lesson 6, to be played: at most once, at least once, exactly once."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import InputError, State, System, component_of, leads_to, never
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
from lifecheck.system import at_most, counter


def queue() -> Machine:
    return Machine(
        states=["queued", "delivering", "removed"],
        initial="queued",
        transitions=[
            ["take", "queued", "delivering"],
            ["report", "delivering", "removed"],
            ["retry", "delivering", "queued"],
        ],
        auto_transitions=False,
    )


def reports_first() -> Machine:
    return Machine(
        states=["idle", "got", "reported"],
        initial="idle",
        transitions=[
            ["take", "idle", "got"],
            ["report", "got", "reported"],
            ["work", "reported", "idle"],
            ["retry", "idle", "idle"],
            ["crash", ["got", "reported"], "idle"],
        ],
        auto_transitions=False,
    )


def works_first() -> Machine:
    return Machine(
        states=["idle", "got", "worked"],
        initial="idle",
        transitions=[
            ["take", "idle", "got"],
            ["work", "got", "worked"],
            ["report", "worked", "idle"],
            ["retry", "idle", "idle"],
            ["crash", ["got", "worked"], "idle"],
        ],
        auto_transitions=False,
    )


def recognises() -> Machine:
    machine = works_first()
    machine.add_transition("recognise", "got", "worked")
    return machine


def memory() -> Machine:
    return Machine(
        states=["new", "known"],
        initial="new",
        transitions=[["work", "new", "known"], ["recognise", "known", "known"]],
        auto_transitions=False,
    )


def remembers_later() -> Machine:
    return Machine(
        states=["idle", "got", "unwritten", "worked"],
        initial="idle",
        transitions=[
            ["take", "idle", "got"],
            ["recognise", "got", "worked"],
            ["work", "got", "unwritten"],
            ["remember", "unwritten", "worked"],
            ["report", "worked", "idle"],
            ["retry", "idle", "idle"],
            ["crash", ["got", "unwritten", "worked"], "idle"],
        ],
        auto_transitions=False,
    )


def later_memory() -> Machine:
    return Machine(
        states=["new", "known"],
        initial="new",
        transitions=[
            ["work", "new", "new"],
            ["remember", "new", "known"],
            ["work_and_remember", "new", "known"],
            ["recognise", "known", "known"],
        ],
        auto_transitions=False,
    )


MEANINGS = {
    "take": "The worker takes the message.",
    "work": "The worker does the work.",
    "recognise": "The worker sees that it has done this work before.",
    "remember": "The worker writes into its memory that the work is done.",
    "work_and_remember": "The worker does the work and writes it down, in one step.",
    "report": "The worker reports, and the queue removes its entry.",
    "crash": "The worker crashes and starts again.",
    "retry": "The queue, unanswered, will hand the message out again.",
}


def system(worker: Machine, *memories: Machine, more=frozenset()) -> System:
    """Return the queue with a worker that may crash once, and its memory, if it has one."""
    whole = component_of(worker, "worker")
    parts = [
        component_of(queue(), "queue"),
        component_of(worker, "worker", alphabet=whole.alphabet | more),
        *(component_of(one, "memory") for one in memories),
        at_most(1, "crash", name="crashes"),
    ]
    used = {trigger for part in parts for trigger in part.alphabet}
    works = [trigger for trigger in ("work", "work_and_remember") if trigger in used]
    return System(
        "work",
        parts,
        observers=[counter(*works, name="work_done")],
        environment={"crash"},
        meanings={one: told for one, told in MEANINGS.items() if one in used},
    )


def in_queue(s: State) -> bool:
    """The queue has its entry."""
    return s.queue in ("queued", "delivering")


def removed(s: State) -> bool:
    """The queue has removed its entry."""
    return s.queue == "removed"


def worked(s: State) -> bool:
    """The work was done."""
    return s.work_done != "0"


def worked_again(s: State) -> bool:
    """The work was done twice."""
    return s.work_done == "2 or more"


NOT_LOST = leads_to(removed, worked)
NOT_DUPLICATED = never(worked_again)
NOT_STUCK = leads_to(in_queue, removed)


def what_can_go_wrong(question: str, system: System, whys: Sequence[str]) -> Prediction:
    """Return the question whether a message can be lost, and its work done twice, with why of each answer."""
    answers = [
        ("nothing", ("holds", "holds")),
        ("the message is lost", ("violated", "holds")),
        ("the work is done twice", ("holds", "violated")),
        ("either", ("violated", "violated")),
    ]
    return Prediction(
        f"{question} What can go wrong?",
        [
            Question(system, NOT_LOST, "not lost"),
            Question(system, NOT_DUPLICATED, "not done twice"),
        ],
        [
            Choice(words, verdicts(*found), why)
            for (words, found), why in zip(answers, whys, strict=True)
        ],
    )


REPORT_FIRST = what_can_go_wrong(
    "A worker takes a message, reports, and then does the work. It may crash once, at any point.",
    system(reports_first()),
    [
        "Put the crash between the report and the work.",
        "The crash comes after the promise, and the queue has let go: at most once.",
        "The queue removes its entry at the report, and then hands out nothing again.",
        "Twice is not possible without a report that gets lost.",
    ],
)

WORK_FIRST = what_can_go_wrong(
    "Another one does the work first, and then reports. It may crash once, at any point.",
    system(works_first()),
    [
        "Put the crash between the work and the report.",
        "Nothing is reported that was not done: the queue keeps its entry until then.",
        "The crash comes after the work, and nobody knows of it: at least once.",
        "Nothing is reported that was not done, so nothing is lost.",
    ],
)

SPLIT = what_can_go_wrong(
    "A third remembers what it has done and recognises it: it does the work, writes that down in a step of its own, "
    "and reports. It may crash once.",
    system(remembers_later(), later_memory(), more={"work_and_remember"}),
    [
        "Two steps have a gap between them.",
        "Nothing is reported that was not done.",
        "The crash comes between the work and the memory of it: what is not written down is not recognised.",
        "Nothing is reported that was not done, so nothing is lost.",
    ],
)

WHOLE = what_can_go_wrong(
    "A fourth works and remembers in one step, as in a transaction. It may crash once.",
    system(recognises(), memory()),
    [
        "The message does travel twice; what happens once is the effect. Careful people say effectively once.",
        "Nothing is reported that was not done.",
        "What was done is known in the same step, and is recognised at the next attempt.",
        "One step has no gap.",
    ],
)

ADVERSARY = Adversary(
    "The third worker writes its memory after the work. Have the work done twice. You choose when it crashes, which it "
    "does once; for the rest, queue and worker do what they owe.",
    system(remembers_later(), later_memory(), more={"work_and_remember"}),
    NOT_DUPLICATED,
    machines=[queue, remembers_later, later_memory],
)

AS_HANDED_OUT = [
    ["take", "idle", "got"],
    ["recognise", "got", "worked"],
    ["work", "got", "unwritten"],
    ["remember", "unwritten", "worked"],
    ["report", "worked", "idle"],
    ["retry", "idle", "idle"],
]


CRASHES = [["crash", at, "idle"] for at in ("got", "unwritten", "worked")]


def with_rows(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the worker, which may crash wherever it is."""
    if any(row[0] == "crash" and [*row] not in CRASHES for row in rows):
        raise InputError(
            "the rows of crash are not yours: a crash may come wherever the worker is, and leaves it idle"
        )
    machine = Machine(
        states=["idle", "got", "unwritten", "worked"],
        initial="idle",
        transitions=[*rows, *CRASHES],
        auto_transitions=False,
    )
    alphabet = frozenset(row[0] for row in AS_HANDED_OUT) | {"work_and_remember"}
    return system(machine, later_memory(), more=alphabet)


DESIGNER = Designer(
    "A worker that does the work, writes that into its memory, and reports: after a crash between the first two the "
    "work is done twice. Mend it with one row. Its memory also takes part in work_and_remember, which is both in one "
    "step. The worker may crash wherever it is; those rows are not yours.",
    "worker",
    AS_HANDED_OUT,
    with_rows,
    [
        Requirement(
            "the message is not lost",
            NOT_LOST,
            "the queue has let go of a message, and the work was not done.",
        ),
        Requirement(
            "the work is not done twice",
            NOT_DUPLICATED,
            "the work is done twice. Between which two steps does the crash come, and which step would have no gap?",
        ),
        Requirement(
            "the queue gets its report in the end",
            NOT_STUCK,
            "the entry stays in the queue for ever.",
            stays="nothing can happen any more, and the entry is still in the queue.",
        ),
    ],
    machines=[queue, later_memory],
)

LESSON = Lesson(
    "lesson-6",
    "At most once, at least once, exactly once",
    "A worker takes a message, does the work, and reports. In which order?",
    [queue, reports_first, works_first],
    system(works_first()),
    predictions=[REPORT_FIRST, WORK_FIRST, SPLIT, WHOLE],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/6-semantics.md",
)

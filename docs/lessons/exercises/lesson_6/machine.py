"""A queue, a worker that may crash once, and a memory; the worker takes its steps in the order of its name."""

from __future__ import annotations

from transitions import Machine

from lifecheck import Component, State, System, component_of, leads_to, never
from lifecheck.system import at_most, counter

MEANINGS = {
    "take": "The worker takes the message.",
    "work": "The worker does the work.",
    "report": "The worker reports, and the queue removes its entry.",
    "remember": "The worker writes into its memory that this message is done.",
    "remember_and_report": "The worker writes into its memory and reports, in one step.",
    "work_and_report": "The worker does the work and reports, in one step.",
    "recognise": "The worker finds the message in its memory.",
    "crash": "The worker crashes and starts again.",
    "retry": "The queue, unanswered, tries again.",
}


def part(
    name: str, states: list[str], rows: list[list[str]], alphabet: set[str]
) -> Component:
    """Return a machine that starts in the first of its states, as a component."""
    machine = Machine(
        states=states, initial=states[0], transitions=rows, auto_transitions=False
    )
    return component_of(machine, name, alphabet=alphabet)


def system(order: str) -> System:
    """Return the system in which the worker takes its steps in this order."""
    steps = [step.replace(" ", "_") for step in order.split(", ")]
    reports = dict.fromkeys(["report", *(step for step in steps if "report" in step)])
    remembers = [step for step in steps if "remember" in step]
    queue = part(
        "queue",
        ["queued", "delivering", "removed"],
        [
            ["take", "queued", "delivering"],
            *([report, "delivering", "removed"] for report in reports),
            ["retry", "delivering", "queued"],
        ],
        {"take", *reports, "retry"},
    )
    places = ["got", *(f"after_{step}" for step in steps[:-1]), "idle"]
    between = ["got", "recognised", *places[1:-1]]
    worker = part(
        "worker",
        ["idle", *between],
        [
            ["take", "idle", "got"],
            *([*row] for row in zip(steps, places[:-1], places[1:], strict=True)),
            ["recognise", "got", "recognised"],
            ["report", "recognised", "idle"],
            ["crash", between, "idle"],
            ["retry", "idle", "idle"],
        ],
        {"take", *steps, "recognise", "report", "crash", "retry"},
    )
    memory = part(
        "memory",
        ["new", "known"],
        [
            # the first step is taken only for a message that is not known yet
            *([] if steps[0] in remembers else [[steps[0], "new", "new"]]),
            *([step, "new", "known"] for step in remembers),
            ["recognise", "known", "known"],
        ],
        {steps[0], *remembers, "recognise"},
    )
    crash = at_most(1, "crash", name="crashes")
    works = [step for step in steps if "work" in step]
    components = [queue, worker, memory, crash]
    used = {trigger for component in components for trigger in component.alphabet}
    return System(
        order,
        components,
        observers=[counter(*works, name="work_done")],
        environment={"crash"},
        meanings={
            trigger: told for trigger, told in MEANINGS.items() if trigger in used
        },
    )


def removed(s: State) -> bool:
    """The queue has removed its entry."""
    return s.queue == "removed"


def worked(s: State) -> bool:
    """The work was done."""
    return s.work_done != "0"


def worked_again(s: State) -> bool:
    """The work was done twice."""
    return s.work_done == "2 or more"


WRONG = {"lost": leads_to(removed, worked), "duplicated": never(worked_again)}

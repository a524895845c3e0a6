"""A queue, a worker that may crash once, and a memory; the worker takes its steps in the order of its name."""

from lifecheck import Component, Row, State, System, leads_to, never

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


def system(order: str) -> System:
    """Return the system in which the worker takes its steps in this order."""
    steps = [step.replace(" ", "_") for step in order.split(", ")]
    reports = dict.fromkeys(["report", *(step for step in steps if "report" in step)])
    remembers = [step for step in steps if "remember" in step]
    queue = Component(
        "queue",
        states=["queued", "delivering", "removed"],
        initial="queued",
        rows=[
            Row("take", "queued", "delivering"),
            *(Row(report, "delivering", "removed") for report in reports),
            Row("retry", "delivering", "queued"),
        ],
        alphabet={"take", *reports, "retry"},
    )
    places = ["got", *(f"after_{step}" for step in steps[:-1]), "idle"]
    between = ["got", "recognised", *places[1:-1]]
    worker = Component(
        "worker",
        states=["idle", *between],
        initial="idle",
        rows=[
            Row("take", "idle", "got"),
            *map(Row, steps, places, places[1:]),
            Row("recognise", "got", "recognised"),
            Row("report", "recognised", "idle"),
            *(Row("crash", place, "idle") for place in between),
            Row("retry", "idle", "idle"),
        ],
        alphabet={"take", *steps, "recognise", "report", "crash", "retry"},
    )
    memory = Component(
        "memory",
        states=["new", "known"],
        initial="new",
        rows=[
            # the first step is taken only for a message that is not known yet
            *([] if steps[0] in remembers else [Row(steps[0], "new", "new")]),
            *(Row(step, "new", "known") for step in remembers),
            Row("recognise", "known", "known"),
        ],
        alphabet={steps[0], *remembers, "recognise"},
    )
    crash = Component(
        "crashes",
        ["to_come", "over"],
        "to_come",
        [Row("crash", "to_come", "over")],
        {"crash"},
    )
    works = [step for step in steps if "work" in step]
    counter = [
        Row(step, before, after)
        for step in works
        for before, after in (("none", "once"), ("once", "again"), ("again", "again"))
    ]
    work = Component(
        "work_done", ["none", "once", "again"], "none", counter, set(works)
    )
    components = [queue, worker, memory, crash]
    used = {trigger for component in components for trigger in component.alphabet}
    return System(
        order,
        components,
        observers=[work],
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
    return s.work_done != "none"


def worked_again(s: State) -> bool:
    """The work was done twice."""
    return s.work_done == "again"


WRONG = {"lost": leads_to(removed, worked), "duplicated": never(worked_again)}

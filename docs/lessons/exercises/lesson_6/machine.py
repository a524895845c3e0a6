"""A queue, a worker that may crash once, and a memory that is written before the work or after it."""

from lifecheck import Component, Row, State, System, leads_to, never

ORDERS = {
    "remembers before": ("remember", "work"),
    "remembers after": ("work", "remember"),
}


def system(order: str) -> System:
    """Return the system in which the worker takes its two steps in this order."""
    first, second = ORDERS[order]
    queue = Component(
        "queue",
        states=["queued", "delivering", "removed"],
        initial="queued",
        rows=[
            Row("take", "queued", "delivering"),
            Row("report", "delivering", "removed"),
            Row("retry", "delivering", "queued"),
        ],
        alphabet={"take", "report", "retry"},
    )
    worker = Component(
        "worker",
        states=["idle", "got", "halfway", "finished"],
        initial="idle",
        rows=[
            Row("take", "idle", "got"),
            Row(first, "got", "halfway"),
            Row(second, "halfway", "finished"),
            Row("recognise", "got", "finished"),
            Row("report", "finished", "idle"),
            *(Row("crash", state, "idle") for state in ("got", "halfway", "finished")),
            Row("retry", "idle", "idle"),
        ],
        alphabet={"take", "work", "remember", "recognise", "report", "crash", "retry"},
    )
    memory = Component(
        "memory",
        states=["new", "known"],
        initial="new",
        rows=[
            Row("remember", "new", "known"),
            Row("recognise", "known", "known"),
            # what is known already is recognised; it is worked on only in the step that belongs to its own attempt
            *(
                Row("work", state, state)
                for state in ("new", *(["known"] if first == "remember" else []))
            ),
        ],
        alphabet={"work", "remember", "recognise"},
    )
    crash = Component(
        "crashes",
        ["to_come", "over"],
        "to_come",
        [Row("crash", "to_come", "over")],
        {"crash"},
    )
    counter = [
        Row("work", "none", "once"),
        Row("work", "once", "again"),
        Row("work", "again", "again"),
    ]
    work = Component("work_done", ["none", "once", "again"], "none", counter, {"work"})
    return System(
        order, [queue, worker, memory, crash], observers=[work], environment={"crash"}
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

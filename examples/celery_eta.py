"""A task that is put off for longer than the broker waits for an acknowledgement, and so is done twice.

Reported of Celery's Redis transport (celery/kombu#337): a worker takes a task that is to be done later, and keeps it
unacknowledged until its time has come. If that time is further off than the visibility timeout, the task is put back
into the queue, though the worker still has it; another takes it, and in the end both do it. celery/celery#4766 asks
that the documentation of delays warn of those that are longer than the timeout.

The correction modelled is a timeout that is longer than the delay (celery/celery#2599 reports that setting one did not
help there: a model of the rule is none of its implementation). One task, two workers that are quick once its time has
come. Left out: more workers, which do it more often.

    lifecheck verify examples.celery_eta:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, leads_to, sometimes

MEANINGS = {
    "send_task": "Somebody sends a task that is to be done later.",
    "reserve_first": "The first worker takes the task, and keeps it until its time has come.",
    "end_visibility_timeout": "The broker has waited long enough, and puts the task back into the queue.",
    "reserve_second": "The second worker takes what was put back.",
    "reach_time": "The time of the task has come.",
    "do_first": "The first worker does the task, and acknowledges it.",
    "do_second": "The second worker does the task, and acknowledges it.",
}

QUEUE = Component(
    "queue",
    states=["empty", "ready", "reserved", "put_back", "reserved_again", "acknowledged"],
    initial="empty",
    rows=[
        Row("send_task", "empty", "ready"),
        Row("reserve_first", "ready", "reserved"),
        Row("do_first", "reserved", "acknowledged"),
        Row("end_visibility_timeout", "reserved", "put_back"),
        # the copy that was put back is another: the first worker's acknowledgement is not about it
        Row("do_first", "put_back", "="),
        Row("reserve_second", "put_back", "reserved_again"),
        Row("do_first", "reserved_again", "="),
        Row("do_second", "reserved_again", "acknowledged"),
        Row("do_first", "acknowledged", "="),
    ],
    alphabet={
        "send_task",
        "reserve_first",
        "end_visibility_timeout",
        "reserve_second",
        "do_first",
        "do_second",
    },
)


def _worker(name: str) -> Component:
    return Component(
        f"{name}_worker",
        states=["idle", "waiting", "done"],
        initial="idle",
        rows=[Row(f"reserve_{name}", "idle", "waiting"), Row(f"do_{name}", "waiting", "done")],
        alphabet={f"reserve_{name}", f"do_{name}"},
    )


TIMES_DONE = Component(
    "times_done",
    states=["none", "once", "again"],
    initial="none",
    rows=[
        Row(f"do_{name}", source, dest)
        for name in ("first", "second")
        for source, dest in (("none", "once"), ("once", "again"), ("again", "="))
    ],
    alphabet={"do_first", "do_second"},
)

# whose end comes first: that of the visibility timeout, or that of the delay
TIMEOUT_FIRST = (
    Row("reserve_first", "still", "running"),
    Row("end_visibility_timeout", "running", "late"),
    Row("reach_time", "late", "due"),
)
# once the time has come the worker is quicker than what is left of the timeout
TIME_FIRST = (Row("reserve_first", "still", "running"), Row("reach_time", "running", "due"))


def _system(name: str, order: tuple[Row, ...]) -> System:
    clock = Component(
        "clock",
        states=["still", "running", "late", "due"],
        initial="still",
        rows=[*order, Row("do_first", "due", "="), Row("do_second", "due", "=")],
        alphabet={"reserve_first", "end_visibility_timeout", "reach_time", "do_first", "do_second"},
    )
    return System(
        name,
        [clock, QUEUE, _worker("first"), _worker("second")],
        observers=[TIMES_DONE],
        environment={"send_task"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a timeout that is shorter than the delay", TIMEOUT_FIRST),
    "corrected": _system("a timeout that is longer than the delay", TIME_FIRST),
}


def done_at_most_once(s: State) -> bool:
    """The task was not done a second time."""
    return s.times_done != "again"


def done(s: State) -> bool:
    """The task was done."""
    return s.times_done != "none"


def sent(s: State) -> bool:
    """The task was sent."""
    return s.queue != "empty"


CLAIMS = (
    Claim(
        "done-at-most-once",
        "a task is done at most once",
        always(done_at_most_once),
        witness=sometimes(done),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "sent-is-done",
        "a task that was sent is done in the end",
        leads_to(sent, done),
        witness=sometimes(sent),
        expected={"reported": Verdict.HOLDS, "corrected": Verdict.HOLDS},
    ),
)

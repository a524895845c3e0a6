"""A job whose worker is stopped in the middle stays among the started ones for ever.

Reported of RQ (rq/rq#507): workers that were stopped with SIGTERM, at a deployment say, left the jobs they were at in
the registry of started jobs, for ever; expected was that they come to the failed ones. Later versions clean up that
registry and move such a job to the failed ones (rq/rq#1372, #1840).

One job, one worker at a time. Assumed: whoever cleans up can tell that nobody works at the job any more.

    lifecheck verify examples.rq_started:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, can_always_reach, leads_to, sometimes

MEANINGS = {
    "enqueue": "Somebody enqueues a job.",
    "start": "The worker takes the job, which is registered as started.",
    "finish": "The worker has done the job, and registers it as finished.",
    "fail": "The job raises an error, and the worker registers it as failed.",
    "stop_worker": "SIGTERM: the worker ends in the middle of the job, and registers nothing.",
    "begin_worker": "A new worker begins.",
    "clean_up": "Somebody sees that nobody works at a started job, and registers it as failed.",
}

WORKER = Component(
    "worker",
    states=["idle", "working", "stopped"],
    initial="idle",
    rows=[
        Row("start", "idle", "working"),
        Row("finish", "working", "idle"),
        Row("fail", "working", "idle"),
        Row("stop_worker", "working", "stopped"),
        Row("begin_worker", "stopped", "idle"),
        Row("clean_up", "idle", "="),
        Row("clean_up", "stopped", "="),
    ],
    alphabet={"start", "finish", "fail", "stop_worker", "begin_worker", "clean_up"},
)

CLEANS_UP = Row("clean_up", "started", "failed")


def _system(name: str, *extra: Row) -> System:
    job = Component(
        "job",
        states=["none", "queued", "started", "finished", "failed"],
        initial="none",
        rows=[
            Row("enqueue", "none", "queued"),
            Row("start", "queued", "started"),
            Row("finish", "started", "finished"),
            Row("fail", "started", "failed"),
            # no row for a worker that is stopped: this is the defect
            *extra,
        ],
        alphabet={"enqueue", "start", "finish", "fail", "clean_up"},
    )
    return System(
        name,
        [job, WORKER],
        environment={"enqueue", "fail", "stop_worker"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a registry that nobody cleans up"),
    "corrected": _system("a registry that is cleaned up", CLEANS_UP),
}


def started(s: State) -> bool:
    """The job is registered as started."""
    return s.job == "started"


def not_started(s: State) -> bool:
    """The job is not, or no longer, registered as started."""
    return not started(s)


def failed(s: State) -> bool:
    """The job is registered as failed."""
    return s.job == "failed"


def not_worked_at(s: State) -> bool:
    """No worker is at a job."""
    return s.worker != "working"


CLAIMS = (
    Claim(
        "can-settle",
        "a started job can always come to its end",
        can_always_reach(not_started),
        witness=sometimes(started),
        assumptions="Asks what is possible: where it is violated, no patience helps.",
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "settles",
        "no job stays started for ever",
        leads_to(started, not_started),
        witness=sometimes(started),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "failed-is-left",
        "no job is failed while a worker is at it",
        always(not_worked_at, given=failed),
        witness=sometimes(failed),
        expected={"reported": Verdict.HOLDS, "corrected": Verdict.HOLDS},
    ),
)

"""A worker that takes a job off the list before it has done it: who dies in between takes the job along.

Reported of Resque (resque/resque#93) and of Sidekiq (sidekiq/sidekiq#1831): a job is popped from a Redis list, which
forgets it; a worker that is killed before it has finished takes it along for good. The first of them, and
sidekiq/sidekiq#607, name a correction: RPOPLPUSH, which moves the job to a second list in the same step.

One job. Assumed: somebody puts back what a dead worker left on its list (the first report speaks of lists for each
worker, or of timeouts). Left out: jobs that fail.

    lifecheck verify examples.resque_pop:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, can_always_reach, sometimes

MEANINGS = {
    "push": "Somebody pushes a job onto the list.",
    "take": "The worker takes the job from the list.",
    "finish": "The worker has done the job.",
    "remove": "The worker removes the job from its own list.",
    "kill": "The worker is killed.",
    "put_back": "Somebody puts back what the dead worker left on its list.",
    "begin": "A new worker begins.",
}

POPS = (Row("take", "waiting", "gone"), Row("remove", "gone", "="))
MOVES = (
    Row("take", "waiting", "in_hand"),
    Row("remove", "in_hand", "gone"),
    Row("put_back", "in_hand", "waiting"),
)

WORKER = Component(
    "worker",
    states=["idle", "working", "finished", "dead"],
    initial="idle",
    rows=[
        Row("take", "idle", "working"),
        Row("finish", "working", "finished"),
        Row("remove", "finished", "idle"),
        Row("kill", "working", "dead"),
        Row("kill", "finished", "dead"),
        Row("begin", "dead", "idle"),
        Row("put_back", "dead", "="),
        Row("put_back", "idle", "="),
    ],
    alphabet={"take", "finish", "remove", "kill", "begin", "put_back"},
)

TIMES_DONE = Component(
    "times_done",
    states=["none", "once", "again"],
    initial="none",
    rows=[Row("finish", "none", "once"), Row("finish", "once", "again"), Row("finish", "again", "=")],
    alphabet={"finish"},
)


def _system(name: str, rows: tuple[Row, ...]) -> System:
    job = Component(
        "job",
        states=["none", "waiting", "in_hand", "gone"],
        initial="none",
        rows=[Row("push", "none", "waiting"), *rows],
        alphabet={"push", "take", "remove", "put_back"},
    )
    return System(
        name,
        [job, WORKER],
        observers=[TIMES_DONE],
        environment={"push", "kill"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a list that forgets what is popped", POPS),
    "corrected": _system("a second list for what is being done", MOVES),
}


def pushed(s: State) -> bool:
    """A job was pushed."""
    return s.job != "none"


def not_lost(s: State) -> bool:
    """The job is on a list, or in a living worker's hands, or was done."""
    return s.job in {"waiting", "in_hand"} or s.worker in {"working", "finished"} or s.times_done != "none"


def done(s: State) -> bool:
    """The job was done."""
    return s.times_done != "none"


def done_or_none(s: State) -> bool:
    """There is no job that was not done."""
    return done(s) or s.job == "none"


def done_at_most_once(s: State) -> bool:
    """The job was not done a second time."""
    return s.times_done != "again"


CLAIMS = (
    Claim(
        "nothing-is-lost",
        "no job that was pushed is lost",
        always(not_lost, given=pushed),
        witness=sometimes(pushed),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-be-done",
        "a job that was pushed can always be done",
        can_always_reach(done_or_none),
        witness=sometimes(pushed),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "done-at-most-once",
        "a job is done at most once",
        always(done_at_most_once),
        witness=sometimes(done),
        assumptions="What the correction costs: who is killed before the removal has the work done twice.",
        expected={"reported": Verdict.HOLDS, "corrected": Verdict.VIOLATED},
    ),
)

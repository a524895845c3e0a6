"""A worker that takes jobs from a list in Redis, as its authors wrote it down: three machines, and what they promise.

The worker moves a job from the list to its own (reserve), does it, and takes it off there (acknowledge). Where it
crashes in between, another process moves the job back when its lease is over (expire).
"""

from __future__ import annotations

from transitions import Machine

from lifecheck import Claim, Role, Verdict, compose, never


def job() -> Machine:
    """Return where a job is: in the list, in that of the worker, or taken off."""
    rows = [["reserve", "waiting", "leased"], ["expire", "leased", "waiting"], ["acknowledge", "leased", "gone"]]
    states = ["waiting", "leased", "gone"]
    return Machine(states=states, initial="waiting", transitions=rows, auto_transitions=False)


def worker() -> Machine:
    """Return what the worker does."""
    rows = [
        ["reserve", "idle", "working"],
        ["finish", "working", "finished"],
        ["acknowledge", "finished", "idle"],
        ["crash", ["working", "finished"], "idle"],
        ["expire", "idle", "="],  # its lease lasts as long as it lives
    ]
    states = ["idle", "working", "finished"]
    return Machine(states=states, initial="idle", transitions=rows, auto_transitions=False)


def effects() -> Machine:
    """Return how often the job was done."""
    rows = [["finish", "none", "once"], ["finish", "once", "again"], ["finish", "again", "again"]]
    return Machine(states=["none", "once", "again"], initial="none", transitions=rows, auto_transitions=False)


SYSTEM = compose(
    {"job": job, "worker": worker, "effects": effects},
    name="worker",
    shared=["reserve", "acknowledge", "expire", "finish"],
    observers=["effects"],
    environment=["crash"],
    meanings={
        "reserve": "The worker moves the job to its own list.",
        "finish": "The job is done.",
        "acknowledge": "The worker takes the job off its list.",
        "crash": "The worker dies.",
        "expire": "The lease is over: the job goes back to the list.",
    },
)

CLAIMS = [
    Claim(
        "done-once",
        "a job is done at most once",
        never("effects == 'again'"),
        role=Role.REQUIREMENT,
        expected={"worker": Verdict.VIOLATED},
    )
]

"""A lock with a time limit, whose late holder takes away the lock of the next one.

Reported of Nexspence (nexspence/nexspence#223): whoever has the lock deletes its key when done, without looking whose
key it is. If the work took longer than the key lives, another node has taken the lock meanwhile; its key is deleted,
and a third may come in while the second is at work. The correction (#226) compares and deletes in one step.

Two nodes, of which only the first may be too slow. That both are at work at once is no part of the claim: no lock with
a time limit prevents it.

    lifecheck verify examples.nexspence_lock:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, leads_to, sometimes

MEANINGS = {
    "acquire_first": "The first node takes the lock.",
    "expire": "The first node's time is up, and its key is gone.",
    "acquire_second": "The second node takes the lock.",
    "release_first": "The first node is done, and releases the lock as it thinks.",
    "release_second": "The second node is done, and releases the lock.",
}


def _node(name: str) -> Component:
    return Component(
        f"{name}_node",
        states=["idle", "working", "done"],
        initial="idle",
        rows=[Row(f"acquire_{name}", "idle", "working"), Row(f"release_{name}", "working", "done")],
        alphabet={f"acquire_{name}", f"release_{name}"},
    )


DELETES_ANY_KEY = Row("release_first", "second", "free")
COMPARES_FIRST = Row("release_first", "second", "=")


def _system(name: str, late_release: Row) -> System:
    lock = Component(
        "lock",
        states=["free", "first", "second"],
        initial="free",
        rows=[
            Row("acquire_first", "free", "first"),
            Row("acquire_second", "free", "second"),
            Row("expire", "first", "free"),
            Row("release_first", "first", "free"),
            Row("release_first", "free", "="),
            late_release,
            Row("release_second", "second", "free"),
            Row("release_second", "free", "="),
        ],
        alphabet=set(MEANINGS),
    )
    return System(
        name,
        [lock, _node("first"), _node("second")],
        environment={"acquire_first", "acquire_second", "expire"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a lock that whoever is done deletes", DELETES_ANY_KEY),
    "corrected": _system("a lock that is deleted by its holder only", COMPARES_FIRST),
}


def second_works(s: State) -> bool:
    """The second node is at work, and its time is not up."""
    return s.second_node == "working"


def second_holds(s: State) -> bool:
    """The lock is the second node's."""
    return s.lock == "second"


def first_is_late(s: State) -> bool:
    """The first node is at work, and the lock is the second node's."""
    return s.first_node == "working" and second_holds(s)


def free(s: State) -> bool:
    """Nobody has the lock."""
    return s.lock == "free"


CLAIMS = (
    Claim(
        "lock-is-kept",
        "who is in time keeps the lock until it is done",
        always(second_holds, given=second_works),
        witness=sometimes(first_is_late),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "lock-is-freed",
        "the lock is free in the end",
        leads_to(second_holds, free),
        witness=sometimes(second_holds),
        expected={"reported": Verdict.HOLDS, "corrected": Verdict.HOLDS},
    ),
)

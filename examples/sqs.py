"""An Amazon SQS queue with a visibility timeout: two workers that never get rid of a message, and three remedies.

A message that was received is hidden for a while (30 seconds unless set) and comes back unless it is deleted. A
worker that skips a message it does not want, and deletes only what it handled, is handed it again and again: it
*cannot* end. A worker that is slower than the timeout *might not*: on a FIFO queue a deletion that comes too late is
refused (aws/aws-sdk-js#1279, "the receipt handle has expired").

One message, one worker, no dead-letter queue unless it is named. The time a message is kept (4 days unless set) is
left out: it ends every one of these loops by losing the message.

    lifecheck verify examples.sqs:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, can_always_reach, leads_to, never, sometimes

MEANINGS = {
    "send_wanted": "Somebody sends a message that the worker is there for.",
    "send_unwanted": "Somebody sends a message that is not for this worker.",
    "receive_message": "ReceiveMessage: the worker is handed the message, which is hidden for a while.",
    "handle": "The worker does its work.",
    "skip": "The worker sees that the message is not for it, and goes on.",
    "delete_message": "DeleteMessage: the queue forgets the message.",
    "end_visibility_timeout": "The message was not deleted in time, and can be received again.",
    "refuse_deletion": "The worker is done too late: the receipt handle has expired, and the deletion is refused.",
    "move_to_dead_letter_queue": "The message was received too often, and is put aside.",
}

MESSAGE = Component(
    "message",
    states=["unknown", "wanted", "unwanted"],
    initial="unknown",
    rows=[
        Row("send_wanted", "unknown", "wanted"),
        Row("send_unwanted", "unknown", "unwanted"),
        Row("handle", "wanted", "="),
        Row("skip", "unwanted", "="),
    ],
    alphabet={"send_wanted", "send_unwanted", "handle", "skip"},
)

QUEUE = Component(
    "queue",
    states=["empty", "visible", "hidden", "deleted", "put_aside"],
    initial="empty",
    rows=[
        Row("send_wanted", "empty", "visible"),
        Row("send_unwanted", "empty", "visible"),
        Row("receive_message", "visible", "hidden"),
        Row("handle", "hidden", "="),
        Row("skip", "hidden", "="),
        Row("end_visibility_timeout", "hidden", "visible"),
        Row("delete_message", "hidden", "deleted"),
        Row("refuse_deletion", "visible", "="),
        Row("move_to_dead_letter_queue", "visible", "put_aside"),
    ],
    alphabet={
        "send_wanted",
        "send_unwanted",
        "receive_message",
        "handle",
        "skip",
        "end_visibility_timeout",
        "delete_message",
        "refuse_deletion",
        "move_to_dead_letter_queue",
    },
)

# no row deletes a message that is skipped
SKIPS = Row("skip", "working", "idle")

DELETES_WHAT_IT_SKIPS = Row("skip", "working", "finished")

RECEIVED_TWICE = Component(
    "receives",
    states=["none", "one", "two"],
    initial="none",
    rows=[
        Row("receive_message", "none", "one"),
        Row("receive_message", "one", "two"),
        Row("move_to_dead_letter_queue", "two", "="),
    ],
    alphabet={"receive_message", "move_to_dead_letter_queue"},
)
"""A dead-letter queue that takes a message after it was received twice (maxReceiveCount=2)."""

IN_TIME = ("handle", "skip", "delete_message")

NO_DEAD_LETTER_QUEUE = Component("receives", ["any"], "any", [], {"move_to_dead_letter_queue"})


def _system(
    name: str, skip: Row, *, slow: bool, dead_letter_queue: bool = False, quick_in_the_end: bool = False
) -> System:
    # one that is always in time deletes before the message is visible again
    timeout = [Row("end_visibility_timeout", state, "=") for state in ("idle", *(["working", "finished"] * slow))]
    worker = Component(
        "worker",
        states=["idle", "working", "finished"],
        initial="idle",
        rows=[
            Row("receive_message", "idle", "working"),
            skip,
            Row("handle", "working", "finished"),
            Row("delete_message", "finished", "idle"),
            Row("refuse_deletion", "working", "idle"),
            Row("refuse_deletion", "finished", "idle"),
            *timeout,
        ],
        alphabet={"receive_message", "skip", "handle", "delete_message", "refuse_deletion", "end_visibility_timeout"},
    )
    return System(
        name,
        [MESSAGE, QUEUE, worker, RECEIVED_TWICE if dead_letter_queue else NO_DEAD_LETTER_QUEUE],
        environment={"send_wanted", "send_unwanted"},
        strong=dict.fromkeys(IN_TIME, "some attempt is quick enough in the end") if quick_in_the_end else {},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "skips": _system("a worker that skips", SKIPS, slow=False),
    "skips-dead-letter": _system(
        "a worker that skips, and a dead-letter queue", SKIPS, slow=False, dead_letter_queue=True
    ),
    "deletes": _system("a worker that deletes what it skips", DELETES_WHAT_IT_SKIPS, slow=False),
    "slow": _system("a worker that may be too slow", DELETES_WHAT_IT_SKIPS, slow=True),
    "slow-strong": _system(
        "a worker that is quick enough in the end", DELETES_WHAT_IT_SKIPS, slow=True, quick_in_the_end=True
    ),
}


def on_queue(s: State) -> bool:
    """The message can be received, now or after the timeout."""
    return s.queue in {"visible", "hidden"}


def off_queue(s: State) -> bool:
    """The message is not on the queue."""
    return not on_queue(s)


def wanted_put_aside(s: State) -> bool:
    """A message that the worker is there for was moved to the dead-letter queue."""
    return s.message == "wanted" and s.queue == "put_aside"


def put_aside(s: State) -> bool:
    """The message was moved to the dead-letter queue."""
    return s.queue == "put_aside"


CLAIMS = (
    Claim(
        "leaves-queue",
        "no message stays on the queue for ever",
        leads_to(on_queue, off_queue),
        witness=sometimes(on_queue),
        assumptions="Whether a slow worker ever deletes in time is a question of strong fairness.",
        expected={
            "skips": Verdict.VIOLATED,
            "skips-dead-letter": Verdict.HOLDS,
            "deletes": Verdict.HOLDS,
            "slow": Verdict.VIOLATED,
            "slow-strong": Verdict.HOLDS,
        },
    ),
    Claim(
        "can-leave",
        "a message can always leave the queue",
        can_always_reach(off_queue),
        witness=sometimes(on_queue),
        expected={
            "skips": Verdict.VIOLATED,
            "skips-dead-letter": Verdict.HOLDS,
            "deletes": Verdict.HOLDS,
            "slow": Verdict.HOLDS,
            "slow-strong": Verdict.HOLDS,
        },
    ),
    Claim(
        "wanted-is-not-put-aside",
        "only unwanted messages are put aside",
        never(wanted_put_aside),
        witness=sometimes(put_aside),
        assumptions="Without a dead-letter queue nothing is put aside.",
        expected={
            "skips": Verdict.VACUOUS,
            "skips-dead-letter": Verdict.HOLDS,
            "deletes": Verdict.VACUOUS,
            "slow": Verdict.VACUOUS,
            "slow-strong": Verdict.VACUOUS,
        },
    ),
)

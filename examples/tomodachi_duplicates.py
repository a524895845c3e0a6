"""A consumer that knows a message again, does nothing, and so never deletes it.

Reported of tomodachi (kalaspuff/tomodachi#2074): the handler had run, and the deletion from the SQS queue failed. The
same consumer was then handed the message again and again, each time ignored it as a duplicate, and did not delete it,
until it came to the dead-letter queue; even put back from there it was ignored. The correction, in the words of the
lesson: after 60 seconds the consumer no longer knows the message, so that the handler runs again, and is followed by a
deletion. The report says itself what this costs: the handler may run twice, and has to bear it.

One message, one consumer that is always quicker than the visibility timeout. Assumed: of all attempts to delete, some
attempt succeeds in the end. Left out: the dead-letter queue, which only interrupts the loop.

    lifecheck verify examples.tomodachi_duplicates:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, can_always_reach, leads_to, sometimes

MEANINGS = {
    "send": "A producer sends the message.",
    "receive_unknown": "The consumer is handed a message that it does not know.",
    "receive_known": "The consumer is handed a message that it knows, and ignores it as a duplicate.",
    "handle": "The handler runs, and the consumer remembers the message.",
    "delete": "DeleteMessage succeeds: the queue forgets the message.",
    "fail_to_delete": "DeleteMessage fails: the message stays.",
    "end_visibility_timeout": "The message was not deleted, and can be received again.",
    "forget": "60 seconds are over: the consumer no longer knows the message.",
}

QUEUE = Component(
    "queue",
    states=["empty", "visible", "hidden", "deleted"],
    initial="empty",
    rows=[
        Row("send", "empty", "visible"),
        Row("receive_unknown", "visible", "hidden"),
        Row("receive_known", "visible", "hidden"),
        Row("delete", "hidden", "deleted"),
        Row("fail_to_delete", "hidden", "="),
        Row("end_visibility_timeout", "hidden", "visible"),
    ],
    alphabet={"send", "receive_unknown", "receive_known", "delete", "fail_to_delete", "end_visibility_timeout"},
)

CONSUMER = Component(
    "consumer",
    states=["idle", "handling", "deleting"],
    initial="idle",
    rows=[
        Row("receive_unknown", "idle", "handling"),
        Row("handle", "handling", "deleting"),
        Row("delete", "deleting", "idle"),
        Row("fail_to_delete", "deleting", "idle"),
        # no row deletes what is known: this is the defect
        Row("receive_known", "idle", "="),
        Row("end_visibility_timeout", "idle", "="),
    ],
    alphabet={"receive_unknown", "receive_known", "handle", "delete", "fail_to_delete", "end_visibility_timeout"},
)

HANDLED = Component(
    "handled",
    states=["never", "once", "again"],
    initial="never",
    rows=[Row("handle", "never", "once"), Row("handle", "once", "again"), Row("handle", "again", "=")],
    alphabet={"handle"},
)

FORGETS = Row("forget", "known", "unknown")


def _system(name: str, *, forgets: bool = False) -> System:
    memory = Component(
        "memory",
        states=["unknown", "known"],
        initial="unknown",
        rows=[
            Row("receive_unknown", "unknown", "="),
            Row("handle", "unknown", "known"),
            Row("handle", "known", "="),
            Row("receive_known", "known", "="),
            *([FORGETS] if forgets else []),
        ],
        alphabet={"receive_unknown", "receive_known", "handle", *(["forget"] if forgets else [])},
    )
    return System(
        name,
        [QUEUE, CONSUMER, memory],
        observers=[HANDLED],
        environment={"send", "fail_to_delete"},
        strong={"delete": "deletions that are tried again and again succeed in the end"},
        meanings={trigger: MEANINGS[trigger] for trigger in MEANINGS if forgets or trigger != "forget"},
    )


SYSTEMS = {
    "reported": _system("a consumer that ignores what it knows"),
    "corrected": _system("a consumer that forgets after a while", forgets=True),
}


def handled(s: State) -> bool:
    """The handler has run, and the message is still on the queue."""
    return s.handled != "never" and s.queue in {"visible", "hidden"}


def deleted(s: State) -> bool:
    """The queue has forgotten the message."""
    return s.queue == "deleted"


def handled_at_most_once(s: State) -> bool:
    """The handler did not run a second time."""
    return s.handled != "again"


def off_queue(s: State) -> bool:
    """The message is not, or no longer, on the queue."""
    return s.queue in {"empty", "deleted"}


def ever_handled(s: State) -> bool:
    """The handler has run."""
    return s.handled != "never"


CLAIMS = (
    Claim(
        "handled-is-deleted",
        "what was handled is deleted in the end",
        leads_to(handled, deleted),
        witness=sometimes(handled),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-leave",
        "a message can always leave the queue",
        can_always_reach(off_queue),
        witness=sometimes(handled),
        assumptions="Asks what is possible: no patience and no luck helps the consumer that ignores.",
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "handled-at-most-once",
        "the handler runs at most once",
        always(handled_at_most_once),
        witness=sometimes(ever_handled),
        assumptions="What the correction costs, as its author says.",
        expected={"reported": Verdict.HOLDS, "corrected": Verdict.VIOLATED},
    ),
)

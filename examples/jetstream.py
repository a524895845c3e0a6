"""A NATS JetStream consumer that swallows a message it cannot read, without a word to the server.

A message that was delivered and not acknowledged within AckWait (30 seconds unless set) is delivered again, and
MaxDeliver, the number of attempts, is unlimited unless set. A handler that fails on one message and says nothing
gets it again for ever. To limit the attempts ends the repetition, not the debt: the message stays in the stream,
unacknowledged (nats-io/nats-server#4956). To terminate it is a word about it: the server then lets it go.

Public cases: nats-io/nats-server#5564; kyma-project/kyma#13625 (no limit set, delivered again without end). One
message that the consumer cannot read; explicit acknowledgements; no crash.

    lifecheck verify examples.jetstream:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, can_always_reach, leads_to, sometimes

MEANINGS = {
    "publish": "Somebody publishes a message that the consumer cannot read.",
    "deliver": "The server hands the message to the consumer, and waits for a word.",
    "swallow": "The consumer fails on the message, logs it, and says nothing.",
    "terminate": "AckTerm: the consumer says that it will never be able to read the message.",
    "end_ack_wait": "AckWait is over without a word, and the message is due again.",
    "give_up": "MaxDeliver is reached: the message is not delivered again, and stays unacknowledged.",
}

ALPHABET = frozenset({"publish", "deliver", "terminate", "end_ack_wait", "give_up"})

SERVER_ROWS = (
    Row("publish", "empty", "due"),
    Row("deliver", "due", "waiting"),
    Row("end_ack_wait", "waiting", "due"),
    Row("terminate", "waiting", "terminated"),
)

# MaxDeliver is -1 unless set: no row gives up
GIVES_UP = Row("give_up", "due", "given_up")

# no row tells the server: this is the defect
SWALLOWS = Row("swallow", "reading", "idle")

TERMINATES = Row("terminate", "reading", "idle")

ATTEMPTS = Component(
    "attempts",
    states=["none", "one", "two"],
    initial="none",
    rows=[Row("deliver", "none", "one"), Row("deliver", "one", "two"), Row("give_up", "two", "=")],
    alphabet={"deliver", "give_up"},
)
"""MaxDeliver=2."""


def _system(name: str, answer: Row, *, limited: bool = False) -> System:
    server = Component(
        "server",
        states=["empty", "due", "waiting", "terminated", "given_up"],
        initial="empty",
        rows=[*SERVER_ROWS, *([GIVES_UP] if limited else [])],
        alphabet=ALPHABET,
    )
    consumer = Component(
        "consumer",
        states=["idle", "reading"],
        initial="idle",
        # quicker than AckWait: the message is not due again while it is read
        rows=[Row("deliver", "idle", "reading"), answer, Row("end_ack_wait", "idle", "=")],
        alphabet={"deliver", "swallow", "terminate", "end_ack_wait"},
    )
    return System(
        name,
        [server, consumer, *([ATTEMPTS] if limited else [])],
        environment={"publish"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "swallows": _system("a consumer that swallows", SWALLOWS),
    "max-deliver": _system("a consumer that swallows, and a limit", SWALLOWS, limited=True),
    "terminates": _system("a consumer that terminates what it cannot read", TERMINATES),
}


def outstanding(s: State) -> bool:
    """The server has the message and no word about it."""
    return s.server in {"due", "waiting", "given_up"}


def answered(s: State) -> bool:
    """The server has had a word about the message."""
    return s.server == "terminated"


def delivering(s: State) -> bool:
    """The message is delivered, or will be."""
    return s.server in {"due", "waiting"}


def at_rest(s: State) -> bool:
    """The message is not delivered again."""
    return not delivering(s)


CLAIMS = (
    Claim(
        "deliveries-end",
        "no message is delivered again and again for ever",
        leads_to(delivering, at_rest),
        witness=sometimes(delivering),
        expected={"swallows": Verdict.VIOLATED, "max-deliver": Verdict.HOLDS, "terminates": Verdict.HOLDS},
    ),
    Claim(
        "can-end",
        "the deliveries of a message can always end",
        can_always_reach(at_rest),
        witness=sometimes(delivering),
        expected={"swallows": Verdict.VIOLATED, "max-deliver": Verdict.HOLDS, "terminates": Verdict.HOLDS},
    ),
    Claim(
        "is-answered",
        "the server has a word about every message in the end",
        leads_to(outstanding, answered),
        witness=sometimes(outstanding),
        assumptions="A limit does not help: it ends the deliveries, and the message is never settled.",
        expected={"swallows": Verdict.VIOLATED, "max-deliver": Verdict.VIOLATED, "terminates": Verdict.HOLDS},
    ),
)

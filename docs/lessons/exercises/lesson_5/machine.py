"""A client that retries, and a server that may crash while it has a message in its hands."""

from __future__ import annotations

from transitions import Machine

from lifecheck import Component, Row, State, System, component_of, never


def client() -> Machine:
    """Whoever hands the message over, again and again until it is answered."""
    return Machine(
        states=["queued", "waiting", "done"],
        initial="queued",
        transitions=[
            ["send_message", "queued", "waiting"],
            ["reply_250", "waiting", "done"],
            ["give_up_waiting", "waiting", "queued"],
        ],
        auto_transitions=False,
    )


def server() -> Machine:
    """The server, which may crash as soon as it has the message."""
    return Machine(
        states=["listening", "received", "delivered"],
        initial="listening",
        transitions=[
            ["send_message", "listening", "received"],
            ["deliver", "received", "delivered"],
            ["reply_250", "delivered", "listening"],
            ["crash", "received", "listening"],
            ["crash", "delivered", "listening"],
            ["give_up_waiting", "listening", "listening"],
        ],
        auto_transitions=False,
    )


DELIVERIES = Component(
    "deliveries",
    states=["none", "once", "again"],
    initial="none",
    rows=[
        Row("deliver", "none", "once"),
        Row("deliver", "once", "again"),
        Row("deliver", "again", "again"),
    ],
    alphabet={"deliver"},
)

MEANINGS = {
    "send_message": "The client sends the message.",
    "deliver": "The server puts the message into the mailbox.",
    "reply_250": "The server's 250 arrives, and the client forgets the message.",
    "crash": "The server crashes and starts again, and knows nothing of the message.",
    "give_up_waiting": "The client, unanswered, puts the message back into its queue.",
}

SYSTEM = System(
    "mail",
    [component_of(client(), "client"), component_of(server(), "server")],
    observers=[DELIVERIES],
    environment={"crash"},
    meanings=MEANINGS,
)


def delivered_twice(s: State) -> bool:
    """The message is in the mailbox twice."""
    return s.deliveries == "again"


AT_MOST_ONCE = never(delivered_twice)

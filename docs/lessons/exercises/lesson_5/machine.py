"""A client that retries, and a server that may crash while it has a message in its hands."""

from lifecheck import Component, Row, State, System, never

client = Component(
    "client",
    states=["queued", "waiting", "done"],
    initial="queued",
    rows=[
        Row("send_message", "queued", "waiting"),
        Row("reply_250", "waiting", "done"),
        Row("give_up_waiting", "waiting", "queued"),
    ],
    alphabet={"send_message", "reply_250", "give_up_waiting"},
)

server = Component(
    "server",
    states=["listening", "received", "delivered"],
    initial="listening",
    rows=[
        Row("send_message", "listening", "received"),
        Row("deliver", "received", "delivered"),
        Row("reply_250", "delivered", "listening"),
        Row("crash", "received", "listening"),
        Row("crash", "delivered", "listening"),
        Row("give_up_waiting", "listening", "listening"),
    ],
    alphabet={"send_message", "deliver", "reply_250", "crash", "give_up_waiting"},
)

deliveries = Component(
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
    [client, server],
    observers=[deliveries],
    environment={"crash"},
    meanings=MEANINGS,
)


def delivered_twice(s: State) -> bool:
    """The message is in the mailbox twice."""
    return s.deliveries == "again"


AT_MOST_ONCE = never(delivered_twice)

"""A client, a server whose rows are asked for, and the sender, who may be told that a message failed."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row, System

ASKED = "SERVER_ROWS"

client = Component(
    "client",
    states=["responsible", "relieved"],
    initial="responsible",
    rows=[
        Row("send_message", "responsible", "responsible"),
        Row("reply_250", "responsible", "relieved"),
    ],
    alphabet={"send_message", "reply_250"},
)

sender = Component(
    "sender",
    states=["waiting", "told"],
    initial="waiting",
    rows=[Row("bounce", "waiting", "told")],
    alphabet={"bounce"},
)

MEANINGS = {
    "send_message": "The client sends the message.",
    "save": "The server writes the message to its disk.",
    "reply_250": "The server says that it is responsible now.",
    "deliver": "The server puts the message into the mailbox.",
    "drop": "The server throws the message away, and says nothing.",
    "bounce": "The server gives up, and the sender is told.",
}


def counter(name: str, *triggers: str) -> Component:
    """Return an observer that counts triggers as far as it matters: none, once, again."""
    steps = (("none", "once"), ("once", "again"), ("again", "again"))
    rows = [
        Row(trigger, before, after) for trigger in triggers for before, after in steps
    ]
    return Component(name, ["none", "once", "again"], "none", rows, set(triggers))


def system(rows: Sequence[Row]) -> System:
    """Return the system with these rows of the server."""
    server = Component(
        "server",
        states=["empty", "in_memory", "on_disk", "accepted", "delivered", "gone"],
        initial="empty",
        rows=rows,
        alphabet={"send_message", "save", "reply_250", "deliver", "drop", "bounce"},
    )
    return System(
        "mail",
        [client, server, sender],
        observers=[
            counter("sends", "send_message"),
            counter("saves", "save"),
            counter("deliveries", "deliver"),
            counter("drops", "drop"),
        ],
        meanings=MEANINGS,
    )

"""Exercise 1: the server has answered 250, and finds that there is no such mailbox.

As it is, it drops the message and says nothing. Change one row of SERVER_ROWS so that the sender is told. The
component `sender` is right as it is: read its table to see what it listens to.
"""

from lifecheck import Component, Row, System

SERVER_ROWS = [
    Row("send_message", "empty", "in_memory"),
    Row("save", "in_memory", "on_disk"),
    Row("reply_250", "on_disk", "accepted"),
    Row("deliver", "accepted", "delivered"),
    Row("drop", "accepted", "gone"),
]

# Nothing below needs a change.

server = Component(
    "server",
    states=["empty", "in_memory", "on_disk", "accepted", "delivered", "gone"],
    initial="empty",
    rows=SERVER_ROWS,
    alphabet={"send_message", "save", "reply_250", "deliver", "drop", "bounce"},
)

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

SYSTEM = System("mail", [client, server, sender])

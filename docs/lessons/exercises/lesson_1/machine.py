"""A client, a server whose rows are asked for, and the sender, who may be told that a message failed."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import System, component_of
from lifecheck.lessons import TableRow
from lifecheck.system import counter


def client() -> Machine:
    """Whoever hands the message over, and is responsible until 250."""
    return Machine(
        states=["responsible", "relieved"],
        initial="responsible",
        transitions=[
            ["send_message", "responsible", "responsible"],
            ["reply_250", "responsible", "relieved"],
        ],
        auto_transitions=False,
    )


def server(rows: Sequence[TableRow]) -> Machine:
    """The server, with the rows that are asked for."""
    return Machine(
        states=["empty", "in_memory", "on_disk", "accepted", "delivered", "gone"],
        initial="empty",
        transitions=[*rows],
        auto_transitions=False,
    )


def sender() -> Machine:
    """Whoever wrote the message, and listens to one word alone."""
    return Machine(
        states=["waiting", "told"],
        initial="waiting",
        transitions=[["bounce", "waiting", "told"]],
        auto_transitions=False,
    )


MEANINGS = {
    "send_message": "The client sends the message.",
    "save": "The server writes the message to its disk.",
    "reply_250": "The server says that it is responsible now.",
    "deliver": "The server puts the message into the mailbox.",
    "drop": "The server throws the message away, and says nothing.",
    "bounce": "The server gives up, and the sender is told.",
}


def system(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the server."""
    alphabet = {"send_message", "save", "reply_250", "deliver", "drop", "bounce"}
    return System(
        "mail",
        [
            component_of(client(), "client"),
            component_of(server(rows), "server", alphabet=alphabet),
            component_of(sender(), "sender"),
        ],
        observers=[
            counter("send_message", name="sends"),
            counter("save", name="saves"),
            counter("deliver", name="deliveries"),
            counter("drop", name="drops"),
        ],
        meanings=MEANINGS,
    )

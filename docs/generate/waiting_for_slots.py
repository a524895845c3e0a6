"""Asks, for a document, whether clean mail gets through where stuck messages compete with it for delivery slots."""

from __future__ import annotations

import cog

from lifecheck import Verdict
from lifecheck.instances import DEFAULT_MEMORY, check_instances, exploring
from model import UNPATCHED, configured
from properties.claims import CLEAN_MAIL_ARRIVES

SLOTS = (1, 2)
MESSAGES = (1, 2, 3, 4)


def waiting() -> None:
    """Write a table: a line for each number of slots and of messages."""
    cog.outl("\n| slots | messages | states | weak fairness | strong fairness | at best, in how many steps |")
    cog.outl("|--:|--:|--:|---|---|--:|")
    for slots in SLOTS:
        for messages in MESSAGES:
            cog.outl(_line(slots, messages))
    cog.outl("")


def _line(slots: int, messages: int) -> str:
    settings = {**UNPATCHED.settings, "slots": str(slots)}
    weak = check_instances(configured(settings), CLEAN_MAIL_ARRIVES.asked, messages, cutoff=False)
    strong = check_instances(
        configured({**settings, "fairness": "strong"}), CLEAN_MAIL_ARRIVES.asked, messages, cutoff=False
    )
    found = exploring(configured(settings), messages, memory=DEFAULT_MEMORY)
    arrived = found.where(CLEAN_MAIL_ARRIVES.asked.goal)
    assert CLEAN_MAIL_ARRIVES.asked.given is not None
    steps = found.steps_to(arrived, found.where(CLEAN_MAIL_ARRIVES.asked.given))
    assert steps is not None
    told = {Verdict.HOLDS: "arrives", Verdict.VIOLATED: "**may wait for ever**"}
    return f"| {slots} | {messages} | {weak.states:,} | {told[weak.verdict]} | {told[strong.verdict]} | {steps} |"

"""Asks, for a document, whether clean mail gets through where stuck messages compete with it for delivery slots."""

from __future__ import annotations

import cog

from docs.generate.steps import steps_to
from lifecheck import Verdict
from lifecheck.instances import check_instances, of_first, space_of_instances
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
    system, asked = configured(settings), CLEAN_MAIL_ARRIVES.asked
    weak = check_instances(system, asked, messages, cutoff=False)
    strong = check_instances(configured({**settings, "fairness": "strong"}), asked, messages, cutoff=False)
    steps = space_of_instances(system, messages).ask(lambda space: steps_to(space, of_first(asked, system)))
    assert steps is not None
    told = {Verdict.HOLDS: "arrives", Verdict.VIOLATED: "**may wait for ever**"}
    return f"| {slots} | {messages} | {weak.states:,} | {told[weak.verdict]} | {told[strong.verdict]} | {steps} |"

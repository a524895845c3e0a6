"""A queue that bounces the bounce: a notice that cannot be delivered is answered with another notice, for ever.

Reported of nullmailer 2.1 (bruceg/nullmailer#69, and #54): where the relay does not take the notices of failure, each
of them fails and brings forth the next; machines ran out of disk space. The maintainer's answer: a notice has an empty
sender, and since version 2.2 no notice is written about a message with an empty sender.

Assumed: the relay may refuse whatever it is given, each time. Left out: that the failed messages are kept in a folder,
which is what grew.

    lifecheck verify examples.nullmailer_bounces:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, leads_to, sometimes

MEANINGS = {
    "submit": "Somebody hands a letter to the queue.",
    "deliver_letter": "The relay takes the letter.",
    "fail_letter": "The relay refuses the letter.",
    "write_notice": "The queue writes a notice to the sender of the letter, and queues it.",
    "deliver_notice": "The relay takes the notice.",
    "fail_notice": "The relay refuses the notice.",
    "write_notice_of_notice": "The queue writes a notice to the sender of the notice, which is itself.",
    "give_up_notice": "The queue sees that the notice has an empty sender, and tells nobody.",
}

ANSWERS_NOTICES = Row("write_notice_of_notice", "notice_failed", "holds_notice")
KNOWS_NOTICES = Row("give_up_notice", "notice_failed", "empty")


def _system(name: str, after_notice: Row) -> System:
    queue = Component(
        "queue",
        states=["empty", "holds_letter", "letter_failed", "holds_notice", "notice_failed"],
        initial="empty",
        rows=[
            Row("submit", "empty", "holds_letter"),
            Row("deliver_letter", "holds_letter", "empty"),
            Row("fail_letter", "holds_letter", "letter_failed"),
            Row("write_notice", "letter_failed", "holds_notice"),
            Row("deliver_notice", "holds_notice", "empty"),
            Row("fail_notice", "holds_notice", "notice_failed"),
            after_notice,
        ],
        alphabet=(set(MEANINGS) - {"write_notice_of_notice", "give_up_notice"}) | {after_notice.trigger},
    )
    return System(
        name,
        [queue],
        environment={"submit"},
        meanings={trigger: MEANINGS[trigger] for trigger in MEANINGS if trigger in queue.alphabet},
    )


SYSTEMS = {
    "reported": _system("a queue that answers notices", ANSWERS_NOTICES),
    "corrected": _system("a queue that knows a notice by its empty sender", KNOWS_NOTICES),
}


def letter_failed(s: State) -> bool:
    """The relay has just refused a letter."""
    return s.queue == "letter_failed"


def at_rest(s: State) -> bool:
    """The queue is empty."""
    return s.queue == "empty"


CLAIMS = (
    Claim(
        "queue-comes-to-rest",
        "after a letter has failed the queue comes to rest",
        leads_to(letter_failed, at_rest),
        witness=sometimes(letter_failed),
        assumptions="The relay's yes and no are both fair game: nothing obliges it ever to take a notice.",
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)

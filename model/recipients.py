"""The recipients of a message that has more than one: whose turn it is to have it delivered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lifecheck import Component, Row
from model.configuration import Configuration
from model.sources import assumption, documented
from model.switches import AcknowledgedPer, Delivery, Recipients

IN_ORDER = ("first", "second", "third")

EACH = documented("RFC 2033, 4.2: a reply for each recipient")
TURN = assumption("recipients are served one after the other")


def recipients_of(configuration: Configuration) -> Sequence[str]:
    """Return the recipients in the order in which they are served.

    Examples
    --------
    >>> from model import Recipients
    >>> recipients_of(Configuration(recipients=Recipients.TWO))
    ('first', 'second')
    """
    return IN_ORDER[: int(configuration.recipients)]


def deliveries_of(configuration: Configuration) -> Sequence[str]:
    """Return the triggers that put a copy into a mailbox, one for each recipient.

    Examples
    --------
    >>> deliveries_of(Configuration())
    ('deliver',)
    """
    if configuration.recipients is Recipients.ONE:
        return ("deliver",)
    return tuple(f"deliver_to_{recipient}" for recipient in recipients_of(configuration))


def recipient(configuration: Configuration) -> Component:
    """Return whose turn it is; who has had a turn is forgotten by the next attempt, unless somebody remembers.

    With a report for each recipient the queue remembers whom it need not serve again; a store that
    remembers knows it itself.

    Examples
    --------
    >>> from model import Recipients
    >>> recipient(Configuration(recipients=Recipients.TWO)).triggers
    ('deliver_to_first', 'deliver_to_second', 'attempt_delivery')
    """
    turns = recipients_of(configuration)
    deliveries = deliveries_of(configuration)
    each = configuration.acknowledged_per is AcknowledgedPer.RECIPIENT
    following = [*turns[1:], turns[-1]]
    rows = [
        Row(trigger, turn, turn if each else after, reference=TURN)
        for trigger, turn, after in zip(deliveries, turns, following, strict=True)
    ]
    if each:
        rows += [Row("acknowledge_recipient", turn, after, reference=EACH) for turn, after in pairwise(turns)]
    elif configuration.delivery is not Delivery.REMEMBERING:
        why = assumption("a new attempt knows nothing of the mailboxes that the last one reached")
        rows += [Row("attempt_delivery", turn, turns[0], reference=why) for turn in turns]
    return Component(
        "recipient",
        states=turns,
        initial=turns[0],
        rows=rows,
        alphabet={row.trigger for row in rows},
    )

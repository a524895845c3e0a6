"""What the claims ask about a state of the mail system, each predicate named as it is read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import State
from model.observers import SEPARATOR


def in_queue(s: State) -> bool:
    """The entry is in the queue, waiting or being delivered."""
    return s.queue in ("queued", "delivering")


def not_in_queue(s: State) -> bool:
    """The entry is not, or no longer, in the queue."""
    return not in_queue(s)


def accepted_and_not_in_queue(s: State) -> bool:
    """A message was accepted, and its entry is no longer in the queue."""
    return s.message != "unknown" and not_in_queue(s)


def deleted(s: State) -> bool:
    """The store's copy was just deleted; the original is another matter."""
    return s.store == "deleted"


def settled_and_not_bounced(s: State) -> bool:
    """The queue has heard that the message is dealt with, and the sender was told nothing."""
    return accepted_and_not_in_queue(s) and s.sender == "unaware"


def deleted_again(s: State) -> bool:
    """Copies of the message were deleted more than once."""
    return s.deletions == "again"


def deleted_at_most_once(s: State) -> bool:
    """No second copy of the message was deleted."""
    return not deleted_again(s)


def deliveries_of_each(s: State) -> Sequence[str]:
    """How often each recipient got a copy, or a notice in its place: none, once, again."""
    return str(s.deliveries).split(SEPARATOR)


def delivered_at_most_once(s: State) -> bool:
    """Nobody got a second copy of the message, or a second notice in its place."""
    return "again" not in deliveries_of_each(s)


def everybody_got_it_again(s: State) -> bool:
    """Every recipient got a second copy."""
    return all(count == "again" for count in deliveries_of_each(s))


def ever_deleted(s: State) -> bool:
    """A copy was deleted at some time."""
    return s.deletions != "none"


def ever_delivered(s: State) -> bool:
    """A copy, or a notice in its place, was delivered to somebody at some time."""
    return any(count != "none" for count in deliveries_of_each(s))


def delivered_to_all(s: State) -> bool:
    """Every recipient got a copy, or a notice in its place, at some time."""
    return all(count != "none" for count in deliveries_of_each(s))


def bounced(s: State) -> bool:
    """The sender got a non-delivery report."""
    return s.sender == "bounced"


def accounted_for(s: State) -> bool:
    """The message was delivered to all, replaced, deleted or bounced at some time."""
    return delivered_to_all(s) or ever_deleted(s) or bounced(s)


def bounced_though_settled(s: State) -> bool:
    """The sender got a non-delivery report for a message that had been delivered or deleted."""
    return bounced(s) and (ever_delivered(s) or ever_deleted(s))


def infected(s: State) -> bool:
    """The message carries a virus."""
    return s.message == "infected"


def clean(s: State) -> bool:
    """The message carries no virus."""
    return s.message == "clean"


def clean_deleted(s: State) -> bool:
    """The copy of a message without a virus was just deleted."""
    return clean(s) and deleted(s)


def virus_in_mailbox(s: State) -> bool:
    """A message with a virus was delivered as it is."""
    return infected(s) and s.store == "delivered"


def file_present(s: State) -> bool:
    """The original lies in the queue's folder."""
    return s.queue_file != "absent"


def file_absent(s: State) -> bool:
    """The original does not lie in the queue's folder."""
    return s.queue_file == "absent"


def clean_in_queue(s: State) -> bool:
    """A message without a virus is in the queue."""
    return clean(s) and in_queue(s)


def delivered_or_bounced(s: State) -> bool:
    """Everybody has a copy, or the sender knows that not everybody has."""
    return delivered_to_all(s) or bounced(s)


def counted_as_delivered(s: State) -> bool:
    """The queue has heard of a successful delivery of what nobody got: the copy was deleted."""
    return s.queue == "removed" and s.sender == "unaware" and ever_deleted(s) and not ever_delivered(s)


def delivered_after_deletion(s: State) -> bool:
    """A copy was deleted at some time, and one was just delivered."""
    return ever_deleted(s) and s.store == "delivered"

"""What each trigger means, in one sentence, and which of them the environment owns."""

from __future__ import annotations

ARRIVALS = frozenset({"accept_clean_message", "accept_infected_message"})

FAULTS = frozenset(
    {
        "crash_smtp",
        "crash_store",
        "crash_scanner",
        "fail_to_scan",
        "lose_acknowledgement",
        "update_signatures",
    }
)
"""What goes wrong, or changes under way."""

ENVIRONMENT = ARRIVALS | FAULTS
"""Mail may arrive, and faults may happen; nothing says that they must."""

MEANINGS = {
    "accept_clean_message": "A message without a virus arrives; the SMTP service saves and queues it.",
    "accept_infected_message": "A message with a virus arrives; the SMTP service saves and queues it.",
    "attempt_delivery": "The queue hands a copy of the message to the store.",
    "begin_scan": "The store has the scanner look at the copy.",
    "recognise": "The store recognises a message that it has dealt with before.",
    "fail_to_scan": "The scanner does not answer.",
    "find_clean": "The scanner finds nothing.",
    "request_deletion": "The scanner finds the virus and asks for the copy to be deleted.",
    "request_replacement": "The scanner finds the virus and asks for the content to be replaced.",
    "delete": "The store deletes the copy.",
    "replace": "The store delivers a notice in place of the content.",
    "deliver": "The store puts the copy into the mailbox.",
    "deliver_to_first": "The store puts the copy into the mailbox of the first recipient.",
    "deliver_to_second": "The store puts the copy into the mailbox of the second recipient.",
    "deliver_to_third": "The store puts the copy into the mailbox of the third recipient.",
    "acknowledge_recipient": "The store reports success for one recipient, who will not be served again.",
    "acknowledge": "The store reports success, and the queue settles the entry.",
    "report_consumed": "The store reports that the copy was discarded; the queue settles the entry.",
    "report_failure": "The store reports a permanent failure; the queue settles the entry and tells the sender.",
    "lose_acknowledgement": "The store's report is lost on its way to the queue.",
    "update_signatures": "New signatures no longer take the message for infected.",
    "abandon_attempt": "The queue, unanswered, gives up on the attempt and keeps the entry.",
    "remove_file": "The SMTP service removes the original's file.",
    "crash_smtp": "The SMTP service crashes, and what it knew of its files is gone.",
    "restart_smtp": "The SMTP service is restarted.",
    "rebuild_queue": "The restarted SMTP service finds the file on disk and queues the message again.",
    "crash_store": "The store crashes.",
    "restart_store": "The store is restarted.",
    "crash_scanner": "The scanner crashes.",
    "restart_scanner": "The scanner is restarted.",
    "grow_old": "The entry reaches the age at which it expires.",
    "expire": "The queue gives the entry up and sends the sender a non-delivery report.",
}

"""The claims about the mail system: what must hold, what is worth knowing, and what is expected of each variant."""

from __future__ import annotations

from lifecheck import Claim, Role, Verdict, always, can_always_reach, leads_to, never, sometimes
from properties import predicates as p
from properties.expected import everywhere

HOLDS, VIOLATED, VACUOUS = Verdict.HOLDS, Verdict.VIOLATED, Verdict.VACUOUS

DELETED_LEAVES_QUEUE = Claim(
    "deleted-leaves-queue",
    "no deleted message stays queued for ever",
    leads_to(p.deleted, p.not_in_queue),
    witness=sometimes(p.deleted),
    assumptions=(
        "Unpatched with expiry it holds by expiry only: the entry times out, and the sender is told. Where reports "
        "are lost again and again it takes strong fairness of acknowledge, or expiry."
    ),
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        unpatched_signatures=VIOLATED,
        patched_lost_again=VIOLATED,  # weak fairness does not reach what is possible only now and then
        with_vsapi_2_0=VACUOUS,  # version 2.0 cannot delete
        with_vsapi_2_0_expiry=VACUOUS,
        unpatched_crash=VIOLATED,
        patched_crashes_again_strong=VIOLATED,  # see outage-only-delays
    ),
)

CAN_DRAIN = Claim(
    "can-drain",
    "the queue can always drain",
    can_always_reach(p.not_in_queue),
    witness=sometimes(p.in_queue),
    assumptions="Asks what is possible, not what fairness brings about: violated, no scheduler can help.",
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        unpatched_signatures=VIOLATED,
        unpatched_crash=VIOLATED,
    ),
)

DELETION_SETTLES = Claim(
    "deletion-settles",
    "a deletion settles the entry without a bounce",
    leads_to(p.deleted, p.settled_and_not_bounced),
    witness=sometimes(p.deleted),
    assumptions="Expiry does not help: it ends the retries with a non-delivery report.",
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        unpatched_expiry=VIOLATED,
        unpatched_signatures=VIOLATED,
        bouncing=VIOLATED,  # to bounce is how it settles
        patched_lost_again=VIOLATED,
        patched_lost_again_expiry=VIOLATED,
        with_vsapi_2_0=VACUOUS,
        with_vsapi_2_0_expiry=VACUOUS,
        unpatched_crash=VIOLATED,
        patched_crashes_again_strong=VIOLATED,
    ),
)

DELETED_AT_MOST_ONCE = Claim(
    "deleted-at-most-once",
    "a message is deleted at most once",
    always(p.deleted_at_most_once),
    witness=sometimes(p.ever_deleted),
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        unpatched_expiry=VIOLATED,
        unpatched_signatures=VIOLATED,
        patched_lost_once=VIOLATED,  # a lost report is a retry, and a retry deletes again
        patched_lost_again=VIOLATED,
        patched_lost_again_expiry=VIOLATED,
        patched_lost_again_strong=VIOLATED,
        with_vsapi_2_0=VACUOUS,
        with_vsapi_2_0_expiry=VACUOUS,
        unpatched_crash=VIOLATED,
        patched_crash=VIOLATED,  # between deletion and acknowledgement
        patched_crashes_again_strong=VIOLATED,
        two_recipients_lost_once=VIOLATED,
        per_recipient_lost_once=VIOLATED,
        three_recipients_crash=VIOLATED,
        at_most_once_crash=VIOLATED,  # acknowledged, but its file is still there
    ),
)

DELIVERED_AT_MOST_ONCE = Claim(
    "delivered-at-most-once",
    "a message is delivered at most once",
    always(p.delivered_at_most_once),
    witness=sometimes(p.ever_delivered),
    assumptions="No report is lost and no service crashes: else the work is done again, as RFC 1047 warns.",
    expected=everywhere(
        HOLDS,
        patched_lost_once=VIOLATED,
        patched_lost_again=VIOLATED,
        patched_lost_again_expiry=VIOLATED,
        patched_lost_again_strong=VIOLATED,
        unpatched_crash=VIOLATED,
        patched_crash=VIOLATED,
        patched_crashes_again_strong=VIOLATED,
        two_recipients_lost_once=VIOLATED,
        per_recipient_lost_once=VIOLATED,  # only the one whose report was lost
        three_recipients_crash=VIOLATED,
        at_most_once_crash=VIOLATED,  # acknowledged, but its file is still there
    ),
)

NOTHING_VANISHES = Claim(
    "nothing-vanishes",
    "no accepted message vanishes",
    leads_to(p.accepted_and_not_in_queue, p.accounted_for),
    witness=sometimes(p.accepted_and_not_in_queue),
    assumptions="No service crashes after it has answered for what it has not yet done.",
    expected=everywhere(
        HOLDS,
        at_most_once_crash=VIOLATED,  # the queue has forgotten what the store then loses
    ),
)

SETTLED_IS_DONE = Claim(
    "settled-is-done",
    "an entry is settled only when its message is dealt with",
    always(p.accounted_for, given=p.accepted_and_not_in_queue),
    witness=sometimes(p.accepted_and_not_in_queue),
    assumptions="Answering first breaks it by design; that is harmless as long as nothing crashes.",
    expected=everywhere(HOLDS, at_most_once=VIOLATED, at_most_once_crash=VIOLATED),
)

NO_FALSE_BOUNCE = Claim(
    "no-false-bounce",
    "no bounce for a settled message",
    never(p.bounced_though_settled),
    witness=sometimes(p.bounced),
    assumptions="Settled means delivered or deleted. Where entries never expire nothing bounces: it says nothing.",
    expected=everywhere(
        VACUOUS,
        unpatched_expiry=VIOLATED,
        patched_expiry=HOLDS,
        without_imf_expiry=HOLDS,
        with_vsapi_2_0_expiry=HOLDS,
        bouncing=VIOLATED,  # the sender learns of a virus, and is told that the message failed
        patched_lost_again_expiry=VIOLATED,
    ),
)

NO_VIRUS_IN_MAILBOX = Claim(
    "no-virus-in-mailbox",
    "no virus reaches a mailbox",
    never(p.virus_in_mailbox),
    witness=sometimes(p.infected),
    assumptions="The scanner is never wrong, and what it does not look at is held back.",
    expected=everywhere(HOLDS, patched_fails_open=VIOLATED),
)

CLEAN_IS_KEPT = Claim(
    "clean-is-kept",
    "no clean message is deleted",
    never(p.clean_deleted),
    witness=sometimes(p.clean),
    assumptions="The scanner is never wrong.",
    expected=everywhere(
        HOLDS,
        unpatched_signatures=VIOLATED,  # a copy was condemned before the message was found clean
        patched_signatures=VIOLATED,
    ),
)

QUEUED_HAS_FILE = Claim(
    "queued-has-file",
    "an entry in the queue has its file",
    always(p.file_present, given=p.in_queue),
    witness=sometimes(p.in_queue),
    expected=everywhere(HOLDS),
)

SETTLED_FILE_GOES = Claim(
    "settled-file-goes",
    "the file of a settled entry goes",
    leads_to(p.accepted_and_not_in_queue, p.file_absent),
    witness=sometimes(p.accepted_and_not_in_queue),
    expected=everywhere(
        HOLDS,
        patched_crashes_again_strong=VIOLATED,
    ),
)

CLEAN_MAIL_ARRIVES = Claim(
    "clean-mail-arrives",
    "clean mail arrives, or with expiry bounces",
    leads_to(p.clean_in_queue, p.delivered_or_bounced),
    witness=sometimes(p.clean_in_queue),
    assumptions="One message alone: it waits for no other.",
    expected=everywhere(
        HOLDS,
        patched_fails_closed=VIOLATED,  # nothing obliges the scanner to answer in the end
        patched_signatures=VIOLATED,  # found clean too late: the copy is deleted, and no retry is left
        patched_crashes_again_strong=VIOLATED,
        at_most_once_crash=VIOLATED,
    ),
)

OUTAGE_ONLY_DELAYS = Claim(
    "outage-only-delays",
    "what is queued leaves the queue in the end",
    leads_to(p.in_queue, p.not_in_queue),
    witness=sometimes(p.in_queue),
    assumptions=(
        "One crash only delays. Crashes that never end can keep every attempt from succeeding, and no fairness of the "
        "steps they interrupt helps: what is never possible is owed nothing."
    ),
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        unpatched_signatures=VIOLATED,
        unpatched_crash=VIOLATED,
        patched_lost_again=VIOLATED,
        patched_fails_closed=VIOLATED,
        patched_crashes_again_strong=VIOLATED,
    ),
)

DELETES_AGAIN = Claim(
    "deletes-again",
    "each retry deletes again",
    sometimes(p.deleted_again),
    role=Role.OBSERVATION,
    expected=everywhere(
        VIOLATED,
        unpatched=HOLDS,
        unpatched_expiry=HOLDS,
        unpatched_signatures=HOLDS,
        patched_lost_once=HOLDS,
        patched_lost_again=HOLDS,
        patched_lost_again_expiry=HOLDS,
        patched_lost_again_strong=HOLDS,
        unpatched_crash=HOLDS,
        patched_crash=HOLDS,
        patched_crashes_again_strong=HOLDS,
        two_recipients_lost_once=HOLDS,
        per_recipient_lost_once=HOLDS,
        three_recipients_crash=HOLDS,
        at_most_once_crash=HOLDS,
    ),
)

SECOND_CHANCE = Claim(
    "second-chance",
    "what was deleted may yet be delivered",
    sometimes(p.delivered_after_deletion),
    role=Role.OBSERVATION,
    assumptions="After an update of the signatures. That the correction takes this away is its honest cost.",
    expected=everywhere(VIOLATED, unpatched_signatures=HOLDS),
)

COUNTED_AS_DELIVERED = Claim(
    "counted-as-delivered",
    "what was deleted counts as delivered",
    sometimes(p.counted_as_delivered),
    role=Role.OBSERVATION,
    assumptions="What a report of success says of a deletion; a report that it was consumed does not.",
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        unpatched_expiry=VIOLATED,
        unpatched_signatures=VIOLATED,
        unpatched_crash=VIOLATED,
        with_vsapi_2_0=VIOLATED,
        with_vsapi_2_0_expiry=VIOLATED,
        consuming=VIOLATED,  # reported for what it is
        bouncing=VIOLATED,
    ),
)

EVERYBODY_AGAIN = Claim(
    "everybody-again",
    "every recipient gets the message again",
    sometimes(p.everybody_got_it_again),
    role=Role.OBSERVATION,
    assumptions="What one lost report costs where it is about the message, not about one recipient of it.",
    expected=everywhere(
        VIOLATED,  # and where each recipient is reported, one lost report costs one of them a second copy
        patched_lost_once=HOLDS,
        patched_lost_again=HOLDS,
        patched_lost_again_expiry=HOLDS,
        patched_lost_again_strong=HOLDS,
        two_recipients_lost_once=HOLDS,
        three_recipients_crash=HOLDS,
        unpatched_crash=HOLDS,
        patched_crash=HOLDS,
        patched_crashes_again_strong=HOLDS,
        at_most_once_crash=HOLDS,
    ),
)

CLAIMS = (
    DELETED_LEAVES_QUEUE,
    CAN_DRAIN,
    DELETION_SETTLES,
    DELETED_AT_MOST_ONCE,
    DELIVERED_AT_MOST_ONCE,
    NOTHING_VANISHES,
    SETTLED_IS_DONE,
    NO_FALSE_BOUNCE,
    NO_VIRUS_IN_MAILBOX,
    CLEAN_IS_KEPT,
    QUEUED_HAS_FILE,
    SETTLED_FILE_GOES,
    CLEAN_MAIL_ARRIVES,
    OUTAGE_ONLY_DELAYS,
    DELETES_AGAIN,
    SECOND_CHANCE,
    COUNTED_AS_DELIVERED,
    EVERYBODY_AGAIN,
)

REQUIREMENTS = tuple(claim for claim in CLAIMS if claim.role is Role.REQUIREMENT)

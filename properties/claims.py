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
    assumptions="Unpatched with expiry it holds by expiry only: the entry times out, and the sender is told.",
    expected=everywhere(
        HOLDS,
        unpatched=VIOLATED,
        with_vsapi_2_0=VACUOUS,  # version 2.0 cannot delete
        with_vsapi_2_0_expiry=VACUOUS,
    ),
)

CAN_DRAIN = Claim(
    "can-drain",
    "the queue can always drain",
    can_always_reach(p.not_in_queue),
    witness=sometimes(p.in_queue),
    assumptions="Asks what is possible, not what fairness brings about: violated, no scheduler can help.",
    expected=everywhere(HOLDS, unpatched=VIOLATED),
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
        with_vsapi_2_0=VACUOUS,
        with_vsapi_2_0_expiry=VACUOUS,
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
        with_vsapi_2_0=VACUOUS,
        with_vsapi_2_0_expiry=VACUOUS,
    ),
)

DELIVERED_AT_MOST_ONCE = Claim(
    "delivered-at-most-once",
    "a message is delivered at most once",
    always(p.delivered_at_most_once),
    witness=sometimes(p.ever_delivered),
    assumptions="No acknowledgement is lost.",
    expected=everywhere(HOLDS),
)

NOTHING_VANISHES = Claim(
    "nothing-vanishes",
    "no accepted message vanishes",
    always(p.accounted_for, given=p.accepted_and_not_in_queue),
    witness=sometimes(p.accepted_and_not_in_queue),
    assumptions="No service crashes.",
    expected=everywhere(HOLDS),
)

NO_FALSE_BOUNCE = Claim(
    "no-false-bounce",
    "no bounce for a settled message",
    never(p.bounced_though_settled),
    witness=sometimes(p.bounced),
    assumptions="Settled means delivered or deleted. Where entries never expire nothing bounces: it says nothing.",
    expected=everywhere(
        HOLDS,
        unpatched=VACUOUS,
        unpatched_expiry=VIOLATED,
        patched=VACUOUS,
        without_imf=VACUOUS,
        with_vsapi_2_0=VACUOUS,
    ),
)

NO_VIRUS_IN_MAILBOX = Claim(
    "no-virus-in-mailbox",
    "no virus reaches a mailbox",
    never(p.virus_in_mailbox),
    witness=sometimes(p.infected),
    assumptions="The scanner is available and never wrong.",
    expected=everywhere(HOLDS),
)

CLEAN_IS_KEPT = Claim(
    "clean-is-kept",
    "no clean message is deleted",
    never(p.clean_deleted),
    witness=sometimes(p.clean),
    assumptions="The scanner is never wrong.",
    expected=everywhere(HOLDS),
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
    expected=everywhere(HOLDS),
)

CLEAN_MAIL_ARRIVES = Claim(
    "clean-mail-arrives",
    "clean mail arrives, or with expiry bounces",
    leads_to(p.clean_in_queue, p.delivered_or_bounced),
    witness=sometimes(p.clean_in_queue),
    assumptions="One message alone: it waits for no other.",
    expected=everywhere(HOLDS),
)

DELETES_AGAIN = Claim(
    "deletes-again",
    "each retry deletes again",
    sometimes(p.deleted_again),
    role=Role.OBSERVATION,
    expected=everywhere(VIOLATED, unpatched=HOLDS, unpatched_expiry=HOLDS),
)

CLAIMS = (
    DELETED_LEAVES_QUEUE,
    CAN_DRAIN,
    DELETION_SETTLES,
    DELETED_AT_MOST_ONCE,
    DELIVERED_AT_MOST_ONCE,
    NOTHING_VANISHES,
    NO_FALSE_BOUNCE,
    NO_VIRUS_IN_MAILBOX,
    CLEAN_IS_KEPT,
    QUEUED_HAS_FILE,
    SETTLED_FILE_GOES,
    CLEAN_MAIL_ARRIVES,
    DELETES_AGAIN,
)

REQUIREMENTS = tuple(claim for claim in CLAIMS if claim.role is Role.REQUIREMENT)

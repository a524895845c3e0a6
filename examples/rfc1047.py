"""The gap between the final dot and the answer to it: whoever breaks off there has two copies under way.

Described by Craig Partridge in RFC 1047 (1988), of servers of that time: the receiving server has taken the message,
the sending one does not know it yet. If the connection breaks, or the wait is too long, the sending server must send
again. The advice is to keep the gap short: to answer first, and to do the work later.

A setting of the model of mail: no filter is installed, and one report is lost. The advice shortens the gap and does not
close it (`answers-first`); the model knows no durations, so that short and long are the same to it. What closes it is a
store that knows again what it has dealt with (`corrected`); that is our assumption, the RFC does not ask for it.

    lifecheck verify examples.rfc1047:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Verdict, always, leads_to, sometimes
from model import configured
from properties import predicates

_ONE_REPORT_IS_LOST = {"imf": "off", "acknowledgements": "lost-once"}

SYSTEMS = {
    "reported": configured(_ONE_REPORT_IS_LOST),
    "answers-first": configured(_ONE_REPORT_IS_LOST | {"delivery": "acknowledge-first"}),
    "corrected": configured(_ONE_REPORT_IS_LOST | {"delivery": "remembering"}),
}

CLAIMS = (
    Claim(
        "delivered-at-most-once",
        "a message is delivered at most once",
        always(predicates.delivered_at_most_once),
        witness=sometimes(predicates.ever_delivered),
        expected={"reported": Verdict.VIOLATED, "answers-first": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "arrives",
        "clean mail arrives",
        leads_to(predicates.clean_in_queue, predicates.delivered_to_all),
        witness=sometimes(predicates.clean_in_queue),
        expected={"reported": Verdict.HOLDS, "answers-first": Verdict.HOLDS, "corrected": Verdict.HOLDS},
    ),
)

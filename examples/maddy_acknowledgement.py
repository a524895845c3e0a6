"""A server that delivers, and then says nothing: the sender's server delivers again, and the mailbox fills with copies.

Reported of maddy (foxcpp/maddy#23): messages arrive several times. The server had delivered them, and now and then
sent no answer at all; the sending server waited, gave up waiting, and tried again later. It seemed to concern certain
messages, and those each time they were sent.

A setting of the model of mail, in which the queue is the sending server and the store is maddy: no filter is installed
(so that nothing is wrong with deletions), and reports are lost again and again. Assumed: an answer that is not sent and
one that is lost are the same to who waits for it. The scanner stands for what a server does before it delivers.

    lifecheck verify examples.maddy_acknowledgement:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Verdict, always, leads_to, sometimes
from model import configured
from properties import predicates

SYSTEMS = {
    "reported": configured({"imf": "off", "acknowledgements": "lost-again"}),
    "corrected": configured({"imf": "off", "acknowledgements": "kept"}),
}

CLAIMS = (
    Claim(
        "leaves-queue",
        "the sending server is done with it in the end",
        leads_to(predicates.in_queue, predicates.not_in_queue),
        witness=sometimes(predicates.in_queue),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "delivered-at-most-once",
        "a message is delivered at most once",
        always(predicates.delivered_at_most_once),
        witness=sometimes(predicates.ever_delivered),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)

"""A scanner that cannot begin: on the first of January 2022 mail stayed in the queues of Exchange Server 2016 and 2019.

Reported by the Exchange team ("Email Stuck in Exchange On-premises Transport Queues", 1 January 2022): the check of the
version of a signature file failed on the number 2201010001, the scan engine did not load, and messages stayed in the
transport queues. The correction was a script that has the engine begin anew with other files. Before it was out, some
administrators let mail pass unscanned.

A setting of the model of mail, which is of another version of Exchange: no filter is installed, and the scanner may be
unavailable. `reported` holds back what was not scanned, `unscanned` lets it through, `corrected` has a scanner that
always answers. Assumed: that the two versions are alike in this.

    lifecheck verify examples.exchange_2022:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Verdict, leads_to, never, sometimes
from model import configured
from properties import predicates

SYSTEMS = {
    "reported": configured({"imf": "off", "scanning": "fails-closed"}),
    "unscanned": configured({"imf": "off", "scanning": "fails-open"}),
    "corrected": configured({"imf": "off", "scanning": "reliable"}),
}

CLAIMS = (
    Claim(
        "clean-mail-arrives",
        "clean mail arrives in the end",
        leads_to(predicates.clean_in_queue, predicates.delivered_to_all),
        witness=sometimes(predicates.clean_in_queue),
        expected={"reported": Verdict.VIOLATED, "unscanned": Verdict.HOLDS, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "no-virus-in-mailbox",
        "no virus reaches a mailbox",
        never(predicates.virus_in_mailbox),
        witness=sometimes(predicates.infected),
        expected={"reported": Verdict.HOLDS, "unscanned": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)

"""A store that remembers reports what comes again as what became of it."""

from __future__ import annotations

import pytest

from lifecheck import Run, Verdict, check
from model import configured
from properties.claims import COUNTED_AS_DELIVERED

DELETE = ["attempt_delivery", "begin_scan", "request_deletion", "delete"]
LOSE = ["lose_acknowledgement", "abandon_attempt", "attempt_delivery", "recognise"]
LOST = {"delivery": "remembering", "acknowledgements": "lost-once"}

DELETIONS = {
    "report-success": ("acknowledge", "removed", "unaware"),
    "report-consumed": ("report_consumed", "discarded", "unaware"),
    "report-failure": ("report_failure", "removed", "bounced"),
}
REPORTS = {"acknowledge", "report_consumed", "report_failure"}


@pytest.mark.parametrize("correction", DELETIONS)
def test_a_recognised_deletion_is_reported_as_the_correction_reports_it(correction: str) -> None:
    report, queue, sender = DELETIONS[correction]
    run = Run(configured({**LOST, "correction": correction}))
    run.replay(["accept_infected_message", *DELETE, *LOSE])
    assert REPORTS & set(run.possible()) == {report}
    run.trigger(report)
    assert (run.state.queue, run.state.sender, run.state.deletions) == (queue, sender, "once")


@pytest.mark.parametrize("correction", ["none", *DELETIONS])
@pytest.mark.parametrize("recipients", ["1", "2"])
def test_a_recognised_delivery_is_a_success_under_every_correction(correction: str, recipients: str) -> None:
    run = Run(configured({**LOST, "correction": correction, "recipients": recipients}))
    deliver = ["deliver"] if recipients == "1" else ["deliver_to_first", "deliver_to_second"]
    run.replay(["accept_clean_message", "attempt_delivery", "begin_scan", "find_clean", *deliver, *LOSE])
    assert REPORTS & set(run.possible()) == {"acknowledge"}
    run.trigger("acknowledge")
    assert (run.state.queue, run.state.sender) == ("removed", "unaware")


@pytest.mark.parametrize("correction", ["none", *DELETIONS])
def test_a_recognised_replacement_is_a_success_under_every_correction(correction: str) -> None:
    run = Run(configured({**LOST, "correction": correction, "vsapi": "2.0"}))
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_replacement", "replace", *LOSE])
    assert REPORTS & set(run.possible()) == {"acknowledge"}


@pytest.mark.parametrize("fault", [{"acknowledgements": "lost-once"}, {"store_crashes": "on"}, {"smtp_crashes": "on"}])
@pytest.mark.parametrize(
    ("correction", "verdict"),
    [
        ("report-success", Verdict.HOLDS),
        ("report-consumed", Verdict.VIOLATED),
        ("report-failure", Verdict.VIOLATED),
    ],
)
def test_a_deletion_counts_as_delivered_only_where_the_correction_says_success(
    fault: dict[str, str], correction: str, verdict: Verdict
) -> None:
    system = configured({"delivery": "remembering", "correction": correction, **fault})
    assert check(system, COUNTED_AS_DELIVERED.asked).verdict is verdict

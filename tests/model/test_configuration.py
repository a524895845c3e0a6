"""Configurations: read from text, refused in words, and each switch visible where it matters."""

from __future__ import annotations

import re

import pytest

from lifecheck import InputError
from model import VARIANTS, Configuration, Correction, Switch, configured, exchange
from model.variants import CONFIGURATIONS


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_every_named_variant_is_found_again_by_its_settings(name: str) -> None:
    assert Configuration.of(VARIANTS[name].settings) == CONFIGURATIONS[name]
    assert configured(VARIANTS[name].settings) is VARIANTS[name]


def test_what_is_no_named_variant_is_made() -> None:
    settings = {"correction": "report-failure", "expiry": "on"}
    system = configured(settings)
    assert system not in VARIANTS.values()
    assert system.settings == Configuration(correction=Correction.REPORT_FAILURE, expiry=Switch.ON).settings


def test_faults_are_shown_only_where_they_are() -> None:
    assert list(Configuration().settings) == ["vsapi", "imf", "correction", "expiry"]
    assert Configuration(signatures_updated=Switch.ON).settings["signatures_updated"] == "on"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"expirey": "on"}, "there is no switch 'expirey'; did you mean 'expiry'"),
        ({"expiry": "yes"}, "switch 'expiry' cannot be 'yes'; known are 'off', 'on'"),
        (
            {"correction": "report-succes"},
            "switch 'correction' cannot be 'report-succes'; did you mean 'report-success'",
        ),
        ({"correction": "report-success", "imf": "off"}, "without the filter nothing is wrong that could be corrected"),
        ({"acknowledging": "strong"}, "where none is lost, weak fairness says the same; leave one of them out"),
    ],
)
def test_what_is_unknown_or_contradicts_itself_is_refused(settings: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        Configuration.of(settings)


def test_strong_fairness_of_acknowledge_is_declared_with_its_reason() -> None:
    assert VARIANTS["patched-lost-again"].strongly_fair == frozenset()
    assert VARIANTS["patched-lost-again-strong"].strong == {
        "acknowledge": "a report that is sent again and again is not lost every time"
    }


def test_one_report_at_most_is_lost_or_any_number() -> None:
    attempt = ["attempt_delivery", "begin_scan", "find_clean", "deliver", "lose_acknowledgement", "abandon_attempt"]
    for name, may_again in (("patched-lost-once", False), ("patched-lost-again", True)):
        run = VARIANTS[name].start()
        run.replay(["accept_clean_message", *attempt, *attempt[:4]])
        assert run.may("lose_acknowledgement") is may_again
        assert run.state.deliveries == "again"


def test_a_bounce_tells_the_sender_of_a_message_that_was_deleted() -> None:
    run = exchange(Configuration(correction=Correction.REPORT_FAILURE)).start()
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_deletion", "delete"])
    run.trigger("report_failure")
    assert (run.state.queue, run.state.sender, run.state.store) == ("removed", "bounced", "settled")


def test_a_scanner_that_fails_open_lets_a_virus_through_and_one_that_fails_closed_retries() -> None:
    arrival = ["accept_infected_message", "attempt_delivery", "fail_to_scan"]
    open_run = VARIANTS["patched-fails-open"].start()
    open_run.replay([*arrival, "deliver"])
    assert (open_run.state.message, open_run.state.store) == ("infected", "delivered")
    closed_run = VARIANTS["patched-fails-closed"].start()
    closed_run.replay([*arrival, "abandon_attempt"])
    assert (closed_run.state.queue, closed_run.state.store) == ("queued", "absent")

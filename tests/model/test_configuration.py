"""Configurations: read from text, refused in words, and each switch visible where it matters."""

from __future__ import annotations

import re

import pytest

from lifecheck import InputError, Run, judge
from lifecheck.instances.copies import copies
from model import VARIANTS, Configuration, Correction, Switch, configured, exchange
from model.variants import CONFIGURATIONS
from properties import CLAIMS


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
        (
            {"fairness": "strong"},
            "fairness=strong without a fault or a limit that interrupts anything: weak fairness says the same",
        ),
        ({"outages": "again"}, "outages=again without a service that crashes; name one, as in smtp_crashes=on"),
        (
            {"delivery": "acknowledge-first", "correction": "report-failure"},
            "the queue has forgotten the message when it is deleted; leave one of them out",
        ),
        ({"recipients": "4"}, "switch 'recipients' cannot be '4'; known are '1', '2', '3'"),
        ({"slots": "0"}, "switch 'slots' cannot be '0'; known are 'unlimited', '1', '2', '3', '4'"),
        ({"acknowledged_per": "recipient"}, "with one recipient: it says the same; set recipients=2 or leave it out"),
        (
            {"acknowledged_per": "recipient", "recipients": "2", "delivery": "acknowledge-first"},
            "what is answered before it is looked at is answered as a whole; leave one of them out",
        ),
        (
            {"acknowledged_per": "recipient", "recipients": "2", "delivery": "remembering"},
            "remembers the message, not whom it has told the queue of; leave one of them out",
        ),
    ],
)
def test_what_is_unknown_or_contradicts_itself_is_refused(settings: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        Configuration.of(settings)


def test_strong_fairness_is_declared_for_what_faults_interrupt_with_its_reason() -> None:
    assert VARIANTS["patched-lost-again"].strongly_fair == frozenset()
    reason = "what faults interrupt is tried again and again, and gets through in the end"
    assert VARIANTS["patched-lost-again-strong"].strong == {"acknowledge": reason}  # it reports nothing else
    interrupted = VARIANTS["patched-crashes-again-strong"].strongly_fair
    assert {"attempt_delivery", "acknowledge", "begin_scan", "remove_file"} <= interrupted
    assert not interrupted & {"crash_smtp", "accept_clean_message", "restart_smtp", "restart_store"}
    assert "rebuild_queue" in interrupted


def test_one_report_at_most_is_lost_or_any_number() -> None:
    attempt = ["attempt_delivery", "begin_scan", "find_clean", "deliver", "lose_acknowledgement", "abandon_attempt"]
    for name, may_again in (("patched-lost-once", False), ("patched-lost-again", True)):
        run = Run(VARIANTS[name])
        run.replay(["accept_clean_message", *attempt, *attempt[:4]])
        assert run.may("lose_acknowledgement") is may_again
        assert run.state.deliveries == "again"


def test_a_bounce_tells_the_sender_of_a_message_that_was_deleted() -> None:
    run = Run(exchange(Configuration(correction=Correction.REPORT_FAILURE)))
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_deletion", "delete"])
    run.trigger("report_failure")
    assert (run.state.queue, run.state.sender, run.state.store) == ("removed", "bounced", "settled")


def test_a_scanner_that_fails_open_lets_a_virus_through_and_one_that_fails_closed_retries() -> None:
    arrival = ["accept_infected_message", "attempt_delivery", "fail_to_scan"]
    open_run = Run(VARIANTS["patched-fails-open"])
    open_run.replay([*arrival, "deliver"])
    assert (open_run.state.message, open_run.state.store) == ("infected", "delivered")
    closed_run = Run(VARIANTS["patched-fails-closed"])
    closed_run.replay([*arrival, "abandon_attempt"])
    assert (closed_run.state.queue, closed_run.state.store) == ("queued", "absent")


def test_after_a_crash_the_queue_is_rebuilt_from_the_file_also_if_the_entry_had_been_settled() -> None:
    run = Run(VARIANTS["patched-crash"])
    arrival = ["accept_clean_message", "attempt_delivery", "begin_scan", "find_clean", "deliver", "acknowledge"]
    run.replay([*arrival, "crash_smtp"])
    assert not run.may("remove_file")
    assert not run.may("rebuild_queue")
    run.trigger("restart_smtp")
    assert not run.may("remove_file")  # nothing is known of the file yet
    run.trigger("rebuild_queue")
    assert (run.state.queue, run.state.store, run.state.queue_file) == ("queued", "absent", "present")
    assert not run.may("crash_smtp")  # one outage in all


def test_without_a_file_there_is_nothing_to_rebuild() -> None:
    run = Run(VARIANTS["patched-crash"])
    run.trigger("crash_smtp")
    assert run.possible() == ("restart_smtp",)
    run.trigger("restart_smtp")
    assert run.possible() == ("accept_clean_message", "accept_infected_message")


def test_a_crash_of_the_smtp_service_is_one_event_for_all_messages_and_each_is_queued_again_by_itself() -> None:
    run = Run(copies(configured({"smtp_crashes": "on", "slots": "1"}), 3))
    run.replay(["accept_clean_message[1]", "accept_infected_message[2]", "attempt_delivery[2]", "crash_smtp"])
    assert [run.state[f"queue_file[{number}]"] for number in (1, 2, 3)] == ["forgotten", "forgotten", "absent"]
    run.replay(["restart_smtp", "rebuild_queue[2]", "attempt_delivery[2]"])
    assert not run.may("attempt_delivery[1]")
    run.replay(["rebuild_queue[1]", "accept_clean_message[3]"])
    assert [run.state[f"queue[{number}]"] for number in (1, 2, 3)] == ["queued", "delivering", "queued"]


def test_a_crash_of_the_store_between_deletion_and_acknowledgement_takes_the_answer() -> None:
    run = Run(VARIANTS["patched-crash"])
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_deletion", "delete"])
    run.trigger("crash_store")
    assert run.state.store == "silent"
    assert not run.may("acknowledge")
    run.replay(["abandon_attempt", "restart_store", "attempt_delivery"])
    assert (run.state.queue, run.state.store) == ("delivering", "received")


def test_a_crash_of_the_scanner_leaves_the_copy_to_be_scanned_again() -> None:
    run = Run(VARIANTS["patched-crash"])
    run.replay(["accept_clean_message", "attempt_delivery", "begin_scan", "crash_scanner"])
    assert (run.state.store, run.state.scanner) == ("received", "idle")
    run.replay(["restart_scanner", "begin_scan"])
    assert run.state.store == "scanning"


def test_a_store_that_remembers_only_reports_what_comes_again() -> None:
    run = Run(VARIANTS["remembering"])
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_deletion", "delete"])
    run.replay(["abandon_attempt", "attempt_delivery"])
    assert not run.may("begin_scan")
    run.replay(["recognise", "acknowledge"])
    assert (run.state.queue, run.state.deletions) == ("removed", "once")


def test_a_store_that_answers_first_can_lose_what_the_queue_has_forgotten() -> None:
    run = Run(VARIANTS["at-most-once-crash"])
    run.replay(["accept_clean_message", "attempt_delivery", "acknowledge", "remove_file", "crash_store"])
    assert (run.state.queue, run.state.queue_file, run.state.deliveries) == ("removed", "absent", "none")
    run.trigger("restart_store")
    assert run.possible() == ()


ATTEMPT = ["attempt_delivery", "begin_scan", "find_clean"]


def test_what_was_consumed_leaves_the_queue_without_counting_as_delivered() -> None:
    run = Run(VARIANTS["consuming"])
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_deletion", "delete"])
    assert not run.may("acknowledge")
    assert not run.may("abandon_attempt")
    run.replay(["report_consumed", "remove_file"])
    assert (run.state.queue, run.state.sender, run.state.queue_file) == ("discarded", "unaware", "absent")


def test_recipients_are_served_one_after_the_other_and_reported_together() -> None:
    run = Run(VARIANTS["two-recipients"])
    run.replay(["accept_clean_message", *ATTEMPT])
    assert not run.may("deliver_to_second")
    run.trigger("deliver_to_first")
    assert not run.may("acknowledge")
    run.replay(["deliver_to_second", "acknowledge"])
    assert (run.state.queue, run.state.deliveries) == ("removed", "once, once")


def test_a_lost_report_about_the_message_serves_everybody_again() -> None:
    run = Run(VARIANTS["two-recipients-lost-once"])
    both = ["deliver_to_first", "deliver_to_second"]
    run.replay(["accept_clean_message", *ATTEMPT, *both, "lose_acknowledgement", "abandon_attempt", *ATTEMPT, *both])
    assert run.state.deliveries == "again, again"


def test_a_lost_report_about_one_recipient_serves_that_one_again() -> None:
    run = Run(VARIANTS["per-recipient-lost-once"])
    run.replay(["accept_clean_message", *ATTEMPT, "deliver_to_first", "acknowledge_recipient", "deliver_to_second"])
    run.replay(["lose_acknowledgement", "abandon_attempt", *ATTEMPT])
    assert not run.may("deliver_to_first")
    run.replay(["deliver_to_second", "acknowledge"])
    assert (run.state.queue, run.state.deliveries) == ("removed", "once, again")


def test_a_store_that_remembers_goes_on_with_the_recipient_that_a_crash_left_out() -> None:
    run = Run(configured({"recipients": "3", "delivery": "remembering", "store_crashes": "on"}))
    run.replay(["accept_clean_message", *ATTEMPT, "deliver_to_first", "crash_store", "abandon_attempt"])
    run.replay(["restart_store", *ATTEMPT])
    assert not run.may("deliver_to_first")
    run.replay(["deliver_to_second", "deliver_to_third", "acknowledge"])
    assert run.state.deliveries == "once, once, once"


def test_every_recipient_gets_the_notice_that_replaces_a_virus() -> None:
    run = Run(configured({"recipients": "2", "vsapi": "2.0"}))
    run.replay(["accept_infected_message", "attempt_delivery", "begin_scan", "request_replacement", "replace"])
    assert run.state.deliveries == "once, once"


@pytest.mark.parametrize("number", ["1", "2"])
def test_an_attempt_takes_a_slot_and_whatever_ends_it_gives_it_back(number: str) -> None:
    run = Run(configured({"slots": number}))
    run.replay(["accept_infected_message", "attempt_delivery"])
    assert run.state.slots == str(int(number) - 1)
    run.replay(["begin_scan", "request_deletion", "delete", "abandon_attempt"])
    assert run.state.slots == number
    run = Run(configured({"slots": number}))
    run.replay(["accept_clean_message", *ATTEMPT, "deliver", "acknowledge"])
    assert run.state.slots == number


def test_no_slot_stays_taken_by_a_service_that_crashed() -> None:
    run = Run(configured({"slots": "1", "smtp_crashes": "on"}))
    run.replay(["accept_clean_message", "attempt_delivery", "crash_smtp", "restart_smtp", "rebuild_queue"])
    assert (run.state.slots, run.state.queue) == ("1", "queued")


def test_one_message_alone_never_waits_for_a_slot() -> None:
    for settings in ({}, {"correction": "report-success", "store_crashes": "on"}):
        free, limited = configured(settings), configured({**settings, "slots": "1"})
        for claim in CLAIMS:
            assert judge("free", free, claim).verdict is judge("limited", limited, claim).verdict, claim.name


def test_a_store_that_answers_first_goes_on_when_the_answer_is_lost_and_the_queue_tries_again() -> None:
    run = Run(configured({"delivery": "acknowledge-first", "acknowledgements": "lost-once"}))
    run.replay(["accept_clean_message", "attempt_delivery", "lose_acknowledgement"])
    assert not run.may("abandon_attempt")
    run.replay(["begin_scan", "find_clean", "deliver", "abandon_attempt", "attempt_delivery", "acknowledge"])
    run.replay(["begin_scan", "find_clean", "deliver"])
    assert (run.state.queue, run.state.deliveries) == ("removed", "again")
    assert not run.may("abandon_attempt")

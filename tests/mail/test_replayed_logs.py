"""What Postfix and clamd wrote in short runs, judged without them: only the variant that ran can have written it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from lifecheck.replaying import Outcome, Replay
from lifecheck.statespace import Explorer
from mail.conformance import ANSWERS
from mail.judgement import MAPPINGS, judged, queued_as
from tests.lifecheck.cli.cli import call

LOGS = Path(__file__).parent / "logs"
INFECTED = [*ANSWERS]
UNANSWERED = "while sending end of data -- message may be sent more than once"


EXPLORER = Explorer()
"""The model is the same for every log, and is fired once."""


@cache
def asked(log: str, program: str = "Postfix", losing: bool = False) -> Mapping[str, Replay]:
    """Return for each variant whether it could have written a kept log."""
    return judged(LOGS / log, program, losing=losing, explorer=EXPLORER)


def could(log: str, program: str = "Postfix", *, losing: bool = False) -> set[str]:
    """Return which variants could have written a kept log."""
    return {name for name, found in asked(log, program, losing).items() if found}


def told(log: Path) -> list[str]:
    """Return the lines about the infected message's fate, read without lifecheck."""
    return [line.partition("status=")[2] for line in log.read_text().splitlines() if "to=<bob@" in line]


@pytest.mark.parametrize("variant", INFECTED)
def test_the_log_of_an_infected_message_could_be_of_the_variant_that_ran_and_of_no_other(variant: str) -> None:
    assert could(f"{variant}.log") == {variant}


def test_the_log_of_the_unpatched_run_is_impossible_in_patched_from_the_first_attempt_that_is_given_up() -> None:
    log = LOGS / "unpatched.log"
    found = asked(log.name)
    case = queued_as(log)
    assert found["unpatched"].group_of(case).answer.outcome is Outcome.EXPLAINED
    answer = found["patched"].group_of(case).answer
    lines = log.read_text().splitlines()
    assert answer.outcome is Outcome.IMPOSSIBLE
    assert answer.line == 1 + next(number for number, line in enumerate(lines) if "end of data" in line)


def test_the_log_of_the_patched_run_is_impossible_in_unpatched_from_the_line_that_says_it_was_deleted() -> None:
    log = LOGS / "patched.log"
    found = asked(log.name)
    case = queued_as(log)
    answer = found["unpatched"].group_of(case).answer
    lines = log.read_text().splitlines()
    assert answer.outcome is Outcome.IMPOSSIBLE
    assert answer.line == 1 + next(number for number, line in enumerate(lines) if "FOUND, deleted" in line)
    assert found["patched"].group_of(case).answer.outcome is Outcome.EXPLAINED


def explained(found: Replay, log: Path) -> tuple[str, ...]:
    """Return the explanation of the infected message's way."""
    return found.group_of(queued_as(log)).answer.triggers


def test_the_explanation_has_as_many_deletions_as_clamd_found_copies_infected() -> None:
    for name, variant in [*((name, name) for name in INFECTED), ("dovecot-unpatched", "unpatched")]:
        log = LOGS / f"{name}.log"
        found = (LOGS / f"{name}-clamd.log").read_text().count("FOUND")
        assert explained(asked(log.name)[variant], log).count("delete") == found, name


SHOWN = {
    "unpatched": ("accept_infected_message", *["abandon_attempt"] * 3, "grow_old", "expire", "remove_file"),
    "patched": ("accept_infected_message", "acknowledge", "remove_file"),
    "consuming": ("accept_infected_message", "report_consumed", "remove_file"),
    "bouncing": ("accept_infected_message", "report_failure", "remove_file"),
    "remembering": ("accept_infected_message", "abandon_attempt", "acknowledge", "remove_file"),
}
"""What lines of each log show of the infected message's way."""


@pytest.mark.parametrize("variant", INFECTED)
def test_every_step_that_postfix_tells_of_is_explained_by_its_line(variant: str) -> None:
    log = LOGS / f"{variant}.log"
    steps = asked(log.name)[variant].group_of(queued_as(log)).answer.steps
    assert tuple(step.trigger for step in steps if step.line is not None) == SHOWN[variant]


def test_what_clamd_wrote_alone_refutes_the_variants_that_settle_a_deleted_copy() -> None:
    for name in ("unpatched", "dovecot-unpatched"):
        assert could(f"{name}-clamd.log", "clamd") == {"unpatched"}
        answer = asked(f"{name}-clamd.log", "clamd")["patched"].answer
        assert (answer.outcome, answer.line) == (Outcome.IMPOSSIBLE, 2)
    assert could("patched-clamd.log", "clamd") == set(ANSWERS)  # one finding says nothing of the answer


def test_dovecot_is_the_unpatched_store_where_its_replies_are_lost_and_any_where_they_are_not() -> None:
    assert could("dovecot-unpatched.log") == {"unpatched"}
    assert could("dovecot-patched.log") == set(ANSWERS)  # it answers `Saved` also to what it discards
    assert len([fate for fate in told(LOGS / "dovecot-unpatched.log") if "end of data" in fate]) == 5


@pytest.mark.parametrize("variant", INFECTED)
def test_a_clean_message_whose_replies_are_lost_is_explained_where_replies_can_be_lost(variant: str) -> None:
    log = LOGS / f"{variant}-lost-replies.log"
    assert could(log.name) == set()
    assert variant in could(log.name, losing=True)
    copies = explained(asked(log.name, losing=True)["patched"], log).count("deliver")
    assert copies == 4  # each attempt delivers again


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (r"status=sent \(250 2\.1\.5 Lifecheck.Test.UNOFFICIAL FOUND, deleted\)", "status=bounced (said: 550)"),
        (r"status=sent .*", f"status=deferred (lost connection {UNANSWERED})"),
        (r"message-id=.*", "hold: a message"),
    ],
)  # fmt: skip
def test_a_log_with_another_line_is_not_the_patched_store_s(tmp_path: Path, written: str, instead: str) -> None:
    changed, count = re.subn(written, instead, (LOGS / "patched.log").read_text())
    assert count
    log = tmp_path / "changed.log"
    log.write_text(changed)
    assert not judged(log, "Postfix")["patched"]


@pytest.mark.usefixtures("in_the_checkout")
def test_the_command_judges_the_logs_as_the_page_tells() -> None:
    variants = ("--variant", "unpatched-expiry", "--variant", "patched-expiry")
    called = call("replay", str(LOGS / "unpatched.log"), "--mapping", str(MAPPINGS["Postfix"]), *variants)
    assert called.status == 0, called.err
    assert "The log could be of unpatched-expiry." in called.out
    assert "1 case explained, 1 case impossible from line 9" in called.out
    assert "of no pattern" not in called.out


def test_every_line_of_the_logs_is_understood() -> None:
    for log in LOGS.glob("*.log"):
        if log.name.startswith("redis"):
            continue
        program = "clamd" if log.stem.endswith("-clamd") else "Postfix"
        remarks = asked(log.name, program, losing=True)["patched"].remarks
        assert "of no pattern" not in " ".join(remarks), log.name


def test_the_logs_hold_nothing_of_the_machine_they_were_written_on() -> None:
    for log in LOGS.glob("*.log"):
        text = log.read_text()
        assert "/tmp" not in text, log.name
        assert "VIRUS-TEST" not in text, log.name
        assert set(re.findall(r"^\w+ +\d+ [\d:]+ (\S+) postfix", text, re.MULTILINE)) <= {"mail"}, log.name

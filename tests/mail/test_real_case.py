"""The case of KB883522 on real programs: deleted again and again and still queued, or settled, as the store answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail import command
from mail.case import SILENT, LiveCase, LogParts, Seen
from mail.instance import Instance
from mail.judgement import judged
from tests.cross_check import sized
from tests.mail import needed

ATTEMPTS = 2


@pytest.fixture(scope="module")
def programs() -> Iterator[Instance]:
    """Postfix, clamd and the small store, which answers."""
    needed.mail_programs()
    with Instance("patched") as instance:
        yield instance


@pytest.fixture(scope="module")
def impatient() -> Iterator[Instance]:
    """The same, with a Postfix that waits but a second for an answer, for stores that give none."""
    needed.mail_programs()
    with Instance("unpatched", patience=1) as instance:
        yield instance


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Instance]:
    """Postfix, clamd and Dovecot."""
    needed.mail_programs(dovecot=True)
    with Instance(dovecot=True) as instance:
        yield instance


def run(instance: Instance, folder: Path, **how: int) -> tuple[list[Seen], Path, Path]:
    """Run the case of an infected message, and return what was seen and what was logged."""
    return LogParts(instance, folder).of("infected", LiveCase(instance, attempts=ATTEMPTS, **how).infected)


def could(log: Path, program: str = "Postfix", **how: bool) -> set[str]:
    """Return which variants could have written a log."""
    return {name for name, found in judged(log, program, **how).items() if found}


def test_unpatched_a_message_is_deleted_at_every_attempt_and_stays_queued_until_it_expires(
    impatient: Instance, tmp_path: Path
) -> None:
    impatient.small_store.become("unpatched")
    (accepted, *attempts, expired), log, scanned = run(impatient, tmp_path)
    assert (accepted.place, accepted.has_file, accepted.deletions) == ("deferred", True, 0)
    assert [seen.deletions for seen in attempts] == [1, 2]
    for seen in attempts:
        assert (seen.place, seen.has_file, seen.deliveries, seen.notices) == ("deferred", True, 0, 0)
        assert "timed out while sending end of data -- message may be sent more than once" in seen.reason
    assert (expired.place, expired.has_file, expired.deletions, expired.notices) == ("", False, 2, 1)
    assert could(log) == {"unpatched"}
    assert "patched" not in could(scanned, "clamd")


ANSWERING = (("patched", 1, 0), ("consuming", 1, 0), ("bouncing", 1, 1), ("remembering", 2, 0))


@pytest.mark.parametrize(("variant", "attempts", "notices"), sized(ANSWERING[:1], ANSWERING, ANSWERING))
def test_a_store_that_answers_settles_the_entry_with_one_deletion(
    request: pytest.FixtureRequest, tmp_path: Path, variant: str, attempts: int, notices: int
) -> None:
    programs: Instance = request.getfixturevalue("impatient" if variant in SILENT else "programs")
    programs.small_store.become(variant)
    (_, *seen), log, _ = run(programs, tmp_path)
    assert len(seen) == attempts
    assert all(one.deletions == 1 for one in seen)
    assert (seen[-1].place, seen[-1].has_file, seen[-1].notices) == ("", False, notices)
    assert could(log) == {variant}


AGAIN = (("patched", [1, 2, 3]), ("remembering", [1, 1, 1]))


@pytest.mark.parametrize(("variant", "copies"), sized(AGAIN[:1], AGAIN, AGAIN))
def test_a_clean_message_arrives_again_whenever_a_reply_is_lost_but_where_the_store_remembers(
    programs: Instance, tmp_path: Path, variant: str, copies: list[int]
) -> None:
    programs.small_store.become(variant)
    case = LiveCase(programs, attempts=ATTEMPTS)
    (_, *seen), log, _ = LogParts(programs, tmp_path).of("clean", case.clean)
    assert [one.deliveries for one in seen] == copies
    assert [one.place for one in seen] == ["deferred", "deferred", ""]
    assert "unpatched" not in could(log)
    assert variant in could(log, losing=True)


@pytest.mark.long
def test_a_notice_does_not_carry_the_virus_back(programs: Instance, tmp_path: Path) -> None:
    programs.small_store.become("bouncing")
    run(programs, tmp_path)
    assert b"VIRUS-TEST" not in programs.sender.notices[-1]


@pytest.mark.long
@pytest.mark.parametrize("words", [("--variant", "unpatched"), ("--store", "dovecot", "--attempts", "5")])
def test_the_command_tells_what_is_recorded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    needed.mail_programs(dovecot=True)
    monkeypatch.setattr(sys, "argv", ["mail", *words, "--logs", str(tmp_path)])
    assert command.run_as_a_program() == 0
    (told,) = tmp_path.glob("*.txt")
    kept = Path(__file__).parent / "logs" / told.name
    assert told.read_text().splitlines()[1:] == kept.read_text().splitlines()[1:]  # the first line tells versions


@pytest.mark.long
def test_with_dovecot_and_sieve_losing_the_reply_alone_makes_the_defect(dovecot: Instance, tmp_path: Path) -> None:
    (_, *attempts, expired), log, scanned = run(dovecot, tmp_path, loses=True)
    assert [seen.deletions for seen in attempts] == [1, 2]
    assert [seen.place for seen in attempts] == ["deferred", "deferred"]
    assert (expired.place, expired.notices) == ("", 1)
    assert could(log) == {"unpatched"}
    assert scanned.read_text().count("FOUND") == ATTEMPTS


@pytest.mark.long
def test_with_dovecot_and_sieve_as_they_are_the_message_leaves(dovecot: Instance, tmp_path: Path) -> None:
    (_, *attempts), log, _ = run(dovecot, tmp_path, loses=False)
    assert [(seen.place, seen.deletions) for seen in attempts] == [("", 1)]
    assert could(log) == {"unpatched", "patched", "consuming", "bouncing", "remembering"}


@pytest.mark.long
def test_with_dovecot_a_clean_message_arrives_as_often_as_a_reply_is_lost(dovecot: Instance, tmp_path: Path) -> None:
    (_, *seen), _, _ = LogParts(dovecot, tmp_path).of("clean", LiveCase(dovecot, attempts=ATTEMPTS).clean)
    assert [one.deliveries for one in seen] == [1, 2, 3]
    assert seen[-1].place == ""

"""``verify --instances``: one verdict for any number or so many explored, with what is known if interrupted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.lifecheck.cli.cli import ROOT, call

needs.package("oxidd")

from lifecheck.cli.instances import Watch  # noqa: E402
from tests.lifecheck.instances import certificate_checker  # noqa: E402

BLOCKING = """
from lifecheck import Claim, Component, Row, System, never
rows = [Row("take", "new", "busy"), Row("halt", "new", "=")]
power = Component("power", ["on", "off"], "on", [Row("halt", "on", "off")], {"halt"})
def work(name, *more):
    task = Component("task", ["new", "busy"], "new", [*rows, *more], {"take", "halt"})
    return System(name, [task, power], copied={"task"}, broadcast={"halt"})
SYSTEMS = {"plain": work("plain", Row("halt", "busy", "=")), "deaf": work("deaf")}
CLAIMS = [Claim("power", "power stays on", never("task == 'busy' and task == 'new'"))]
"""


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_where_one_verdict_serves_all_it_says_so_with_the_certificate() -> None:
    called = call("verify", "--instances", "100")
    assert called.status == 0
    assert "72 verdicts, all as expected, 13 to 51 states, for any number of messages." in called.out
    assert "Messages cannot influence one another: no message's trigger belongs to a shared component." in called.out


def test_one_verdict_serves_a_thousand_million_as_soon_as_one() -> None:
    called = call("verify", "--instances", "1000000000", "--variant", "patched", "--property", "queued-has-file")
    assert called.status == 0
    assert "for any number of messages" in called.out


def test_services_that_crash_are_shared_and_the_certificate_names_their_rows() -> None:
    called = call(
        "verify",
        "--instances",
        "3",
        "--variant",
        "patched",
        "--set",
        "store_crashes=on",
        "--property",
        "queued-has-file",
    )
    assert called.status == 0
    assert "for any number of messages" in called.out
    assert "  begin_scan: (up, =) of store_service\n" in called.out
    assert "All messages take at once, and none ever blocks: crash_store." in called.out


def test_where_messages_compete_for_slots_it_explores_them_and_names_the_row() -> None:
    words = ["verify", "--variant", "unpatched", "--set", "slots=1", "--property", "clean-mail-arrives"]
    one, two = call(*words, "--instances", "1"), call(*words, "--instances", "2")
    assert one.status == 0
    assert "13 states, for 1 message." in one.out
    assert two.status == 1
    assert "105 states, for 2 or more messages." in two.out
    assert "(attempt_delivery, 1, 0) of slots changes what all share (and 2 more)." in two.out
    assert "abandon_attempt[2]: The queue, unanswered, gives up on the attempt and keeps the entry." in two.out
    assert "Steps 3 to 7 can repeat for ever, and every fair trigger gets its due." in two.out


def test_what_follows_without_exploring_takes_no_sets_of_states(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Watch, "__call__", lambda _watch, doing, _states: told.append(doing))
    words = ["verify", "--instances", "1000000", "--set", "slots=1", "--variant", "unpatched"]
    once = call(*words, "--property", "deleted-at-most-once", "--property", "queued-has-file")
    assert (once.status, {*told}) == (1, {"what any number of instances can do"})
    assert "for any number of messages" in once.out
    assert "Decided with 1 message, for that many or more" in once.out
    assert "Decided for every number by counting: message 1 and what is shared exactly" in once.out


def test_verdicts_that_memory_is_not_enough_for_are_unknown_and_the_others_are_told() -> None:
    words = ["verify", "--instances", "60", "--set", "slots=3", "--variant", "unpatched", "--memory", "1M"]
    both = call(*words, "--property", "can-drain", "--property", "queued-has-file")
    assert both.status == 1
    assert "2 verdicts, 1 unknown, 1 holds" in both.out
    assert "its sets of states take more than the 1.0 MiB that they may; " in both.out
    assert " known by then" in both.out


def test_variants_whose_smtp_service_crashes_have_one_verdict_for_any_number() -> None:
    words = ["verify", "--instances", "50", "--property", "can-drain", "--variant", "unpatched-crash"]
    called = call(*words, "--variant", "at-most-once-crash")
    assert called.status == 0
    assert "2 verdicts, all as expected" in called.out
    assert "for any number of messages." in called.out
    assert "All messages take at once, and none ever blocks: crash_smtp, crash_store, crash_scanner." in called.out


def test_of_several_variants_one_without_population_is_unknown_for_a_reason_and_the_others_are_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work.py").write_text(BLOCKING)
    monkeypatch.chdir(tmp_path)
    words = ["verify", "work:SYSTEMS", "--properties", "work:CLAIMS", "--instances", "2"]
    both = call(*words)
    assert both.status == 1
    assert "2 verdicts, 1 holds, 1 unknown, 4 states, for any number of instances." in both.out
    reason = (
        "deaf has no population of instances; ask about one, without --instances: system 'deaf': broadcast 'halt' is "
        "blocked by 'task' in state 'busy'"
    )
    assert both.out.count(reason) == 1
    alone = call(*words, "--variant", "deaf")
    assert (alone.status, alone.out) == (2, "")
    assert alone.err.startswith(f"lifecheck: {reason}")


def test_a_forced_engine_is_the_one_that_is_told() -> None:
    words = ["verify", "--variant", "unpatched", "--set", "slots=1", "--property", "can-drain", "--json"]
    for engine in ("explicit", "symbolic"):
        called = call(*words, "--instances", "3", "--engine", engine)
        (verdict,) = json.loads(called.out)["verdicts"]
        assert (verdict["engine"], verdict["verdict"]) == (engine, "violated")


def test_a_limit_that_is_met_decides_nothing_for_any_number() -> None:
    words = ["verify", "--variant", "unpatched", "--property", "can-drain", "--limit", "3", "--instances", "7"]
    called = call(*words)
    assert called.status == 1
    assert "1 verdict, 1 unexpected (!), 3 states, for 1 message." in called.out


def test_machines_read_for_how_many_messages_a_verdict_is() -> None:
    words = ["verify", "--variant", "patched", "--property", "can-drain", "--json", "--instances", "2"]
    verdicts = [json.loads(call(*words, *more).out)["verdicts"][0] for more in ([], ["--set", "slots=2"])]
    assert [verdict["instances"] for verdict in verdicts] == ["any", 2]
    assert [verdict["states"] for verdict in verdicts] == [15, 225]


def test_a_long_run_that_is_interrupted_says_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    remember = Watch.__call__

    def interrupted(watch: Watch, doing: str, states: int) -> None:
        remember(watch, doing, states)
        if "fair run" in doing:
            raise KeyboardInterrupt

    monkeypatch.setattr(Watch, "__call__", interrupted)
    names = [word for name in ("queued-has-file", "clean-mail-arrives") for word in ("--property", name)]
    called = call("verify", "--instances", "2", "--set", "slots=1", "--variant", "unpatched", *names)
    assert (called.status, called.out) == (130, "")
    known, undecided, interruption = [line for line in called.err.splitlines() if line]
    assert known == "queued-has-file on unpatched slots=1: holds"
    assert undecided.startswith("clean-mail-arrives on unpatched slots=1: not decided; ")
    assert undecided.endswith(" states so far, looking for states in which a fair run may stay")
    assert interruption == "lifecheck: interrupted while checking 2 verdicts"


def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = Watch()
    watch.about = "can-drain on patched"
    monkeypatch.setattr("lifecheck.cli.instances.SECONDS_BETWEEN_REPORTS", -1)
    watch("states reached", 1_234)
    watch.clear()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    watch("states reached", 1_234)
    watch.clear()
    assert capsys.readouterr().err == (
        "\r\x1b[Kcan-drain on patched: 1,234 states so far, looking for states reached\r\x1b[K"
    )


COUNTED = ("verify", "--instances", "1000", "--set", "slots=1", "--variant", "patched")


def test_why_a_verdict_is_for_every_number_is_written_out_and_a_small_program_checks_it(tmp_path: Path) -> None:
    place = tmp_path / "waiting.json"
    asked = (*COUNTED, "--property", "clean-mail-arrives", "--certificate", str(place), "--json")
    (verdict,) = json.loads(call(*asked).out)["verdicts"]
    assert (verdict["verdict"], verdict["instances"], verdict["decided_by"]) == ("holds", "any", "counter abstraction")
    assert "Decided for every number by counting" in verdict["reason"]
    command = [sys.executable, certificate_checker.__file__, str(place)]
    checked = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert call(*asked).status == 0  # over what it wrote itself
    place.write_text("notes")
    assert call(*asked).status == 2
    assert place.read_text() == "notes"


def test_a_certificate_of_several_verdicts_or_of_another_reason_is_refused(tmp_path: Path) -> None:
    place = str(tmp_path / "certificate.json")
    assert "name --instances N, one --property and one --variant" in call(*COUNTED, "--certificate", place).err
    called = call("verify", "--property", "queued-has-file", "--variant", "patched", "--certificate", place)
    assert (called.status, "one verdict for any number of instances" in called.err) == (2, True)
    alone = ("verify", "--instances", "9", "--variant", "patched", "--property", "queued-has-file")
    called = call(*alone, "--certificate", place)
    assert (called.status, "was decided by cutoff, not by the counter abstraction" in called.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_for_any_number_it_is_told_what_is_so_of_every_and_what_is_not_known() -> None:
    words = ["--set", "slots=1", "--variant", "patched", "--property", "can-drain", "--property", "queued-has-file"]
    called = call("verify", "--instances", "any", *words)
    assert called.status == 1
    assert "2 verdicts, 1 unknown, 1 holds, 15 to 64 states, for any number of messages." in called.out
    assert "it holds for 1 to 4 messages; for every number of messages it is not known: " in called.out


def test_the_story_of_one_message_among_many_is_explained_with_its_reason() -> None:
    words = ["explain", "clean-mail-arrives", "--instances", "any", "--set", "slots=1", "--variant", "unpatched"]
    called = call(*words)
    assert called.status == 1
    assert "violated, 105 states, 178 transitions, for 2 or more messages" in called.out
    assert "Steps 3 to 7 can repeat for ever" in called.out
    assert "Decided with 2 messages, for that many or more" in called.out
    told = json.loads(call(*words, "--json").out)
    assert (told["property"], told["instances"], told["settings"]["slots"]) == ("clean-mail-arrives", "2 or more", "1")
    refused = call(*words, "--pytest", "test_it.py")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "lifecheck: --pytest writes a test about one instance; leave out --instances, or --pytest\n"


def test_where_several_reasons_decide_each_is_followed_by_what_it_is_about() -> None:
    names = ("can-drain", "queued-has-file", "clean-mail-arrives")
    words = [word for name in names for word in ("--property", name)]
    called = call("verify", "--instances", "2", "--set", "slots=1", "--variant", "unpatched", *words)
    start = called.out.index("3 verdicts")
    told = " ".join(called.out[start : called.out.index("the queue can always drain: violated")].split())
    assert "states, for 2 messages, for 2 or more messages, for any number of messages." in told
    for decided in (
        "Explored with 2 messages; for every number of messages it is not known: counting cannot prove what can always "
        "be reached, because it allows more runs than there are. the queue can always drain",
        "and any number in each other local state. an entry in the queue has its file",
        "beside any that stand idle. clean mail arrives, or with expiry bounces",
    ):
        assert decided in told
    assert told.count("(attempt_delivery, 1, 0) of slots changes what all share (and 2 more).") == 1


def test_what_is_noted_of_a_verdict_that_has_its_story_is_said_there_alone() -> None:
    words = ["--set", "slots=1", "--variant", "patched", "--property", "can-drain"]
    called = call("verify", "--instances", "any", *words)
    assert called.out.count("name a number to explore so many") == 1


def test_fairness_of_a_verdict_by_counting_suffices_and_is_not_said_to_be_needed() -> None:
    called = call("explain", "clean-mail-arrives", *COUNTED[1:])
    assert " holds, 64 abstract states, " in called.out
    assert "suffice; perhaps less would." in called.out
    assert "It needs" not in called.out

"""The command ``replay``: stories, variants, JSON, a test that is written, a picture, a log that grows, bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lifecheck import recording
from tests.interrupts import on_interrupt
from tests.lifecheck.cli.cli import ROOT, call
from tests.lifecheck.replaying.recorded_machines import flat

WORKER = ("docs/replay/worker.py:SYSTEM", "--mapping", "docs/replay/worker.toml")
MAIL = ("docs/replay/kb883522.jsonl", "--mapping", "docs/replay/kb883522.toml")
HOUSE = "tests.lifecheck.replaying.doors:HOUSE"
JOB = "tests.lifecheck.replaying.recorded_machines:flat"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def written_test(text: str, name: str) -> Callable[[], None]:
    """Return the test of a file that was written; to run pytest on it would cost more than it shows."""
    there: dict[str, Callable[[], None]] = {}
    exec(compile(text, "test_case.py", "exec"), there)
    return there[name]


def words_of(tmp_path: Path, *triggers: str) -> list[str]:
    (tmp_path / "house.log").write_text("".join(f"{trigger}\n" for trigger in triggers))
    mapping = tmp_path / "house.toml"
    mapping.write_text('format = "text"\n[[line]]\npattern = "(?P<what>.*)"\ntrigger = "{what}"\n')
    return ["replay", str(tmp_path / "house.log"), HOUSE, "--mapping", str(mapping)]


def test_it_tells_stories_what_is_impossible_and_which_rows_no_case_takes() -> None:
    called = call("replay", "docs/replay/worker.log", *WORKER)
    assert called.status == 1
    assert called.err == ""
    assert "1 case impossible from line 12: 43" in called.out
    assert "it is blocked by worker in state working" in called.out
    assert "3. crash (silent): The worker dies." in called.out
    assert "It violates never(effects == 'again') on line 9." in called.out
    assert "1 of 9 rows are exercised by no case:\n  worker: crash, working -> idle" in called.out


def test_variants_are_asked_side_by_side_and_one_that_explains_all_is_enough() -> None:
    called = call("replay", *MAIL, "--variant", "unpatched", "--variant", "patched")
    assert called.status == 0
    table = "  unpatched  2 cases explained\n  patched    1 case explained, 1 case impossible from line 4\n"
    assert table + "The log could be of unpatched.\n" in called.out
    called = call("replay", *MAIL, "--variant", "patched", "--variant", "without-imf")
    assert called.status == 1
    assert "None of them explains every case." in called.out
    assert call("replay", *MAIL, "--all-variants").status == 0


def test_json_is_one_object_with_a_schema() -> None:
    called = call("replay", *MAIL, "--variant", "unpatched", "--variant", "patched", "--json")
    found = json.loads(called.out)
    assert found["schema"] == 1
    assert found["variants"]["unpatched"]["explains_all"]
    (loop,) = [group["loop"] for group in found["variants"]["unpatched"]["groups"] if group["loop"]]
    assert loop == {"begins_after": 1, "length": 5, "rounds": 2, "line": 2}
    (impossible,) = [one for one in found["variants"]["patched"]["groups"] if one["outcome"] == "impossible"]
    assert (impossible["line"], impossible["says"], impossible["cases"]) == (4, ["abandon_attempt"], ["m1"])
    assert impossible["refused"][0]["blocked_by"] == [{"component": "store", "state": "deleted"}]
    assert impossible["steps"][0]["state"]["queue"] == "queued"


def test_lost_and_surplus_lines_are_allowed_where_that_is_said(tmp_path: Path) -> None:
    words = words_of(tmp_path, "open", "close")
    assert call(*words).status == 1
    assert "1 case explained with 1 lost line" in call(*words, "--lost", "1").out
    assert "1 case explained with 2 surplus lines" in call(*words, "--surplus", "2").out
    assert call(*words_of(tmp_path, "close", "ring"), "--anywhere").status == 0
    every = call(*words_of(tmp_path, "ring", "open", "close", "smash", "ring", "give_up"))
    assert "Each of 6 rows is exercised by some case." in every.out


def test_a_case_is_written_as_a_test_that_fails_while_it_cannot_be(tmp_path: Path) -> None:
    place = tmp_path / "test_case.py"
    called = call("replay", *MAIL, "--variant", "patched", "--case", "m1", "--pytest", str(place))
    assert f"Written: {place}" in called.out
    text = place.read_text()
    assert "def test_case_m1() -> None:" in text
    with pytest.raises(AssertionError, match="impossible from line 4"):
        written_test(text, "test_case_m1")()
    written_test(text.replace('"patched"', '"unpatched"'), "test_case_m1")()
    place.write_text(text)
    assert call("replay", *MAIL, "--variant", "patched", "--case", "m2", "--pytest", str(place)).status == 0
    place.write_text("mine")
    refused = call("replay", *MAIL, "--variant", "patched", "--case", "m2", "--pytest", str(place))
    assert (refused.status, "replace it with --force" in refused.err) == (2, True)


def test_a_recorded_machine_is_replayed_without_a_mapping_and_written_as_a_test(tmp_path: Path) -> None:
    machine, path = flat(), tmp_path / "run.jsonl"
    with recording(machine, path):
        machine.models[0].take()
        machine.models[0].fail()
    assert call("replay", str(path), JOB).status == 0
    place = tmp_path / "test_run.py"
    assert call("replay", str(path), JOB, "--pytest", str(place)).status == 0
    written_test(place.read_text(), "test_case_1")()


@pytest.mark.parametrize("ending", ["mmd", "dot", "svg"])
def test_the_way_of_a_case_is_drawn(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"case.{ending}"
    called = call("replay", *MAIL, "--variant", "unpatched", "--case", "m1", "--picture", str(place))
    assert called.status == 0
    text = place.read_text()
    assert "abandon_attempt" in text
    assert "went round 2 times so far" in " ".join(text.replace("<br/>", " ").split()) or ending != "mmd"
    call("replay", *MAIL, "--variant", "patched", "--case", "m1", "--picture", str(place))
    assert "cannot be" in place.read_text()


def test_a_template_is_printed_to_be_filled_in() -> None:
    called = call("replay", "--mapping-template", HOUSE)
    assert called.status == 0
    assert (
        '# Somebody rings.\n[[line]]\nwhen = {event = "ring"}\ntrigger = "ring"\n# seen = {bell = "rung"}' in called.out
    )
    assert "pattern = " in call("replay", "--mapping-template", HOUSE, "--format", "text").out
    assert 'trigger = "acknowledge"' in call("replay", "--mapping-template", "model:VARIANTS").out


def test_a_growing_log_is_followed_until_it_is_interrupted(tmp_path: Path) -> None:
    log = tmp_path / "house.log"
    words = words_of(tmp_path, "ring")
    with on_interrupt():
        program = subprocess.Popen(
            [sys.executable, "-m", "lifecheck", *words, "--follow"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
    try:
        with log.open("a") as more:
            more.write("open\nclose\n" + "ring\nopen\nclose\n" * 3)
        assert program.stdout is not None
        first = program.stdout.readline()
        assert first == "log: went round 4 times\n"
        with log.open("a") as more:
            more.write("close\n")
        while not first.startswith("log: impossible"):
            first = program.stdout.readline()
        assert first == "log: impossible from line 13\n"
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    finally:
        program.kill()
        program.wait()
    assert program.returncode == 130
    assert "13 lines: 0 open cases, 1 case impossible" in out
    assert err == ""


def test_what_comes_through_a_pipe_is_followed_to_its_end(tmp_path: Path) -> None:
    words = words_of(tmp_path, "ring")
    words[1] = "/dev/stdin"
    run = [sys.executable, "-m", "lifecheck", *words, "--follow"]
    done = subprocess.run(run, input="ring\nopen\nopen\n", capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 1
    assert "log: impossible from line 3" in done.stdout
    assert done.stdout.endswith("3 lines: 0 open cases, 1 case impossible\n")
    done = subprocess.run(run, input="ring\n\nopen\n", capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout) == (0, "2 lines: 1 open case\n")


def through_a_pipe(tmp_path: Path, text: str, *more: str) -> tuple[int, str]:
    """Follow what another thread writes into a named pipe."""
    words, pipe = words_of(tmp_path, "ring"), tmp_path / "pipe"
    if not pipe.exists():
        os.mkfifo(pipe)
    words[1] = str(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(text))
    writer.start()
    called = call(*words, "--follow", *more)
    writer.join()
    return called.status, called.out


def test_stories_of_a_stream_come_as_they_come_and_the_counts_at_the_end(tmp_path: Path) -> None:
    status, out = through_a_pipe(tmp_path, "ring\nopen\nclose\n" * 3)
    assert (status, out.splitlines()[0]) == (0, "log: went round 3 times")
    status, out = through_a_pipe(tmp_path, "knock\n")
    assert (status, out.splitlines()[0]) == (1, "log: impossible from line 1")
    assert "the system has no trigger 'knock'" in out
    status, out = through_a_pipe(tmp_path, "ring\n" + "x" * 2_000_000 + "\nopen\n")
    assert (status, out.splitlines()[0]) == (0, "2 lines: 1 open case")
    assert out.splitlines()[1].startswith("  line 2: it has more than")
    status, out = through_a_pipe(tmp_path, "smash\nring\ngive_up\nsmash\n", "--limit", "4")
    assert (status, out.splitlines()[-1]) == (1, "4 lines: 0 open cases, 1 case unknown")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["docs/replay/worker.log", HOUSE, *WORKER[1:]], "names trigger 'reserve', which the system does not have"),
        (["nothing.log", JOB], "log 'nothing.log' cannot be read: No such file or directory"),
        (
            ["docs/replay/worker.log", *WORKER[:1]],
            "is no recording; say how its lines are read by a mapping, which lifecheck",
        ),
        (["docs/replay/worker.log", *WORKER, "--case", "99"], "there is no case '99' in the log"),
        (["docs/replay/worker.log", *WORKER, "--pytest", "t.py"], "the log has 4 cases; say which to write"),
        (["docs/replay/worker.log", *WORKER, "--follow", "--json"], "leave out --json"),
        (["docs/replay/worker.log", WORKER[0], "--mapping", "none.toml"], "mapping 'none.toml' cannot be read"),
        (
            ["docs/replay/worker.log", "model:PATCHED", *WORKER[1:]],
            "names trigger 'reserve', which the system does not",
        ),
        (["docs/replay/kb883522.jsonl", *WORKER], "no line of the log matches mapping 'docs/replay/worker.toml'"),
        (["docs/replay/worker.log", "--mapping", MAIL[2]], "line 1 is no JSON object"),
        (["docs/replay/worker.log", *WORKER, "--case", "41", "--picture", "x.png"], "let its name end in .svg"),
        (["docs/replay/worker.log", "tests.lifecheck.replaying.recorded_machines:Job"], "Job"),
        ([], "Missing argument 'LOG'"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_status_2(words: list[str], told: str) -> None:
    called = call("replay", *words)
    assert called.status == 2
    assert called.out == ""
    assert told in called.err
    assert called.err.count("\n") == 1


def test_a_machine_that_cannot_be_fired_is_told_with_the_options_to_write(tmp_path: Path) -> None:
    mapping, log = tmp_path / "lamp.toml", tmp_path / "lamp.jsonl"
    mapping.write_text('format = "json"\n[[line]]\ntrigger = "switch"\n')
    log.write_text("{}\n")
    words = [str(log), "tests/lifecheck/cli/wrong_inputs/home.py:counter", "--mapping", str(mapping)]
    called = call("replay", *words, "--properties", f"{HOUSE.partition(':')[0]}:CLAIMS")
    assert (called.status, called.out) == (2, "")
    assert "write --attribute tries --ignored log" in called.err
    assert (
        call("replay", *words, "--properties", f"{HOUSE.partition(':')[0]}:CLAIMS", "--attribute", "tries").status == 2
    )


def test_a_log_and_a_system_the_wrong_way_round_are_told_the_right_way(tmp_path: Path) -> None:
    words = words_of(tmp_path, "ring")
    called = call("replay", words[2], words[1], *words[3:])
    assert (called.status, called.out) == (2, "")
    assert f"write LOG first: {words[1]} {words[2]}" in called.err


def test_a_case_with_a_name_that_would_break_a_line_is_drawn(tmp_path: Path) -> None:
    log, mapping, picture = tmp_path / "run.jsonl", tmp_path / "run.toml", tmp_path / "run.svg"
    log.write_text(json.dumps({"id": "a\n\x1b[31m", "what": "ring"}) + "\n")
    mapping.write_text('format = "json"\ncase = "id"\n[[line]]\ntrigger = "{what}"\n')
    called = call("replay", str(log), HOUSE, "--mapping", str(mapping), "--picture", str(picture))
    assert called.status == 0
    assert "\\x1b[31m" in called.out
    assert "\x1b" not in picture.read_text()

"""`lifecheck play` asks, tells what is right only then, and keeps the score; without a terminal a file answers."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from lifecheck.cli import main
from tests.interrupts import on_interrupt
from tests.lifecheck.cli.cli import ROOT, Called, call

BELLS = "tests.lifecheck.lessons.bells:LESSON"
ANSWERS = ["a", "1", "sigh", "r", "ring", "0", "hint", "-2", "2 answer rung answered"]


def played(tmp_path: Path, answers: list[str], *words: str) -> Called:
    file = tmp_path / "answers"
    file.write_text("".join(f"{line}\n" for line in answers))
    return call("play", BELLS, "--answers", str(file), *words)


def test_the_lessons_of_a_project_are_listed_with_their_titles() -> None:
    called = call("play")
    assert called.status == 0
    assert called.out.splitlines()[1] == "lesson-2  A queue that tries again"


def test_a_lesson_is_played_in_three_turns(tmp_path: Path) -> None:
    score = tmp_path / "ada.json"
    called = played(tmp_path, ANSWERS, "--score", str(score), "--student", "Ada")
    assert (called.status, called.err) == (0, "")
    told = called.out.splitlines()
    for line in (
        "No, b is right. Who opens?",
        "You have been here before, but the loop is not fair: it owes give_up.",
        "From the start.",
        "Broken, with 4 steps, false starts included; the shortest run has 2.",
        "One row of bell is to be another.",
        "Not yet: everybody stands still.",
        "Mended, at try 2: all 3 requirements are met.",
        "Score: 0 of 1 prediction right; broken after 4 steps, where 2 are enough; mended",
        "Read on: docs/bells.md",
        f"  lifecheck explore {BELLS}.adversary.system \\",
        f"    --properties {BELLS}.adversary.claims",
    ):
        assert line in told, line
    assert max(map(len, told)) <= 80
    assert json.loads(score.read_text()) == {
        "form": "lifecheck-score",
        "schema": 1,
        "lesson": "bells",
        "student": "Ada",
        "predictions": [{"prediction": 1, "chosen": "a", "right": False}],
        "adversary": {"won": True, "steps": 4, "shortest": 2},
        "designer": {"solved": True, "attempts": 2, "hints": 1},
        "exercise": None,
    }
    assert call("play", "--class", str(tmp_path)).out.splitlines()[1].startswith("Ada      bells   0 of 1 prediction")
    assert "\x1b" not in called.out


def test_nothing_of_the_verdict_is_shown_before_the_answer(tmp_path: Path) -> None:
    called = played(tmp_path, [], "--turn", "predict")
    assert called.status == 2
    assert "b  no" in called.out
    assert "violated" not in called.out


def test_the_score_of_a_lesson_that_ends_early_is_kept(tmp_path: Path) -> None:
    score = tmp_path / "score.json"
    called = played(tmp_path, ["b", "9"], "--score", str(score))
    assert called.status == 2
    assert called.err == (
        f"lifecheck: line 2 of '{tmp_path / 'answers'}', the adversary's turn: '9' cannot be chosen here; possible are "
        "1, r, g, ?\n"
    )
    assert json.loads(score.read_text())["predictions"][0]["right"]


def test_turns_that_are_played_one_by_one_have_one_score_and_nobody_elses(tmp_path: Path) -> None:
    score = str(tmp_path / "ada.json")
    played(tmp_path, ["b"], "--turn", "predict", "--score", score, "--student", "Ada")
    played(tmp_path, ["g"], "--turn", "designer", "--score", score, "--student", "Ada")
    again = played(tmp_path, ["2 answer rung answered"], "--turn", "designer", "--score", score, "--student", "Ada")
    assert again.out.endswith(
        "Score: mended after 1 try.\n"
        "With what was scored before: 1 of 1 prediction right; mended after 1 try.\n"
        "Read on: docs/bells.md\n"
    )
    assert call("play", "--class", str(tmp_path)).out.endswith("1 of 1 prediction right; mended after 1 try\n")
    called = played(tmp_path, ["b"], "--score", score, "--student", "Bob")
    said = "is the score of Ada in bells; name another file, or replace it with --force"
    assert (called.status, called.err) == (2, f"lifecheck: {score!r} {said}\n")
    assert played(tmp_path, ["b"], "--turn", "predict", "--score", score, "--force").status == 0
    assert json.loads(Path(score).read_text())["designer"] is None


def test_the_first_answer_to_a_prediction_stays_in_the_score(tmp_path: Path) -> None:
    score = tmp_path / "ada.json"
    first, again = (played(tmp_path, [answer], "--turn", "predict", "--score", str(score)) for answer in ("a", "b"))
    assert "With what was scored before" not in first.out
    assert "Score: 1 of 1 prediction right.\nWith what was scored before: 0 of 1 prediction right.\n" in again.out
    assert [one["chosen"] for one in json.loads(score.read_text())["predictions"]] == ["a"]


def test_a_row_that_can_never_be_taken_is_no_attempt_and_a_hint_told_again_is_no_other(tmp_path: Path) -> None:
    answers = ["give_up rung answered", *["hint"] * 6, "2 answer rung answered"]
    called = played(tmp_path, answers, "--turn", "designer")
    assert "'give_up rung answered' can never be taken, because 'give_up rung quiet' stands" in called.out
    assert "Score: mended after 1 try and 4 hints." in called.out


def test_who_gives_up_is_shown_the_run_and_no_row(tmp_path: Path) -> None:
    called = played(tmp_path, ["b", "g", "g"])
    assert called.status == 0
    assert "The shortest run that breaks it has 2 steps:" in called.out
    assert "Score: 1 of 1 prediction right; not broken after 0 steps; not mended after 0\ntries." in called.out
    assert "Write '" not in called.out


def test_one_turn_can_be_played_alone(tmp_path: Path) -> None:
    called = played(tmp_path, ["G"], "--turn", "designer")
    assert called.status == 0
    assert "Prediction" not in called.out
    assert "def bell() -> Machine:" in called.out


def test_the_task_stands_below_the_machines_and_is_said_again_when_asked(tmp_path: Path) -> None:
    for turn, task, asked in (
        ("adversary", "Ring for ever.", ["To be broken:", "bell rung\n"]),
        ("designer", "Open the door.", ["bell has the states", "'?' says the task again"]),
    ):
        first = ["1"] if turn == "adversary" else []
        shown, until_asked_again, again = played(tmp_path, [*first, "?", "g"], "--turn", turn).out.split(task)
        assert "def bell() -> Machine:" in shown
        assert until_asked_again.endswith("> ?\n")
        assert all(words in again for words in asked)


def test_a_typing_error_is_told_as_it_was_typed_and_is_no_attempt(tmp_path: Path) -> None:
    called = played(tmp_path, ["3 answer rung answerd", "g"], "--turn", "designer")
    said = (
        "component 'bell', row (answer, rung, answerd): destination 'answerd' is not one\nof its states; did you mean"
    )
    assert f"> 3 answer rung answerd\n{said} 'answered'?\n> g\n" in called.out
    assert "Score: not mended after 0 tries." in called.out


@pytest.mark.long
def test_answers_come_from_standard_input_as_well() -> None:
    words = [sys.executable, "-m", "lifecheck", "play", BELLS, "--turn", "predict", "--answers", "-"]
    run = subprocess.run(words, cwd=ROOT, input="b\n", capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "Right. They ring, go away, and ring again." in run.stdout


WRONG = [
    ([], [], "ends after line 0, at prediction 1 of 1; possible are a, b"),
    (["c"], [], "line 1 of .*, prediction 1 of 1: 'c' is no answer; possible are a, b"),
    (["b", "g"], [], r"ends after line 2, at the designer's turn; possible are a row, hint, g, \?"),
    (["b", "g", "open"], [], "line 3 of .*, the designer's turn: 'open' is no change of a row; write 'trigger source"),
    (["b", "g", ""], [], "line 3 of .*, the designer's turn: '' is no change of a row"),
    (["b", "g", "g", "b"], [], "line 4 of .*: 'b' is an answer to nothing; all that is asked is answered above"),
    (["b"], ["--score", "nowhere/score.json"], "cannot write 'nowhere/score.json': there is no folder 'nowhere'"),
    (["b"], ["--score", "README.md"], "'README.md' is there already and lifecheck did not write it; .* with --force"),
    (["b"], ["--class", "docs"], "--class shows the scores of a folder and plays nothing"),
]


@pytest.mark.parametrize(("answers", "words", "told"), WRONG)
def test_what_cannot_be_used_is_one_line(answers: list[str], words: list[str], told: str, tmp_path: Path) -> None:
    called = played(tmp_path, answers, *words)
    assert called.status == 2
    assert re.fullmatch(rf"lifecheck: .*{told}.*\n", called.err), called.err


def test_a_turn_that_a_lesson_lacks_is_told() -> None:
    called = call("play", BELLS.replace("LESSON", "QUIET"), "--turn", "designer", "--answers", "-")
    assert called.err == "lifecheck: quiet has no turn 'designer'; it has adversary\n"
    called = call("play", BELLS.replace("LESSON", "EMPTY"), "--answers", "-")
    assert called.err.startswith("lifecheck: empty has no turn to play")


def test_a_file_of_rows_is_judged_in_place_of_what_is_typed(elsewhere: Path) -> None:
    (elsewhere / "lessons.py").write_text(
        "from dataclasses import replace\n"
        "from tests.lifecheck.lessons.bells import LESSON as BELLS\n"
        "LESSON = replace(BELLS, adversary=None, predictions=[],\n"
        "                 designer=replace(BELLS.designer, answer='answer.py:ROWS'))\n"
    )
    file = elsewhere / "answers"
    file.write_text("\n")
    words = ["play", "lessons.py:LESSON", "--answers", str(file)]
    answer = elsewhere / "answer.py"
    assert call(*words).err.endswith("the designer's turn: there is no file answer.py\n")
    for text, told in (
        ("ROWS = [", "answer.py cannot be imported: SyntaxError: "),
        ("raise SystemExit(1)", "answer.py cannot be imported: SystemExit: 1"),
        ("OTHERS = []", "the rows are NoneType; write a list of rows"),
    ):
        answer.write_text(text)
        assert told in call(*words).err
    answer.write_text("ROWS = [['ring', 'quiet', 'rung'], ['answer', 'rung', 'answered']]")
    assert "Mended, at try 1" in call(*words).out


def test_a_shell_completes_the_lessons_of_the_project(elsewhere: Path) -> None:
    complete = ShellComplete(main, {}, "lifecheck", "_LIFECHECK_COMPLETE").get_completions
    assert complete(["play"], "les") == [], "here is no project"
    (elsewhere / "pyproject.toml").write_text(f'[tool.lifecheck]\nlessons = ["{BELLS}"]\n')
    assert [one.value for one in complete(["play"], "b")] == ["bells"]
    assert [one.value for one in complete(["play", "bells", "--turn"], "")] == ["predict", "adversary", "designer"]


@pytest.mark.long
def test_the_adversarys_machines_can_be_explored_as_it_is_told(tmp_path: Path) -> None:
    place = tmp_path / "door.html"
    told = ["explore", f"{BELLS}.adversary.system", "--properties", f"{BELLS}.adversary.claims"]
    assert call(*told, "--out", str(place)).status == 0
    assert "give_up" in place.read_text()
    assert "to-be-broken" in place.read_text()


@contextmanager
def at_a_terminal(*words: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Play at a pseudo-terminal of 80 columns."""
    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "lifecheck", "play", *words]
    places = {"stdin": terminal, "stdout": terminal, "stderr": subprocess.PIPE}
    # a terminal of its own, so that Ctrl-C there interrupts it
    with on_interrupt(), subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **places) as run:
        os.close(terminal)
        try:
            yield run, controller
        finally:
            run.kill()
            os.close(controller)


def until_asked(controller: int, typed: str | None = None) -> str:
    """Type a line, if one is given, and return what is shown until somebody is asked again, or it ends."""
    if typed is not None:
        os.write(controller, f"{typed}\n".encode())
    shown = b""
    while not shown.endswith(b"\n> "):
        ready, _, _ = select.select([controller], [], [], 60)
        assert ready, shown
        try:
            chunk = os.read(controller, 65536)
        except OSError:  # it ended
            break
        if not chunk:
            break
        shown += chunk
    return shown.decode().replace("\r\n", "\n")


def test_at_a_terminal_it_asks_again_after_a_wrong_form_and_ends_with_control_d(tmp_path: Path) -> None:
    score = tmp_path / "score.json"
    with at_a_terminal(BELLS, "--score", str(score)) as (run, controller):
        assert "\x1b[1mPrediction 1 of 1\x1b[0m" in until_asked(controller)
        assert "'yes' is no answer; possible are a, b." in until_asked(controller, "yes")
        assert "\x1b[32mRight. They ring, go away, and ring again.\x1b[0m" in until_asked(controller, "b")
        os.write(controller, b"\x04")
        assert run.stderr is not None
        said = run.stderr.read().decode()
        assert run.wait(60) == 130
    assert said == f"lifecheck: left bells before its end; what was scored is in {score}\n"
    assert json.loads(score.read_text())["predictions"] == [{"prediction": 1, "chosen": "b", "right": True}]


@pytest.mark.long
def test_an_interrupt_is_one_line_and_nothing_is_kept_of_nothing(tmp_path: Path) -> None:
    score = tmp_path / "score.json"
    with at_a_terminal(BELLS, "--score", str(score)) as (run, controller):
        until_asked(controller)
        run.send_signal(signal.SIGINT)
        assert run.stderr is not None
        said = run.stderr.read().decode()
        assert run.wait(60) == 130
        assert until_asked(controller) == "\n", "what is said of it stands on a line of its own"
    assert said == "lifecheck: left bells before its end\n"
    assert not score.exists()

"""What students get works by itself, and holds nothing that answers it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generate import handout
from lifecheck.errors import InputError
from lifecheck.lessons import scores_in
from tests.docs.lessons.test_exercises import LESSONS, NUMBERS, UNSOLVED


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class") / "handout"
    handout.write(folder)
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def deciding(number: int) -> list[str]:
    """Return the lines of a solution that the exercise lacks."""
    solution = (LESSONS / "solutions" / f"lesson_{number}.py").read_text().partition('"""\n')[2]
    answer = (LESSONS / "exercises" / f"lesson_{number}" / "answer.py").read_text()
    return [line for line in solution.splitlines() if line.strip() and line not in answer.splitlines()]


def written_ways(line: str) -> list[str]:
    """Return how a row may be written; of another line, how it is."""
    row = re.fullmatch(r'\s*\["(\w+)", "(\w+)", "(\w+)"\],', line)
    if row is None:
        return [line.strip()]
    trigger, source, dest = row.groups()
    return [
        f'"{trigger}", "{source}", "{dest}"',
        f"{trigger} {source} {dest}",
        f"{trigger}, {source} -> {dest}",
        f"{source} to {dest}: {trigger}",
        f"{trigger}</td><td>{source}</td><td>{dest}",
    ]


def test_the_deciding_lines_of_the_solutions_are_known() -> None:
    assert deciding(1) == ['    ["bounce", "accepted", "gone"],']
    assert deciding(8) == ['    ["reject", "failed", "idle"],']
    assert all(deciding(number) for number in NUMBERS)


@pytest.mark.parametrize("number", [number for number in NUMBERS if number not in (5, 9)])
def test_no_line_that_decides_an_exercise_is_handed_out(number: int, handed_out: Path) -> None:
    own = {"]", "}", ")"}
    for line in deciding(number):
        for written in written_ways(line):
            if written not in own and len(written) > 12:
                assert [name for name, text in texts(handed_out).items() if written in text] == []


def test_the_run_that_solves_exercise_5_is_handed_out_nowhere(handed_out: Path) -> None:
    steps = r"send_message\W+deliver\W+crash\W+give_up_waiting"
    assert re.search(steps, (LESSONS / "solutions" / "lesson_5.py").read_text())
    assert [name for name, text in texts(handed_out).items() if re.search(steps, text)] == []


def test_the_machine_that_solves_exercise_9_is_handed_out_nowhere(handed_out: Path) -> None:
    assert "PERSON_ROWS" in (LESSONS / "solutions" / "lesson_9.py").read_text()
    assert [name for name, text in texts(handed_out).items() if "PERSON_ROWS" in text or "jammed" in text] == []


def test_what_teachers_have_stays_with_them(handed_out: Path) -> None:
    names = " ".join(texts(handed_out))
    for kept in ("solution", "keys", "instructors", "docs/play", "plan", "boards"):
        assert kept not in names
    for text in texts(handed_out).values():
        assert "instructors-guide" not in text
        assert "[[[cog" not in text


def test_every_lesson_has_its_page_exercise_and_turns(handed_out: Path) -> None:
    names = [*texts(handed_out)]
    for number in NUMBERS:
        assert [name for name in names if name.startswith(f"docs/lessons/{number}-")]
        assert f"docs/lessons/exercises/lesson_{number}/answer.py" in names
        assert f"docs/lessons/turns/lesson_{number}.py" in names


def test_every_link_and_picture_of_a_page_leads_to_what_is_handed_out(handed_out: Path) -> None:
    for name, text in texts(handed_out).items():
        if name.endswith(".md"):
            prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
            links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", prose) + re.findall(r'<img src="([^"]+)"', prose)
            assert [target for target in links if not (handed_out / name).parent.joinpath(target).exists()] == [], name


def test_what_was_handed_out_is_written_again_and_what_is_no_more_goes(tmp_path: Path) -> None:
    number = handout.write(tmp_path)
    old = tmp_path / "old.md"
    old.write_text("old")
    index = tmp_path / handout.WRITTEN
    written = json.loads(index.read_text())
    index.write_text(json.dumps({**written, "old.md": handout._digest("old"), "gone.md": "0"}))
    assert handout.write(tmp_path) == number
    assert not old.exists()
    assert json.loads(index.read_text()) == written


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handout.write(tmp_path)
    answer = tmp_path / "docs/lessons/exercises/lesson_1/answer.py"
    answer.write_text("SERVER_ROWS = []\n")
    assert handout.main([str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.err == (
        f"handout: {answer} is there already, and not as it was handed out; move it, or name another folder\n"
    )
    assert told.out == ""
    assert answer.read_text() == "SERVER_ROWS = []\n"


def test_nothing_is_written_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        handout.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    (tmp_path / "README.md").unlink()
    (tmp_path / "pyproject.toml").mkdir()
    with pytest.raises(InputError, match=r"pyproject\.toml is there already"):
        handout.write(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]"])
def test_an_index_that_cannot_be_read_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / handout.WRITTEN).write_text(text)
    assert handout.main([str(tmp_path)]) == 2


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert handout.main([str(tmp_path / "file" / "handout")]) == 2
    assert capsys.readouterr().err.startswith("handout: ")


@pytest.mark.parametrize("words", [["--help"], ["one", "another"]])
def test_words_that_are_no_folder_are_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert handout.main(words) == 2
    assert capsys.readouterr().err == (
        "handout: one folder is all it takes: python -m docs.generate.handout [FOLDER]\n"
    )


def run(folder: Path, *words: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    """Run a module of Python as a student does, in the folder of the handout."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=folder, input=answers, capture_output=True, text=True, check=False)


PYTEST = ("pytest", "-q", "-n", "0", "-p", "no:cacheprovider")


@pytest.mark.long
def test_the_exercises_fail_with_their_hints_and_pass_with_the_solutions(tmp_path: Path) -> None:
    handout.write(tmp_path)
    unsolved = run(tmp_path, *PYTEST)
    assert unsolved.returncode == 1
    for number in NUMBERS:
        assert UNSOLVED[number] in unsolved.stdout
        shutil.copy(
            LESSONS / "solutions" / f"lesson_{number}.py",
            tmp_path / "docs/lessons/exercises" / f"lesson_{number}" / "answer.py",
        )
    solved = run(tmp_path, *PYTEST)
    assert solved.returncode == 0, solved.stdout


@pytest.mark.long
def test_exercises_write_scores_for_a_class(handed_out: Path, tmp_path: Path) -> None:
    exercises = ["docs/lessons/exercises/lesson_1", "docs/lessons/exercises/lesson_9"]
    words = [*PYTEST, *exercises, "--scores", str(tmp_path), "--student", "Ada / Bob"]
    mine = tmp_path / "Ada-Bob-lesson-9-exercise.json"
    mine.write_text("mine")
    done = run(handed_out, *words)
    assert done.returncode == 1
    assert f"--scores: '{mine}' is there already and lifecheck did not write it" in done.stdout
    assert mine.read_text() == "mine"
    mine.unlink()
    assert run(handed_out, *words).returncode == 1
    assert [(one.student, one.lesson, one.told) for one in scores_in(tmp_path)] == [
        ("Ada / Bob", "lesson-1", "exercise not solved"),
        ("Ada / Bob", "lesson-9", "exercise not solved"),
    ]
    nowhere = run(handed_out, *PYTEST, exercises[0], "--scores", str(tmp_path / "nowhere"))
    assert nowhere.stderr.strip().endswith("nowhere'; make it")


@pytest.mark.long
def test_the_lessons_are_played_from_the_handout(handed_out: Path) -> None:
    played = run(handed_out, "lifecheck", "play", "lesson-4", "--turn", "adversary", "--answers", "-", answers="1\n0\n")
    assert played.returncode == 0, played.stderr
    assert "Broken, with 2 steps; no run is shorter." in played.stdout
    place = "import docs.lessons.turns.lesson_4 as lesson; print(lesson.__file__)"
    found = subprocess.run([sys.executable, "-c", place], cwd=handed_out, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(handed_out), "it was played from elsewhere"

"""The teaching kit is what the lessons say now: sheets without answers, boards, plans that add up, slides that fit."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generate import printing, slides, teaching
from docs.generate.predicted import in_key
from lifecheck.diagrams import hash_in_svg
from lifecheck.lessons import Lesson, lessons_of

ROOT = Path(__file__).parents[3]
KIT = ROOT / "docs" / "teaching"
PLANS = {"90-minutes.md": 90, "3-hours.md": 180}


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    return list(lessons_of(ROOT).values())


def test_what_is_committed_is_what_the_lessons_say() -> None:
    texts = teaching.texts()
    committed = {path for folder in ("sheets", "keys", "notebooks") for path in (KIT / folder).glob("lesson-*")}
    assert committed | {KIT / "boards.md"} == set(texts)
    for path, text in texts.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `make texts`"


def test_the_boards_show_what_the_lessons_define() -> None:
    pictures = teaching.drawings()
    assert set((KIT / "boards").iterdir()) == set(pictures)
    for path, diagram in pictures.items():
        assert hash_in_svg(path.read_text(encoding="utf-8")) == diagram.digest, f"{path.name}: run `make texts`"


def test_a_sheet_says_nothing_of_what_is_right(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        text = (KIT / "sheets" / f"{lesson.name}.md").read_text(encoding="utf-8")
        assert text.count("☐") == sum(len(asked.choices) for asked in lesson.predictions)
        for asked in lesson.predictions:
            assert not [choice.why for choice in asked.choices if choice.why in text]
        assert "right" not in text.lower().split()
        assert "✓" not in text


def test_a_question_stays_on_one_page_where_it_is_printed(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        pages = printing.on_paper((KIT / "keys" / f"{lesson.name}.md").read_text(encoding="utf-8"))
        assert len(re.findall(r"<section>\n<h2>", pages)) == pages.count("</section>") == len(lesson.predictions)
    assert "section, h2, ul { break-inside: avoid; }" in pages


def test_a_key_marks_one_choice_of_each_prediction(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        for number, asked in enumerate(lesson.predictions, start=1):
            text = in_key(asked, number)
            assert re.findall(r"✓ \*\*(\w)\)", text) == [asked.right]
            assert text.count("✗") == len(asked.choices) - 1


@pytest.mark.parametrize("name", PLANS)
def test_the_clock_of_a_plan_goes_forward_and_ends_in_time(name: str) -> None:
    rows = re.findall(r"^\| (\d):(\d\d) \|", (KIT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    minutes = [int(hours) * 60 + int(minute) for hours, minute in rows]
    assert minutes == sorted(set(minutes))
    assert (minutes[0], minutes[-1]) == (0, PLANS[name])


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_names_turns_that_there_are(name: str, lessons: list[Lesson]) -> None:
    named = re.findall(r"lifecheck play (lesson-\d) --turn (\w+)", (KIT / name).read_text(encoding="utf-8"))
    by_name = {lesson.name: lesson for lesson in lessons}
    assert named
    assert all(getattr(by_name[lesson], turn) is not None for lesson, turn in named)


def test_slides_fit_and_ask_before_they_answer(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        pages = slides.slides(lesson).split("\n---\n")[2:]
        for page in pages:
            for block in re.findall(r"```\w+\n(.*?)```", page, flags=re.DOTALL):
                lines = block.splitlines()
                assert len(lines) <= slides.HEIGHT, page
                assert max(map(len, lines)) <= WIDEST, page
            assert len(re.sub(r"```.*?```|<!--.*?-->", "", page, flags=re.DOTALL)) < MOST, page
        for number, page in enumerate(pages):
            assert not re.search(r"^\* ", page, flags=re.MULTILINE), "Marp shows such a list line by line"
            if page.startswith("\n## Predict"):
                assert pages[number + 1].startswith("\n## ")
                assert "violated" not in re.sub(r"^- .*$", "", page, flags=re.MULTILINE)
        numbers = re.findall(r"^## Predict: question (\d)$", "\n---\n".join(pages), flags=re.MULTILINE)
        assert [*map(int, numbers)] == [*range(1, len(lesson.predictions) + 1)], "as on the sheet"


WIDEST = 90
"""Marp makes a block smaller whose lines are longer than a slide is wide: so many are still read."""
MOST = 750
"""How many letters of text a slide has place for."""


ON_DEBIAN = "on Debian: apt-get install"
NO_PDF = "so only HTML was made, and no PDF"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("slides", f"make slides: npm is not installed, which brings Marp; {ON_DEBIAN} npm\n"),
        ("sheets", f"make sheets: Chromium is not installed, {NO_PDF}; {ON_DEBIAN} chromium\n"),
        ("posters", "write one of slides, sheets\n"),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    what: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert printing.main([what], tmp_path) in (1, 2)
    assert capsys.readouterr().err == said


def test_make_texts_writes_the_kit() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-m docs.generate.teaching" in makefile.partition("\ntexts:")[2].partition("\n\n")[0]


@pytest.mark.long
def test_the_kit_is_written_again_as_it_is() -> None:
    before = {path: path.read_bytes() for path in KIT.rglob("*") if path.is_file()}
    subprocess.run([sys.executable, "-m", "docs.generate.teaching"], cwd=ROOT, check=True)
    assert {path: path.read_bytes() for path in KIT.rglob("*") if path.is_file()} == before

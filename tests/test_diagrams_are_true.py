"""The committed pictures are those that a run draws."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from lifecheck.cli.draw import draw_all
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.diagram import Diagram, hash_in_svg
from lifecheck.project.loading import load_project
from tests import needs

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "diagrams"
LESSONS = ROOT / "docs" / "lessons"
GRAPHVIZ = "14.1.5"
"""The version that drew what is committed; another may place the same boxes elsewhere."""


@pytest.fixture(scope="module")
def drawn() -> dict[str, Diagram]:
    project = load_project(folder=ROOT)
    return draw_all(project, {name: project.variant(name) for name in project.shown})


@pytest.fixture(scope="module")
def drawn_in_lessons() -> dict[str, Diagram]:
    """Return the pictures of the lessons: each of what the lesson's blocks above it define."""
    found = {}
    for lesson in sorted(LESSONS.glob("*.md")):
        document = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md").parse(lesson)
        waiting = list(document.examples())
        for number, line in enumerate(lesson.read_text().splitlines(), start=1):
            call = re.search(r'''\bdrawn\('(.+)', "([\w-]+)"''', line)
            if call:
                while waiting and waiting[0].line < number:
                    waiting.pop(0).evaluate()
                found[call[2]] = component_diagram(eval(call[1], document.namespace))
    return found


def check_rendered(path: Path, diagram: Diagram) -> None:
    """Compare a committed SVG with that of a run: in everything, or in its texts if Graphviz is another."""
    needs.package("pygraphviz")
    committed, expected = path.read_bytes().decode(), diagram.svg()
    if diagram.written or import_module("pygraphviz").__graphviz_version__ == GRAPHVIZ:
        assert is_drawn_alike(committed, expected), f"{path.name}: run `make diagrams`"
    assert hash_in_svg(committed) == hash_in_svg(expected), f"{path.name}: run `make diagrams`"
    assert sorted(_texts(committed)) == sorted(_texts(expected)), f"{path.name}: run `make diagrams`"


def is_drawn_alike(one: str, other: str) -> bool:
    """Whether two pictures are the same, but for two points: builds of one Graphviz round differently."""
    first, second = (re.split(r"(-?\d+(?:\.\d+)?)", svg) for svg in (one, other))
    if len(first) != len(second) or first[::2] != second[::2]:
        return False
    return all(abs(float(a) - float(b)) <= 2 for a, b in zip(first[1::2], second[1::2], strict=True))


def _texts(svg: str) -> list[str]:
    return [text for element in ElementTree.fromstring(svg).iter() if (text := (element.text or "").strip())]


@pytest.mark.long
def test_the_committed_pictures_are_those_of_a_run(drawn: dict[str, Diagram]) -> None:
    for name, diagram in drawn.items():
        check_rendered(FOLDER / f"{name}.svg", diagram)


def test_the_pictures_of_the_lessons_are_of_what_they_define(drawn_in_lessons: dict[str, Diagram]) -> None:
    assert {path.stem for path in (LESSONS / "pictures").iterdir()} == set(drawn_in_lessons)
    for name, diagram in drawn_in_lessons.items():
        check_rendered(LESSONS / "pictures" / f"{name}.svg", diagram)


@pytest.mark.parametrize("version", [GRAPHVIZ, "another"])
@pytest.mark.long
def test_a_label_changed_by_hand_is_noticed_with_any_graphviz(
    version: str, drawn: dict[str, Diagram], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs.package("pygraphviz")
    monkeypatch.setattr("pygraphviz.__graphviz_version__", version)
    path = tmp_path / "changed.svg"
    whole = (FOLDER / "lifecycle-unpatched.svg").read_text()
    path.write_text(whole)
    check_rendered(path, drawn["lifecycle-unpatched"])
    path.write_text(whole.replace(">abandon_attempt<", ">acknowledge<", 1))
    with pytest.raises(AssertionError, match="make diagrams"):
        check_rendered(path, drawn["lifecycle-unpatched"])


def test_no_two_pictures_have_the_same_title(drawn: dict[str, Diagram]) -> None:
    titles = Counter(diagram.title for diagram in drawn.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_picture_is_left_over(drawn: dict[str, Diagram]) -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.svg" for name in drawn}


def test_there_is_one_picture_for_each_component_and_for_each_lifecycle(drawn: dict[str, Diagram]) -> None:
    kinds = [name.partition("-")[0] for name in drawn]
    assert (kinds.count("lifecycle"), kinds.count("counterexample")) == (4, 2)
    components = {name.split("-")[1] for name in drawn if name.startswith("component-")}
    assert components == {"message", "queue", "queue_file", "store", "scanner", "sender", "age"}

"""The committed pictures are those that a run draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecheck.command.draw import draw_all
from lifecheck.command.project import load_project
from lifecheck.diagrams import Diagram, hash_in_svg

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "diagrams"


@pytest.fixture(scope="module")
def drawn() -> dict[str, Diagram]:
    project = load_project(folder=ROOT)
    return draw_all(project, {name: project.variant(name) for name in project.shown})


def test_what_is_written_without_fonts_is_that_of_a_run_byte_by_byte(drawn: dict[str, Diagram]) -> None:
    for name, diagram in drawn.items():
        for suffix, text in diagram.texts.items():
            assert (FOLDER / f"{name}{suffix}").read_bytes() == text.encode(), f"{name}: run `make diagrams`"


def test_every_svg_was_rendered_from_its_dot(drawn: dict[str, Diagram]) -> None:
    for name, diagram in drawn.items():
        if diagram.written:
            continue  # compared byte by byte above
        assert hash_in_svg((FOLDER / f"{name}.svg").read_text()) == diagram.digest, f"{name}: run `make diagrams`"


def test_no_picture_is_left_over(drawn: dict[str, Diagram]) -> None:
    expected = {f"{name}{suffix}" for name, diagram in drawn.items() for suffix in {*diagram.texts, ".svg"}}
    assert {path.name for path in FOLDER.iterdir()} == expected


def test_there_is_one_picture_for_each_component_and_for_each_lifecycle(drawn: dict[str, Diagram]) -> None:
    kinds = [name.partition("-")[0] for name in drawn]
    assert (kinds.count("lifecycle"), kinds.count("counterexample")) == (4, 2)
    components = {name.split("-")[1] for name in drawn if name.startswith("component-")}
    assert components == {"message", "queue", "queue_file", "store", "scanner", "sender", "age"}

"""A file is written whole or not at all, and never over one that lifecheck did not write."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecheck import Component, InputError, Row, System, check, draw, never
from lifecheck.errors import ForeignFileError
from lifecheck.export import FORMATS, describe
from lifecheck.files import is_of_lifecheck, write_all, write_whole

LAMP = System("lamp", [Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})])


@pytest.mark.parametrize(("form", "name"), [("promela", "x.pml"), ("tla", "x.tla"), ("json", "x.json")])
def test_an_export_is_known_as_one_of_lifecheck_and_replaced(tmp_path: Path, form: str, name: str) -> None:
    write_whole(tmp_path / name, FORMATS[form](describe(LAMP, [], 10)))
    assert is_of_lifecheck((tmp_path / name).read_text())
    write_whole(tmp_path / name, "another")
    assert (tmp_path / name).read_text() == "another"


@pytest.mark.parametrize("suffix", ["mmd", "dot"])
def test_a_picture_without_a_title_is_known_too(tmp_path: Path, suffix: str) -> None:
    result = check(LAMP, never("lamp == 'on'"))
    draw(result, tmp_path / f"lamp.{suffix}")
    draw(result, tmp_path / f"lamp.{suffix}", title="It lights")
    assert "It lights" in (tmp_path / f"lamp.{suffix}").read_text()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("test_lamp.py", "def test_lamp() -> None:\n    assert True\n"),
        ("test_mine.py", '"""Mine, and not written by lifecheck: it begins otherwise."""\n'),
        ("lamp.svg", '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><title>a lamp</title></svg>\n'),
        ("lamp.mmd", "flowchart LR\n    a --> b\n"),
        ("lamp.dot", "// a lamp\n// of mine\ndigraph { a -> b }\n"),
        ("lamp.json", '{\n  "form": "order"\n}\n'),
        ("lamp.pml", "\n" * 20 + "/* not Written by lifecheck, which stands far below */"),
        ("lamp.tla", "---- MODULE lamp ----\n===="),
    ],
)
def test_what_somebody_else_wrote_stays_unless_it_is_forced(tmp_path: Path, name: str, text: str) -> None:
    place = tmp_path / name
    place.write_text(text)
    with pytest.raises(
        ForeignFileError, match=r"did not write it; choose another name, or replace it with force=True$"
    ):
        write_whole(place, "new")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert place.read_text() == text
    write_whole(place, text)  # the very text may be written again
    write_whole(place, "new", force=True)
    assert place.read_text() == "new"


def test_one_foreign_file_among_several_leaves_all_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "mine.tla").write_text("mine")
    with pytest.raises(ForeignFileError, match=r"mine\.tla"):
        write_all({tmp_path / "new.tla": "new", tmp_path / "mine.tla": "new"})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.tla"]


def test_an_empty_file_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "x.tla").touch()
    assert write_whole(tmp_path / "x.tla", "new").read_text() == "new"


def test_what_cannot_be_written_is_named_as_the_reader_wrote_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write '.*/no/x\.tla': No such file"):
        write_whole(tmp_path / "no" / "x.tla", "new")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=r"cannot write '.*/folder': Is a directory"):
        write_whole(tmp_path / "folder", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]

"""Files are written whole or not at all, and only where something changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lifecheck import Component, InputError, Row
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.writing import write_diagrams
from lifecheck.errors import ForeignFileError
from lifecheck.files import is_of_lifecheck
from tests import needs

DIAGRAMS = Path(__file__).parents[3] / "docs" / "diagrams"
LAMP = component_diagram(Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"}))


HEAD = '<?xml?>\n<!-- dot-sha256: {} -->\n<svg role="img" aria-labelledby="title desc">\n'


class Drawn(Diagram):
    """A diagram whose rendering needs no Graphviz."""

    def svg(self) -> str:
        return HEAD.format(self.digest) + '<title id="title"></title></svg>\n'


class Unrenderable(Diagram):
    def svg(self) -> str:
        raise InputError("cannot be rendered")


def drawn(node: str) -> Drawn:
    head = '// title\n// words\ndigraph {\n  graph [label=<<table border="0"></table>>]\n'
    return Drawn(f"{head}  {node}\n}}\n", f"flowchart TB\n    accTitle: title\n    accDescr: words\n    {node}\n")


ONE = drawn("a")
TWO = drawn("ü")
ALL = ["dot", "mermaid", "svg"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_of_each_picture_its_svg_alone_is_written_unless_told_otherwise(tmp_path: Path) -> None:
    written = write_diagrams({"one": ONE, "two": TWO}, tmp_path)
    assert [path.name for path in written] == ["one.svg", "two.svg"]
    assert contents(tmp_path) == {"one.svg": ONE.svg().encode(), "two.svg": TWO.svg().encode()}


def test_what_needs_no_rendering_is_written_without_graphviz(tmp_path: Path) -> None:
    write_diagrams({"one": Unrenderable("digraph {}", "flowchart TB")}, tmp_path, ["mermaid", "dot"])
    assert contents(tmp_path) == {"one.dot": b"digraph {}", "one.mmd": b"flowchart TB"}


def test_a_picture_is_left_out_of_a_format_in_which_it_cannot_be_had(tmp_path: Path) -> None:
    sequence = Drawn("", "sequenceDiagram")
    assert write_diagrams({"one": ONE, "sequence": sequence}, tmp_path, ["dot"]) == [tmp_path / "one.dot"]
    with pytest.raises(InputError, match="cannot be had as 'dot'; ask for svg and mermaid"):
        sequence.text("dot")


def test_a_file_is_written_for_each_format_that_is_asked_for(tmp_path: Path) -> None:
    written = write_diagrams({"one": ONE, "two": TWO}, tmp_path / "new" / "folder", ALL)
    assert [path.name for path in written] == ["one.svg", "one.mmd", "one.dot", "two.svg", "two.mmd", "two.dot"]
    found = contents(tmp_path / "new" / "folder")
    assert found["two.dot"] == TWO.dot.encode()
    assert found["two.mmd"] == TWO.mermaid.encode()
    assert sorted(found) == sorted(path.name for path in written)


def test_a_real_picture_is_written_too(tmp_path: Path) -> None:
    needs.package("pygraphviz")
    write_diagrams({"lamp": LAMP}, tmp_path)
    assert (tmp_path / "lamp.svg").read_text(encoding="utf-8") == LAMP.svg()


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    write_diagrams({"one": ONE}, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert write_diagrams({"one": ONE}, tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(("old", "new"), [("</svg>", "another label</svg>"), ("\n", "\r\n")], ids=["text", "line ends"])
def test_a_rendering_that_is_not_that_of_a_run_is_replaced(tmp_path: Path, old: str, new: str) -> None:
    write_diagrams({"one": ONE}, tmp_path)
    (tmp_path / "one.svg").write_bytes(ONE.svg().replace(old, new).encode())
    assert [path.name for path in write_diagrams({"one": ONE}, tmp_path)] == ["one.svg"]
    assert (tmp_path / "one.svg").read_text() == ONE.svg()


def test_a_rendering_of_another_dot_is_replaced(tmp_path: Path) -> None:
    write_diagrams({"one": TWO}, tmp_path)
    assert len(write_diagrams({"one": ONE}, tmp_path)) == 1
    assert ONE.digest in (tmp_path / "one.svg").read_text()


@pytest.mark.parametrize("suffix", ["dot", "mmd", "svg"])
def test_a_file_that_somebody_else_wrote_is_not_replaced_unless_forced(tmp_path: Path, suffix: str) -> None:
    place = tmp_path / f"one.{suffix}"
    place.write_text("drawn by hand")
    with pytest.raises(
        ForeignFileError, match=rf"one\.{suffix}' is there already and lifecheck did not write it; choose"
    ):
        write_diagrams({"one": ONE, "two": TWO}, tmp_path, ALL)
    assert contents(tmp_path) == {place.name: b"drawn by hand"}
    assert len(write_diagrams({"one": ONE, "two": TWO}, tmp_path, ALL, force=True)) == 6
    assert write_diagrams({"one": ONE, "two": TWO}, tmp_path, ALL) == []


def test_every_committed_picture_is_known_as_one_of_lifecheck() -> None:
    pictures = [path for path in DIAGRAMS.iterdir() if path.suffix in (".svg", ".dot", ".mmd")]
    assert len(pictures) > 20
    assert [path.name for path in pictures if not is_of_lifecheck(path.read_text(encoding="utf-8"))] == []


def test_a_picture_that_cannot_be_rendered_leaves_everything_as_it_was(tmp_path: Path) -> None:
    write_diagrams({"one": ONE}, tmp_path, ALL)
    before = contents(tmp_path)
    with pytest.raises(InputError, match="cannot be rendered"):
        write_diagrams({"one": TWO, "two": Unrenderable("digraph {}", "")}, tmp_path, ALL)
    assert contents(tmp_path) == before


def test_a_failing_write_leaves_old_files_and_no_temporary_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_diagrams({"one": ONE}, tmp_path, ALL)
    before = contents(tmp_path)
    write_text = Path.write_text

    def full(self: Path, text: str, **options: str) -> int:
        if self.name == ".one.svg.tmp":
            raise OSError(28, "No space left on device", str(self))
        return write_text(self, text, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_diagrams({"one": TWO}, tmp_path, ALL)
    assert contents(tmp_path) == before


def test_a_folder_that_is_a_file_is_named_on_one_line(tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("something")
    with pytest.raises(InputError) as raised:
        write_diagrams({"one": ONE}, place)
    assert str(place) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert place.read_text() == "something"


def test_a_folder_that_cannot_be_written_is_named_on_one_line(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="Permission denied"):
        write_diagrams({"one": ONE}, tmp_path)


def test_a_file_that_is_a_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "one.svg").mkdir()
    with pytest.raises(InputError, match=r"one\.svg"):
        write_diagrams({"one": ONE}, tmp_path)


@pytest.mark.parametrize("name", ["", "../up", "a/b", "a\\b", ".hidden", "two\nlines", "nul\x00"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be a file name"):
        write_diagrams({"one": ONE, name: ONE}, tmp_path)
    assert contents(tmp_path) == {}


def test_files_may_be_read_by_whom_the_machine_allows(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    write_diagrams({"one": ONE}, tmp_path)
    assert (tmp_path / "one.svg").stat().st_mode == plain.stat().st_mode


def test_nothing_to_write_makes_the_folder_alone(tmp_path: Path) -> None:
    assert write_diagrams({}, tmp_path / "empty") == []
    assert contents(tmp_path / "empty") == {}

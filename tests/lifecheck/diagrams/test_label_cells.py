"""What Graphviz draws does not depend on the fonts of a machine: its text is measured without any."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lifecheck import check
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.diagrams.diagram import Diagram
from model import UNPATCHED
from properties.claims import DELETED_LEAVES_QUEUE
from tests import needs
from tests.lifecheck.diagrams.svg_reader import SVG, bursting, outside

ROOT = Path(__file__).parents[3]
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{}</fontconfig>"""
SETTINGS = {
    "no fonts": "",
    "all in a wide one": """<dir>/usr/share/fonts</dir><match target="pattern"><edit name="family" mode="assign"
        binding="strong"><string>DejaVu Sans Mono</string></edit></match>""",
    "all in a narrow one": """<dir>/usr/share/fonts</dir><match target="pattern"><edit name="family" mode="assign"
        binding="strong"><string>Liberation Sans Narrow</string></edit></match>""",
}


@pytest.fixture(autouse=True)
def _needs_graphviz() -> None:
    needs.package("pygraphviz")


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_picture_has_the_same_bytes_whatever_the_fonts(setting: str, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(FONTS.format(setting))
    diagram = counterexample_diagram(check(UNPATCHED, DELETED_LEAVES_QUEUE.asked))
    code = "import sys; from lifecheck.diagrams.rendering import render; print(render(sys.stdin.read()))"
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    texts = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=env,
            input=diagram.dot,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for env in (os.environ, environment)
    ]
    assert texts[0] == texts[1]


def texts(label: str, shape: str = "box") -> list[ElementTree.Element]:
    """Return the texts of a node with this label."""
    drawn = Diagram(f'digraph {{ a [label=<{label}>, shape="{shape}", fontsize="10", fontcolor="#123456"] }}', "").svg()
    return list(ElementTree.fromstring(drawn).iter(f"{SVG}text"))


def test_size_weight_and_colour_are_those_of_the_label() -> None:
    plain, strong, small = texts('plain<br/><b>strong</b><br/><font point-size="7.5" color="#654321">small</font>')
    assert [plain.text, strong.text, small.text] == ["plain", "strong", "small"]
    assert [part.get("font-size") for part in (plain, strong, small)] == ["10", "10", "7.5"]
    assert [part.get("fill") for part in (plain, strong, small)] == ["#123456", "#123456", "#654321"]
    assert [part.get("font-weight") for part in (plain, strong, small)] == [None, "bold", None]
    heights = [float(part.get("y", "")) for part in (plain, strong, small)]
    assert heights == sorted(heights)


def test_lines_stand_flush_left_where_the_label_says_so_and_else_in_the_middle() -> None:
    left, indented = texts('wide as can be<br align="left"/>&#160;narrow<br align="left"/>')
    assert [left.get("text-anchor"), indented.get("text-anchor")] == ["start", "start"]
    assert 3 < float(indented.get("x", "")) - float(left.get("x", "")) < 4
    wide, narrow = texts("wide as can be<br/>narrow")
    assert (wide.get("text-anchor"), narrow.get("x")) == ("middle", wide.get("x"))
    name, state = texts('<table border="0"><tr><td align="right">a</td></tr><tr><td>long enough</td></tr></table>')
    assert name.get("text-anchor") == "end"
    assert float(name.get("x", "")) > float(state.get("x", ""))


def test_signs_with_a_meaning_are_shown_as_they_are() -> None:
    assert [part.text for part in texts("a &lt; b &amp;&amp; c\\\\N<br/>two  spaces")] == [
        "a < b && c\\N",
        "two \xa0spaces",
    ]


def test_a_box_has_room_for_its_longest_line() -> None:
    drawn = Diagram(f'digraph {{ a [label=<{"M" * 40}>, shape="box", margin="0"] }}', "").svg()
    assert bursting(drawn) == []
    narrow = re.sub(r'width="(\d+)pt"', lambda found: f'width="{int(found[1]) - 20}pt"', drawn, count=1)
    assert outside(narrow) == ["M" * 40]


@pytest.mark.parametrize("label", ["<i>slanted</i>", "slanted<BR/>not"], ids=["tag", "upper case"])
def test_a_label_of_another_hand_is_left_to_graphviz(label: str) -> None:
    assert texts(label)[0].text == "slanted"

"""The rendered picture: whole, accessible, and marked with the digest of what it was rendered from."""

from __future__ import annotations

import sys
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from lifecheck import Component, InputError, Row
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.diagram import Diagram, hash_in_svg
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.rendering import lines_in
from model import UNPATCHED
from tests import needs

SVG = "{http://www.w3.org/2000/svg}"
LAMP = component_diagram(Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"}))


@pytest.fixture
def lamp() -> str:
    needs.package("pygraphviz")
    return LAMP.svg()


def test_the_digest_of_the_dot_can_be_read_back(lamp: str) -> None:
    assert hash_in_svg(lamp) == LAMP.digest == sha256(LAMP.dot.encode()).hexdigest()


def test_other_texts_hold_no_digest() -> None:
    assert hash_in_svg("") is None
    assert hash_in_svg("<svg><!-- dot-sha256: 12 --></svg>") is None
    assert hash_in_svg(f"<svg><text>dot-sha256: {'0' * 64}</text></svg>") is None


def test_it_has_a_role_a_title_and_a_description(lamp: str) -> None:
    root = ElementTree.fromstring(lamp)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert [(element.tag, element.get("id"), element.text) for element in root[:2]] == [
        (f"{SVG}title", "title", "Component lamp"),
        (f"{SVG}desc", "desc", "Starts in off. off to on: switch. No row leaves on."),
    ]
    assert len(list(root.iter(f"{SVG}title"))) == 1


def test_it_has_an_opaque_white_ground(lamp: str) -> None:
    ground = next(ElementTree.fromstring(lamp).iter(f"{SVG}polygon"))
    assert ground.get("fill") == "#ffffff"


def test_the_version_of_graphviz_is_not_in_it(lamp: str) -> None:
    assert "graphviz" not in lamp.lower()
    assert lamp.endswith("</svg>\n")


def test_every_text_names_fonts_that_machines_have(lamp: str) -> None:
    fonts = {element.get("font-family") for element in ElementTree.fromstring(lamp).iter(f"{SVG}text")}
    assert fonts == {"Helvetica,Arial,sans-serif"}


def test_the_lifecycle_fits_a_page_and_lacks_no_line() -> None:
    needs.package("pygraphviz")
    lanes = {"queue": "Queue", "store": "Store", "scanner": "Scanner"}
    diagram = lifecycle_diagram(UNPATCHED, lanes)
    drawn = diagram.svg()
    width = ElementTree.fromstring(drawn).get("width") or ""
    assert float(width.removesuffix("pt")) * 4 / 3 < 900
    visible = [line for line in diagram.dot.splitlines() if " -> " in line and "invis" not in line]
    assert lines_in(drawn) == len(visible)


def test_a_picture_that_lacks_a_line_is_drawn_again_with_straight_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    needs.package("pygraphviz")
    curved = LAMP.svg()
    monkeypatch.setattr("lifecheck.diagrams.rendering.lines_in", lambda svg: 0)
    asked: list[str] = []
    draw = sys.modules["pygraphviz"].AGraph.draw

    def recorded(self: object, *, args: str = "", **options: str) -> bytes:
        asked.append(args)
        return bytes(draw(self, args=args, **options))

    monkeypatch.setattr("pygraphviz.AGraph.draw", recorded)
    assert hash_in_svg(LAMP.svg()) == hash_in_svg(curved)
    assert asked == ["", "-Gsplines=line"]


def test_without_pygraphviz_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)  # makes the import fail
    with pytest.raises(InputError) as raised:
        LAMP.svg()
    assert str(raised.value) == (
        "SVG is rendered by pygraphviz, which is not installed; install it with pip install pygraphviz, or ask for "
        "Mermaid"
    )


def test_dot_and_mermaid_need_no_pygraphviz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    assert lifecycle_diagram(UNPATCHED, {"queue": "Queue"}).dot.startswith("// ")


def test_a_diagram_may_be_made_of_any_dot() -> None:
    needs.package("pygraphviz")
    ElementTree.fromstring(Diagram("digraph { a -> b }", "flowchart TB").svg())


def test_a_notebook_shows_the_picture_and_without_pygraphviz_its_mermaid(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = component_diagram(Component("stone", ["lying"], "lying", [], set()))
    assert (picture._repr_svg_(), picture._repr_markdown_()) == (picture.svg(), None)
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    assert picture._repr_svg_() is None
    assert str(picture._repr_markdown_()).startswith("```mermaid\nstateDiagram-v2")

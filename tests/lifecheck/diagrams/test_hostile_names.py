"""Whatever a name holds, it is shown as it is and breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from lifecheck import always, check
from lifecheck.diagrams import Diagram, component_diagram, counterexample_diagram, lifecycle_diagram
from tests import needs
from tests.lifecheck.diagrams.hostile import NAMES, SHOWN, hostile_system
from tests.lifecheck.diagrams.mermaid_reader import labels

SVG = "{http://www.w3.org/2000/svg}"


def everything() -> Iterator[Diagram]:
    system = hostile_system()
    first, second = system.components
    last = NAMES[-1]
    yield component_diagram(first, system.meanings)
    yield lifecycle_diagram(
        system, {first.name: NAMES[4], second.name: NAMES[10]}, title=NAMES[4], highlight=first.rows[2:3], mark=NAMES[9]
    )
    result = check(system, always(lambda state: state[first.name] != last))
    yield counterexample_diagram(result, title=NAMES[10])


DIAGRAMS = list(everything())
KINDS = ["component", "lifecycle", "counterexample"]


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_the_svg_parses_and_shows_every_name(diagram: Diagram) -> None:
    needs.package("pygraphviz")
    root = ElementTree.fromstring(diagram.svg())
    texts = " ".join((element.text or "").replace("\xa0", " ") for element in root.iter(f"{SVG}text"))
    assert [name for name in SHOWN if name not in texts] == []


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_the_svg_runs_nothing(diagram: Diagram) -> None:
    needs.package("pygraphviz")
    root = ElementTree.fromstring(diagram.svg())
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    links = {value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")}
    assert not links


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_mermaid_shows_every_name(diagram: Diagram) -> None:
    # what a state diagram writes at its arrows stands in no quotes
    quoted = diagram.mermaid + "".join(f'"{line.partition(" : ")[2]}"\n' for line in diagram.mermaid.splitlines())
    shown = "\n".join(labels(quoted))
    assert [name for name in SHOWN if name not in shown] == []


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_a_mermaid_label_holds_no_sign_with_a_meaning(diagram: Diagram) -> None:
    for line in diagram.mermaid.splitlines():
        quoted = line.split('"')[1::2]
        for part in quoted:
            bare = part.replace("<br/>", "")
            assert not set(bare) & set('"<>{}[]|`*\\%&@$'), line


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_all_text_can_be_written_as_utf_8_on_lines_of_its_own(diagram: Diagram) -> None:
    for text in (diagram.dot, diagram.mermaid):
        assert text.encode().decode() == text
        assert "\x00" not in text
    assert diagram.dot.splitlines()[2] == "digraph {"

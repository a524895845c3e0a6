"""Whatever a name holds, it is shown as it is and breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from lifecheck import Claim, System, always, check, leads_to, never, verify
from lifecheck.checking.kept_run import kept_run
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.matrix import matrix_diagram
from lifecheck.diagrams.pair import pair_diagram
from lifecheck.diagrams.sequence import sequence_diagram
from lifecheck.diagrams.state_space import state_space_diagram
from tests import needs
from tests.lifecheck.diagrams.hostile import NAMES, SHOWN, hostile_system, ring
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
    lifelines = {first.name: NAMES[4], second.name: NAMES[10]}
    for_ever = check(system, leads_to(lambda state: state[first.name] == NAMES[1], lambda state: False))
    yield sequence_diagram(for_ever, lifelines, title=NAMES[4])
    yield sequence_diagram(for_ever, {first.name: NAMES[6]}, title=NAMES[0])
    run = kept_run(system, leads_to(lambda state: True, lambda state: state[first.name] == last))
    assert run is not None
    yield sequence_diagram(run, lifelines, title=NAMES[3])
    yield state_space_diagram(for_ever, title=NAMES[1])
    other = System("other", [ring(NAMES[0]), ring(NAMES[1])])
    yield pair_diagram({NAMES[0]: system, NAMES[4]: other}, lifelines, title=NAMES[2])
    claims = [Claim(f"claim{number}", name, never(lambda state: False)) for number, name in enumerate(NAMES)]
    yield matrix_diagram(verify(dict.fromkeys(NAMES[:4], system), claims), title=NAMES[5])
    yield matrix_diagram(verify(dict.fromkeys(NAMES, system), claims[:2]), title=NAMES[10])


DIAGRAMS = list(everything())
KINDS = [
    *("component", "lifecycle", "counterexample", "sequence", "sequence of one lifeline", "good run"),
    *("state space", "pair", "matrix", "large matrix"),
]


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


# a matrix of many columns is none of Mermaid's
@pytest.mark.parametrize("diagram", DIAGRAMS[:-1], ids=KINDS[:-1])
def test_mermaid_shows_every_name(diagram: Diagram) -> None:
    # what a state diagram writes at its arrows, and all that a sequence diagram writes, stands in no quotes
    quoted = diagram.mermaid
    for line in diagram.mermaid.splitlines():
        for sign in (" : ", ": ", " as "):
            quoted += f'"{line.partition(sign)[2]}"\n'
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
    assert not diagram.dot or diagram.dot.splitlines()[2] == "digraph {"


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_the_svg_has_a_role_a_title_and_a_description(diagram: Diagram) -> None:
    needs.package("pygraphviz")
    root = ElementTree.fromstring(diagram.svg())
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert [(element.tag.removeprefix(SVG), element.get("id")) for element in root[:2]] == [
        ("title", "title"),
        ("desc", "desc"),
    ]
    assert root[0].text
    assert root[1].text


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=KINDS)
def test_no_name_becomes_a_statement_of_mermaid(diagram: Diagram) -> None:
    for line in diagram.mermaid.splitlines()[1:]:
        assert not line.strip().startswith(("<", "%%{", "`", "click", "@", "- "))
        if line.strip() == "end":  # it ends a loop or a subgraph, and is no name
            assert "loop" in diagram.mermaid or "subgraph" in diagram.mermaid

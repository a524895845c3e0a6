"""The picture of a state space: every state and transition, what is at stake where, and the evidence's way."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from lifecheck import (
    InputError,
    Property,
    State,
    always,
    can_always_reach,
    check,
    eventually,
    explore,
    leads_to,
    never,
    sometimes,
)
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.state_space import PICTURE_LIMIT, state_space_diagram
from model import PATCHED, UNPATCHED, VARIANTS, configured
from properties.claims import DELETED_LEAVES_QUEUE, DELETION_SETTLES
from tests import needs
from tests.lifecheck.diagrams.mermaid_reader import labels, thick_links
from tests.lifecheck.diagrams.svg_reader import SVG
from tests.lifecheck.toys import toy

HEADLINE = check(UNPATCHED, DELETED_LEAVES_QUEUE.asked)


def at(*numbers: str) -> Callable[[State], bool]:
    def arrived(state: State) -> bool:
        return str(state.n) in numbers

    return arrived


def shaded(diagram: Diagram) -> list[str]:
    return re.findall(r'^  (n\d+) \[.*fillcolor="#fdeadf"', diagram.dot, re.MULTILINE)


def arrows(diagram: Diagram, look: str) -> list[str]:
    return [
        " ".join(found)
        for found in re.findall(rf"^  (n\d+) -> (n\d+) \[.*{look}", diagram.dot, re.MULTILINE)
        if found[0] != "start"
    ]


def test_every_state_and_every_transition_is_drawn() -> None:
    for result in (HEADLINE, check(PATCHED, DELETED_LEAVES_QUEUE.asked)):
        graph = explore(result.system)
        diagram = state_space_diagram(result)
        assert len(re.findall(r"^  n\d+ \[", diagram.dot, re.MULTILINE)) == len(graph) == result.states
        drawn = [text.strip() for text in re.findall(r"&#160;(?:<b>)?(?:[\d, ]+\. )?(\w+)(?:</b>)?&#160;", diagram.dot)]
        triggers = [graph.system.triggers[trigger] for state in range(len(graph)) for trigger, _ in graph.edges(state)]
        assert sorted(drawn) == sorted(triggers)


def test_the_bad_region_of_the_defect_is_what_its_loop_goes_through() -> None:
    diagram = state_space_diagram(HEADLINE)
    assert len(shaded(diagram)) == 5
    loop = arrows(diagram, 'color="#D55E00"')
    assert len(loop) == 5
    assert {end for arrow in loop for end in arrow.split()} == set(shaded(diagram))
    assert len(thick_links(diagram.mermaid)) == 5


def test_stem_and_loop_carry_the_numbers_of_their_steps_and_differ_in_more_than_colour() -> None:
    diagram = state_space_diagram(HEADLINE)
    assert "<b>1. accept_infected_message</b>" in diagram.dot
    assert "<b>6. abandon_attempt</b>" in diagram.dot
    assert len(arrows(diagram, 'penwidth="2.6", style="dashed"')) == 1
    assert "Thick and dashed: the stem." in diagram.dot
    assert "Thick: the loop, which can repeat" in re.sub(r"<br/>", " ", diagram.dot)


def test_a_step_that_is_taken_twice_carries_both_numbers() -> None:
    # a fair loop through 0 must take both a and b: 0 a 1 back 0 b 2 back2 0
    system = toy("0 a 1", "1 back 0", "0 b 2", "2 again 0", "9 x 9", strong=["a", "b"], fair=["back", "again"])
    result = check(system, eventually(at("9")))
    assert result.evidence is not None
    assert len(result.evidence.loop or ()) == 4
    diagram = state_space_diagram(result)
    assert {"1. a", "2. back", "3. b", "4. again"} <= set(labels(diagram.mermaid))


def test_a_run_that_stays_is_a_thick_arrow_to_itself() -> None:
    result = check(VARIANTS["unpatched-expiry"], DELETION_SETTLES.asked)
    diagram = state_space_diagram(result)
    (arrow,) = [line for line in diagram.dot.splitlines() if "stays here for ever" in line and "->" in line]
    assert re.match(r"  (n\d+) -> \1 ", arrow)
    assert "stays here for ever" in labels(diagram.mermaid)
    assert "there the run stays for ever" in diagram.description


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (always(at("0", "1")), ["n2"]),
        (always(at("0"), given=at("0", "1")), ["n1"]),
        (never(at("1")), ["n1"]),
        (sometimes(at("1")), ["n1"]),
        (eventually(at("2")), ["n0", "n1"]),
        (leads_to(at("1"), at("2")), ["n1"]),
        (can_always_reach(at("1")), ["n2"]),
    ],
    ids=lambda value: value.formula if isinstance(value, Property) else "",
)
def test_what_is_shaded_depends_on_what_was_asked(asked: Property, expected: list[str]) -> None:
    diagram = state_space_diagram(check(toy("0 go 1", "1 go 2"), asked))
    assert shaded(diagram) == expected
    assert diagram.mermaid.count(":::striking") == len(expected)


def test_a_way_of_the_environment_alone_is_none_for_what_must_always_be_reachable() -> None:
    diagram = state_space_diagram(check(toy("0 go 1", "1 help 2", environment={"help"}), can_always_reach(at("2"))))
    assert shaded(diagram) == ["n0", "n1"]
    assert arrows(diagram, 'style="dotted"') == ["n1 n2"]


def test_where_nothing_is_at_stake_nothing_is_said_to_be_shaded() -> None:
    diagram = state_space_diagram(check(toy("0 go 1"), always(at("0", "1"))))
    assert shaded(diagram) == []
    assert "Shaded, with" not in diagram.dot


def test_states_that_need_fairness_carry_a_sign_and_the_others_a_double_border() -> None:
    diagram = state_space_diagram(check(toy("0 go 1"), eventually(at("1"))))
    assert re.search(r"^  n0 \[.*◆<", diagram.dot, re.MULTILINE)
    assert re.search(r'^  n1 \[.*peripheries="2"', diagram.dot, re.MULTILINE)
    assert labels(diagram.mermaid).count("◆") == 1
    strong = state_space_diagram(check(VARIANTS["patched-lost-again-strong"], DELETED_LEAVES_QUEUE.asked))
    assert "◆◆ needs strong fairness." in re.sub(r"<br/>", " ", strong.dot)
    assert "◆◆" in labels(strong.mermaid)


def test_components_that_are_not_needed_to_tell_states_apart_are_left_out() -> None:
    everything = labels(state_space_diagram(HEADLINE).mermaid)
    assert "message: infected" in everything
    assert not any(label.startswith("sender:") for label in everything)
    tower = check(VARIANTS["patched-lost-once"], DELETED_LEAVES_QUEUE.asked)
    assert len(labels(state_space_diagram(tower, ["store"]).mermaid)) <= len(labels(state_space_diagram(tower).mermaid))
    boxes = re.findall(r"^    n\d+\[+(\".*?\")\]+:::", state_space_diagram(tower, ["store"]).mermaid, re.MULTILINE)
    assert len(boxes) == len(set(boxes)) == tower.states


def test_a_box_says_what_some_arrow_into_it_changes_and_its_title_the_whole_state() -> None:
    needs.package("pygraphviz")
    svg = ElementTree.fromstring(state_space_diagram(HEADLINE).svg())
    groups = [group for group in svg.iter(f"{SVG}g") if group.get("class") == "node"]
    nodes = [group for group in groups if group.find(f".//{SVG}title") is not None]
    graph = explore(HEADLINE.system)
    assert len(nodes) == len(graph)
    for state, node in enumerate(nodes):
        whole = str(node.findtext(f".//{SVG}title")).split(", ")
        view = graph.view(state)
        assert whole == [f"{component.name}: {view[component.name]}" for component in graph.system.components]
        texts = [text.text or "" for text in node.iter(f"{SVG}text") if text.text not in ("◆", "◆◆")]
        written = [f"{name.strip()} {local}" for name, local in zip(texts[::2], texts[1::2], strict=True)]
        into = [source for source in range(len(graph)) for _, target in graph.edges(source) if target == state]
        changes = [
            f"{component.name}: {view[component.name]}"
            for component in graph.system.components
            if any(str(graph.view(source)[component.name]) != str(view[component.name]) for source in into)
        ]
        assert set(written) <= set(whole)
        if state:
            assert written == changes
    assert len(written) < len(whole)


def test_a_system_of_one_state_is_drawn_with_its_name() -> None:
    diagram = state_space_diagram(check(toy("0 stay 0"), always(at("0"))))
    assert "n: 0" in labels(diagram.mermaid)
    assert diagram.description.startswith("1 state, 1 transition.")


def test_a_system_too_large_for_a_page_names_the_limit_and_what_to_draw_instead() -> None:
    crashing = configured({"store_crashes": "on", "scanner_crashes": "on"})
    result = check(crashing, DELETED_LEAVES_QUEUE.asked)
    assert result.states > PICTURE_LIMIT
    with pytest.raises(InputError) as raised:
        state_space_diagram(result)
    told = str(raised.value)
    assert f"more than {PICTURE_LIMIT} states" in told
    assert "draw its lifecycle or a counterexample instead" in told
    assert "\n" not in told
    assert state_space_diagram(result, limit=result.states).description.startswith(f"{result.states} states")


def test_the_same_result_gives_the_same_bytes() -> None:
    assert state_space_diagram(check(UNPATCHED, DELETED_LEAVES_QUEUE.asked)) == state_space_diagram(HEADLINE)

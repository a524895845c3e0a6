"""The pictures of states around a place, against graphs found in another way."""

from __future__ import annotations

import re
from random import Random

import networkx
import pytest

from lifecheck import Component, Row, Run, System, explore
from lifecheck.browser import Feed
from lifecheck.browser.surroundings import MOST_BOXES
from lifecheck.checking import labels
from lifecheck.errors import TooLargeError
from model import VARIANTS
from tests.cross_check import sized
from tests.lifecheck.browser.test_written_page import counting
from tests.lifecheck.random_systems import LARGER, random_systems

SYSTEMS = sized(8, 30, 1_000)


def drawn(feed: Feed, kind: str, state: int = 0, shown: list[str] | None = None, steps: int = 2) -> dict:
    """Return a picture as DOT in place of SVG, so that nothing has to be rendered."""
    return feed.picture("it", kind, state, shown, steps)


def feed_of(system: System) -> Feed:
    return Feed({"it": system}, render=lambda dot: f"<svg>{dot}</svg>")


def boxes(picture: dict) -> set[str]:
    """Return what stands in each box."""
    found = re.findall(r"^  n\d+ \[label=<(.*?)>, id=\"(box_\d+)\"", picture["svg"], re.MULTILINE)
    return {label.replace("<br/>", ", ") for label, _ in found}


def arrows(picture: dict) -> int:
    return len(re.findall(r"^  n\d+ -> n\d+ ", picture["svg"], re.MULTILINE))


def walk(random: Random, feed: Feed, system: System) -> tuple[int, Run]:
    told, run = feed.start("it"), Run(system)
    for _ in range(random.randint(0, 4)):
        if not told["possible"]:
            break
        trigger = random.choice(told["possible"])
        run.trigger(trigger)
        told = feed.step("it", told["state"], trigger)
    return told["state"], run


def test_around_a_state_stand_those_that_so_many_steps_lead_to() -> None:
    random = Random(31)
    for system in random_systems(31, SYSTEMS, shapes=LARGER):
        feed = feed_of(system)
        state, run = walk(random, feed, system)
        steps = random.randint(1, 4)
        shown = [part.name for part in system.components if random.random() < 0.7]
        graph = explore(system)
        number = {graph.view(one): one for one in range(len(graph))}
        near = {number[run.state]}
        for _ in range(steps):
            near |= {target for one in near for _, target in graph.edges(one)}
        expected = {tuple(labels(graph.view(one))[name] for name in shown) for one in near}
        picture = drawn(feed, "around", state, shown, steps)
        assert picture["boxes"] == min(len(expected), MOST_BOXES)
        if picture["boxes"] == len(expected) and shown:
            told = {re.sub(r", \d+ states?$", "", text) for text in boxes(picture)}
            assert told == {", ".join(f"{n}: {v}" for n, v in zip(shown, one, strict=True)) for one in expected}


def test_every_state_is_in_a_box_that_looks_like_it() -> None:
    random = Random(32)
    for system in random_systems(32, SYSTEMS, shapes=LARGER):
        feed, graph = feed_of(system), explore(system)
        shown = [part.name for part in system.components if random.random() < 0.6]
        views = [tuple(labels(graph.view(state))[name] for name in shown) for state in range(len(graph))]
        between = {
            (views[state], views[target])
            for state in range(len(graph))
            for _, target in graph.edges(state)
            if views[state] != views[target]
        }
        picture = drawn(feed, "projected", 0, shown)
        assert picture["boxes"] == len(set(views))
        assert arrows(picture) == len(between)


def test_the_parts_are_the_strongly_connected_components() -> None:
    for system in random_systems(33, SYSTEMS, shapes=LARGER):
        graph = explore(system)
        condensed = networkx.condensation(networkx.DiGraph(graph.to_networkx()))
        picture = drawn(feed_of(system), "parts")
        assert picture["boxes"] == len(condensed)
        assert arrows(picture) == condensed.number_of_edges()


def test_more_than_can_be_read_is_never_drawn_and_what_was_left_out_is_told() -> None:
    feed = feed_of(counting(8))
    for kind, steps in (("around", 8), ("projected", 1), ("around", 3)):
        picture = drawn(feed, kind, 0, None, steps)
        assert picture["boxes"] == MOST_BOXES
        assert re.search(r"Left out: [\d,]+ boxes further from here", picture["left_out"])
    assert drawn(feed, "around", 0, ["bit_0"], 1)["left_out"] == (
        "Left out: 7 components not ticked (bit_1, bit_2, bit_3, bit_4, bit_5, bit_6, bit_7); "
        "what lies more than 1 step from here."
    )


def test_too_many_states_are_refused_and_those_around_are_drawn_all_the_same() -> None:
    feed = feed_of(counting(13))
    with pytest.raises(TooLargeError, match="more than 5,000 states, too many to draw; look at those around here"):
        drawn(feed, "parts")
    assert drawn(feed, "around", 0, ["bit_0"], 1)["boxes"] == 2


def test_where_one_is_and_what_is_the_environments_is_seen() -> None:
    rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    system = System(
        "door", [Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})], environment={"ring"}
    )
    picture = drawn(feed_of(system), "around", 0)
    assert picture["here"] == "box_0"
    assert 'label=<&#160;ring&#160;<br align="left"/>>, style="dotted"' in picture["svg"]
    assert "Here: bell: quiet." in picture["description"]
    assert picture["left_out"] == ""


@pytest.mark.parametrize("kind", ["around", "projected", "parts", "sequence", "lifecycle"])
def test_every_picture_of_the_case_is_rendered(kind: str) -> None:
    feed = Feed({"it": VARIANTS["unpatched"]})
    picture = feed.picture("it", kind, stem=["accept_infected_message"])
    assert picture["svg"].count("<svg") == 1
    if "here" in picture:
        assert f'id="{picture["here"]}"' in picture["svg"]

"""The written page holds every state, fetches nothing, and its data end no element."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from lifecheck import Claim, Component, InputError, Row, System, explore, never
from lifecheck.browser import Feed, written_page
from lifecheck.browser.page_files import MODULES, page_file
from model import VARIANTS
from properties import CLAIMS
from tests.lifecheck.diagrams.hostile import NAMES, hostile_system


def unseen(dot: str) -> str:
    """Return no picture of what nobody looks at, so long that no other is drawn."""
    return f"<svg>{'x' * 1_200_000}</svg>"


def data_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1])


def counting(bits: int) -> System:
    """Return a system of two to the power of some components, any of which turns at any time."""
    rows = [[Row(f"up_{at}", "0", "1"), Row(f"down_{at}", "1", "0")] for at in range(bits)]
    return System(
        "bits",
        [Component(f"bit_{at}", ["0", "1"], "0", two, {f"up_{at}", f"down_{at}"}) for at, two in enumerate(rows)],
    )


def test_it_holds_every_state_and_every_move() -> None:
    found = data_of(written_page(Feed({"unpatched": VARIANTS["unpatched"]}, CLAIMS, render=unseen)))["variants"][
        "unpatched"
    ]
    graph = explore(VARIANTS["unpatched"])
    assert len(found["states"]) == len(graph)
    assert sum(map(len, found["moves"])) == 2 * graph.transitions
    assert [claim["name"] for claim in found["judged"]["claims"]] == [claim.name for claim in CLAIMS]


def pictures_of(found: dict, kind: str) -> dict:
    return json.loads(zlib.decompress(b64decode(found["pictures"][kind])))


def test_its_pictures_are_those_that_are_served() -> None:
    """Of whole systems there is one, drawn for whoever is anywhere; around each state one as it is served."""
    variants = {"patched": VARIANTS["patched"]}
    feed = Feed(variants, CLAIMS[:1], render=lambda dot: f"<svg>{dot}</svg>")
    data = data_of(written_page(feed))
    assert data["describe"]["can"]["pictures"] == ["lifecycle", "around", "projected", "parts", "sequence"]
    again = Feed(variants, CLAIMS[:1], render=lambda dot: f"<svg>{dot}</svg>")
    for variant, found in data["variants"].items():
        assert pictures_of(found, "lifecycle") == {"": again.picture(variant, "lifecycle")}
        places = again.places(variant).reached(0, most=1_000)
        numbers = {again.places(variant).locals_of(place): place for place in places}
        around = pictures_of(found, "around")
        assert around.keys() == {"1", "2", "3"}
        for steps, pictures in around.items():
            for state, picture in zip(found["states"], pictures, strict=True):
                assert picture == again.picture(variant, "around", numbers[tuple(state)], None, int(steps))
        parts = data["describe"]["variants"][variant]["components"]
        projected = pictures_of(found, "projected")
        assert projected.keys() == {"", *(f"={part['name']}" for part in parts)}
        for kind, pictures in (("projected", projected), ("parts", pictures_of(found, "parts"))):
            for key, picture in pictures.items():
                shown = [key[1:]] if key else None
                for state, box in zip(found["states"], picture["boxes_of"], strict=True):
                    served = again.picture(variant, kind, numbers[tuple(state)], shown)
                    assert box == served["here"]
                    assert picture["left_out"] == served["left_out"]
                    assert picture["boxes"] == served["boxes"]
                assert "Here: " not in picture["description"]


def test_what_has_no_room_is_left_out_what_is_furthest_first() -> None:
    feed = Feed({"bits": counting(8)}, render=lambda dot: f"<svg>{'x' * 50_000}</svg>")
    found = data_of(written_page(feed))["variants"]["bits"]
    ((steps, around),) = pictures_of(found, "around").items()
    assert steps == "2"
    assert 15 < len(around) < 25  # as many as have room
    assert pictures_of(found, "projected").keys() == {""}
    assert len(found["states"]) == 256


def test_what_is_too_large_to_draw_says_so_in_its_place() -> None:
    names = [f"state {number}" for number in range(100)]
    rows = [Row("go", one, other) for one, other in pairwise(names)]
    feed = Feed({"long": System("long", [Component("c", names, names[0], rows, {"go"})])}, render=unseen)
    found = data_of(written_page(feed))["variants"]["long"]
    assert "100 states, and a picture shows at most 80" in pictures_of(found, "lifecycle")[""]["error"]
    assert pictures_of(found, "projected")[""]["boxes_of"].count(None) == 40


def test_without_graphviz_the_run_is_told_and_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lifecheck.browser.feed.can_render", lambda: False)
    data = data_of(written_page(Feed({"bits": counting(2)})))
    assert data["describe"]["can"]["pictures"] == ["sequence"]
    assert data["variants"]["bits"]["pictures"] == {}


@pytest.mark.long
def test_a_thousand_states_take_at_most_two_megabytes() -> None:
    claims = [Claim(f"claim-{at}", "it never happens", never(f"bit_{at} == '1'")) for at in range(5)]
    # pictures are as long at most as the limit on them allows, which this one is without a Graphviz that takes seconds
    random = Random(43)
    feed = Feed({"bits": counting(10)}, claims, render=lambda dot: f"<svg>{random.randbytes(20_000).hex()}</svg>")
    page = written_page(feed)
    assert len(data_of(page)["variants"]["bits"]["states"]) == 1024
    assert 1_000_000 < len(page.encode()) <= 2_000_000


def test_what_is_too_large_to_write_is_told() -> None:
    with pytest.raises(InputError, match="'bits' has too many states to write: a page holds 1,000 states; serve it"):
        written_page(Feed({"bits": counting(10)}, render=unseen), most=1_000)


def test_several_variants_share_what_a_page_may_hold() -> None:
    with pytest.raises(InputError, match="variant 'second' has too many states"):
        written_page(Feed({"first": counting(4), "second": counting(4)}, render=unseen), most=31)
    assert written_page(Feed({"first": counting(4), "second": counting(4)}, render=unseen), most=32)


def test_names_end_no_element_and_open_none() -> None:
    system = hostile_system()
    claims = [Claim("</script><script>", "<!--", never(lambda s: False))]
    page = written_page(Feed({"<b>": system}, claims, name="--><script>", render=unseen))
    elements = Counter(re.findall(r"<(/?[a-z]+)", page.replace(page_file("page.css"), "")))
    assert elements["script"] == elements["/script"] == 2
    found = data_of(page)["describe"]
    assert [one["name"] for one in found["variants"]["<b>"]["triggers"]] == list(system.triggers)
    assert set(NAMES) == set(system.triggers)


def test_nothing_in_it_is_loaded_and_its_policy_allows_its_own_text_alone() -> None:
    page = written_page(Feed({"unpatched": VARIANTS["unpatched"]}, render=unseen))
    assert not re.search(r'<(script|link|img|iframe)[^>]*(src|href)="(?!data:)', page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_modules_fit_into_one() -> None:
    """Their names at the top are all different, and each imports from those before it alone."""
    names: list[str] = []
    for number, module in enumerate(MODULES):
        text = page_file(module)
        names += re.findall(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", text, re.MULTILINE)
        for imported, place in re.findall(r'^import \{([^}]*)\} from "\./([^"]*)";$', text, re.MULTILINE):
            assert place in MODULES[:number]
            assert not re.search(r"\bas\b", imported)
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_no_name_is_ever_read_as_markup() -> None:
    for module in MODULES:
        text = page_file(module)
        for danger in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "srcdoc",
            "Function(",
        ):
            assert danger not in text, module

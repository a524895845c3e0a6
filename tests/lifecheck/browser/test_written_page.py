"""The written page holds every state, fetches nothing, and its data end no element."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from lifecheck import Claim, Component, InputError, Row, System, explore, never
from lifecheck.browser import Feed, written_page
from lifecheck.browser.page_files import MODULES, page_file
from model import VARIANTS
from properties import CLAIMS
from tests.lifecheck.diagrams.hostile import NAMES, hostile_system


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
    found = data_of(written_page(Feed({"unpatched": VARIANTS["unpatched"]}, CLAIMS)))["variants"]["unpatched"]
    graph = explore(VARIANTS["unpatched"])
    assert len(found["states"]) == len(graph)
    assert sum(map(len, found["moves"])) == 2 * graph.transitions
    assert [claim["name"] for claim in found["judged"]["claims"]] == [claim.name for claim in CLAIMS]


def test_a_thousand_states_take_at_most_two_megabytes() -> None:
    claims = [Claim(f"claim-{at}", "it never happens", never(f"bit_{at} == '1'")) for at in range(5)]
    page = written_page(Feed({"bits": counting(10)}, claims))
    assert len(data_of(page)["variants"]["bits"]["states"]) == 1024
    assert len(page.encode()) <= 2_000_000


def test_what_is_too_large_to_write_is_told() -> None:
    with pytest.raises(InputError, match="'bits' has too many states to write: a page holds 1,000 states; serve it"):
        written_page(Feed({"bits": counting(10)}), most=1_000)


def test_several_variants_share_what_a_page_may_hold() -> None:
    with pytest.raises(InputError, match="variant 'second' has too many states"):
        written_page(Feed({"first": counting(4), "second": counting(4)}), most=31)
    assert written_page(Feed({"first": counting(4), "second": counting(4)}), most=32)


def test_names_end_no_element_and_open_none() -> None:
    system = hostile_system()
    claims = [Claim("</script><script>", "<!--", never(lambda s: False))]
    page = written_page(Feed({"<b>": system}, claims, name="--><script>"))
    elements = Counter(re.findall(r"<(/?[a-z]+)", page.replace(page_file("page.css"), "")))
    assert elements["script"] == elements["/script"] == 2
    found = data_of(page)["describe"]
    assert [one["name"] for one in found["variants"]["<b>"]["triggers"]] == list(system.triggers)
    assert set(NAMES) == set(system.triggers)


def test_nothing_in_it_is_loaded_and_its_policy_allows_its_own_text_alone() -> None:
    page = written_page(Feed({"unpatched": VARIANTS["unpatched"]}))
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

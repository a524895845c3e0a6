"""Pictures, parts to play, the nearest violation and what a written page holds, in a real browser."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from lifecheck import Claim, Run, check, explore, never
from lifecheck.browser import PICTURES, SETTINGS, Feed, with_fairness, written_page
from lifecheck.checking import labels
from properties import CLAIMS
from tests.cross_check import sized
from tests.lifecheck.browser.conftest import CASE
from tests.lifecheck.browser.pages import Reader, served
from tests.lifecheck.diagrams.hostile import hostile_system

RING = hostile_system()
NOTHING = Claim("<i>", "<!--", never(lambda s: False))
COUNTEREXAMPLE = "counterexample deleted-leaves-queue"
HERE = "tests.lifecheck.browser.test_views_in_a_browser"


def of_hand(browser: Any, place: str, hand: str, **context: Any) -> tuple[Reader, Any]:
    """Return a reader and how they press a button of the page: by mouse, or by going there with the tabulator."""
    reader = Reader(browser, place, **context)

    def use(selector: str) -> None:
        if hand == "mouse":
            reader.page.click(selector)
        else:
            reader.page.focus(selector)
            reader.page.keyboard.press("Space")
        reader.wait()

    return reader, use


HANDS = pytest.mark.parametrize("hand", sized(["keys"], ["keys"], ["mouse", "keys"]))


@pytest.mark.long
@HANDS
def test_each_picture_is_drawn_of_where_one_is_and_tells_what_it_leaves_out(
    browser: Any, case_address: str, hand: str
) -> None:
    reader, use = of_hand(browser, case_address + "#t=accept_infected_message", hand)
    for kind, words in (
        ("around", "what lies more than 2 steps from here"),
        ("projected", "2 components not ticked (deletions, deliveries)"),
        ("parts", "2 components not ticked (deletions, deliveries)"),
    ):
        use(f"[data-key='picture {kind}']")
        assert len(reader.page.query_selector_all("#picture g.node.lit")) == 1
        assert words in reader.text("picture")
        assert f"p={kind}" in reader.address
    use("[data-key='picture around']")
    before = len(reader.page.query_selector_all("#picture g.node"))
    use("[data-key=ticks]")
    for name in ("message", "queue_file", "scanner", "sender", "store"):
        use(f"[data-key='tick {name}']")
    assert len(reader.page.query_selector_all("#picture g.node")) < before
    assert reader.address.endswith("&p=around&show=queue")
    reader.page.fill("[data-key=depth]", "1")
    reader.page.keyboard.press("Enter")
    reader.wait()
    assert "what lies more than 1 step from here" in reader.text("picture")
    assert reader.address.endswith("&p=around&k=1&show=queue")
    again = Reader(browser, case_address + reader.address)
    told = "#picture .note, #picture svg text"
    assert again.texts(told) == reader.texts(told)
    assert again.address == reader.address


@pytest.mark.long
@HANDS
def test_the_sequence_grows_with_the_run(browser: Any, case_address: str, hand: str) -> None:
    reader, use = of_hand(browser, case_address, hand)
    use("[data-key='picture sequence']")
    for count in range(1, 4):
        use("#can .take")
        said = reader.page.get_attribute("#picture svg", "aria-label")
        assert f"{count}. {reader.taken[-1]}: " in said
        assert f"{count + 1}. " not in said
    use("[data-key=undo]")
    assert "3. " not in reader.page.get_attribute("#picture svg", "aria-label")


@pytest.mark.long
@HANDS
def test_the_nearest_violation_goes_on_from_the_run(browser: Any, place: str, hand: str) -> None:
    reader, use = of_hand(browser, f"{place}#t=accept_infected_message,attempt_delivery", hand)
    key = "[data-key='nearest deleted-at-most-once']"
    if place.startswith("file:"):
        assert reader.page.query_selector(key) is None
        return
    use(key)
    assert reader.taken[:2] == ["accept_infected_message", "attempt_delivery"]
    assert Run(CASE["unpatched"]).replay(reader.taken).deletions == "again"
    assert "from here: Refuted 8 steps from here." in reader.text("properties")
    use(key)
    assert "This run refutes it already, after step 10." in reader.text("properties")
    use("[data-key='nearest can-drain']")
    assert "Refuted here." in reader.text("properties")


@pytest.mark.long
@HANDS
def test_chance_goes_on_and_nothing_that_is_owed_waits_for_ever(browser: Any, place: str, hand: str) -> None:
    reader, use = of_hand(browser, f"{place}#t=accept_infected_message", hand)
    for _ in range(4):
        if hand == "mouse":
            use("[data-key='fair run']")
        else:
            reader.press("g")
    assert len(reader.taken) == 41
    Run(CASE["unpatched"]).replay(reader.taken)
    assert "10 steps at random, fairly." in reader.text("can")
    owed = CASE["unpatched"].weakly_fair
    run, since = Run(CASE["unpatched"]), dict.fromkeys(owed, 0)
    for trigger in reader.taken:
        run.trigger(trigger)
        since = {one: 0 if one == trigger or not run.may(one) else since[one] + 1 for one in owed}
        assert max(since.values()) < 30


@pytest.mark.long
def test_as_an_adversary_the_environment_is_ours_and_the_system_answers(browser: Any, place: str) -> None:
    reader = Reader(browser, f"{place}#v=patched")
    reader.page.select_option("[data-key=play]", "adversary")
    reader.wait()
    assert reader.possible == ["accept_clean_message", "accept_infected_message"]
    reader.press("2")
    assert reader.taken[0] == "accept_infected_message"
    assert reader.state["queue"] == "removed"
    assert "The system has done what it can." in reader.text("can")
    assert CASE["patched"].environment.isdisjoint(reader.taken[1:])
    reader.go("v=unpatched")
    reader.press("2")
    assert "The system goes round: after step" in reader.text("can")
    assert CASE["unpatched"].environment.isdisjoint(reader.taken[1:])
    if not place.startswith("file:"):  # where nothing is the environment's any more, everything is ours
        settings = ",".join(f"{name}:off" for name in sorted(CASE["unpatched"].environment))
        reader.go(f"v=unpatched&f={settings}")
        assert reader.page.query_selector("[data-key=play]") is None
        assert reader.possible == ["accept_clean_message", "accept_infected_message"]
        reader.press("1")
        assert reader.taken == ["accept_clean_message"]


@pytest.mark.long
def test_as_the_system_the_environment_acts_by_itself(browser: Any, place: str) -> None:
    reader = Reader(browser, f"{place}#v=patched")
    reader.page.select_option("[data-key=play]", "system")
    reader.wait()
    assert reader.possible == []
    assert "Here it is for the others to act." in reader.text("can")
    reader.press("g")
    assert reader.taken[0] in ("accept_clean_message", "accept_infected_message")
    while reader.possible and len(reader.taken) < 20:
        reader.press("1")
    assert reader.state["queue"] == "removed"
    Run(CASE["patched"]).replay(reader.taken)


@pytest.mark.long
def test_a_written_page_holds_the_verdicts_of_each_setting_changed_alone(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "case.html"
    feed = Feed({"patched": CASE["patched"]}, CLAIMS[:4], name="model:VARIANTS")
    path.write_text(written_page(feed, every_setting=True), encoding="utf-8")
    reader, random, tried = Reader(browser, path.as_uri()), Random(25), set()
    declared = feed.describe()["variants"]["patched"]["fairness"]
    for name in ("acknowledge", *random.sample(list(declared), sized(1, 1, 8))):
        for setting in SETTINGS:
            if setting == declared[name]:
                continue
            reader.go(f"v=patched&f={name}:{setting}")
            reader.wait()
            changed = with_fairness(CASE["patched"], {name: setting})
            expected = {claim.name: claim.wording(check(changed, claim.asked).verdict) for claim in CLAIMS[:4]}
            assert reader.verdicts == expected
            tried |= set(expected.values())
    assert {"holds", "violated"} <= tried
    reader.go("v=patched&f=acknowledge:off")
    reader.page.select_option("[data-key='fairness attempt_delivery']", "off")
    reader.wait()
    assert "this page holds the verdicts with one setting changed at a time" in reader.text("notice")
    assert "f=acknowledge:off" in reader.address
    assert "attempt_delivery" not in reader.address
    assert reader.requests == [path.as_uri()]


@pytest.mark.long
@HANDS
def test_a_written_page_says_what_a_loop_passes_over_and_judges_nothing(
    browser: Any, case_file: str, hand: str
) -> None:
    reader, use = of_hand(browser, case_file, hand)
    assert "As declared. Another fairness is decided by lifecheck explore" in reader.text("fairness")
    reader.press("2", "1", "1", "1", "1", "1")
    use("[data-key='close 1']")
    assert "Steps 2 to 6 repeat for ever." in reader.text("story")
    assert "Nothing that is fair stays possible in it without being taken." in reader.text("story")
    assert "Which claims it refutes is not judged here, but by lifecheck explore" in reader.text("story")
    assert len(reader.texts("#story .looped")) == 5
    use("[data-key=open]")
    use("[data-key='close 6']")
    assert "Fair, and possible where the run stays:" in reader.text("story")
    assert reader.texts(".ending li") == ["attempt_delivery (weak)"]
    again = Reader(browser, case_file + reader.address)
    assert again.text("story") == reader.text("story")
    reader.click(COUNTEREXAMPLE)  # which lifecheck judged when it wrote the page
    assert "the counterexample of deleted-leaves-queue" in reader.text("story")
    assert "not judged here" not in reader.text("story")


@pytest.mark.long
@HANDS
def test_a_written_page_has_every_picture_as_far_as_it_was_drawn(browser: Any, case_file: str, hand: str) -> None:
    reader, use = of_hand(browser, case_file + "#t=accept_infected_message", hand)
    for kind in ("around", "projected", "parts"):
        use(f"[data-key='picture {kind}']")
        assert len(reader.page.query_selector_all("#picture g.node.lit")) == 1, kind
        assert "2 components not ticked (deletions, deliveries)" in reader.text("picture")
        assert f"p={kind}" in reader.address
    use("[data-key='picture around']")
    for steps in ("1", "3"):
        reader.page.select_option("[data-key=depth]", steps)
        reader.wait()
        assert f"what lies more than {steps} step" in reader.text("picture")
    use("[data-key='picture projected']")
    reader.page.select_option("[data-key=alone]", "=store")
    reader.wait()
    boxes = reader.page.query_selector_all("#picture g.node")
    assert len(boxes) == len(explore_of("unpatched", "store"))
    use("#can .take")
    assert "store: received" in reader.page.text_content("#picture g.node.lit")
    again = Reader(browser, case_file + reader.address)
    assert again.texts("#picture .note, #picture svg text") == reader.texts("#picture .note, #picture svg text")
    reader.go("t=accept_infected_message,attempt_delivery&p=projected&show=queue,store")
    assert "this page does not hold this picture; lifecheck explore draws it" in reader.text("picture")
    use("[data-key='picture sequence']")
    assert reader.texts("#picture thead th") == ["step", *(part.name for part in CASE["unpatched"].components)]
    assert reader.texts("#picture tbody th") == ["at the start", "1. accept_infected_message", "2. attempt_delivery"]
    assert reader.texts("#picture tbody tr:last-child .local") == ["delivering", "received"]
    use("#can .take")
    assert reader.texts("#picture tbody th")[-1] == "3. begin_scan"
    assert reader.requests == [case_file]
    assert reader.complaints == []


def explore_of(variant: str, component: str) -> set[str]:
    """Return the states of a component that a variant reaches."""
    graph = explore(CASE[variant])
    return {labels(graph.view(state))[component] for state in range(len(graph))}


@pytest.mark.long
@HANDS
@pytest.mark.parametrize("width", [390, 1440])
def test_a_picture_is_shown_where_one_is_at_a_size_that_can_be_read(
    browser: Any, case_file: str, hand: str, width: int
) -> None:
    reader, use = of_hand(browser, case_file, hand, viewport={"width": width, "height": 900})
    seen = """selector => {
      const outer = document.querySelector(".drawing").getBoundingClientRect();
      return [...document.querySelectorAll(selector)].map(one => one.getBoundingClientRect()).filter(one =>
        one.left >= outer.left && one.right <= outer.right && one.top >= outer.top && one.bottom <= outer.bottom
      ).length;
    }"""
    letters = """Math.min(...[...document.querySelectorAll("#picture g.node text")].map(
      one => one.getBoundingClientRect().height))"""
    for kind in ("lifecycle", "projected", "parts"):
        use(f"[data-key='picture {kind}']")
        before = len(reader.taken)
        reader.press("1")  # also where a picture was chosen last, keys take triggers
        assert len(reader.taken) == before + 1
        assert reader.page.evaluate(letters) >= 10, kind
        assert reader.page.evaluate(seen, "#picture .lit") >= 1, kind
        if reader.page.is_visible("[data-key=size]") and reader.page.inner_text("[data-key=size]") == "whole picture":
            reader.press("z")
            assert reader.page.eval_on_selector(".drawing", "one => one.scrollWidth <= one.clientWidth")
            assert reader.page.evaluate(seen, "#picture .lit") >= 1
            use("[data-key=size]")
            assert reader.page.inner_text("[data-key=size]") == "whole picture"
    assert reader.complaints == []


@pytest.mark.long
def test_at_twice_the_size_nothing_is_cut_off(browser: Any, case_address: str) -> None:
    """A page enlarged to 200 % has half as many pixels to lay out, which are twice as large."""
    reader = Reader(browser, case_address + "#b=patched", viewport={"width": 640, "height": 450}, device_scale_factor=2)
    reader.click(COUNTEREXAMPLE)
    for kind in ("lifecycle", "around", "sequence"):
        reader.click(f"picture {kind}")
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = reader.page.evaluate(
        """[...document.querySelectorAll("button, select, th, td, h2, h3, p")].filter(
          one => one.offsetParent && !one.closest(".unseen") && one.scrollWidth > one.clientWidth + 1 && one.clientWidth
          && getComputedStyle(one).overflow !== "visible").map(one => one.textContent)"""
    )
    assert cut == []
    reader.page.focus("#can .take")
    header = reader.page.evaluate("document.querySelector('header').getBoundingClientRect().height")
    assert header < 450 / 3


@pytest.mark.long
def test_who_wants_no_motion_sees_none(browser: Any, case_address: str) -> None:
    moving = """[...document.querySelectorAll("*")]
      .filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    for wanted, expected in (("no-preference", True), ("reduce", False)):
        reader = Reader(browser, case_address, reduced_motion=wanted)
        assert (reader.page.evaluate(moving) > 0) is expected


@pytest.mark.long
def test_hostile_names_are_text_in_every_picture(browser: Any) -> None:
    with served(HERE + ":RING", "--properties", HERE + ":NOTHING") as address:
        for kind in sized(["around", "sequence"], ["around", "sequence"], PICTURES):
            reader = Reader(browser, f"{address}#p={kind}")
            reader.press("1", "1", "1")
            assert reader.page.query_selector("#picture svg") is not None, reader.text("picture")
            assert reader.page.query_selector("#picture script, #picture foreignObject, #picture a") is None
            assert reader.complaints == []
            for copied in ("mermaid", "triggers", "link"):
                reader.click(f"copy {copied}")
                assert reader.page.input_value(".copied textarea")

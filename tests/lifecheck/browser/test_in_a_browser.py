"""The page in a real browser: by mouse and by keys, served and written, with the names that people give."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

from lifecheck import Claim, Component, Row, Run, System, check, never
from lifecheck.browser import PICTURES, SETTINGS, Feed, declared_fairness, with_fairness, written_page
from lifecheck.checking import labels
from lifecheck.properties import evaluate
from model import VARIANTS
from properties import CLAIMS
from tests.cross_check import sized
from tests.lifecheck.browser.conftest import CASE
from tests.lifecheck.browser.pages import Reader, served
from tests.lifecheck.diagrams.hostile import NAMES, hostile_system

COUNTEREXAMPLE = "counterexample deleted-leaves-queue"


def test_the_written_page_is_walked_by_keys_and_requests_nothing(browser: Any, case_file: str) -> None:
    reader = Reader(browser, case_file)
    assert reader.possible == ["accept_clean_message", "accept_infected_message"]
    reader.press("2", "j", "Enter")
    assert reader.taken == ["accept_infected_message", "attempt_delivery"]
    assert reader.state == labels(Run(CASE["unpatched"]).replay(reader.taken))
    assert "open since step 1" in reader.text("properties")
    reader.press("u")
    assert reader.taken == ["accept_infected_message"]
    assert reader.requests == [case_file]
    assert reader.complaints == []


@pytest.mark.long
def test_by_mouse_and_by_keys_one_comes_to_the_same_place(browser: Any, place: str) -> None:
    mouse, keys = Reader(browser, place), Reader(browser, place)
    mouse.page.click("#can .take >> nth=1")
    mouse.wait()
    mouse.page.click("#can .take")
    mouse.wait()
    keys.press("j", "j", "Enter", "1")
    for _ in range(2):
        assert mouse.taken == keys.taken
        assert mouse.state == keys.state
        assert mouse.address == keys.address
        mouse.click("undo")
        keys.press("u")
    keys.press("Shift+U", "Shift+U")
    mouse.click("redo")
    mouse.click("redo")
    assert len(mouse.taken) == len(keys.taken) == 2
    mouse.click("restart")
    keys.press("r")
    assert mouse.taken == keys.taken == []
    mouse.page.select_option("#variant", "patched")
    mouse.wait()
    keys.press("v")
    assert mouse.address == keys.address
    assert mouse.complaints == keys.complaints == []


@pytest.mark.long
def test_keys_lead_to_every_part_and_can_be_switched_off(browser: Any, case_file: str) -> None:
    reader = Reader(browser, case_file)
    for key, part in (("p", "properties"), ("f", "fairness"), ("s", "story"), ("/", "filter")):
        reader.press(key)
        assert reader.page.evaluate("document.activeElement.id") == part
    reader.page.keyboard.type("clean")
    assert reader.possible == ["accept_clean_message"]
    reader.press("Escape")
    assert len(reader.possible) == 2
    reader.press("?")
    assert "close the loop" in reader.text("keys")
    reader.page.uncheck("#keys input")
    reader.press("Escape", "1")
    assert reader.taken == []


@pytest.mark.long
def test_a_counterexample_is_loaded_and_bracketed(browser: Any, place: str) -> None:
    reader = Reader(browser, place)
    reader.page.click(f"[data-key='{COUNTEREXAMPLE}']")
    reader.wait()
    found = check(CASE["unpatched"], next(one.asked for one in CLAIMS if one.name == "deleted-leaves-queue")).evidence
    assert reader.taken == [*found.stem, *found.loop]
    assert len(reader.texts("#story .looped")) == len(found.loop)
    assert "Steps 2 to 6 repeat for ever: the counterexample of deleted-leaves-queue." in reader.text("story")


@pytest.mark.long
def test_a_loop_closed_by_hand_is_judged(browser: Any, case_address: str) -> None:
    reader = Reader(browser, case_address)
    reader.press("2", "1", "1", "1", "1", "1")
    reader.press("l")
    assert "Fair: nothing is owed for ever." in reader.text("story")
    assert "A counterexample of deleted-leaves-queue." in reader.text("story")
    assert "refuted: open after step 5" in reader.text("properties").lower()
    reader.click("open")
    reader.click("close 6")  # stay where it is
    assert "attempt_delivery is owed (weak): it is possible where the run stays" in reader.text("story")
    again = Reader(browser, case_address + reader.address)
    assert again.text("story") == reader.text("story")


@pytest.mark.long
def test_a_run_is_copied_as_a_test_a_picture_a_list_and_a_link(browser: Any, case_address: str) -> None:
    reader, feed = Reader(browser, case_address), Feed(CASE, CLAIMS, name="model:VARIANTS")
    reader.click(COUNTEREXAMPLE)
    stem, loop = reader.taken[:1], reader.taken[1:]
    copied = {}
    for kind in ("pytest", "mermaid", "triggers", "link"):
        reader.click(f"copy {kind}")
        copied[kind] = reader.page.input_value(".copied textarea")
    assert copied["pytest"] == feed.copy("unpatched", "pytest", stem, loop)["text"]
    assert copied["mermaid"] == feed.copy("unpatched", "mermaid", stem, loop)["text"]
    assert copied["triggers"].split("\n") == reader.taken
    assert Reader(browser, copied["link"]).taken == reader.taken


@pytest.mark.long
def test_every_fairness_tried_gives_the_verdicts_of_check(browser: Any, case_address: str) -> None:
    reader, random, tried = Reader(browser, case_address), Random(20), set()
    names = list(VARIANTS["unpatched"].triggers)
    settings: dict[str, str] = {}
    for _ in range(sized(8, 8, 40)):
        name, setting = random.choice(names), random.choice(SETTINGS)
        settings[name] = setting
        reader.page.evaluate(
            """([name, setting]) => {
              const selects = [...document.querySelectorAll("#fairness select")];
              const select = selects.find(one => one.dataset.key === `fairness ${name}`);
              select.value = setting;
              select.dispatchEvent(new Event("change"));
            }""",
            [name, setting],
        )
        reader.wait()
        system = with_fairness(VARIANTS["unpatched"], settings)
        for claim in CLAIMS:
            expected = check(system, claim.asked).verdict
            shown = reader.verdicts[claim.name]
            # a claim whose witness cannot happen is shown as vacuous, as verify does
            assert shown == claim.wording(expected) or (shown == "vacuous" and str(expected) == "holds")
            tried.add(shown)
    assert {"holds", "violated"} <= tried
    again = Reader(browser, case_address + reader.address)
    assert again.verdicts == reader.verdicts


@pytest.mark.long
def test_fairness_that_turns_a_verdict_marks_it(browser: Any, case_address: str) -> None:
    reader = Reader(browser, case_address + "#v=patched&f=acknowledge:off")
    assert "holds as declared, violated under this fairness" in reader.text("properties")
    reader.click(COUNTEREXAMPLE)
    assert "Fair: nothing is owed for ever." in reader.text("story")
    reader.click("declared")
    assert "acknowledge is owed (weak)" in reader.text("story")
    assert "under this fairness" not in reader.text("properties")


@pytest.mark.long
def test_two_variants_follow_one_list_until_one_cannot(browser: Any, place: str) -> None:
    reader = Reader(browser, place)
    reader.page.select_option("#beside", "=patched")
    reader.wait()
    reader.press("2", "1", "1", "1", "1")
    assert "cannot take" not in reader.text("state")
    reader.press("1")
    assert "It cannot take step 6, abandon_attempt, and stays here" in reader.text("state")
    reader.press("u")
    assert "cannot take" not in reader.text("state")


FOLLOWED = """async (links) => {
  const settled = () => new Promise((done) => {
    const look = () => document.querySelector("main").ariaBusy === "false" ? done() : setTimeout(look, 1);
    setTimeout(look, 1); // the browser tells the page of its new address a moment later
  });
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
  const found = [];
  for (const link of links) {
    location.hash = link;
    await settled();
    found.push({
      address: location.hash, taken: texts("#story .story .trigger"), components: texts("#state .half:first-child th"),
      labels: texts("#state .half:first-child .local"), possible: texts("#can .trigger"), what: texts("#can .what"),
      stands: texts("#properties .stands"), notice: texts("#notice").join(),
      shown: ["#state", "#can", "#blocked", "#properties h3", "#properties p"].map(texts),
    });
  }
  return found;
}"""


@pytest.mark.long
def test_links_lead_back_and_both_feeds_show_the_same(browser: Any, case_address: str, case_file: str) -> None:
    """A hundred random runs: the page that is served makes links of them, and the written one follows these."""
    random, runs = Random(21), []
    for _ in range(sized(10, 100, 400)):
        variant = random.choice(list(CASE))
        run, taken = Run(CASE[variant]), []
        possible, states = [run.possible()], [run.state]
        for _ in range(random.randint(0, 14)):
            if not run.possible():
                break
            taken.append(random.choice(run.possible()))
            run.trigger(taken[-1])
            possible.append(run.possible())
            states.append(run.state)
        runs.append((variant, taken, possible, states))
    links = [f"v={variant}&t={','.join(taken)}" for variant, taken, _, _ in runs]
    by_server = Reader(browser, case_address).page.evaluate(FOLLOWED, links)
    by_file = Reader(browser, case_file).page.evaluate(FOLLOWED, [found["address"] for found in by_server])
    for (variant, taken, possible, states), served_page, written in zip(runs, by_server, by_file, strict=True):
        for found in (served_page, written):
            assert found["notice"] == ""
            assert found["taken"] == taken
            assert dict(zip(found["components"], found["labels"], strict=True)) == labels(states[-1])
            assert found["possible"] == list(possible[-1])
        assert served_page["address"] == written["address"]
        assert served_page["shown"] == written["shown"]
        assert served_page["stands"] == [f"on this run: {standing(claim, states)}" for claim in CLAIMS]
        assert_debts(dict(zip(written["possible"], written["what"], strict=True)), CASE[variant], possible, taken)


def standing(claim: Claim, states: list) -> str:
    """Return how a claim stands on a run, from its definition."""

    def after(step: int) -> str:
        return f"step {step}" if step else "the start"

    asked = claim.asked
    goal = [evaluate(asked.goal, state) for state in states]
    given = [asked.arises_in(state) for state in states]
    steps = range(len(states))
    match str(asked.kind):
        case "always" | "never":
            wrong = [step for step in steps if asked.is_settled_in(states[step])]
            return f"violated at {after(wrong[0])}" if wrong else "true so far"
        case "sometimes":
            return f"shown at {after(goal.index(True))}" if True in goal else "not shown yet"
        case "can_always_reach":
            return "reached here" if goal[-1] else "not reached here"
    made = [step for step in steps if (step == 0 if str(asked.kind) == "eventually" else given[step])]
    still = [step for step in made if not any(goal[step:])]
    if still:
        return f"open since {after(still[0])}"
    kept = [step for step in steps if goal[step] and any(one <= step and not any(goal[one:step]) for one in made)]
    return f"kept at {after(kept[-1])}" if kept else "nothing due so far"


def assert_debts(shown: dict[str, str], system: System, possible: list, taken: list[str]) -> None:
    """See that each trigger that is weakly fair and possible is told since when."""
    for trigger in possible[-1]:
        if trigger not in system.weakly_fair:
            assert "owed" not in shown[trigger]
            continue
        since = next(
            step
            for step in range(len(possible))
            if all(trigger in here for here in possible[step:]) and trigger not in taken[step:]
        )
        assert f"owed: weak, possible since {f'step {since}' if since else 'the start'}" in shown[trigger]


@pytest.mark.long
def test_what_is_owed_strongly_and_to_a_group_is_counted(browser: Any, tmp_path: Path) -> None:
    rows = [
        Row("soon", "sent", "sent"),
        Row("late", "sent", "lost"),
        Row("resend", "lost", "sent"),
        Row("get", "sent", "got"),
    ]
    line = Component("line", ["sent", "lost", "got"], "sent", rows, {"soon", "late", "resend", "get"})
    system = System("line", [line], fair=[("soon", "resend")], strong={"get": "somebody looks in the end"})
    path = tmp_path / "line.html"
    path.write_text(written_page(Feed({"line": system})), encoding="utf-8")
    reader = Reader(browser, path.as_uri())

    def owed() -> dict[str, str]:
        return dict(zip(reader.possible, reader.texts("#can .what"), strict=True))

    assert "owed: strong, possible once and not taken" in owed()["get"]
    assert "owed: weak, possible since the start" in owed()["soon"]
    assert "owed" not in owed()["late"]
    reader.go("t=late,resend,late")
    assert "owed: weak, possible since step 2" in owed()["resend"]
    reader.go("t=late,resend,late,resend")
    assert "owed: strong, possible 3 times and not taken" in owed()["get"]
    reader.go("t=late,resend,get")
    assert owed() == {}


@pytest.mark.long
@pytest.mark.parametrize(
    ("link", "words"),
    [
        (
            "v=unpatched&t=accept_infected_message,deliver,begin_scan",
            "as far as step 1 of 3: at step 2, trigger 'deliver' is",
        ),
        ("v=unpatched&t=accept_infected_message,gone", "at step 2, there is no trigger 'gone'"),
        ("v=unpatched&d=000000000000&t=gone", "it was made on another version of the system"),
        ("v=nowhere", "there is no variant 'nowhere' here; this is 'unpatched'"),
        ("v=unpatched&b=nowhere", "there is no variant 'nowhere' here to put beside"),
        ("v=unpatched&t=accept_clean_message*99999", "a link has at most 10,000 steps; the link is followed as far as"),
        ("v=unpatched&t=%E0%A4", "step 1 '%E0%A4' of the link cannot be read"),
        ("v=unpatched&t=accept_infected_message*0", "'accept_infected_message*0' repeats a trigger a number of times"),
        ("v=unpatched&p=map&k=99&show=gone,queue", "shows a picture 'map', which is not here; there are lifecycle"),
        ("v=unpatched&p=around&k=0", "the link looks '0' steps around; here it can be 1"),
        ("v=unpatched&show=gone", "the link ticks 'gone', of which 'unpatched' has no component"),
        ("v=unpatched&z=1", "the link says 'z=1', which means nothing here"),
        ("v=unpatched&d=000000000000&t=accept_infected_message", "made on another version of the system"),
        ("v=constructor&t=__proto__", "there is no variant 'constructor' here"),
        ("v=unpatched&t=__proto__", "at step 1, there is no trigger '__proto__'"),
        ("v=unpatched&l=9", "the link repeats what comes after step 9, and has no more than 0"),
        ("v=unpatched&f=delete", "'delete' sets no fairness"),
    ],
)
def test_a_link_that_leads_nowhere_goes_as_far_as_it_can(browser: Any, place: str, link: str, words: str) -> None:
    reader = Reader(browser, f"{place}#{link}")
    assert words in reader.text("notice")
    assert reader.state["queue"] in ("empty", "queued")
    reader.press("1")
    assert reader.text("notice") == ""
    assert reader.complaints in (
        [],
        ["Failed to load resource: the server responded with a status of 400 (Bad Request)"],
    )


@pytest.mark.long
def test_a_link_sets_fairness_by_the_four_words_alone(browser: Any, case_address: str) -> None:
    reader = Reader(browser, f"{case_address}#v=unpatched&f=delete:banana")
    assert "'delete' to 'banana'; it can be off, weak, strong, environment" in reader.text("notice")
    assert reader.page.input_value("[data-key='fairness delete']") == "weak"
    assert reader.complaints == []


@pytest.mark.long
def test_whatever_is_done_the_page_is_where_the_real_machines_are(browser: Any, case_address: str) -> None:
    reader = Reader(browser, case_address)

    class Walking(RuleBasedStateMachine):
        """Takes, undoes, loads and changes, on the page and on a list of triggers."""

        @initialize()
        def begin(self) -> None:
            reader.go("v=unpatched")
            self.variant, self.taken, self.undone, self.settings = "unpatched", [], [], {}
            self.picture, self.shown = "lifecycle", None

        @rule(number=integers(1, 3))
        def take(self, number: int) -> None:
            possible = self.run().possible()
            reader.press(str(number))
            if number <= len(possible):
                self.taken.append(possible[number - 1])
                self.undone = []

        @rule()
        def undo(self) -> None:
            reader.press("u")
            if self.taken:
                self.undone.append(self.taken.pop())

        @rule()
        def redo(self) -> None:
            reader.press("Shift+U")
            if self.undone:
                self.taken.append(self.undone.pop())

        @rule()
        def restart(self) -> None:
            reader.press("r")
            self.taken, self.undone = [], []

        @rule()
        def load(self) -> None:
            if self.variant == "unpatched":
                reader.click(COUNTEREXAMPLE)
                found = check(CASE["unpatched"], CLAIMS[0].asked).evidence
                self.taken, self.undone = [*found.stem, *found.loop], []

        @rule()
        def change_variant(self) -> None:
            self.variant = "patched" if self.variant == "unpatched" else "unpatched"
            reader.press("v")
            run, kept = Run(CASE[self.variant]), []
            for trigger in self.taken:
                if not run.may(trigger):
                    break
                run.trigger(trigger)
                kept.append(trigger)
            self.taken, self.undone, self.settings = kept, [], {}

        @rule(setting=sampled_from(["", "=patched", "=unpatched"]))
        def put_beside(self, setting: str) -> None:
            if setting != f"={self.variant}":
                reader.page.select_option("#beside", setting)
                reader.wait()

        @rule(name=sampled_from(sorted(CASE["unpatched"].triggers)), setting=sampled_from(SETTINGS))
        def set_fairness(self, name: str, setting: str) -> None:
            reader.page.select_option(f"[data-key='fairness {name}']", setting)
            reader.wait()
            self.settings[name] = setting

        @rule(kind=sampled_from(PICTURES))
        def show(self, kind: str) -> None:
            reader.click(f"picture {kind}")
            self.picture = kind

        @rule(name=sampled_from(["queue", "store", "deletions"]))
        def tick(self, name: str) -> None:
            if self.picture in ("lifecycle", "sequence"):
                return
            parts = [part.name for part in CASE[self.variant].parts]
            shown = [part.name for part in CASE[self.variant].components] if self.shown is None else self.shown
            reader.click(f"tick {name}")
            self.shown = [one for one in parts if (one in shown) != (one == name)]

        @rule(claim=sampled_from(["deleted-leaves-queue", "deleted-at-most-once"]))
        def find_nearest(self, claim: str) -> None:
            if self.variant == "unpatched" and not self.settings:
                before = list(self.taken)
                reader.click(f"nearest {claim}")
                self.taken, self.undone = reader.taken, [] if reader.taken != before else self.undone
                assert self.taken[: len(before)] == before

        def run(self) -> Run:
            run = Run(CASE[self.variant])
            run.replay(self.taken)
            return run

        @invariant()
        def is_there(self) -> None:
            run = self.run()
            assert reader.taken == self.taken
            assert reader.state == labels(run.state)
            assert reader.possible == list(run.possible())
            assert reader.page.is_enabled("[data-key=redo]") == bool(self.undone)
            declared = declared_fairness(CASE[self.variant])
            chosen = {name: reader.page.input_value(f"[data-key='fairness {name}']") for name in self.settings}
            assert chosen == self.settings
            changed = [f"{name}:{one}" for name, one in (declared | self.settings).items() if declared[name] != one]
            said = dict(part.split("=", 1) for part in reader.address[1:].split("&"))
            assert said.get("f", "") == ",".join(changed)
            assert said.get("p", "lifecycle") == self.picture
            assert said.get("show") == (None if self.shown is None else ",".join(self.shown) or "-")
            assert said.get("t", "").replace("*2", "").split(",")[0] == (self.taken or [""])[0]

    examples = sized(4, 4, 40)
    run_state_machine_as_test(
        Walking, settings=settings(max_examples=examples, stateful_step_count=12, deadline=None, derandomize=True)
    )


HOSTILE = [*NAMES, "‮evil‬", "__proto__", "constructor", "a,b*2:c&d=e#f", "x" * 10_000]


def of_hostile_names() -> System:
    """Return a system that takes every name in turn, as a trigger and as a state."""
    count = len(HOSTILE)
    rows = [Row(name, HOSTILE[at], HOSTILE[(at + 1) % count]) for at, name in enumerate(HOSTILE)]
    return System(
        "hostile", [Component("c", HOSTILE, HOSTILE[0], rows, set(HOSTILE))], meanings={one: one for one in HOSTILE}
    )


HERE = "tests.lifecheck.browser.test_in_a_browser"
SYSTEMS = {"<b>": of_hostile_names(), "__proto__": of_hostile_names()}
CLAIM = Claim("<i>", "<!--", never("c == '__proto__'"))


@pytest.mark.long
def test_names_are_text_in_every_view_copy_and_link(browser: Any, tmp_path: Path) -> None:
    claims = [Claim(name, name, never(lambda s: s.c == "__proto__")) for name in HOSTILE]
    written = tmp_path / "hostile.html"
    feed = Feed({name: of_hostile_names() for name in HOSTILE[:4]}, claims)
    written.write_text(written_page(feed), encoding="utf-8")
    with served(HERE + ":SYSTEMS", "--properties", HERE + ":CLAIM") as address:
        for place in (address, written.as_uri()):
            reader = Reader(browser, place)
            before = reader.elements
            for _ in HOSTILE:
                reader.press("1")
            assert len(reader.taken) == len(HOSTILE)
            assert "<script>alert(1)</script>" in reader.taken
            assert "\\u{202e}evil\\u{202c}" in reader.taken
            assert "\\u{d800}" in reader.taken
            assert f"{'x' * 120}… (10,000 characters)" in reader.taken
            reader.click("copy triggers")
            assert set(NAMES) - {"new\nline", "\ud800"} <= set(reader.page.input_value(".copied textarea").split("\n"))
            reader.click("copy link")
            link = reader.address
            again = Reader(browser, f"{place}{link}")
            assert again.taken == reader.taken
            assert again.address == link
            reader.press("?", "Escape")
            assert reader.elements - before <= {"TEXTAREA", "DL", "DT", "DD", "FORM", "H2", "LABEL", "INPUT"}
            # names of ten thousand characters are not drawn, and the page says so
            assert "too long to draw" in reader.text("picture") or place != address
            assert all("status of 400" in one for one in [*reader.complaints, *again.complaints])
            assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
def test_hostile_names_of_two_that_move_together_are_drawn(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "ring.html"
    path.write_text(written_page(Feed({"ring": hostile_system()})), encoding="utf-8")
    reader = Reader(browser, path.as_uri())
    reader.press("1")
    assert len(reader.page.query_selector_all("#picture .lit")) == 2
    assert reader.complaints == []


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_everybody_can_read_it(browser: Any, case_address: str, width: int, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    reader = Reader(browser, case_address + "#b=patched", viewport={"width": width, "height": 900}, color_scheme=theme)
    reader.click(COUNTEREXAMPLE)
    found = Axe().run(reader.page)
    assert found.violations_count == 0, found.generate_report()
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.page.evaluate("document.documentElement.dataset.theme") == theme


@pytest.mark.long
def test_what_a_step_did_is_said(browser: Any, place: str) -> None:
    reader = Reader(browser, place)
    reader.press("2")
    said = reader.page.text_content("#live")
    assert said.startswith("A message with a virus arrives")
    assert "queue: empty to queued" in said
    assert "outage-only-delays: open since step 1" in said


@pytest.mark.long
def test_a_replayed_case_opens_on_its_run_with_the_other_variant_beside(browser: Any) -> None:
    words = ["docs/replay/kb883522.jsonl", "--mapping", "docs/replay/kb883522.toml", "--case", "m1"]
    variants = ["--variant", "patched", "--variant", "unpatched"]
    with served(*words, *variants, "--explore", by="replay") as address:
        reader = Reader(browser, address)
        assert "#v=unpatched&b=patched&t=accept_infected_message,attempt_delivery," in address
        assert reader.taken[:6] == [
            "accept_infected_message",
            "attempt_delivery",
            "begin_scan",
            "request_deletion",
            "delete",
            "abandon_attempt",
        ]
        assert reader.state["queue"] == "delivering"
        assert "cannot take step 6, abandon_attempt, and stays here" in reader.text("state")

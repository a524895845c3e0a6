"""The modules of the page without a browser: links, runs and what a loop passes over, many at a time."""

from __future__ import annotations

import json
import subprocess
from random import Random
from typing import Any

import pytest

from lifecheck import Run, System
from lifecheck.browser import SETTINGS, Feed, declared_fairness, place_of_run, with_fairness, written_page
from lifecheck.browser.page_files import MODULES, one_module
from lifecheck.checking import labels
from properties import CLAIMS
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.browser.conftest import CASE
from tests.lifecheck.browser.test_written_page import data_of, unseen
from tests.lifecheck.diagrams.hostile import NAMES, hostile_system
from tests.lifecheck.random_systems import random_systems

needs.program("node")

MODULE = one_module(MODULES[: MODULES.index("place.js")])
RUNS = sized(20, 400, 4_000)


def answered(script: str, given: object) -> Any:
    """Return what a script makes of `given` with the page's modules at hand."""
    text = (
        f"{MODULE}\nimport {{ readFileSync }} from 'node:fs';\n"
        f"const given = JSON.parse(readFileSync(0, 'utf8'));\n{script}\n"
        "process.stdout.write(JSON.stringify(answer));"
    )
    command = ["node", "--input-type=module", "-e", text]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def random_run(random: Random, system: System, most: int = 14) -> tuple[list[str], list[dict[str, str]]]:
    """Return triggers that can be taken one after the other, and the states that they lead through."""
    run, taken = Run(system), []
    states = [labels(run.state)]
    for _ in range(random.randint(0, most)):
        if not run.possible():
            break
        taken.append(random.choice(run.possible()))
        run.trigger(taken[-1])
        states.append(labels(run.state))
    return taken, states


PLACES = """
const answer = [];
for (const place of given.places) {
  const address = addressOf(place);
  const found = placeOf(address, given.describe);
  const feed = new WrittenFeed(given);
  const run = await follow(feed, found.variant, found.taken);
  answer.push({
    address, problems: found.problems, again: addressOf({ ...place, ...found }),
    failed: run.failed, states: run.states.map((one) => one.components.map((part) => part.label)), found,
  });
}
"""


def test_links_lead_back_over_random_runs() -> None:
    """Of the case and of names that people give: what a link says is read again, and followed to the same states."""
    random, feed = Random(41), Feed({**CASE, "<b>&=": hostile_system()}, CLAIMS[:1], render=unseen)
    data = data_of(written_page(feed))
    data["describe"]["can"]["judge"] = "any"
    places, expected = [], []
    for _ in range(RUNS):
        variant = random.choice(list(data["describe"]["variants"]))
        system = {**CASE, "<b>&=": hostile_system()}[variant]
        taken, states = random_run(random, system)
        declared = declared_fairness(system)
        changed = random.sample(list(declared), random.randint(0, 2))
        components = [part.name for part in system.parts]
        places.append(
            {
                "variant": variant,
                "digest": data["describe"]["variants"][variant]["digest"],
                "beside": random.choice([None, *CASE]),
                "taken": taken,
                "stem": random.choice([None, random.randint(0, len(taken))]),
                "settings": {name: random.choice(SETTINGS) for name in changed},
                "picture": random.choice(data["describe"]["can"]["pictures"]),
                "depth": random.choice(data["describe"]["can"]["steps"]),
                "ticked": random.choice([None, [name for name in components if random.random() < 0.5]]),
            }
        )
        expected.append([list(state.values()) for state in states])
    for place, states, told in zip(places, expected, answered(PLACES, {**data, "places": places}), strict=True):
        assert told["problems"] == []
        assert told["failed"] is None
        assert told["states"] == states
        assert told["again"] == told["address"]
        assert {key: told["found"][key] for key in place} == place


def test_what_python_writes_into_an_address_the_page_reads() -> None:
    names = [*NAMES, "a,b*2:c&d=e#f", "~d800", "\ud800", "__proto__"]
    described = Feed({"<b>&=": hostile_system()}).describe()
    (found,) = answered("const answer = [placeOf(given.at, given.described)];", {
        "at": place_of_run("<b>&=", [*names, *names[-1:] * 2]), "described": described,
    })  # fmt: skip
    assert found["taken"] == [*names, *names[-1:] * 2]
    assert found["problems"] == []


WRONG = {
    "v=nowhere": "there is no variant 'nowhere' here; this is 'unpatched'",
    "v=constructor": "there is no variant 'constructor' here; this is 'unpatched'",
    "v=%E0%A4": "the variant '%E0%A4' of the link cannot be read",
    "b=nowhere": "there is no variant 'nowhere' here to put beside",
    "t=accept_clean_message,a*0,b": "'a*0' repeats a trigger a number of times that is none; the link is followed",
    "t=accept_clean_message,a*x": "'a*x' repeats a trigger a number of times that is none; the link is followed as far",
    "t=accept_clean_message,a*2*3": "'a*2*3' repeats a trigger a number of times that is none; the link is followed",
    "t=accept_clean_message,%E0%A4": "step 2 '%E0%A4' of the link cannot be read",
    "t=accept_clean_message,a*99999": "a link has at most 10,000 steps; the link is followed as far as step 10,000",
    "t=accept_clean_message&l=9": "the link repeats what comes after step 9, and has no more than 1",
    "t=accept_clean_message&l=x": "the link repeats what comes after step 'x', which is no number",
    "p=map": "the link shows a picture 'map', which is not here; there are lifecycle, around, projected, parts, seq",
    "k=0": "the link looks '0' steps around; here it can be 1 to 12",
    "k=13": "the link looks '13' steps around; here it can be 1 to 12",
    "k=x": "the link looks 'x' steps around; here it can be 1 to 12",
    "show=queue,gone": "the link ticks 'gone', of which 'unpatched' has no component",
    "f=delete": "'delete' sets no fairness",
    "f=delete:banana": "the link sets the fairness of 'delete' to 'banana'; it can be off, weak, strong, environment",
    "f=gone:weak,delete:off": "the link sets the fairness of 'gone', which is not here",
    "z=1": "the link says 'z=1', which means nothing here",
    "p=parts&p=around": "the link says 'p' twice, of which the first counts",
}


def test_all_that_is_wrong_with_a_link_is_told_and_the_rest_is_followed() -> None:
    described = Feed(CASE, CLAIMS).describe()
    script = "const answer = given.links.map((link) => placeOf(link, given.described));"
    found = dict(zip(WRONG, answered(script, {"links": list(WRONG), "described": described}), strict=True))
    for link, words in WRONG.items():
        assert "; ".join(found[link]["problems"]).startswith(words), link
        assert found[link]["taken"][:1] == (["accept_clean_message"] if link.startswith("t=") else []), link
    assert found["show=queue,gone"]["ticked"] == ["queue"]
    assert found["f=gone:weak,delete:off"]["settings"] == {"delete": "off"}
    assert found["p=parts&p=around"]["picture"] == "parts"
    everything = answered(script, {"links": ["&".join(WRONG)], "described": described})[0]["problems"]
    assert len(everything) >= 12


@pytest.mark.parametrize(("link", "others", "told"), [("c=text&v=patched", ["c"], 0), ("c=text&v=patched", [], 1)])
def test_what_else_stands_in_an_address_is_no_fault_where_it_is_expected(link: str, others: list, told: int) -> None:
    script = "const answer = placeOf(given.link, given.described, given.others);"
    found = answered(script, {"link": link, "described": Feed(CASE).describe(), "others": others})
    assert len(found["problems"]) == told
    assert found["variant"] == "patched"


NEVER_TAKEN = """
const answer = [];
for (const { settings, loops, data } of given) {
  const feed = new WrittenFeed(data);
  for (const { taken, stem } of loops) {
    const { states } = await follow(feed, "it", taken);
    answer.push(neverTaken(settings, data.describe.variants.it.groups, states, taken, stem));
  }
}
"""


def test_what_a_written_page_says_of_a_loop_is_what_is_owed() -> None:
    """Compared with the walk of the real machines, on systems with groups and with other fairness than declared."""
    random, asked, expected = Random(42), [], []
    for system in random_systems(42, sized(6, 40, 1_000), groups=True):
        feed = Feed({"it": system}, render=unseen)
        declared = declared_fairness(system)
        changed = {name: random.choice(("off", "weak", "strong")) for name in declared if random.random() < 0.4}
        settings = declared_fairness(with_fairness(system, changed))
        loops = []
        for _ in range(5):
            taken, _ = random_run(random, system, 8)
            stem = random.randint(0, len(taken))
            loops.append({"taken": taken, "stem": stem})
            owed = feed.judge_run("it", taken[:stem], taken[stem:], changed)["owed"]
            expected.append({one["name"]: one["setting"] for one in owed})
        asked.append({"settings": settings, "loops": loops, "data": data_of(written_page(feed))})
    found = [{one["name"]: one["setting"] for one in told} for told in answered(NEVER_TAKEN, asked)]
    assert found == expected
    assert {} in expected
    assert {"weak", "strong"} <= {setting for one in expected for setting in one.values()}

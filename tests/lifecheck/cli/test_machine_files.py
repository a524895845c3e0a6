"""Machines in YAML and JSON, as the library's documentation loads them, and lint's formats for other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from transitions import Machine

from lifecheck import Component, Row, System, lint, sometimes
from lifecheck.linting import SourceLine, SourceLines, github, sarif
from tests.lifecheck.cli.cli import call

DOOR = """\
name: door
states:
  - closed
  - open
  - name: jammed
    tags: [broken]
initial: closed
transitions:
  - [push, closed, open]
  - trigger: slam
    source: open
    dest: jammd
    conditions: is_windy
  - {trigger: pull, source: [open, ajar], dest: closed}
"""
LIGHT = """\
{"states": ["red", "green"], "initial": "red",
 "transitions": [
   {"trigger": "go", "source": "red", "dest": "green"},
   ["stop", "green", "red"]]}
"""
SHOP = """\
from enum import Enum
from transitions import Machine, State

class States(Enum):
    new = 1
    paid = 2
    lost = 3

class Order:
    rows = [
        {"trigger": "pay", "source": States.new, "dest": States.paid},
        dict(trigger="refund", source=States.paid, dest=States.new),
        ["pay", States.new, States.lost],
    ]
    def __init__(self):
        self.machine = Machine(self, states=States, initial=States.new, transitions=self.rows)
        self.machine.add_transition("ship", "payed", States.paid)
        self.machine.add_transition(trigger="lose", source="*", dest="losst")
"""


@pytest.fixture
def at_home(elsewhere: Path) -> Path:
    (elsewhere / "door.yaml").write_text(DOOR)
    (elsewhere / "light.json").write_text(LIGHT)
    (elsewhere / "shop_of_files.py").write_text(SHOP)
    return elsewhere


def found(*words: str) -> Any:
    called = call("lint", *words, "--format", "sarif")
    assert called.err == ""
    return json.loads(called.out)["runs"][0]


@pytest.mark.usefixtures("at_home")
def test_a_configuration_is_linted_and_its_methods_are_not_asked_for() -> None:
    called = call("lint", "door.yaml")
    assert (called.status, called.err) == (1, "")
    assert [
        line.split(":")[0].strip() for line in called.out.splitlines() if line.startswith("  ") and line[:4] != "    "
    ] == [
        "unknown-destination",
        "unknown-source",
        "unreachable-state",
    ]
    assert call("lint", "light.json").status == 0


@pytest.mark.usefixtures("at_home")
def test_a_configuration_without_methods_is_verified_and_drawn() -> None:
    called = call("verify", "light.json", "--final", "green")
    assert (called.status, called.err) == (0, "")
    assert "a run can always end: light green  holds" in called.out
    assert call("draw", "light.json", "--out", "pictures").status == 0
    assert Path("pictures/lifecycle-light.svg").is_file()
    called = call("verify", "door.yaml", "--final", "open")
    assert (called.status, called.err) == (
        2,
        "lifecheck: component 'door': door.yaml names methods of a model that is not there: is_windy; to run them, "
        "give a function that makes both: def machine(): return Machine(YourModel(), "
        "**yaml.safe_load(open('door.yaml')))\n",
    )


def test_what_the_library_documents_is_the_machine_that_it_makes(at_home: Path) -> None:
    states: list[Any] = ["a", {"name": "b", "children": ["x", "y"], "initial": "x"}]
    config = {"states": states, "initial": "a", "transitions": [["go", "a", "b"], ["on", "b_x", "b_y"]], "queued": True}
    (at_home / "nested.yml").write_text(yaml.safe_dump(config))
    (at_home / "features.json").write_text(
        json.dumps({"states": ["a", {"name": "b", "timeout": 3, "on_timeout": "late"}], "initial": "a"})
    )
    assert call("verify", "nested.yml", "--final", "b").status == 0
    called = call("lint", "features.json")
    assert "only the definition was read" in called.out


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            ["door.yaml"],
            {"unknown-destination": 10, "unknown-source": 14, "unreachable-state": 5},
        ),
        (
            ["shop_of_files:Order"],
            {"unknown-source": 17, "unknown-destination": 18, "never-wins": 13, "unreachable-state": 7},
        ),
        (["shop_of_files.py:Order"], {"never-wins": 13}),
    ],
)
@pytest.mark.usefixtures("at_home")
def test_sarif_names_the_line_of_the_row(words: list[str], lines: dict[str, int]) -> None:
    run = found(*words)
    places = {one["ruleId"]: one["locations"][0]["physicalLocation"] for one in run["results"]}
    assert {code: places[code]["region"]["startLine"] for code in lines} == lines
    assert {place["artifactLocation"]["uri"] for place in places.values()} <= {"door.yaml", "shop_of_files.py"}


@pytest.mark.usefixtures("at_home")
def test_sarif_has_what_its_schema_asks_for() -> None:
    called = call("lint", "shop_of_files:Order", "--format", "sarif")
    assert called.status == 1
    log = json.loads(called.out)
    assert log.keys() == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "lifecheck"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for place in result["locations"]:
            assert place.keys() <= {"physicalLocation", "logicalLocations"}
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert all(one["fullyQualifiedName"] for one in place["logicalLocations"])


@pytest.mark.usefixtures("at_home")
def test_github_annotates_lines() -> None:
    called = call("lint", "door.yaml", "--format", "github")
    assert called.status == 1
    assert called.out.splitlines()[0] == (
        "::error file=door.yaml,line=10,title=lifecheck unknown-destination::transition 'slam' from 'open' to 'jammd': "
        "there is no state 'jammd', so it raises when it is taken. Correct its destination: did you mean 'jammed'?"
    )
    called = call("lint", "light.json", "--format", "github")
    assert (called.status, called.out) == (0, "")


def test_what_would_break_an_annotation_is_escaped() -> None:
    report = lint(Machine(states=["a,b", "c:d\n%"], initial="a,b", transitions=[["go", "a,b", "c:d\n%"]]))
    text = github(report, lambda _: SourceLine(Path("of,two:parts.py"), 1), Path())
    assert text.startswith("::notice file=of%2Ctwo%3Aparts.py,line=1,title=lifecheck stuck-state::state 'c:d\\n%25'")
    assert len(text.splitlines()) == 1


def test_what_has_no_file_has_no_line() -> None:
    lamp = Component("lamp", ["off", "on", "lost"], "off", [Row("go", "off", "on")], {"go"})
    report = lint(System("house", [lamp]))
    lines = SourceLines(System("house", [lamp]))
    (result, *_) = json.loads(sarif(report, lines.of, Path()))["runs"][0]["results"]
    assert "physicalLocation" not in result["locations"][0]
    assert github(report, lines.of, Path()).startswith("::error title=lifecheck unreachable-state::component 'lamp'")
    assert sometimes("lamp == 'on'")


def test_a_file_outside_the_folder_and_one_that_is_no_python_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text("def f(:")
    (tmp_path / "odd.yaml").write_text("a: [")
    machine = Machine(states=["a", "b"], initial="a", transitions=[["go", "a", "b"]])
    report = lint(machine)
    for name in ("odd.py", "odd.yaml", "nowhere.py"):
        at = SourceLines(machine, [tmp_path / name]).of(report.findings[0])
        assert at == SourceLine(tmp_path / name, 1)
        (result,) = json.loads(sarif(report, lambda _, at=at: at, Path("elsewhere")))["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")


def test_two_formats_at_once_are_refused(at_home: Path) -> None:
    called = call("lint", str(at_home / "light.json"), "--json", "--format", "sarif")
    assert (called.status, called.err) == (
        2,
        "lifecheck: --json and --format sarif are two formats; name one; see lifecheck lint --help\n",
    )
    assert json.loads(call("lint", "light.json", "--format", "json").out)["findings"] == []

"""``lifecheck verify`` on the project itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from model import VARIANTS
from properties import CLAIMS
from tests.lifecheck.cli.cli import ROOT, call


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_it_prints_the_table_the_story_and_how_to_reproduce_it_and_all_is_as_expected() -> None:
    called = call("verify")
    assert called.status == 0
    lines = called.out.splitlines()
    row = next(line for line in lines if "no deleted message stays queued for ever" in line)
    assert row.split()[-4:] == ["violated", "holds", "holds", "holds"]
    assert "72 verdicts, all as expected, 13 to 51 states, for 1 message." in called.out
    assert "Steps 2 to 6 can repeat for ever" in called.out
    assert "pytest --variant unpatched" in called.out
    assert "lifecheck explain can-drain --variant unpatched" in called.out
    assert all(len(line) <= 110 for line in lines[:23])


def test_every_variant_can_be_shown() -> None:
    called = call("verify", "--all-variants")
    assert called.status == 0
    assert f"{len(CLAIMS) * len(VARIANTS)} verdicts, all as expected" in called.out


def test_one_variant_and_one_property_can_be_chosen() -> None:
    called = call("verify", "--variant", "patched", "--property", "can-drain")
    assert called.status == 0
    assert "1 verdict, all as expected, 15 states, for 1 message." in called.out
    assert "Start" not in called.out


def test_json_holds_every_verdict_with_its_evidence() -> None:
    called = call("verify", "--json", "--property", "deleted-leaves-queue")
    found = json.loads(called.out)
    assert found["system"] == "model:VARIANTS"
    unpatched, with_expiry, patched, _ = found["verdicts"]
    assert unpatched["evidence"] == {
        "stem": ["accept_infected_message"],
        "loop": ["attempt_delivery", "begin_scan", "request_deletion", "delete", "abandon_attempt"],
    }
    assert unpatched["instances"] == 1
    assert "weak fairness of expire" in with_expiry["assumptions"]
    assert patched["assumptions"] == ["weak fairness of acknowledge"]


def test_an_unknown_verdict_is_status_1_and_its_story_says_what_was_covered() -> None:
    called = call("verify", "--variant", "patched", "--property", "queued-has-file", "--limit", "5")
    assert called.status == 1
    assert "unknown (!)" in called.out
    assert "1 unexpected (!)" in called.out
    assert "expected: holds" in called.out
    assert "the limit of 5 states was met: 5 states were found" in called.out


def test_the_same_call_prints_the_same_bytes_in_another_process() -> None:
    command = [sys.executable, "-m", "lifecheck", "verify"]
    runs = [
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert b"\x1b" not in runs[0]


@pytest.mark.long
def test_a_reader_that_goes_away_is_no_error_with_a_traceback() -> None:
    command = f"{sys.executable} -m lifecheck verify --json --all-variants | head -c 10"
    run = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=True)
    assert run.stderr == b""


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys, click.testing\nfrom lifecheck.cli.main import main\n"
        "print(click.testing.CliRunner().invoke(main, ['--help']).exit_code)\n"
        "print([name for name in ('networkx', 'rich', 'hypothesis', 'pygraphviz', 'model') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert run.stdout.split("\n")[:2] == ["0", "[]"]


def test_markdown_is_the_table_alone_with_every_cell_escaped(elsewhere: Path) -> None:
    (elsewhere / "walls.py").write_text(
        "from lifecheck import Claim, Component, Role, Row, System, Verdict, never, sometimes\n"
        "WALL = System('wall', [Component('w', ['a', 'b'], 'a', [Row('go', 'a', 'b')], {'go'})])\n"
        "BOTH = {'left|right': WALL}\n"
        "CLAIMS = [\n"
        "    Claim('one', 'a *wall* | <b>', never(lambda s: s.w == 'b')),\n"
        "    Claim('two', 'seen', sometimes(lambda s: s.w == 'b'), role=Role.OBSERVATION),\n"
        "]\n"
    )
    called = call("verify", "walls:BOTH", "--markdown")
    assert called.status == 1
    assert called.out.splitlines() == [
        r"| | left\|right |",
        "|---|---|",
        r"| a \*wall\* \| &lt;b> | **violated** |",
        "| *seen* | reachable |",
    ]


def test_switches_set_on_a_variant_lead_to_the_named_variant_that_they_make() -> None:
    called = call("verify", "--set", "expiry=on", "--property", "can-drain")
    assert called.status == 0
    assert "2 verdicts, all as expected" in called.out  # with expiry there are two of the four


def test_what_has_no_recorded_verdict_must_meet_every_requirement() -> None:
    words = ("verify", "--variant", "patched-expiry", "--set", "acknowledgements=lost-once")
    assert call(*words, "--property", "can-drain").status == 0
    called = call(*words, "--property", "no-false-bounce")
    assert called.status == 1
    assert "violated on patched-expiry acknowledgements=lost-once" in called.out
    assert "Reproduce" not in called.out

"""``lifecheck mutate``: what became of each mutant, in a table or as JSON, and what the exit status says."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from lifecheck.changes.mutants import Mutant
from lifecheck.changes.mutation import Mutation, Trial
from lifecheck.cli import output
from tests.lifecheck.cli.cli import ROOT, Called, call

OVENS = """
from lifecheck import Claim, Component, Row, System, always, never, sometimes
OVEN = Component(
    "oven",
    ["cold", "warm", "burning"],
    "cold",
    [Row("heat", "cold", "warm"), Row("cool", "warm", "cold"), Row("rescue", "burning", "cold")],
    {"heat", "cool", "rescue"},
)
COUNTER = Component(
    "counter", ["none", "some"], "none", [Row("heat", "none", "some"), Row("heat", "some", "=")], {"heat"}
)
KITCHENS = {
    "large": System("large", [OVEN], observers=[COUNTER], environment={"heat"}),
    "small": System("small", [OVEN], environment={"heat"}),
}
CLAIMS = [
    Claim("no-fire", "no fire", never(lambda s: s.oven == "burning")),
    Claim("heats", "it heats", sometimes(lambda s: s.oven == "warm")),
]
REASONS = {
    "oven: row cool, warm -> cold removed": "it is a camp fire",
    "oven: row cool, warm -> cold redirected to warm": "it is a camp fire",
    "oven: cool removed from the alphabet": "it is a camp fire",
}
STALE = REASONS | {"oven: row heat, cold -> warm removed": "it is noticed"}
EMPTY = REASONS | {"oven: row cool, warm -> cold removed": ""}
NUMBERS = {"oven: row cool, warm -> cold removed": 3}
NONE = []
"""

PROJECT = """
[tool.lifecheck]
systems = "ovens:KITCHENS"
properties = "ovens:CLAIMS"
shown = ["small"]
"""


@pytest.fixture
def ovens(elsewhere: Path) -> Path:
    """Move to a folder with a module and a project file."""
    (elsewhere / "ovens.py").write_text(OVENS)
    (elsewhere / "pyproject.toml").write_text(PROJECT)
    return elsewhere


def with_settings(folder: Path, *lines: str) -> None:
    (folder / "pyproject.toml").write_text(PROJECT + "\n".join(lines) + "\n")


def row_of(called: Called, description: str) -> str:
    """Return what the one line about a mutant says of it."""
    (line,) = [line for line in called.out.splitlines() if line.startswith(f" {description}  ")]
    return line.removeprefix(f" {description}").strip()


def test_the_table_has_a_line_a_mutant_and_a_survivor_without_reason_is_status_1(ovens: Path) -> None:
    called = call("mutate")
    assert called.status == 1
    assert row_of(called, "oven: row heat, cold -> warm removed") == "heats"
    assert row_of(called, "oven: row heat, cold -> warm redirected to burning") == "no-fire, heats"
    assert row_of(called, "oven: row rescue, burning -> cold removed") == "equivalent"
    assert row_of(called, "oven: row cool, warm -> cold removed") == "SURVIVES"
    assert called.out.splitlines()[-1] == (
        "12 mutants of small: 5 noticed, 4 equivalent, 0 unusable, 0 surviving for a recorded reason, "
        "3 without one (!)."
    )
    assert called.err == ""


def test_what_cannot_be_built_says_why_and_is_no_error_of_the_run(ovens: Path) -> None:
    called = call("mutate", "--variant", "large")
    assert row_of(called, "oven: heat removed from the alphabet").startswith(
        "unusable: system 'large': trigger 'heat' belongs only to observer 'counter'"
    )
    assert "12 mutants of large: 4 noticed, 4 equivalent, 1 unusable, " in called.out


def test_with_a_reason_for_each_survivor_the_status_is_0(ovens: Path) -> None:
    with_settings(ovens, 'survivors = "ovens:REASONS"')
    called = call("mutate")
    assert called.status == 0
    assert row_of(called, "oven: row cool, warm -> cold removed") == "survives: it is a camp fire"
    assert "3 surviving for a recorded reason, 0 without one." in called.out


def test_a_reason_that_names_no_survivor_is_status_1(ovens: Path) -> None:
    with_settings(ovens, 'survivors = "ovens:STALE"')
    called = call("mutate")
    told = (
        "a reason is recorded for 'oven: row heat, cold -> warm removed', which is no survivor (!); "
        "remove or correct it"
    )
    assert (called.status, called.out.splitlines()[-1]) == (1, told)
    as_json = call("mutate", "--json")
    assert (as_json.status, as_json.err.strip()) == (1, f"lifecheck: {told}")


def test_an_empty_reason_is_none(ovens: Path) -> None:
    with_settings(ovens, 'survivors = "ovens:EMPTY"')
    assert call("mutate").status == 1


def test_the_project_says_which_variant_is_mutated_and_reasons_hold_of_that_one_alone(ovens: Path) -> None:
    with_settings(ovens, 'mutated = "large"', 'survivors = "ovens:REASONS"')
    assert "12 mutants of large" in call("mutate").out
    assert call("mutate", "--variant", "large").status == 0
    other = call("mutate", "--variant", "small")
    assert (other.status, row_of(other, "oven: row cool, warm -> cold removed")) == (1, "SURVIVES")


def test_properties_can_be_chosen_and_the_others_still_tell_what_is_equivalent(ovens: Path) -> None:
    called = call("mutate", "--property", "no-fire")
    assert row_of(called, "oven: row heat, cold -> warm redirected to burning") == "no-fire"
    assert row_of(called, "oven: row heat, cold -> warm removed") == "SURVIVES"
    assert row_of(called, "oven: row rescue, burning -> cold removed") == "equivalent"


def test_a_strangers_system_has_no_recorded_reasons(ovens: Path) -> None:
    with_settings(ovens, 'survivors = "ovens:REASONS"')
    called = call("mutate", "ovens:OVEN")
    assert called.status == 1
    assert "12 mutants of OVEN" in called.out


def test_json_is_one_object_with_every_mutant(ovens: Path) -> None:
    called = call("mutate", "--json")
    found = json.loads(called.out)
    assert (called.status, called.err) == (1, "")
    assert (found["system"], found["variant"], len(found["mutants"])) == ("ovens:KITCHENS", "small", 12)
    assert found["mutants"][0] == {
        "component": "oven",
        "kind": "remove-row",
        "mutant": "oven: row heat, cold -> warm removed",
        "outcome": "noticed",
        "noticed_by": ["heats"],
        "reason": "",
    }


@pytest.fixture
def interrupted_after_three(monkeypatch: pytest.MonkeyPatch) -> None:
    real, judged = Mutation.judge, []

    def judge(self: Mutation, mutant: Mutant) -> Trial:
        if len(judged) == 3:
            raise KeyboardInterrupt
        judged.append(mutant)
        return real(self, mutant)

    monkeypatch.setattr(Mutation, "judge", judge)


@pytest.mark.usefixtures("interrupted_after_three")
def test_interrupted_it_shows_what_was_done_so_far(ovens: Path) -> None:
    with_settings(ovens, 'survivors = "ovens:STALE"')  # what is stale cannot be told from three mutants
    called = call("mutate")
    assert called.status == 130
    assert called.out.splitlines()[-1] == "interrupted after 3 of 12 mutants"
    assert sum(line.startswith(" oven: ") for line in called.out.splitlines()) == 3


@pytest.mark.usefixtures("interrupted_after_three")
def test_interrupted_json_is_still_one_object(ovens: Path) -> None:
    called = call("mutate", "--json")
    assert (called.status, len(json.loads(called.out)["mutants"])) == (130, 3)
    assert called.err == "lifecheck: interrupted after 3 of 12 mutants\n"


@pytest.mark.parametrize(
    ("lines", "words", "message"),
    [
        ([], ["--variant", "smal"], "there is no variant 'smal'; did you mean 'small'?"),
        ([], ["--property", "no-fir"], "there is no property 'no-fir'; did you mean 'no-fire'?"),
        ([], ["--properties", "ovens:NONE"], "there is no property to check on 'ovens:KITCHENS'; add a Claim"),
        (['mutated = "smal"'], [], "there is no variant 'smal'; did you mean 'small'?"),
        (["survivors = 3"], [], "survivors is 3; write a name such as 'package.module:name'"),
        (['survivors = "ovens:REASON"'], [], "module 'ovens' has no 'REASON'; did you mean 'REASONS'"),
        (['survivors = "ovens:NONE"'], [], "'ovens:NONE' is list; expected a mapping of mutants' descriptions to"),
        (['survivors = "ovens:NUMBERS"'], [], "'ovens:NUMBERS' is dict; expected a mapping"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_status_2(
    ovens: Path, lines: list[str], words: list[str], message: str
) -> None:
    with_settings(ovens, *lines)
    called = call("mutate", *words)
    assert (called.status, called.out, called.err.count("\n")) == (2, "", 1)
    assert message in called.err


def test_on_a_terminal_there_is_a_progress_bar_on_standard_error_and_the_table_is_coloured(ovens: Path) -> None:
    out, err = on_terminals(ovens, "mutate")
    assert "mutants" in err
    assert "━" in err
    assert "\x1b[1;31mSURVIVES" in out
    assert "━" not in out


def test_rows_are_broken_to_fit_a_terminal_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table("reason")
    table.add_row("long " * 40 + "end")
    output.print_rows(table)
    elsewhere = capsys.readouterr().out
    assert max(map(len, elsewhere.splitlines())) > 200
    monkeypatch.setattr(output, "console", lambda width: Console(width=40, force_terminal=True, color_system=None))
    output.print_rows(table)
    assert max(map(len, capsys.readouterr().out.splitlines())) == 40


def on_terminals(folder: Path, *words: str) -> tuple[str, str]:
    """Run ``python -m lifecheck`` with a pseudo-terminal as each of its outputs and return what it writes there."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    environment.pop("NO_COLOR", None)
    pairs = [pty.openpty(), pty.openpty()]
    command = [sys.executable, "-B", "-m", "lifecheck", *words]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=pairs[0][1], stderr=pairs[1][1], env=environment
    ) as process:
        for _, terminal in pairs:
            os.close(terminal)
        written = [_read_all(controller) for controller, _ in pairs]
        assert process.wait() == 1
    return written[0], written[1]


def _read_all(controller: int) -> str:
    chunks = []
    with os.fdopen(controller, "rb", buffering=0) as file:
        try:
            while chunk := file.read(65536):
                chunks.append(chunk)
        except OSError:  # the other end was closed: that is how a terminal ends
            pass
    return b"".join(chunks).decode()

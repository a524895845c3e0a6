"""The verdict matrix in docs/ is what a run gives: another judge gives each verdict here, lifecheck itself in CI."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.generate import matrix
from docs.generate.matrix import FAULTS, INTRODUCTION, Line, as_json, as_markdown, line, plan, with_faults
from lifecheck import Verdict
from lifecheck.machines import Tables
from lifecheck.statespace import Explorer
from model.variants import CONFIGURATIONS
from properties import CLAIMS
from tests.cross_check import sized
from tests.interrupts import on_interrupt
from tests.properties.row_judge import RowJudge

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def judged() -> list[Line]:
    tables = Tables()
    return [line(base, faults, tables) for base, faults in plan() if base in ("patched", "at-most-once")]


def recorded() -> list[dict[str, Any]]:
    return json.loads((DOCS / "verdicts.json").read_text())["lines"]


def test_the_recorded_lines_are_all_those_of_the_plan() -> None:
    assert [(each["variant"], tuple(each["faults"])) for each in recorded()] == plan()


def test_every_named_variant_stands_alone_and_with_the_faults_that_it_has_not_chosen_itself() -> None:
    assert [base for base, faults in plan() if not faults] == list(CONFIGURATIONS)
    assert {faults for base, faults in plan() if base == "unpatched" and len(faults) == 1} == {(one,) for one in FAULTS}
    assert len([faults for base, faults in plan() if base == "unpatched" and len(faults) == 2]) == 26
    assert not any("lost-once" in faults for base, faults in plan() if base == "patched-lost-again")


@pytest.mark.long
def test_every_recorded_line_has_as_many_states_as_the_model() -> None:
    tables = Tables()  # of rows alone, which mean the same in every line
    found = [len(Explorer(tables).explore(with_faults(base, faults).with_observers(()))) for base, faults in plan()]
    fewest = [min(states for _, states in each["verdicts"].values()) for each in recorded()]  # read no observer
    assert fewest == found, "run `make matrix`"


@pytest.mark.parametrize("base", [*CONFIGURATIONS][:: sized(4, 2, 1)])
def test_a_judge_that_reads_the_rows_alone_gives_every_recorded_verdict(base: str) -> None:
    for each in recorded():
        if each["variant"] == base:
            judge = RowJudge(with_faults(base, tuple(each["faults"])))
            found = {claim.name: judge.verdict(claim) for claim in CLAIMS}
            assert found == {name: verdict for name, (verdict, _) in each["verdicts"].items()}, each["faults"]


@pytest.mark.long
def test_what_is_recorded_of_the_last_pair_of_faults_of_each_variant_is_what_a_run_gives() -> None:
    last, tables = dict(plan()), Tables()
    expected = json.loads(as_json([line(base, faults, tables) for base, faults in last.items()]))["lines"]
    assert [each for each in recorded() if tuple(each["faults"]) == last[each["variant"]]] == expected


@pytest.mark.long
def test_what_is_recorded_of_two_variants_is_what_a_run_gives(judged: list[Line]) -> None:
    expected = json.loads(as_json(judged))["lines"]
    assert [each for each in recorded() if each["variant"] in ("patched", "at-most-once")] == expected


def test_the_readable_tables_say_what_the_data_say() -> None:
    lines = [
        Line(
            each["variant"],
            tuple(each["faults"]),
            tuple((Verdict(verdict), states) for verdict, states in each["verdicts"].values()),
        )
        for each in recorded()
    ]
    assert (DOCS / "verdicts.md").read_text() == f"{INTRODUCTION}\n{as_markdown(lines)}\n", "run `make matrix`"


@pytest.mark.long
def test_without_faults_the_matrix_agrees_with_the_recorded_verdicts(judged: list[Line]) -> None:
    for one in judged:
        if not one.faults:
            assert [verdict for verdict, _ in one.found] == [claim.expected[one.base] for claim in CLAIMS]
            assert Verdict.VACUOUS in {verdict for verdict, _ in one.found}


@pytest.mark.long
def test_an_interrupted_run_prints_what_was_done_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], judged: list[Line]
) -> None:
    def interrupted() -> Iterator[Line]:
        yield judged[0]
        raise KeyboardInterrupt

    monkeypatch.setattr(matrix, "computed", interrupted)
    assert matrix.main(tmp_path) == 130
    captured = capsys.readouterr()
    assert "## patched" in captured.out
    assert captured.err == f"interrupted after 1 of {len(plan())} lines; nothing is written\n"
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_interrupted_at_once_ends_at_once_and_says_so(tmp_path: Path) -> None:
    """The signal goes to all processes, as a terminal sends it, while those that judge still start."""
    program = "import docs.generate.matrix as matrix, sys; print('started', flush=True); sys.exit(matrix.main())"
    command = [sys.executable, "-c", program]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with on_interrupt(), subprocess.Popen(command, cwd=ROOT, text=True, start_new_session=True, **pipes) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "started\n"
        time.sleep(0.2)
        os.killpg(run.pid, signal.SIGINT)
        told, said = run.communicate(timeout=60)
    assert (run.returncode, told) == (130, "")
    assert said == f"interrupted after 0 of {len(plan())} lines; nothing is written\n"


@pytest.mark.long
def test_a_run_writes_both_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judged: list[Line]) -> None:
    monkeypatch.setattr(matrix, "plan", lambda: [("patched", ())])
    assert matrix.main(tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"verdicts.md", "verdicts.json"}

"""Callbacks that take long are noticed, with what to do, and what takes too long is not asked again and again."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import pytest
from transitions import Machine

from lifecheck import check, lint, sometimes
from lifecheck.errors import SlowCallbackWarning
from lifecheck.machines import conformance, slowness
from tests.lifecheck.cli.cli import call

LAB = """
import time
from transitions import Machine

class Lab:
    def __init__(self):
        rows = [["heat", "idle", "warm"], ["cool", "warm", "idle"]]
        Machine(self, states=["idle", "warm"], initial="idle", transitions=rows, auto_transitions=False)
    def on_enter_warm(self):
        time.sleep(0.05)
"""


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second counts as much as seconds do, so that the tests are quick."""
    monkeypatch.setattr(slowness, "NOTICED", 0.1)
    monkeypatch.setattr(slowness, "WORTH_COUNTING", 0.02)
    monkeypatch.setattr(conformance, "LONGEST", 0.1)


class Lab:
    def __init__(self) -> None:
        rows = [["heat", "idle", "warm"], ["cool", "warm", "idle"]]
        Machine(self, states=["idle", "warm"], initial="idle", transitions=rows, auto_transitions=False)

    def on_enter_warm(self) -> None:
        time.sleep(0.05)


@pytest.mark.usefixtures("_soon")
def test_a_callback_that_sleeps_is_noticed_once_with_what_to_do() -> None:
    with pytest.warns(SlowCallbackWarning, match=r"trigger 'heat' in state 'idle'.*guards='either'") as told:
        result = check(Lab, sometimes("state == 'warm'"))
    assert len(told) == 1
    assert result
    assert "callbacks that take so long that not each was asked again" in result.note


@pytest.mark.usefixtures("_soon")
def test_lint_says_that_it_did_not_ask_everything_again() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SlowCallbackWarning)
        report = lint(Lab)
    assert any("callbacks that take so long" in remark for remark in report.remarks)


@pytest.mark.usefixtures("_soon")
def test_the_command_says_it_in_a_line_on_standard_error_with_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lab_that_waits.py").write_text(LAB)
    monkeypatch.chdir(tmp_path)
    called = call("lint", "lab_that_waits.py:Lab")
    assert called.status == 0
    assert "--definition-only or --guards either" in called.err
    assert "Warning" not in called.err


def test_a_pause_now_and_then_is_nobodys_callback(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter looks for garbage among many states, and another program has the processor for a while."""
    monkeypatch.setattr(slowness, "WORTH_COUNTING", 0.001)
    monkeypatch.setattr(slowness, "NOTICED", 0.001)
    seen = slowness.Slowness("lab")
    for firing in range(1_000):
        begun = seen.begin()
        if firing % 200 == 150:
            time.sleep(0.002)
        assert seen.end(begun, "heat", "idle") == 0.0


@pytest.mark.usefixtures("_soon")
def test_each_call_counts_anew_and_tells_again() -> None:
    for _ in range(2):
        with pytest.warns(SlowCallbackWarning):
            check(Lab, sometimes("state == 'warm'"))

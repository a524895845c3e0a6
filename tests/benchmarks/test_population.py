"""What another checker is not asked, and the reason that the document gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import needs

needs.package("oxidd")

from benchmarks import musil_python, report  # noqa: E402
from benchmarks.measurement import Line  # noqa: E402
from benchmarks.population import Field  # noqa: E402
from benchmarks.report import not_run, rounded  # noqa: E402
from benchmarks.run import Run  # noqa: E402
from benchmarks.symbolic import Measured  # noqa: E402

FIELD = Field(
    missing={"musil": "there is no Python for it"},
    jar=None,
    python=None,
    rivals={},
    patience=100,
    wanted_patience=400,
    memory=2**30,
)


TASK = "2 slots"


def line(messages: int, seconds: float, checker: str = "SPIN", *, size: float = 0, states: int = 0) -> Line:
    """Return so many messages, with ten times the states for each more, and a run of one checker."""
    found = Line(TASK, messages, 10**messages, 10**messages)
    found.seconds[checker] = [seconds]
    found.ran[checker] = Run(states or found.states, found.transitions, 0, seconds, size)
    return found


def test_the_first_run_is_always_made() -> None:
    assert FIELD.reason("SPIN", Line(TASK, 1, 10, 10), []) is None


def test_a_missing_checker_is_told() -> None:
    assert FIELD.reason("musil", Line(TASK, 1, 10, 10), []) == "there is no Python for it"


def test_what_would_take_too_long_is_not_run_and_nor_is_more_of_it() -> None:
    before = [line(1, 1), line(2, 9)]
    assert FIELD.reason("SPIN", Line(TASK, 3, 1_000, 1_000), before) is None  # one second is the start, and eight grow
    before.append(line(3, 80))
    four = Line(TASK, 4, 10_000, 10_000)
    reason = FIELD.reason("SPIN", four, before)
    assert reason == "4 would take about 790 s, more than the 100 s that such a run may take"
    four.not_run["SPIN"] = reason
    assert FIELD.reason("SPIN", Line(TASK, 5, 100_000, 100_000), [*before, four]) == reason
    five = Line(TASK, 5, 100_000, 100_000, not_run={"SPIN": reason})
    assert not_run([*before, four, five]) == [f"* SPIN was not run with 4 and 5 messages: {reason}.", ""]


def test_where_a_ratio_is_wanted_patience_is_longer() -> None:
    before = [line(4, 30)]
    before[0].seconds["SPIN"], first = [31], line(1, 1)
    for task, messages, reason in ((report.EXPLORING, 6, None), ("1 slots", 6, "6 would take about 300 s")):
        told = FIELD.reason("SPIN", Line(task, messages, 100_000, 100_000), [first, *before])
        assert told is None if reason is None else str(told).startswith(reason)


def test_what_would_take_too_much_memory_is_not_run() -> None:
    before = [line(4, 0.1, size=2**27)]
    reason = "5 would take about 1.6 GiB of memory, more than the 1.0 GiB that such a run may take"
    assert FIELD.reason("SPIN", Line(TASK, 5, 100_000, 100_000), before) == reason


def test_a_reduction_that_left_nothing_out_is_not_tried_at_length() -> None:
    last = line(4, 5, "SPIN, reduced")
    last.ran["SPIN"] = last.ran["SPIN, reduced"]
    first = line(1, 0, "SPIN, reduced")
    told = FIELD.reason("SPIN, reduced", Line(TASK, 5, 100_000, 100_000), [first, last])
    assert told == "with 4 messages its reduction left out no state"
    last.ran["SPIN"] = Run(20_000, 20_000, 0, 5)
    assert FIELD.reason("SPIN, reduced", Line(TASK, 5, 100_000, 100_000), [first, last]) is None


def test_ratios_have_two_digits_that_count() -> None:
    assert [rounded(number) for number in (3.2, 99.6, 778.6, 12_345.0)] == [3, 100, 780, 12_000]


def test_a_python_without_musil_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MUSIL_PYTHON", str(tmp_path / "python"))
    with pytest.raises(ModuleNotFoundError, match="which MUSIL_PYTHON names, has no musil"):
        musil_python.python_with_musil.__wrapped__()


def test_nothing_is_installed_unless_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MUSIL_PYTHON", raising=False)
    monkeypatch.setattr(musil_python, "BUILD", tmp_path)
    monkeypatch.setattr(musil_python.sys, "executable", "false")
    assert musil_python.python_with_musil.__wrapped__(install=False) is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_measured_alone_takes_the_place_of_its_table_and_of_nothing_else() -> None:
    known = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text()
    found = report.measured_anew(known, [Measured("exploring the moon: holds", 1.5, 5.0)])
    assert "| exploring the moon: holds | 1.5 s | 5 s |  |  |" in found
    assert "60 philosophers" not in found
    before, _, after = known.partition(report.BY_ITSELF)
    assert found.startswith(before)
    assert found.endswith(after[after.index("![") :])

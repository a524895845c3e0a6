"""SPIN counts the same states and transitions of the examples, and gives the same verdicts."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests import needs
from tests.cross_check import sized
from tests.lifecheck.export.agreement import agree_with_spin

needs.program("spin")
needs.program("cc")

EXAMPLES = sorted(path.stem for path in Path(__file__).parents[2].joinpath("examples").glob("*.py"))
SYSTEMS = [(example, name) for example in EXAMPLES for name in importlib.import_module(f"examples.{example}").SYSTEMS]
SOME = {
    ("alternating_bit", "no-bit"),
    ("dining_philosophers", "left-first"),
    ("kafka", "commits-strong"),
    ("peterson", "swapped"),
    ("redis_streams", "deletes"),
    ("sqs", "skips-dead-letter"),
}
"""Judged by every run of the tests, the others by `make cross-check`."""


@pytest.mark.parametrize(("example", "name"), sized(sorted(SOME)[:1], sorted(SOME), SYSTEMS))
def test_an_example_is_counted_and_judged_alike(example: str, name: str, tmp_path: Path) -> None:
    module = importlib.import_module(f"examples.{example}")
    _, verdicts = agree_with_spin(module.SYSTEMS[name], module.CLAIMS, tmp_path / "spin")
    assert verdicts


def test_every_example_is_among_those_to_be_judged() -> None:
    assert set(SYSTEMS) >= SOME
    assert len({example for example, _ in SYSTEMS}) == len(EXAMPLES) >= 8

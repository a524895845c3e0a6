"""What is counted and numbered is told in the same words everywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lifecheck.text import counted, repeated_steps, sized

LIFECHECK = Path(__file__).parents[2] / "lifecheck"


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 states"), (1, "1 state"), (2, "2 states"), (1_000, "1,000 states")]
)
def test_a_noun_stands_alone_for_one_thing_only(number: int, told: str) -> None:
    assert counted(number, "state") == told


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 bytes"), (1, "1 byte"), (1_000, "1,000 bytes"), (1 << 10, "1.0 KiB"), (3 << 29, "1.5 GiB")],
)
def test_an_amount_of_memory_is_told_in_the_unit_that_suits_it(size: int, told: str) -> None:
    assert sized(size) == told


@pytest.mark.parametrize(
    ("stem", "loop", "told"),
    [(0, 1, "Step 1 can"), (3, 1, "Step 4 can"), (0, 2, "Steps 1 to 2 can"), (4, 3, "Steps 5 to 7 can")],
)
def test_the_steps_of_a_loop_are_numbered_on_from_the_stem(stem: int, loop: int, told: str) -> None:
    assert repeated_steps(stem, loop) == f"{told} repeat for ever"


def test_nowhere_else_are_the_steps_of_a_loop_put_into_words() -> None:
    def says_it(path: Path) -> bool:
        parts = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        return any("can repeat for ever" in ast.unparse(part) for part in parts)

    assert [path.name for path in sorted(LIFECHECK.rglob("*.py")) if says_it(path)] == ["text.py"]

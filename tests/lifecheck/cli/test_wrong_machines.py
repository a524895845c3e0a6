"""What is wrong with where a machine is, how it is made, or what is said of it, is told in one line with what to do.

What each is told is kept as text in `wrong_machines/told.txt`, to be read as a user reads it.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from tests.cross_check import sized
from tests.lifecheck.cli.cli import call

CASES = Path(__file__).parent / "wrong_machines"
LINES = (CASES / "told.txt").read_text(encoding="utf-8").splitlines()
TOLD = list(zip(LINES[::2], LINES[1::2], strict=True))
SHOWN = TOLD[:: sized(2, 1, 1)]


@pytest.fixture
def at_home(elsewhere: Path) -> Path:
    """Move to a folder with a module of strange machines, and files that should configure some."""
    for path in CASES.iterdir():
        if path.name != "told.txt" and path.is_file():
            shutil.copy(path, elsewhere)
    return elsewhere


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(("typed", "told"), SHOWN, ids=[typed for typed, _ in SHOWN])
def test_a_wrong_machine_is_told_in_its_line(typed: str, told: str) -> None:
    called = call(*shlex.split(typed.removeprefix("$ lifecheck ")))
    assert f"{called.status} {called.err}" == f"{told}\n"
    assert called.out == ""


def test_the_wrong_machines_are_many_and_each_line_says_what_to_do() -> None:
    assert len(TOLD) >= 70
    assert all(told.startswith("2 lifecheck: ") for _, told in TOLD)
    assert len({told for _, told in TOLD}) >= 60

"""Every wrong call is one line that says what is wrong and what to do, status 2, and nothing on standard output.

What each is told is kept as text in `wrong_inputs/told.txt`, to be read as a user reads it.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from tests.cross_check import sized
from tests.lifecheck.cli.cli import call

CASES = Path(__file__).parent / "wrong_inputs"
LINES = (CASES / "told.txt").read_text(encoding="utf-8").splitlines()
TOLD = list(zip(LINES[::2], LINES[1::2], strict=True))
SHOWN = TOLD[:: sized(2, 1, 1)]

BROKEN = {
    "broken_exit.py": "raise SystemExit(2)\n",
    "broken_import.py": "import nonesuch\n",
    "broken_name.py": "x = y\n",
    "broken_syntax.py": "def f(:\n",
    "broken_system.py": "from lifecheck import System\nx = System('none', [])\n",
    "mine.py": "MINE = 1\n",
    "package/__init__.py": "",
}


@pytest.fixture
def at_home(elsewhere: Path) -> Path:
    """Move to a folder with a module of machines and claims, and modules that cannot be used."""
    shutil.copy(CASES / "home.py", elsewhere)
    (elsewhere / "package").mkdir()
    for name, text in BROKEN.items():
        (elsewhere / name).write_text(text)
    return elsewhere


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(("typed", "told"), SHOWN, ids=[typed for typed, _ in SHOWN])
def test_a_wrong_call_is_told_in_its_line(typed: str, told: str) -> None:
    program, command = typed.removeprefix("$ ").split(" ", 1)
    called = call(*shlex.split(command))
    assert program == "lifecheck"
    assert f"{called.status} {called.err}" == f"{told}\n"
    assert called.out == ""


def test_the_wrong_calls_are_many_and_of_every_command() -> None:
    assert len(TOLD) >= 120
    commands = {typed.split()[2] for typed, _ in TOLD}
    assert {"verify", "explain", "compare", "mutate", "draw", "export", "lint", "init", "replay", "play"} <= commands

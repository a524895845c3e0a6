"""On a terminal the table is coloured and fits; elsewhere it is plain and always as wide."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from tests.cross_check import sized
from tests.lifecheck.cli.cli import ROOT
from tests.lifecheck.cli.terminal import on_a_terminal


def written_on_a_terminal(*words: str, columns: int) -> str:
    """Return what the command writes there, colours included, where all is as expected."""
    screen = on_a_terminal(*words, columns=columns, folder=ROOT, plain=False)
    assert screen.status == 0
    return screen.text


def test_on_a_terminal_the_table_is_coloured_and_fits() -> None:
    written = written_on_a_terminal("verify", "--property", "can-drain", columns=80)
    assert "\x1b[1;31mviolated" in written
    assert "\x1b[32mholds" in written


_WORD = re.compile(r"[^\W\d][\w']+")  # the name of a variant may be broken at its hyphens, as the head of a column

ANSWERS = [
    ["verify"],
    ["verify", "--all-variants"],
    ["explain", "deleted-leaves-queue", "--variant", "unpatched"],
    ["compare", "unpatched", "patched"],
    ["lint"],
    ["mutate", "--property", "can-drain"],
]


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
@pytest.mark.long
def test_no_word_is_broken_and_no_line_is_too_long_or_ends_in_blanks(words: list[str], columns: int) -> None:
    keeps_words(words, columns)


@pytest.mark.long
def test_the_table_of_all_variants_keeps_its_words_at_80_columns() -> None:
    keeps_words(["verify", "--all-variants"], 80)


@lru_cache
def wide_screen(*words: str) -> str:
    """Return the screen of a terminal which is wide enough for everything."""
    return on_a_terminal(*words, columns=2_000, folder=ROOT).text


def keeps_words(words: list[str], columns: int) -> None:
    """Compare the screen with that of a terminal which is wide enough."""
    narrow, wide = on_a_terminal(*words, columns=columns, folder=ROOT).text, wide_screen(*words)
    names = set(_WORD.findall(wide))
    for line in narrow.splitlines():
        assert line == line.rstrip()
        assert len(line) <= columns or len(line.split()) == 1, line
        assert set(_WORD.findall(line)) <= names, line
    assert "\x1b" not in narrow


SLOW = """
import time
from transitions import Machine
from lifecheck import Claim, never

class Slow:
    def __init__(self):
        time.sleep(0.2)
        rows = [["go", "here", "there"], ["back", "there", "here"]]
        self.machine = Machine(self, states=["here", "there"], initial="here", transitions=rows, auto_transitions=False)

CLAIMS = [Claim("stays", "it stays here", never("slow == 'there'"))]
"""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["verify", "slow:Slow"], "(exploring|checking)"),
        pytest.param(["lint", "slow:Slow"], "linting slow:Slow", marks=pytest.mark.long),
        pytest.param(["explain", "slow:Slow", "stays"], "", marks=pytest.mark.long),
        pytest.param(["mutate", "slow:Slow"], "mutants", marks=pytest.mark.long),
        pytest.param(["export", "slow:Slow", "--to", "json"], "", marks=pytest.mark.long),
        pytest.param(["draw", "slow:Slow", "--out", "pictures"], "drawing", marks=pytest.mark.long),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_takes_longer_than_a_second_says_what_is_done(words: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    shown = on_a_terminal(*words, columns=80, folder=tmp_path, meanwhile=True).text
    assert re.search(rf"{told}.*(\(\d+ s\)|━)", shown), shown


ENCODINGS = [("cp1252", "+"), ("ascii", "+"), ("cp850", "┌"), ("utf-8", "┌")]


@pytest.mark.parametrize(("encoding", "bracket"), ENCODINGS[: sized(1, 4, 4)])
def test_a_console_of_another_encoding_shows_brackets_in_what_it_has(encoding: str, bracket: str) -> None:
    words = [
        sys.executable,
        "-m",
        "lifecheck",
        "verify",
        "--property",
        "deleted-leaves-queue",
        "--variant",
        "unpatched",
    ]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False)
    text = run.stdout.decode(encoding)
    assert f"  {bracket}  " in text
    assert "\\u" not in text


def test_json_stays_json_where_an_encoding_lacks_a_letter(tmp_path: Path) -> None:
    (tmp_path / "doors.py").write_text(
        "from transitions import Machine\n"
        "def door(): return Machine(states=['zu', '🚪'], initial='zu', transitions=[['öffne', 'zu', '🚪']])\n",
        encoding="utf-8",
    )
    words = [sys.executable, "-m", "lifecheck", "lint", "doors:door", "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False)
    places = [finding["place"] for finding in json.loads(run.stdout.decode("ascii"))["findings"]]
    assert "state '🚪'" in places

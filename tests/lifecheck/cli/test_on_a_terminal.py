"""On a terminal the table is coloured and fits; elsewhere it is plain and always as wide."""

from __future__ import annotations

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

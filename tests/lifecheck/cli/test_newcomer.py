"""Somebody with a machine, and nothing else, comes to a verdict by the command alone, on a terminal of 80 columns.

The screens are kept as text in `newcomer/`. Where one is out of date, delete it and run this: it is written again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.lifecheck.cli.terminal import Screen, on_a_terminal

FOLDER = Path(__file__).parent / "newcomer"

COLUMNS = 80


def test_from_a_machine_to_a_verdict_by_the_command_alone(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "shop.py", tmp_path)
    typed = [
        ("1-refused", ["verify", "shop.py:Order"], 2),
        ("2-init", ["init"], 0),
        ("3-verify", ["verify"], 1),
        ("4-verify-shipped", ["verify", "--final", "RETURNED", "--final", "SHIPPED"], 1),
        ("5-lint", ["lint"], 1),
        ("6-export", ["export", "--to", "tla", "--out", "Order.tla"], 0),
    ]
    wrong = []
    for name, words, status in typed:
        screen = on_a_terminal(*words, columns=COLUMNS, folder=tmp_path)
        assert screen.status == status, (name, screen.text)
        refuse_ragged(screen)
        kept = FOLDER / f"{name}.txt"
        text = f"$ lifecheck {' '.join(words)}\n{screen.text}"
        if not kept.exists():
            kept.write_text(text, encoding="utf-8")
        if kept.read_text(encoding="utf-8") != text:
            wrong.append(text)
    assert not wrong, "\n".join(wrong)


def refuse_ragged(screen: Screen) -> None:
    """Fail where a line is too long, ends in blanks, or has colours although NO_COLOR is set."""
    assert "\x1b" not in screen.text
    for line in screen.text.splitlines():
        assert line == line.rstrip()
        assert len(line) <= COLUMNS or " " not in line.strip()

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


TICKETS = """
from transitions import Machine

class Ticket:
    def __init__(self, subject, *, priority, note=""):
        rows = [["solve", "open", "solved"], ["close", "solved", "closed"]]
        self.machine = Machine(self, states=["open", "solved", "closed"], initial="open", transitions=rows)
"""


def test_a_class_that_needs_arguments_is_found_and_a_function_for_it_is_proposed(tmp_path: Path) -> None:
    (tmp_path / "tickets.py").write_text(TICKETS)
    told = on_a_terminal("init", columns=1_000, folder=tmp_path)
    line = "def ticket(): return Ticket(subject=..., priority=...)"
    assert (told.status, told.text) == (
        2,
        "lifecheck: tickets:Ticket makes a machine, and needs arguments; write a function without any beside it, "
        f"{line}, and then: lifecheck init tickets:ticket\n",
    )
    (tmp_path / "tickets.py").write_text(f"{TICKETS}\n{line}\n")  # an ellipsis is an argument too
    found = on_a_terminal("init", columns=80, folder=tmp_path)
    assert found.text.startswith("Found tickets:ticket: 3 states, called 'ticket'.\n")

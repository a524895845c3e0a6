"""A project small enough to be swept in a test: an order that is tried again, written into a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SHOP = '''
import os
import time

from lifecheck import Claim, Component, Row, System, always, can_always_reach, leads_to, sometimes
from lifecheck.errors import InputError


def order(tries: int = 2, gives_up: str = "no", fair: str = "all"):
    """An order that is tried so often, and then given up or not."""
    time.sleep(float(os.environ.get("SHOP_SLEEPS", "0")))
    if tries == 4 and gives_up == "yes":
        raise InputError("tries=4 with gives_up=yes contradict each other; leave one of them out")
    states = ["placed", *(f"tried{n}" for n in range(1, tries + 1)), "paid", "gone"]
    rows = []
    for n in range(tries):
        before = "placed" if n == 0 else f"tried{n}"
        rows += [Row("try_it", before, f"tried{n + 1}"), Row("pay", f"tried{n + 1}", "paid")]
    rows.append(Row("try_it", f"tried{tries}", f"tried{tries}"))
    if gives_up == "yes":
        rows.append(Row("give_up", f"tried{tries}", "gone"))
    alphabet = {"try_it", "pay", "give_up"}
    return System(
        "order",
        [Component("order", states, "placed", rows, alphabet)],
        fair=["try_it"] if fair == "none" else ["try_it", "pay"],
        strong={"pay": "somebody pays in the end"} if fair == "strong" else {},
    )


def configured(settings):
    return order(int(settings.get("tries", 2)), settings.get("gives_up", "no"), settings.get("fair", "all"))


SYSTEMS = {"plain": order()}


def _ended(s):
    return s.order in ("paid", "gone")


CLAIMS = (
    Claim("ends", "it ends", leads_to("order == 'placed'", _ended)),
    Claim("can-be-paid", "it can be paid", can_always_reach("order == 'paid'")),
    Claim("is-kept", "it is kept", always("order != 'gone'"), witness=sometimes("order == 'paid'")),
)
'''

PROJECT = """
[tool.lifecheck]
systems = "shop:SYSTEMS"
properties = "shop:CLAIMS"
configure = "shop:configured"
"""

OVER = ("--over", "tries=1..6", "--over", "gives_up=no,yes", "--over", "fair=none,all,strong")


def written(folder: Path) -> Path:
    """Write the project, and return its folder."""
    (folder / "shop.py").write_text(SHOP)
    (folder / "pyproject.toml").write_text(PROJECT)
    return folder


def command(*words: str) -> list[str]:
    """Return the command that sweeps it."""
    return [sys.executable, "-m", "lifecheck", "sweep", *OVER, *words]


def swept(folder: Path, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Sweep it in another process."""
    return subprocess.run(command(*words), cwd=folder, capture_output=True, text=True, timeout=timeout, check=False)


def lines(told: str) -> list[dict[str, Any]]:
    """Return what ``--json`` printed."""
    return [json.loads(line) for line in told.splitlines()]

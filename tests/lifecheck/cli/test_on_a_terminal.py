"""On a terminal the table is coloured and fits; elsewhere it is plain and always as wide."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

from tests.lifecheck.cli.cli import ROOT


def on_a_terminal(*words: str, columns: int) -> str:
    """Run ``python -m lifecheck`` with a pseudo-terminal as its output and return what it writes there."""
    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "lifecheck", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=terminal, stdin=subprocess.DEVNULL, env=environment) as process:
        os.close(terminal)
        chunks = []
        while True:
            try:
                chunk = os.read(controller, 65536)
            except OSError:  # the other end was closed: that is how a terminal ends
                break
            if not chunk:
                break
            chunks.append(chunk)
        assert process.wait() == 0
    os.close(controller)
    return b"".join(chunks).decode()


def test_on_a_terminal_the_table_is_coloured_and_fits() -> None:
    written = on_a_terminal("verify", "--property", "can-drain", columns=80)
    assert "\x1b[1;31mviolated" in written
    assert "\x1b[32mholds" in written

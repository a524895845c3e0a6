"""Runs the command on a pseudo-terminal, as a person would see it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Screen:
    """What stands on the terminal in the end, and the exit status."""

    status: int
    text: str


def on_a_terminal(*words: str, columns: int, folder: Path, plain: bool = True, meanwhile: bool = False) -> Screen:
    """Run ``python -m lifecheck`` with a pseudo-terminal as its output, in a folder.

    With `meanwhile` the text has also what was shown on the way, and taken away again.
    """
    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), "NO_COLOR": "1"}
    if not plain:
        del environment["NO_COLOR"]
    command = [sys.executable, "-m", "lifecheck", *words]
    with subprocess.Popen(
        command, cwd=folder, stdout=terminal, stderr=terminal, stdin=subprocess.DEVNULL, env=environment
    ) as process:
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
        status = process.wait()
    os.close(controller)
    text = b"".join(chunks).decode().replace("\r\n", "\n")
    if meanwhile:
        return Screen(status, text)
    text = re.sub(r"\x1b\[\?25l.*?\x1b\[\?25h(\r?\x1b\[\d+[A-Z])*", "", text, flags=re.DOTALL)  # a progress bar
    return Screen(status, re.sub(r"\r\x1b\[K[^\r\n]*(?=\r\x1b\[K)|\r\x1b\[K", "", text))  # what was shown meanwhile

"""Keeps from the reader what Graphviz's font library complains of, and lets everything else through."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_ERROR = 2
_COMPLAINT = b"Fontconfig "


@contextmanager
def silent_fontconfig() -> Iterator[None]:
    """Leave out the lines that fontconfig writes to standard error.

    The fontconfig that pygraphviz carries is older than that of most machines. It warns of whatever it does
    not know in their configuration, or that there is none, and then draws as well as without; no setting of its
    own silences it. It writes past Python, so its lines are taken out of the stream itself.
    """
    try:
        real = os.dup(_STANDARD_ERROR)
    except OSError:  # it is closed: nobody would see anything
        yield
        return
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), _STANDARD_ERROR)
        try:
            yield
        finally:
            os.dup2(real, _STANDARD_ERROR)
            os.close(real)
            said.seek(0)
            for line in said:
                if not line.startswith(_COMPLAINT):
                    os.write(_STANDARD_ERROR, line)

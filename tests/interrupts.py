"""Programs that a test interrupts, also where whoever started the tests ignores interrupts (`nohup make test &`)."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def on_interrupt(answer: Any = signal.default_int_handler) -> Iterator[None]:
    """Start programs meanwhile with this answer to SIGINT; of answers they inherit only that it is ignored."""
    before = signal.signal(signal.SIGINT, answer)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""What a test needs beyond Python: it skips without it, and fails where `LIFECHECK_NO_SKIPS` is set."""

from __future__ import annotations

import importlib
import os

import pytest

SWITCH = "LIFECHECK_NO_SKIPS"


def package(name: str) -> None:
    """Skip the calling test or module if a package is missing; with the switch set, fail instead."""
    if os.environ.get(SWITCH):
        importlib.import_module(name)
    else:
        pytest.importorskip(name)

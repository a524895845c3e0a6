"""What a test needs beyond Python: it skips without it, and fails where `LIFECHECK_NO_SKIPS` is set."""

from __future__ import annotations

import importlib
import os
import shutil

import pytest

SWITCH = "LIFECHECK_NO_SKIPS"


def package(name: str) -> None:
    """Skip the calling test or module if a package is missing; with the switch set, fail instead."""
    if os.environ.get(SWITCH):
        importlib.import_module(name)
    else:
        pytest.importorskip(name)


def program(name: str) -> None:
    """Skip the calling test or module if a program is missing; with the switch set, fail instead."""
    if shutil.which(name) is None:
        if os.environ.get(SWITCH):
            raise FileNotFoundError(f"{name} is not installed")
        pytest.skip(f"{name} is not installed", allow_module_level=True)

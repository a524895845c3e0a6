"""What a test needs beyond Python: it skips without it, and fails where `LIFECHECK_NO_SKIPS` is set.

What an environment variable names is up to whoever runs the tests: without it a test skips anywhere.
"""

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


def nothing_missing(why: str) -> None:
    """Skip the calling test or module for a reason, if there is one; with the switch set, fail instead."""
    if why:
        if os.environ.get(SWITCH):
            raise FileNotFoundError(why)
        pytest.skip(why, allow_module_level=True)


def named_by(variable: str, what: str) -> str:
    """Return the value of an environment variable; skip the calling test or module if it is not set."""
    if not os.environ.get(variable):
        pytest.skip(f"{variable} does not name {what}", allow_module_level=True)
    return os.environ[variable]

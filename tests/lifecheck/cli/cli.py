"""Runs the command inside the test's process, as a user would call it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from lifecheck.cli.main import main

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Called:
    """What a call gave back."""

    status: int
    out: str
    err: str


def call(*words: str) -> Called:
    """Call ``lifecheck`` with these words."""
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Called(result.exit_code, result.stdout, result.stderr)

"""The command line."""

from lifecheck.cli.main import main
from lifecheck.cli.output import kept_for_the_answer

__all__ = [
    "kept_for_the_answer",
    "main",
]

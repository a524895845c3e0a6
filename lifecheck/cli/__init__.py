"""The command line."""

from lifecheck.cli.main import main

__all__ = [
    "main",
]

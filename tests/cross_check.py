"""How much is compared: a little in every run of the tests, more in CI, and everything in `make cross-check`."""

from __future__ import annotations

import os
from typing import TypeVar

AMOUNT = os.environ.get("LIFECHECK_CROSS_CHECK", "")
"""Nothing for `make test`, "some" for what CI compares beside it, anything else for all."""

Size = TypeVar("Size")


def sized(in_every_run: Size, in_ci: Size, at_length: Size) -> Size:
    """Return how much to compare now, of what is compared in every run, in CI, and at length."""
    if not AMOUNT:
        return in_every_run
    return in_ci if AMOUNT == "some" else at_length

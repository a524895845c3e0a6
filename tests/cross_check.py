"""How much is compared: a part of it in every run of the tests, and everything in `make cross-check`."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("LIFECHECK_CROSS_CHECK"))
"""Whether to compare everything, as `make cross-check` does, rather than a part of it."""

"""What to do where a machine cannot be fired, or firing does not show what it does."""

from __future__ import annotations

INSTEAD_OF_FIRING = "guards='either' runs no callback, and lets each guard answer either way"
"""What remains where firing stops: guards read the outside, draw random numbers, want arguments, or raise."""

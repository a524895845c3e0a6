"""The answers a check can give."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The answers a check can give.

    Examples
    --------
    >>> [str(verdict) for verdict in Verdict]
    ['holds', 'violated', 'vacuous', 'unknown']
    """

    HOLDS = "holds"
    VIOLATED = "violated"
    VACUOUS = "vacuous"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Only what holds is true: every text but the empty one would be."""
        return self is Verdict.HOLDS

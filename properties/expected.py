"""Shorthand for recording the verdict expected of every variant."""

from __future__ import annotations

from collections.abc import Mapping

from lifecheck import Verdict
from model import VARIANTS


def everywhere(verdict: Verdict, **exceptions: Verdict) -> Mapping[str, Verdict]:
    """Expect one verdict of every variant, except where another is named.

    Parameters
    ----------
    verdict
        What is expected of all variants that are not named.
    exceptions
        Variant, with underscores for dashes and dots, and what is expected of it.

    Raises
    ------
    KeyError
        If an exception names no variant.

    Examples
    --------
    >>> expected = everywhere(Verdict.HOLDS, unpatched=Verdict.VIOLATED)
    >>> str(expected["unpatched"]), str(expected["patched"])
    ('violated', 'holds')
    """
    names = {name.replace("-", "_").replace(".", "_"): name for name in VARIANTS}
    return dict.fromkeys(VARIANTS, verdict) | {names[key]: value for key, value in exceptions.items()}

"""Amounts of memory as people write them."""

from __future__ import annotations

import re
from fractions import Fraction

from lifecheck.errors import InputError


def read_size(text: str) -> int:
    """Return a number of bytes written as people do.

    Raises
    ------
    InputError
        If it is not a positive number with or without a unit.

    Examples
    --------
    >>> read_size("500M"), read_size("2 GiB")
    (524288000, 2147483648)
    """
    found = re.fullmatch(r"([0-9]{1,30}(?:\.[0-9]{1,30})?)\s*([KMGT]?)(?:i?B)?", text.strip(), flags=re.IGNORECASE)
    size = int(Fraction(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " ")) if found else 0
    if size < 1:
        raise InputError(f"{text!r} is no amount of memory; write a number of bytes, or as in 500M or 2G")
    return size

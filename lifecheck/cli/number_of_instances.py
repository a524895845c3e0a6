"""Numbers of instances as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lifecheck.errors import InputError

if TYPE_CHECKING:
    from lifecheck.instances import Instances


def read_instances(text: str) -> Instances:
    """Return how many instances are meant, or that every number of them is.

    Raises
    ------
    InputError
        If it is no number from 1 on, and not ``any``.

    Examples
    --------
    >>> read_instances("12"), read_instances("any")
    (12, 'any')
    >>> read_instances("0")
    Traceback (most recent call last):
    lifecheck.errors.InputError: '0' is no number of instances; write one from 1 on, or any
    """
    if text == "any":
        return "any"
    number = int(text) if re.fullmatch("[0-9]{1,30}", text) else 0
    if number < 1:
        raise InputError(f"{text!r} is no number of instances; write one from 1 on, or any")
    return number

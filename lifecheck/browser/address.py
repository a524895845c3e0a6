"""The place of a run in the page, as the part of its address after the number sign."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import quote


def place_of_run(variant: str, triggers: Iterable[str], beside: str = "") -> str:
    """Return where the page shows a run.

    Parameters
    ----------
    variant
        Whose run it is.
    triggers
        What it takes, in order.
    beside
        A second variant that follows it as far as it can; none without.

    Examples
    --------
    >>> place_of_run("unpatched", ["attempt", "attempt", "give up"], beside="patched")
    'v=unpatched&b=patched&t=attempt*2,give%20up'
    """
    steps = [(_encoded(trigger), len([*several])) for trigger, several in groupby(triggers)]
    parts = {
        "v": _encoded(variant),
        "b": _encoded(beside),
        "t": ",".join(f"{name}*{times}" if times > 1 else name for name, times in steps),
    }
    return "&".join(f"{key}={value}" for key, value in parts.items() if value)


def _encoded(name: str) -> str:
    """Return a name as `page/address.js` writes it; what no letter is (half of a surrogate pair) by its number."""
    return "".join(
        f"~{ord(letter):x}" if "\ud800" <= letter <= "\udfff" else quote(letter, safe="").replace("~", "%7e")
        for letter in name
    )

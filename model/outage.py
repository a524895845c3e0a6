"""How many services crash: one, once; without this component they may crash again and again."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row
from model.sources import assumption


def outage(crashes: Sequence[str]) -> Component:
    """Return what lets one of the crashes happen, once.

    Examples
    --------
    >>> outage(["crash_store"]).rows
    (Row('crash_store', 'none', 'happened'),)
    """
    why = assumption("crashes stop in the end; one is enough to show what a crash does")
    return Component(
        "outage",
        states=["none", "happened"],
        initial="none",
        rows=[Row(crash, "none", "happened", reference=why) for crash in crashes],
        alphabet=set(crashes),
    )

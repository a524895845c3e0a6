"""The same system, properties and fairness for other checkers: Promela for SPIN, TLA+ for TLC, and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lifecheck.errors import InputError, did_you_mean
from lifecheck.export.as_json import as_json
from lifecheck.export.description import EXPORT_LIMIT, Description, describe
from lifecheck.export.promela import promela
from lifecheck.export.tla import tla
from lifecheck.properties import Claim, Property
from lifecheck.system import System

__all__ = ["EXPORT_LIMIT", "FORMATS", "export"]

FORMATS: Mapping[str, Callable[[Description], str]] = MappingProxyType(
    {"promela": promela, "tla": tla, "json": as_json}
)
"""What writes each format."""


def export(
    system: System, properties: Mapping[str, Property] | Iterable[Claim] = (), *, to: str, limit: int = EXPORT_LIMIT
) -> str:
    r"""Write a system, its fairness and properties of it for another checker.

    What is written are the tables that the real machines are fired into. Predicates, which are Python,
    are written out as the states in which they are true; so the system is explored first. Names that the
    other tool would not take are changed into ones that it does, with the original in a comment.

    Parameters
    ----------
    system
        The system; of its observers those are exported that some property reads.
    properties
        Properties by name, or claims.
    to
        ``promela``, ``tla`` or ``json``.
    limit
        The largest number of states to explore.

    Raises
    ------
    InputError
        If there is no such format, or the system has more states than the limit.
    LifecheckError
        If the system or a predicate cannot be used.

    Examples
    --------
    >>> from lifecheck import Component, Row, eventually
    >>> rows = [Row("switch_on", "off", "on"), Row("switch_off", "on", "off")]
    >>> lamp = Component("lamp", ["off", "on"], "off", rows, {"switch_on", "switch_off"})
    >>> text = export(System("lamp", [lamp]), {"shines": eventually(lambda s: s.lamp == "on")}, to="tla")
    >>> print(text[text.index("switch_on ==") : text.index("\\* weakly fair.\nswitch_off")])
    switch_on ==
      /\ lamp = "off" /\ lamp' = "on"
      /\ taken' = "switch_on"
    <BLANKLINE>
    <BLANKLINE>
    """
    if to not in FORMATS:
        raise InputError(f"there is no format {to!r}; " + did_you_mean(to, FORMATS))
    return FORMATS[to](describe(system, properties, limit))

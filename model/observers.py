"""Observers: they count what happened to the message and never block it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from lifecheck import Component, Row
from model.configuration import Configuration
from model.recipients import deliveries_of
from model.sources import assumption

COUNTS = ("none", "once", "again")
SEPARATOR = ", "

_COUNTED = assumption("counts, and changes nothing")
_NEXT = {"none": "once", "once": "again", "again": "again"}


def deletions() -> Component:
    """Return the observer that counts how often a copy was deleted.

    Examples
    --------
    >>> deletions().states
    ('none', 'once', 'again')
    """
    return Component(
        "deletions",
        states=COUNTS,
        initial="none",
        rows=[Row("delete", count, _NEXT[count], reference=_COUNTED) for count in COUNTS],
        alphabet={"delete"},
    )


def deliveries(configuration: Configuration) -> Component:
    """Return the observer that counts how often each recipient got a copy, or a notice in its place.

    Examples
    --------
    >>> from model import Recipients
    >>> deliveries(Configuration(recipients=Recipients.TWO)).states[:4]
    ('none, none', 'none, once', 'none, again', 'once, none')
    """
    each = deliveries_of(configuration)
    moves = [(trigger, frozenset({number})) for number, trigger in enumerate(each)]
    moves.append(("replace", frozenset(range(len(each)))))  # the notice goes to all
    combinations = list(product(COUNTS, repeat=len(each)))
    return Component(
        "deliveries",
        states=[SEPARATOR.join(counts) for counts in combinations],
        initial=SEPARATOR.join(["none"] * len(each)),
        rows=[
            Row(trigger, SEPARATOR.join(counts), _counted(counts, served), reference=_COUNTED)
            for trigger, served in moves
            for counts in combinations
        ],
        alphabet={trigger for trigger, _ in moves},
    )


def _counted(counts: Sequence[str], served: frozenset[int]) -> str:
    return SEPARATOR.join(_NEXT[count] if number in served else count for number, count in enumerate(counts))

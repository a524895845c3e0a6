"""The pictures that a written page holds: those of whole systems, and those around each state as far as they have room.

Nobody lays out a graph there. So those are written that are asked for most, each as the served page would show it.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Any
from zlib import compress

from lifecheck.browser.feed import LIFECYCLE, SEQUENCE, Feed
from lifecheck.browser.surroundings import AROUND, PARTS, PROJECTED
from lifecheck.errors import LifecheckError

MOST_LETTERS = 1_200_000
"""How long the SVG of all pictures of a page together may be; packed it takes about a tenth."""

_LEAST = 1_000
"""As how many letters a picture counts at least, that cannot be drawn too: thousands of them take their time."""

STEPS = (2, 1, 3)
"""How far is looked around a state, what is asked for most first."""

OFFERED = {PROJECTED: "each", AROUND: "default", PARTS: "default"}
"""Which components can be shown: by default all that are no observers, or also each of all alone."""


def pictures_offered(feed: Feed) -> dict[str, Any]:
    """Return what a page may be asked to draw, as a feed describes what it can."""
    drawn = [kind for kind in feed.describe()["can"]["pictures"] if kind != SEQUENCE]
    return {"pictures": [*drawn, SEQUENCE], "shown": OFFERED, "steps": sorted(STEPS)}


def written_pictures(feed: Feed, variant: str, order: Sequence[int], most: int) -> dict[str, str]:
    """Return the pictures of a variant by their kind, each kind packed as text.

    Parameters
    ----------
    feed
        What draws.
    variant
        Of which variant.
    order
        The places in the order in which the page numbers them.
    most
        How many letters of SVG there may be. What is asked for least and around what is furthest is left out.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> feed = Feed({"hall": System("hall", [lamp])}, render=lambda dot: "<svg></svg>")
    >>> list(written_pictures(feed, "hall", [0], 100_000)), list(written_pictures(feed, "hall", [0], 0))
    (['lifecycle', 'projected', 'parts', 'around'], [])
    """
    found: dict[str, dict[str, Any]] = {}
    for kind, key, number, given in _wanted(feed, variant, order):
        if most <= 0:
            break
        picture = _drawn(feed, variant, kind, order, given)
        most -= max(len(picture.get("svg", "")), _LEAST)
        kept = found.setdefault(kind, {})
        if number is None:
            kept[key] = picture
        else:
            kept.setdefault(key, []).append(picture)
    return {kind: _packed(pictures) for kind, pictures in found.items()}


def _wanted(feed: Feed, variant: str, order: Sequence[int]) -> Iterator[tuple[str, str, int | None, dict[str, Any]]]:
    """Yield what is drawn, what is asked for most first: its kind, by what it is found, the number of its state."""
    described = feed.describe()
    if LIFECYCLE not in described["can"]["pictures"]:  # nothing renders it here
        return
    yield from ((kind, "", None, {}) for kind in (LIFECYCLE, PROJECTED, PARTS))
    for steps in STEPS[:1]:
        yield from (
            (AROUND, str(steps), number, {"state": place, "steps": steps}) for number, place in enumerate(order)
        )
    for part in described["variants"][variant]["components"]:
        yield PROJECTED, f"={part['name']}", None, {"shown": [part["name"]]}
    for steps in STEPS[1:]:
        yield from (
            (AROUND, str(steps), number, {"state": place, "steps": steps}) for number, place in enumerate(order)
        )


def _drawn(feed: Feed, variant: str, kind: str, order: Sequence[int], given: dict[str, Any]) -> dict[str, Any]:
    try:
        if kind in (PROJECTED, PARTS):
            picture = feed.picture_for_all(variant, kind, **given)
            return picture | {"boxes_of": [picture["boxes_of"].get(place) for place in order]}
        return feed.picture(variant, kind, **given)
    except LifecheckError as error:  # too large to be read: the page says why in its place
        return {"error": " ".join(str(error).split())}


def _packed(data: object) -> str:
    return b64encode(compress(json.dumps(data, separators=(",", ":")).encode(), 9)).decode()

"""Where a row comes from: the article, other public documentation, or our own assumption."""

from __future__ import annotations

ARTICLE = "KB883522"


def article(place: str) -> str:
    """Cite the article by section and step.

    Examples
    --------
    >>> article("Cause, step 3")
    'article: KB883522, Cause, step 3'
    """
    return f"article: {ARTICLE}, {place}"


def documented(where: str) -> str:
    """Cite other public documentation.

    Examples
    --------
    >>> documented("KB 321757")
    'documented: KB 321757'
    """
    return f"documented: {where}"


def assumption(why: str, place: str = "") -> str:
    """Mark what no public source says, with the reason for assuming it.

    Parameters
    ----------
    why
        The reason.
    place
        The place of the article that the assumption fills in, if there is one.

    Examples
    --------
    >>> assumption("the local retry interval is not documented")
    'assumption: the local retry interval is not documented'
    >>> assumption("how it works is not described", "Resolution, files")
    'assumption: how it works is not described (KB883522, Resolution, files)'
    """
    return f"assumption: {why} ({ARTICLE}, {place})" if place else f"assumption: {why}"


def place_in_article(reference: str) -> str | None:
    """Return the place of the article that a reference cites, or fills in.

    Examples
    --------
    >>> place_in_article(article("Cause, step 3")), place_in_article(documented("KB 321757"))
    ('Cause, step 3', None)
    >>> place_in_article(assumption("how it works is not described", "Resolution, files"))
    'Resolution, files'
    """
    _, cited, place = reference.partition(f"{ARTICLE}, ")
    return place.removesuffix(")") if cited else None

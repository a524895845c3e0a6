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


def assumption(why: str) -> str:
    """Mark what no public source says, with the reason for assuming it.

    Examples
    --------
    >>> assumption("the local retry interval is not documented")
    'assumption: the local retry interval is not documented'
    """
    return f"assumption: {why}"

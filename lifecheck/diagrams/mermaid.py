"""Writes Mermaid: text that GitHub renders as it is, and labels that no name can break out of."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck.diagrams.dot import (
    INK,
    LANE,
    LANE_BORDER,
    PAPER,
    SECOND,
    SECOND_PAPER,
    SHARED,
    SHARED_PAPER,
    STRIKING,
    STRIKING_PAPER,
)
from lifecheck.diagrams.text import mermaid_text

CLASSES = (
    f"classDef lane fill:{LANE},stroke:{LANE_BORDER},color:{INK}",
    f"classDef frame fill:{STRIKING_PAPER},stroke:{STRIKING},color:{INK},stroke-width:2px",
    "classDef start fill:#808080,stroke:#808080",  # it lies on the page itself, light or dark
    f"classDef state fill:{PAPER},stroke:{INK},color:{INK}",
    f"classDef final fill:{PAPER},stroke:{INK},color:{INK},stroke-width:4px",
    f"classDef event fill:{LANE},stroke:{LANE},color:{INK}",
    f"classDef shared fill:{SHARED_PAPER},stroke:{SHARED},color:{INK}",
    f"classDef second fill:{SECOND_PAPER},stroke:{SECOND},color:{INK},stroke-width:3px,stroke-dasharray:8 3",
    f"classDef striking fill:{STRIKING_PAPER},stroke:{STRIKING},color:{INK},stroke-width:3px",
)
"""Every fill is opaque and every text dark, so that pictures read on a light and on a dark page."""


def flowchart(direction: str, title: str, description: str, statements: Iterable[str]) -> str:
    """Return a whole flowchart; the direction is ``TB``, from top to bottom, or ``LR``.

    Examples
    --------
    >>> print(flowchart("TB", "A door", "It opens.", ["n0 --> n1"]).splitlines()[1])
        accTitle: A door
    """
    return document(f"flowchart {direction}", title, description, [*statements, *CLASSES])


def document(kind: str, title: str, description: str, statements: Iterable[str]) -> str:
    """Return a whole Mermaid text with LF line ends and a trailing one."""
    head = (f"accTitle: {mermaid_text(title)}", f"accDescr: {mermaid_text(description)}")
    return "\n".join([kind, *(f"    {line}" for line in (*head, *statements))]) + "\n"


def section(name: str, title: str, kind: str, statements: Iterable[str]) -> list[str]:
    """Return a subgraph of a flowchart.

    Examples
    --------
    >>> section("lane0", "Queue", "lane", ["n0"])
    ['subgraph lane0["Queue"]', '    n0', 'end', 'class lane0 lane']
    """
    return [
        f"subgraph {name}[{label([title])}]",
        *(f"    {line}" for line in statements),
        "end",
        f"class {name} {kind}",
    ]


def label(texts: Iterable[str]) -> str:
    """Return a quoted label, one text a line.

    Examples
    --------
    >>> label(["open", "close"])
    '"open<br/>close"'
    """
    return f'"{"<br/>".join(mermaid_text(text) for text in texts)}"'

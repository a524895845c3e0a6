"""Lets a picture be dark where its reader asks for dark pages; one file serves both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from lifecheck.diagrams import dot

DARK: Mapping[str, str] = MappingProxyType(
    {
        dot.INK: "#e8e8e8",
        dot.MUTED: "#b4b8bc",
        dot.PAPER: "#1b1e21",
        dot.LANE: "#262b30",
        dot.LANE_BORDER: "#59636d",
        dot.SHARED: "#56b4e9",
        dot.SHARED_PAPER: "#17364a",
        dot.STRIKING: "#ff8c42",
        dot.STRIKING_PAPER: "#4a2a14",
        dot.STRIKING_HATCH: "#8a5230",
        dot.SECOND: "#a0ebc4",
        dot.SECOND_PAPER: "#123c31",
        dot.THIRD: "#c9a0e8",
        dot.FOURTH: "#d6d65a",
        dot.FIFTH: "#ff9db5",
        dot.SIXTH: "#d0d0d0",
    }
)
"""What stands for each colour in the dark: as far from its ground, and from the other accents, as in the light."""


def style(svg: str) -> str:
    """Return a style sheet in which every colour that an SVG has is another one in the dark; empty if it has none.

    A picture in a page is asked for dark by the page, as a site does that lets its reader choose, or else by the
    browser. Its ground is its own, so that it can be read on any page, whichever of both it is; what knows no style
    sheets shows the light one.

    Examples
    --------
    >>> style('<rect fill="#ffffff" />')
    '@media (prefers-color-scheme: dark) { [fill="#ffffff" i] { fill: #1b1e21 } }'
    """
    used = {found.lower() for found in re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]{6})"', svg)}
    rules = [
        f'[{name}="{light.lower()}" i] {{ {name}: {dark} }}'
        for light, dark in DARK.items()
        if light.lower() in used
        for name in ("fill", "stroke")
        if re.search(f'{name}="{light}"', svg, re.IGNORECASE)
    ]
    return f"@media (prefers-color-scheme: dark) {{ {' '.join(rules)} }}" if rules else ""

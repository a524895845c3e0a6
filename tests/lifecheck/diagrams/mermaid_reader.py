"""Reads from Mermaid what it means, as far as a test needs."""

from __future__ import annotations

import re
from html import unescape


def labels(text: str) -> list[str]:
    """Return every line of every quoted label as it is shown."""
    return [
        unescape(re.sub(r"#(\d+);", r"&#\1;", line))
        for quoted in re.findall(r'"([^"]*)"', text)
        for line in quoted.split("<br/>")
    ]


def thick_links(text: str) -> list[str]:
    """Return the arrows that a `linkStyle` statement makes stand out, by its own numbering of links."""
    links = [
        f"{one} {arrow} {other}"
        for line in text.splitlines()
        for one, arrow, other in re.findall(
            r"(?=(?<![\w:])(\w+)(?:\(\( \)\):::start)? (---|-->|==>|-\.->|~~~)(?:\|\"[^\"]*\"\|)? (\w+))", line
        )
    ]
    found = re.search(r"linkStyle ([\d,]+) ", text)
    return [links[int(number)] for number in found[1].split(",")] if found else []

"""A picture as text, and its rendering."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from lifecheck.diagrams.dark import style
from lifecheck.diagrams.rendering import can_render, render
from lifecheck.diagrams.text import listed, visible
from lifecheck.errors import InputError

ENDINGS: Mapping[str, str] = {"svg": ".svg", "mermaid": ".mmd", "dot": ".dot"}
"""The formats of a picture, and how the name of a file in each ends."""


@dataclass(frozen=True)
class Diagram:
    """A picture as text; equal input gives equal text, byte by byte.

    Parameters
    ----------
    dot
        For Graphviz; empty where the SVG is written without it.
    mermaid
        For places that render Mermaid, such as GitHub.
    title
        What the picture shows.
    description
        The picture in words, for those who cannot see it.
    written
        The SVG, where no DOT is rendered for it.

    Examples
    --------
    >>> Diagram("digraph { a -> b }", "flowchart TB").digest[:12]
    '0e2fa974fba5'
    """

    dot: str
    mermaid: str
    title: str = ""
    description: str = ""
    written: str = ""

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats in which it can be had; the SVG of those without DOT is written, not rendered."""
        return tuple(name for name, has in (("svg", True), ("mermaid", self.mermaid), ("dot", self.dot)) if has)

    def text(self, form: str) -> str:
        """Return the picture in one of its formats.

        Raises
        ------
        InputError
            If it cannot be had in this format, or an SVG is rendered and pygraphviz is not installed.

        Examples
        --------
        >>> Diagram("digraph { a -> b }", "flowchart TB").text("mermaid")
        'flowchart TB'
        """
        if form not in self.formats:
            raise InputError(f"the picture {self.title!r} cannot be had as {form!r}; ask for {listed(self.formats)}")
        return self.svg() if form == "svg" else self.mermaid if form == "mermaid" else self.dot

    @property
    def digest(self) -> str:
        """The SHA-256 of the DOT, in hexadecimal digits."""
        return sha256(self.dot.encode()).hexdigest()

    def svg(self, renderer: Callable[[str], str] | None = None) -> str:
        """Return the SVG: what was written, or else the DOT rendered with Graphviz.

        It is the same on every machine that has the same version of Graphviz, whatever its fonts. The digest of
        the DOT is embedded, so that one can tell without drawing whether a rendering is up to date.

        Parameters
        ----------
        renderer
            Another Graphviz, such as one in a browser: given DOT, it returns the SVG.

        Raises
        ------
        InputError
            If pygraphviz, which carries Graphviz, is not installed.
        """
        return self.written or self._finished((renderer or render)(self.dot))

    def _repr_svg_(self) -> str | None:
        """Return what a notebook shows: the SVG, none where it cannot be rendered."""
        return self.svg() if self.written or can_render() else None

    def _repr_markdown_(self) -> str | None:
        """Return what a notebook shows where no SVG can be rendered."""
        return None if self.written or can_render() else f"```mermaid\n{self.mermaid}\n```"

    def _finished(self, rendered: str) -> str:
        """Put digest, title and description in, and take out what depends on Graphviz's version."""
        start, inside = rendered[rendered.index("<svg") :].split(">", 1)
        start = " ".join(start.split()) + ' role="img" aria-labelledby="title desc">'
        # the titles that Graphviz gives to nodes and edges are their numbers: they would pop up at the pointer
        inside = re.sub(r"<!-- [^>]* -->\n|<title>[^<]*</title>\n", "", inside)
        # what it would have pop up at the pointer stands in links that lead nowhere; SVG has titles for it
        inside = re.sub(r'<a xlink:title="([^"]*)">\n(.*?)</a>\n', r"<title>\1</title>\n\2", inside, flags=re.DOTALL)
        sheet = f"\n<style>{colours}</style>" if (colours := style(inside)) else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<!-- dot-sha256: {self.digest} -->\n"
            f"{start}\n"
            f'<title id="title">{escape(visible(self.title))}</title>\n'
            f'<desc id="desc">{escape(visible(self.description))}</desc>'
            f"{sheet}{inside.rstrip()}\n"
        )


def hash_in_svg(text: str) -> str | None:
    """Return the SHA-256 of the DOT from which an SVG was rendered, or None if it holds none.

    Examples
    --------
    >>> hash_in_svg("<svg></svg>") is None
    True
    """
    found = re.search(r"^<!-- dot-sha256: ([0-9a-f]{64}) -->$", text, re.MULTILINE)
    return found[1] if found else None

"""Renders DOT with the Graphviz that pygraphviz carries."""

from __future__ import annotations

import re

from lifecheck.diagrams.fonts import silent_fontconfig
from lifecheck.errors import InputError

_STRAIGHT = "-Gsplines=line"


def render(dot: str) -> str:
    """Return DOT as SVG, as Graphviz writes it.

    Where Graphviz finds no way for a curved line it leaves the line out; such a picture is drawn again
    with straight lines, which it always finds.

    Raises
    ------
    InputError
        If pygraphviz is not installed.
    """
    try:
        from pygraphviz import AGraph  # loads Graphviz: only where something is rendered
    except ImportError:
        raise InputError(
            'pictures are rendered by pygraphviz, which is not installed; run: pip install "lifecheck[draw]"'
        ) from None
    graph = AGraph(string=dot)
    wanted = sum(edge.attr["style"] != "invis" for edge in graph.edges())
    with silent_fontconfig():
        drawn: str = graph.draw(format="svg", prog="dot").decode()
        if lines_in(drawn) == wanted:
            return drawn
        return str(graph.draw(format="svg", prog="dot", args=_STRAIGHT).decode())


def lines_in(svg: str) -> int:
    """Return how many edges are really drawn in what Graphviz wrote.

    Examples
    --------
    >>> lines_in('<g id="edge1" class="edge"><path/></g><g id="edge2" class="edge"></g>')
    1
    """
    return len(re.findall(r'<g id="edge\d+" class="edge">(?:(?!</g>).)*?<path', svg, re.DOTALL))

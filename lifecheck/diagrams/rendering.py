"""Renders DOT with the Graphviz that pygraphviz carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lifecheck.diagrams.fonts import silent_fontconfig
from lifecheck.diagrams.label_cells import LabelCells, Style, labels_in
from lifecheck.errors import InputError

_STRAIGHT = "-Gsplines=line"


def render(dot: str) -> str:
    """Return DOT as SVG, whatever fonts the machine has.

    Graphviz places everything; the text of labels in its HTML-like form is written by `LabelCells`. Where Graphviz
    finds no way for a curved line it leaves the line out; such a picture is drawn again with straight lines, which it
    always finds.

    Raises
    ------
    InputError
        If pygraphviz is not installed, or Graphviz cannot read a name because it is so long.
    """
    try:
        from pygraphviz import AGraph, DotError  # loads Graphviz: only where something is rendered
    except ImportError:
        raise InputError(
            "SVG is rendered by pygraphviz, which is not installed; install it with pip install pygraphviz, or ask for "
            "Mermaid"
        ) from None
    try:
        graph, cells = AGraph(string=dot), LabelCells()
    except DotError:  # its reader has room for some ten thousand characters of a label
        raise InputError("Graphviz cannot read the picture; a name in it is too long to draw") from None
    wanted = sum(edge.attr["style"] != "invis" for edge in graph.edges())
    labels = labels_in(dot)
    for attributes, style in _labelled(graph):
        if attributes["label"] in labels:
            attributes["label"] = f"<{cells.made(attributes['label'], style)}>"
    with silent_fontconfig():
        drawn: str = graph.draw(format="svg", prog="dot").decode()
        if lines_in(drawn) != wanted:
            drawn = graph.draw(format="svg", prog="dot", args=_STRAIGHT).decode()
    return cells.written(drawn)


def can_render() -> bool:
    """Whether pygraphviz is there."""
    try:
        import pygraphviz  # noqa: F401 - carries Graphviz
    except ImportError:
        return False
    return True


def _labelled(graph: Any) -> Iterator[tuple[Any, Style]]:
    """Yield the attributes of whatever may carry a label, and how its text looks unless the label says otherwise."""
    colour = dict(graph.graph_attr).get("fontcolor", Style.colour)
    for part in (graph, *graph.subgraphs()):
        if "label" in part.graph_attr:
            yield part.graph_attr, Style(colour=colour)
    for part in (*graph.nodes(), *graph.edges()):
        size, colour = (part.attr[name] for name in ("fontsize", "fontcolor"))
        yield part.attr, Style(float(size or Style.size), colour or Style.colour)


def lines_in(svg: str) -> int:
    """Return how many edges are really drawn in what Graphviz wrote.

    Examples
    --------
    >>> lines_in('<g id="edge1" class="edge"><path/></g><g id="edge2" class="edge"></g>')
    1
    """
    return len(re.findall(r'<g id="edge\d+" class="edge">(?:(?!</g>).)*?<path', svg, re.DOTALL))

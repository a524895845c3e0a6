"""Writes DOT: one look for every picture, and attributes that no name can break out of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lifecheck.diagrams.text import dot_markup, dot_string, visible, wrapped

INK = "#1a1a1a"
MUTED = "#5a5a5a"
PAPER = "#ffffff"
LANE = "#f2f4f6"
LANE_BORDER = "#b8c0c8"
SHARED = "#0072B2"
SHARED_PAPER = "#deeef8"
STRIKING = "#D55E00"
STRIKING_PAPER = "#fdeadf"
STRIKING_HATCH = "#f0b48f"
SECOND = "#004d3a"
SECOND_PAPER = "#e0f3ec"
THIRD = "#7a3e9d"
FOURTH = "#5f5f00"
FIFTH = "#a0153e"
SIXTH = "#444444"
"""The accents begin with Okabe and Ito's palette, which the colour-blind can tell apart; the green is darker there, so
that who sees no blue tells it from the blue.

`dark` has the colour that stands for each where a reader asks for dark pages.
"""

FONT = "Helvetica,Arial,sans-serif"
TITLE_WIDTH = 64
NOTES_WIDTH = 110


def attributes(markup: str | None = None, /, **values: str | float) -> str:
    """Return an attribute list; `markup` is the label, in Graphviz's HTML-like form and already escaped.

    Examples
    --------
    >>> attributes("a &lt; b", shape="box", penwidth=2)
    '[label=<a &lt; b>, shape="box", penwidth="2"]'
    """
    items = [] if markup is None else [f"label=<{markup}>"]
    items += [f"{name}={dot_string(str(value))}" for name, value in values.items()]
    return f"[{', '.join(items)}]"


def lines(texts: Iterable[str]) -> str:
    """Return escaped lines, one below the other.

    Examples
    --------
    >>> lines(["open", "close"])
    'open<br/>close'
    """
    return "<br/>".join(dot_markup(text) for text in texts)


def beside(markup: Iterable[str]) -> str:
    """Return lines flush left and a little off the arrow whose label they are.

    Examples
    --------
    >>> beside(["open", "close"])
    '&#160;open&#160;<br align="left"/>&#160;close&#160;<br align="left"/>'
    """
    return "".join(f'&#160;{line}&#160;<br align="left"/>' for line in markup)


def small(markup: str, colour: str = MUTED) -> str:
    """Return markup in small print."""
    return f'<font point-size="9.5" color="{colour}">{markup}</font>'


def document(
    title: str, notes: Sequence[str], description: str, statements: Iterable[str], **graph: str | float
) -> str:
    """Return a whole DOT text.

    Parameters
    ----------
    title
        Stands above the picture.
    notes
        Sentences in small print below the title.
    description
        The picture in words; a comment in the DOT.
    statements
        Nodes, edges and clusters, one statement a line.
    **graph
        Further attributes of the graph.

    Returns
    -------
    str
        DOT with LF line ends and a trailing one.
    """
    heading = f'<font point-size="14"><b>{lines(wrapped(title, TITLE_WIDTH))}</b></font>'
    rows = [heading, *(small(lines(wrapped(note, NOTES_WIDTH))) for note in notes)]
    settings = attributes(
        _table(rows),
        labelloc="t",
        bgcolor=PAPER,
        pad=0.15,
        fontname=FONT,
        fontcolor=INK,
        **graph,
    )
    body = "\n".join(f"  {statement}" for statement in statements)
    return (
        f"// {visible(title)}\n"
        f"// {visible(description)}\n"
        "digraph {\n"
        f"  graph {settings};\n"
        f"  node {attributes(**_NODE)};\n"
        f"  edge {attributes(**_EDGE)};\n"
        f"{body}\n"
        "}\n"
    )


def _table(rows: Iterable[str]) -> str:
    cells = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    return f'<table border="0" cellborder="0" cellspacing="2" cellpadding="1">{cells}</table>'


_NODE: dict[str, str | float] = {
    "shape": "box",
    "style": "rounded,filled",
    "color": INK,
    "fillcolor": PAPER,
    "fontname": FONT,
    "fontcolor": INK,
    "fontsize": 11,
    "height": 0.3,
    "margin": "0.13,0.06",
}

_EDGE: dict[str, str | float] = {
    "color": INK,
    "fontname": FONT,
    "fontcolor": INK,
    "fontsize": 10,
    "arrowsize": 0.7,
}

INITIAL_MARKER = attributes(shape="point", style="filled", fillcolor=INK, width=0.12, height=0.12)
"""The dot from which an arrow leads to the initial state."""

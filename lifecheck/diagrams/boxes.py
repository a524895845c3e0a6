"""Draws boxes and arrows that somebody else chose: groups of states, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.text import dot_markup, visible
from lifecheck.text import counted

_MOST_TRIGGERS = 3
"""How many triggers are written at an arrow, before it says how many more there are."""

_MOST_TOLD = 12
"""How many arrows are told in words; who hears more of them has forgotten the first."""


@dataclass(frozen=True)
class Box:
    """A group of states that is drawn as one.

    Parameters
    ----------
    lines
        What stands in it.
    is_here
        Whether the reader is in it.
    leads_out
        Whether triggers lead on from it to what is not drawn.
    """

    lines: tuple[str, ...]
    is_here: bool = False
    leads_out: bool = False


@dataclass(frozen=True)
class Arrow:
    """Triggers that lead from one box to another.

    Parameters
    ----------
    source, target
        The numbers of the boxes.
    triggers
        What leads there.
    owes_nothing
        Whether all of them are the environment's.
    """

    source: int
    target: int
    triggers: tuple[str, ...]
    owes_nothing: bool = False


def boxes_diagram(title: str, notes: Sequence[str], boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Diagram:
    """Draw boxes and arrows; the box of the reader is shaded, and those that lead on are dashed.

    Parameters
    ----------
    title
        Stands above the picture.
    notes
        Sentences below the title.
    boxes, arrows
        What is drawn. A box has the id `box_id` of its number.

    Examples
    --------
    >>> boxes = [Box(("lamp: off",), is_here=True), Box(("lamp: on",))]
    >>> boxes_diagram("hall", [], boxes, [Arrow(0, 1, ("switch",))]).description
    '2 boxes, 1 arrow. Here: lamp: off. lamp: off to lamp: on: switch.'
    """
    names = [", ".join(visible(line) for line in box.lines) for box in boxes]
    parts = [f"{counted(len(boxes), 'box')}, {counted(len(arrows), 'arrow')}."]
    parts += [f"Here: {name}." for name, box in zip(names, boxes, strict=True) if box.is_here]
    parts += [
        f"{names[arrow.source]} to {names[arrow.target]}: {', '.join(_texts(arrow))}." for arrow in arrows[:_MOST_TOLD]
    ]
    parts += [f"And {counted(len(arrows) - _MOST_TOLD, 'arrow')} more."] if len(arrows) > _MOST_TOLD else []
    description = " ".join(parts)
    drawn = dot.document(title, list(notes), description, _dot(boxes, arrows), ranksep=0.3, nodesep=0.2)
    return Diagram(drawn, mermaid.flowchart("TB", title, description, _mermaid(boxes, arrows)), title, description)


def box_id(number: int) -> str:
    """Return the id of a box in the SVG.

    Examples
    --------
    >>> box_id(2)
    'box_2'
    """
    return f"box_{number}"


def _texts(arrow: Arrow) -> list[str]:
    texts = [visible(trigger) for trigger in arrow.triggers[:_MOST_TRIGGERS]]
    more = len(arrow.triggers) - len(texts)
    return [*texts, f"and {more} more"] if more else texts


def _dot(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Iterator[str]:
    for number, box in enumerate(boxes):
        look: dict[str, str | float] = {"id": box_id(number), "margin": "0.09,0.04", "fontsize": 10}
        if box.is_here:
            look |= {"fillcolor": dot.SHARED_PAPER, "color": dot.SHARED, "penwidth": 2}
        if box.leads_out:
            look["style"] = "rounded,filled,dashed"
        yield f"n{number} {dot.attributes(dot.lines(box.lines), **look)};"
    for arrow in arrows:
        look = {"style": "dotted", "arrowhead": "empty"} if arrow.owes_nothing else {}
        markup = dot.beside([dot_markup(text) for text in _texts(arrow)])
        yield f"n{arrow.source} -> n{arrow.target} {dot.attributes(markup, **look)};"


def _mermaid(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Iterator[str]:
    for number, box in enumerate(boxes):
        yield f"n{number}[{mermaid.label(list(box.lines))}]:::{'striking' if box.is_here else 'state'}"
    for arrow in arrows:
        way = "-.->" if arrow.owes_nothing else "-->"
        yield f"n{arrow.source} {way}|{mermaid.label(_texts(arrow))}| n{arrow.target}"

"""Draws a whole lifecycle: a lane for each component, top to bottom in time, and where components meet."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lifecycle_content import read_lanes
from lifecheck.diagrams.lifecycle_dot import GRAPH, lanes_as_dot
from lifecheck.diagrams.lifecycle_mermaid import (
    check_lanes,
    lanes_as_mermaid,
    lanes_description,
    lanes_graph,
    lanes_notes,
)
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import Row, System


def lifecycle_diagram(
    system: System,
    lanes: Mapping[str, str],
    *,
    title: str = "",
    highlight: Collection[Row] = (),
    mark: str = "the row that differs",
    limit: int = STATE_LIMIT,
    identified: bool = False,
) -> Diagram:
    """Draw what components of a system do over time, each in a lane of its own.

    Every move carries its trigger; where several lanes take part in a trigger, a dashed line joins their
    moves. Drawn is what can really happen: moves that fire in no reachable state of the system are left
    out, and so are rows that leave a component where it is.

    Parameters
    ----------
    system
        The system.
    lanes
        Title of each lane by the name of its component, from left to right.
    title
        Stands above the picture; without it, the system's name.
    highlight
        Rows that are to stand out.
    mark
        What is written at the rows that stand out, since colour alone would not reach everyone.
    limit
        The largest number of states to visit.
    identified
        Whether each state can be found in the SVG, by its `place_id`.

    Returns
    -------
    Diagram
        DOT, and a Mermaid flowchart.

    Raises
    ------
    InputError
        If there are no lanes, a lane names no component, or the system has more states than `limit`.

    Examples
    --------
    >>> from lifecheck import Component
    >>> door = Component("door", ["closed", "opened"], "closed", [Row("open", "closed", "opened")], {"open"})
    >>> light = Component("light", ["off", "on"], "off", [Row("open", "off", "on")], {"open"})
    >>> diagram = lifecycle_diagram(System("fridge", [door, light]), {"door": "The door", "light": "The light"})
    >>> print(diagram.description)
    The door: starts in closed; open: closed to opened. The light: starts in off; open: off to on. Together: open.
    """
    read = read_lanes(lanes_graph(system, lanes, limit), list(lanes), highlight, mark)
    check_lanes(read, f"the lifecycle of {system.name!r}")
    title = title or f"{system.name}: lifecycle"
    titles = list(lanes.values())
    description = lanes_description(read, titles)
    return Diagram(
        dot.document(
            title,
            lanes_notes(read),
            description,
            lanes_as_dot(read, titles, system.meanings, identified=identified),
            **GRAPH,
        ),
        mermaid.flowchart("LR", title, description, lanes_as_mermaid(read, titles)),
        title,
        description,
    )

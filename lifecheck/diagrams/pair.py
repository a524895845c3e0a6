"""Draws the lifecycles of two systems as one picture, in which what only one of them does stands out."""

from __future__ import annotations

from collections.abc import Mapping

from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lifecycle_content import Lanes, read_pair
from lifecheck.diagrams.lifecycle_dot import GRAPH, lanes_as_dot
from lifecheck.diagrams.lifecycle_mermaid import (
    check_lanes,
    lanes_as_mermaid,
    lanes_description,
    lanes_graph,
    lanes_notes,
)
from lifecheck.diagrams.text import visible
from lifecheck.errors import InputError
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import System


def pair_diagram(
    systems: Mapping[str, System], lanes: Mapping[str, str], *, title: str = "", limit: int = STATE_LIMIT
) -> Diagram:
    """Draw what components do in two variants of a system, each in a lane of its own.

    What both do is drawn once. A row that only one of them has stands out, thick for the first and double for the
    second, and carries the variant's name; what follows from it elsewhere carries the name alone.

    Parameters
    ----------
    systems
        The two variants by name.
    lanes
        Title of each lane by the name of its component, from left to right.
    title
        Stands above the picture; without it, the names of both.
    limit
        The largest number of states to visit of each.

    Returns
    -------
    Diagram
        DOT, and a Mermaid flowchart.

    Raises
    ------
    InputError
        If there are not two, a lane names no component of both or one that starts elsewhere in the other, or
        a system has more states than `limit`.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> def bell(*rows):
    ...     return System("bell", [Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer", "fade"})])
    >>> ring = Row("ring", "quiet", "rung")
    >>> both = {"heard": bell(ring, Row("answer", "rung", "quiet")), "deaf": bell(ring, Row("fade", "rung", "quiet"))}
    >>> print(pair_diagram(both, {"bell": "The bell"}).description)
    The bell: starts in quiet; ring: quiet to rung; answer: rung to quiet (only in heard); fade: rung to quiet \
(only in deaf).
    """
    if len(systems) != 2:
        raise InputError(f"two different variants make a pair, not {len(systems)}; name two")
    graphs = [lanes_graph(system, lanes, limit) for system in systems.values()]
    read = read_pair(graphs, list(lanes), [visible(name) for name in systems])
    _check_starts(systems, lanes)
    check_lanes(read, f"the pair {' and '.join(systems)!r}")
    title = title or f"{' and '.join(systems)}: what differs"
    titles = list(lanes.values())
    description = lanes_description(read, titles)
    meanings = {trigger: meaning for system in systems.values() for trigger, meaning in system.meanings.items()}
    return Diagram(
        dot.document(title, _notes(read, list(systems)), description, lanes_as_dot(read, titles, meanings), **GRAPH),
        mermaid.flowchart("LR", title, description, lanes_as_mermaid(read, titles)),
        title,
        description,
    )


def _check_starts(systems: Mapping[str, System], lanes: Mapping[str, str]) -> None:
    starts = [{part.name: part.initial for part in system.parts} for system in systems.values()]
    for name in lanes:
        if starts[0][name] != starts[1][name]:
            raise InputError(
                f"component {name!r} starts in {starts[0][name]!r} in one variant and in {starts[1][name]!r} in the "
                "other, so that they cannot share a lane; draw the lifecycle of each"
            )


def _notes(lanes: Lanes, names: list[str]) -> list[str]:
    marked = {move.is_second for move in lanes.moves if move.highlighted}
    looks = ("Thick arrow", "Double arrow")
    told = [f"{looks[is_second]}: a row that only {names[is_second]} has." for is_second in sorted(marked)]
    if not told:
        return [*lanes_notes(lanes), "No row that ever fires differs."]
    return [*lanes_notes(lanes), " ".join(told)]

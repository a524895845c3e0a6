"""Draws a whole lifecycle: a lane for each component, top to bottom in time, and where components meet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lanes import Lanes, read_lanes
from lifecheck.diagrams.lanes_dot import GRAPH, lanes_as_dot
from lifecheck.diagrams.text import listed
from lifecheck.errors import InputError, did_you_mean
from lifecheck.graph import STATE_LIMIT, explore
from lifecheck.row import Row
from lifecheck.system import System


def lifecycle_diagram(
    system: System,
    lanes: Mapping[str, str],
    *,
    title: str = "",
    highlight: Collection[Row] = (),
    mark: str = "the row that differs",
    limit: int = STATE_LIMIT,
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
    read = _read(system, lanes, highlight, limit)
    title = title or f"{system.name}: lifecycle"
    titles = list(lanes.values())
    description = _description(read, titles)
    return Diagram(
        dot.document(title, _notes(read), description, lanes_as_dot(read, titles, mark, system.meanings), **GRAPH),
        mermaid.flowchart("LR", title, description, _mermaid(read, titles, mark)),
        title,
        description,
    )


def _read(system: System, lanes: Mapping[str, str], highlight: Collection[Row], limit: int) -> Lanes:
    if not lanes:
        raise InputError(f"system {system.name!r}: a lifecycle needs at least one lane")
    known = [part.name for part in system.parts]
    for name in lanes:
        if name not in known:
            raise InputError(
                f"system {system.name!r} has no component {name!r} for a lane; " + did_you_mean(name, known)
            )
    graph = explore(system.with_observers(name for name in lanes), limit)
    if not graph.complete:
        raise InputError(
            f"system {system.name!r} has more than {limit:,} states; its lifecycle cannot be read from them"
        )
    return read_lanes(graph, list(lanes), highlight)


def _notes(lanes: Lanes) -> list[str]:
    first = "Read from top to bottom. Boxes are states; each arrow carries its trigger."
    if any(set(states) - lanes.leading_on(lane) for lane, states in enumerate(lanes.states)):
        first += " Double border: nothing leads on."
    if not lanes.meetings:
        return [first]
    return [first, "A dashed line joins one trigger, which all these lanes take at once or not at all."]


def _description(lanes: Lanes, titles: list[str]) -> str:
    parts = []
    for lane, (heading, component) in enumerate(zip(titles, lanes.components, strict=True)):
        moves = [
            f"{', '.join(move.triggers)}: {move.source} to {move.target}" for move in lanes.moves if move.lane == lane
        ]
        parts.append("; ".join([f"{heading}: starts in {component.initial}", *moves]) + ".")
    shared = dict.fromkeys(
        trigger
        for one, other in lanes.meetings
        for trigger in lanes.moves[one].triggers
        if trigger in lanes.moves[other].triggers
    )
    if shared:
        parts.append(f"Together: {listed(shared)}.")
    return " ".join(parts)


def _mermaid(lanes: Lanes, titles: list[str], mark: str) -> Iterator[str]:
    # an arrow between nodes of two lanes would make Mermaid forget that lanes run from top to bottom,
    # so a move says in words with whom it is made
    for lane, heading in enumerate(titles):
        inside = ["direction TB", *_mermaid_lane(lanes, titles, lane, mark)]
        yield from mermaid.section(f"lane{lane}", heading, "lane", inside)
    yield from (f"lane{left} ~~~ lane{right}" for left, right in pairwise(range(len(titles))))
    striking = [place for place, move in enumerate(lanes.moves) if move.highlighted]
    links = [2 * place + lanes.moves[place].lane + 1 for place in striking]  # each lane begins with a link of its own
    if links:
        numbers = ",".join(f"{link},{link + 1}" for link in links)
        yield f"linkStyle {numbers} stroke:{dot.STRIKING},stroke-width:3px"


def _mermaid_lane(lanes: Lanes, titles: list[str], lane: int, mark: str) -> Iterator[str]:
    nodes = {state: f"s{lane}_{number}" for number, state in enumerate(lanes.states[lane])}
    leading_on = lanes.leading_on(lane)
    for state, node in nodes.items():
        yield f"{node}({mermaid.label([state])}):::{'state' if state in leading_on else 'final'}"
    yield f"start{lane}(( )):::start --> {nodes[lanes.components[lane].initial]}"
    for number, move in enumerate(lanes.moves):
        if move.lane == lane:
            partners = [titles[other] for other in lanes.partners(number)]
            texts = [*move.triggers, *([f"with {listed(partners)}"] if partners else [])]
            texts += [mark] if move.highlighted else []
            kind = "striking" if move.highlighted else "shared" if partners else "event"
            yield f"m{number}[{mermaid.label(texts)}]:::{kind}"
            yield f"{nodes[move.source]} --- m{number} --> {nodes[move.target]}"

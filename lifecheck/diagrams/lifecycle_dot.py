"""Writes a lifecycle as DOT: lanes are clusters, and a move is a small node that carries its triggers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lifecheck.diagrams import dot
from lifecheck.diagrams.lifecycle_content import LaneMove, Lanes
from lifecheck.diagrams.lifecycle_layout import Place, Placement, placed
from lifecheck.diagrams.text import dot_markup

GRAPH: dict[str, str | float] = {"newrank": "true", "ranksep": 0.2, "nodesep": 0.3}
"""With the new ranking, nodes of different clusters can stand at one level."""


def place_id(lane: int, state: int) -> str:
    """Return by what a state is found in the SVG of a picture that is asked for so.

    Parameters
    ----------
    lane
        The number of its lane, from the left.
    state
        Its number among the states that its component declares.

    Examples
    --------
    >>> place_id(0, 2)
    'state_0_2'
    """
    return f"state_{lane}_{state}"


def lanes_as_dot(
    lanes: Lanes, titles: Sequence[str], meanings: Mapping[str, str], *, identified: bool = False
) -> list[str]:
    """Return the statements of the picture.

    Parameters
    ----------
    lanes
        What happens in each lane.
    titles
        The title of each lane.
    meanings
        One sentence for each trigger; shown where the pointer rests on a move.
    identified
        Whether each state can be found in the SVG, by its `place_id`.
    """
    placement = placed(lanes)
    nodes = _nodes(lanes)
    statements = []
    for lane, title in enumerate(titles):
        statements.append(f"subgraph cluster_{lane} {{")
        statements += [f"  {line}" for line in _lane(lanes, placement, nodes, lane, title, identified)]
        statements += [f"  {line}" for line in _moves(lanes, placement, nodes, lane, meanings)]
        statements.append("}")
    statements += _frame(lanes, placement, nodes)
    for group in placement.level_groups:
        statements.append(f"{{ rank=same; {'; '.join(nodes[number] for number in group)} }}")
    return [*statements, *_meetings(lanes, placement, nodes)]


def _nodes(lanes: Lanes) -> dict[Place, str]:
    states: list[Place] = [(lane, state) for lane, names in enumerate(lanes.states) for state in names]
    nodes = {place: f"s{number}" for number, place in enumerate(states)}
    return nodes | {number: f"m{number}" for number in range(len(lanes.moves))}


def _lane(
    lanes: Lanes, placement: Placement, nodes: Mapping[Place, str], lane: int, title: str, identified: bool
) -> Iterator[str]:
    frame = dot.attributes(
        f'<font point-size="13"><b>{dot_markup(title)}</b></font>',
        style="rounded,filled",
        color=dot.LANE_BORDER,
        fillcolor=dot.LANE,
        margin=12,
    )
    yield f"graph {frame};"
    for end in ("top", "bottom"):
        yield f"{end}{lane} {dot.attributes(shape='point', style='invis', width=0.01, height=0.01)};"
    yield f"start{lane} {dot.INITIAL_MARKER};"
    yield f"start{lane} -> {nodes[lane, lanes.components[lane].initial]} {dot.attributes(weight=8)};"
    leading_on = lanes.leading_on(lane)
    for state in lanes.states[lane]:
        looks = {} if state in leading_on else {"peripheries": "2"}
        if identified:
            looks["id"] = place_id(lane, lanes.components[lane].states.index(state))
        yield f"{nodes[lane, state]} {dot.attributes(dot.lines([state]), **looks)};"
    levels: dict[int, list[Place]] = {}
    for place in nodes:
        if (lanes.moves[place].lane if isinstance(place, int) else place[0]) == lane:
            levels.setdefault(placement.level[place], []).append(place)
    for places in levels.values():
        # edges within a level put its places into their order
        for left, right in pairwise(sorted(places, key=placement.column.__getitem__)):
            yield f"{{ rank=same; {nodes[left]} -> {nodes[right]} [style=invis] }}"


def _moves(
    lanes: Lanes, placement: Placement, nodes: Mapping[Place, str], lane: int, meanings: Mapping[str, str]
) -> Iterator[str]:
    meeting = {number for pair in lanes.meetings for number in pair}
    for number, move in enumerate(lanes.moves):
        if move.lane != lane:
            continue
        yield f"{nodes[number]} {_event(move, number in meeting, meanings)};"
        source, target = (lane, move.source), (lane, move.target)
        thick = _line(move)
        waiting = placement.level[number] - placement.level[source]
        yield f"{nodes[source]} -> {nodes[number]} {dot.attributes(dir='none', minlen=waiting, **thick)};"
        onward: dict[str, str | float] = {"constraint": "false"}
        if number not in placement.backward:
            onward = {"minlen": placement.level[target] - placement.level[number], "weight": 8}
        yield f"{nodes[number]} -> {nodes[target]} {dot.attributes(**onward, **thick)};"


def _meetings(lanes: Lanes, placement: Placement, nodes: Mapping[Place, str]) -> Iterator[str]:
    """Yield the dashed lines; a line across a lane passes through a point in it, so that it can be drawn straight."""
    drawn: set[tuple[str, str]] = set()
    for one, other in lanes.meetings:
        left, right = sorted((lanes.moves[one].lane, lanes.moves[other].lane))
        group = next(
            (number for number, group in enumerate(placement.level_groups) if {one, other} <= set(group)), None
        )
        striking = next((lanes.moves[end] for end in (one, other) if lanes.moves[end].highlighted), None)
        colour = dot.SHARED if striking is None else dot.SECOND if striking.is_second else dot.STRIKING
        stops = [nodes[one]]
        for lane in range(left + 1, right) if group is not None else ():
            point = f"p{group}_{lane}"
            looks = dot.attributes(shape="point", width=0.01, height=0.01, color=colour)
            yield f"subgraph cluster_{lane} {{ {point} {looks} }}"
            yield f"{{ rank=same; {nodes[one]}; {point} }}"
            stops.append(point)
        line = dot.attributes(
            style="dashed", dir="none", constraint="false", color=colour, penwidth=2.4 if striking else 1.4
        )
        for ends in pairwise([*stops, nodes[other]]):
            if ends not in drawn:
                drawn.add(ends)
                yield f"{ends[0]} -> {ends[1]} {line};"


def _line(move: LaneMove) -> dict[str, str | float]:
    """Return the looks of the arrows of a move: thick where it stands out, double where it is the second system's."""
    if not move.highlighted:
        return {}
    if move.is_second:
        return {"color": f"{dot.SECOND}:{dot.PAPER}:{dot.SECOND}", "penwidth": 1.6}
    return {"color": dot.STRIKING, "penwidth": 2.4}


def _event(move: LaneMove, meets: bool, meanings: Mapping[str, str]) -> str:
    """Return the attributes of the node that carries a move's triggers."""
    told = " ".join(f"{trigger}: {meanings[trigger]}" for trigger in move.triggers if trigger in meanings)
    common: dict[str, str | float] = {"fontsize": 10, "height": 0.22, "margin": "0.1,0.03"}
    if told:
        common["tooltip"] = told
    text = dot.lines(move.triggers)
    if move.highlighted:
        text = f"<b>{text}</b>"
    if move.mark:
        text += f"<br/>{dot.small(f'<b>{dot_markup(move.mark)}</b>', dot.INK)}"
    if move.highlighted and move.is_second:
        return dot.attributes(text, color=dot.SECOND, fillcolor=dot.SECOND_PAPER, penwidth=1.6, **common)
    if move.highlighted:
        return dot.attributes(text, color=dot.STRIKING, fillcolor=dot.STRIKING_PAPER, penwidth=2.4, **common)
    if meets:
        return dot.attributes(text, color=dot.SHARED, fillcolor=dot.SHARED_PAPER, **common)
    return dot.attributes(text, style="filled", color=dot.LANE, fillcolor=dot.LANE, **common)


def _frame(lanes: Lanes, placement: Placement, nodes: Mapping[Place, str]) -> Iterator[str]:
    """Yield what makes all lanes equally high and puts them into their order."""
    numbers = range(len(lanes.components))
    for end in ("top", "bottom"):
        ends = [f"{end}{lane}" for lane in numbers]
        yield f"{{ rank=same; {'; '.join(ends)} }}"
        yield from (f"{left} -> {right} [style=invis];" for left, right in pairwise(ends))
    yield from (f"top{lane} -> start{lane} [style=invis, weight=0];" for lane in numbers)
    lowest = max(nodes, key=lambda place: placement.level[place])
    yield f"{nodes[lowest]} -> bottom0 [style=invis, weight=0];"

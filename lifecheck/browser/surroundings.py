"""Pictures of the states around a place: as many steps as asked, alike ones as one, or as strongly connected parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lifecheck.browser.places import Moves, Places
from lifecheck.diagrams import Arrow, Box, box_id, boxes_diagram, visible
from lifecheck.errors import TooLargeError
from lifecheck.statespace import strongly_connected
from lifecheck.text import counted

AROUND, PROJECTED, PARTS = "around", "projected", "parts"

MOST_BOXES = 60
"""More than these cannot be read."""

MOST_ARROWS = 150
"""More than these neither; then those triggers are left out that are furthest from here."""

MOST_STATES = 5_000
"""How many states are visited for a picture of them all."""

Render = Callable[[str], str]


def surroundings(
    places: Places,
    kind: str,
    here: int,
    shown: Collection[str],
    steps: int,
    render: Render | None = None,
    *,
    for_all: bool = False,
) -> dict[str, Any]:
    """Return a picture of the states around a place, the id of the box that one is in, and what was left out.

    Parameters
    ----------
    places
        Where one came to; what is looked at is come to as well.
    kind
        `AROUND`: what lies so many steps from here. `PROJECTED`: every state, those as one that the components shown
        do not tell apart. `PARTS`: every strongly connected part as one.
    here
        The number of the place.
    shown
        The components whose states are told.
    steps
        How far to look, for `AROUND`.
    render
        Draws DOT as SVG; Graphviz, unless given.
    for_all
        Whether it is one picture for whoever comes to any of the states: none is shaded, and the answer says for each
        place in which box it is.

    Raises
    ------
    InputError
        If nobody came there.
    TooLargeError
        If every state is asked for, and there are too many.
    """
    places.locals_of(here)  # refuses a place that nobody came to
    names = [part.name for part in places.system.parts if part.name in shown]
    if kind == AROUND:
        moves = places.reached(here, most=MOST_STATES, depth=steps)
    else:
        moves = places.reached(0, most=MOST_STATES)
        if any(target not in moves for edges in moves.values() for _, target in edges):
            raise TooLargeError(
                f"there are more than {MOST_STATES:,} states, too many to draw; look at those around here"
            )
    labels = {place: dict(places.labels(place)) for place in moves}
    group = _parts(moves) if kind == PARTS else _alike(moves, labels, names)
    drawn = _nearest(moves, group, here)
    boxes = _boxes(moves, labels, group, drawn, here, names)
    arrows, dropped = _arrows(moves, group, drawn, places.system.environment)
    left_out = _left_out(places, kind, moves, group, drawn, names, dropped, steps)
    notes = [_NOTES[kind], *([left_out] if left_out else [])]
    if for_all:
        boxes = [replace(box, is_here=False) for box in boxes]
    diagram = boxes_diagram(f"{places.system.name}: {_TITLES[kind]}", notes, boxes, arrows)
    ids = {one: box_id(number) for number, one in enumerate(drawn)}
    return {
        "svg": diagram.svg(render),
        "description": f"{diagram.description} {left_out}".strip(),
        **(
            {"boxes_of": {place: ids.get(one) for place, one in group.items()}}
            if for_all
            else {"here": ids[group[here]]}
        ),
        "boxes": len(boxes),
        "left_out": left_out,
    }


_TITLES = {
    AROUND: "the states around here",
    PROJECTED: "every state, as the ticked tell them apart",
    PARTS: "its parts",
}
_NOTES = {
    AROUND: "Shaded: here. States that look alike are one box; dashed: from it triggers lead on to what is not drawn.",
    PROJECTED: "Shaded: here. States that look alike are one box, and steps within one are not drawn.",
    PARTS: "Shaded: here. A box is a part within which everything can come again; no arrow leads back.",
}


def _alike(moves: Moves, labels: Mapping[int, Mapping[str, str]], names: Sequence[str]) -> dict[int, int]:
    """Return for each place the first that looks like it."""
    first: dict[tuple[str, ...], int] = {}
    return {place: first.setdefault(tuple(labels[place][name] for name in names), place) for place in moves}


def _parts(moves: Moves) -> dict[int, int]:
    """Return for each place the first of its strongly connected part."""
    group: dict[int, int] = {}
    for part in strongly_connected(moves, lambda place: (target for _, target in moves[place])):
        group |= dict.fromkeys(part, min(part))
    return group


def _nearest(moves: Moves, group: Mapping[int, int], here: int) -> list[int]:
    """Return the groups that are drawn: the nearest to here, along arrows or against them, in order of first visit."""
    beside: dict[int, dict[int, None]] = {one: {} for one in dict.fromkeys(group.values())}
    for place, edges in moves.items():
        for _, target in edges:
            if target in group:
                beside[group[place]][group[target]] = None
                beside[group[target]][group[place]] = None
    found = {group[here]: None}
    for one in (waiting := [group[here]]):
        for other in beside[one]:
            if other not in found:
                found[other] = None
                waiting.append(other)
    return sorted(list(found)[:MOST_BOXES])


def _boxes(
    moves: Moves,
    labels: Mapping[int, Mapping[str, str]],
    group: Mapping[int, int],
    drawn: Sequence[int],
    here: int,
    names: Sequence[str],
) -> list[Box]:
    members: dict[int, list[int]] = {one: [] for one in drawn}
    for place, one in group.items():
        if one in members:
            members[one].append(place)
    boxes = []
    for one in drawn:
        same = [name for name in names if len({labels[place][name] for place in members[one]}) == 1]
        lines = [f"{name}: {labels[one][name]}" for name in same]
        if len(members[one]) > 1:
            lines.append(counted(len(members[one]), "state"))
        leads_out = any(group.get(target) not in members for place in members[one] for _, target in moves[place])
        boxes.append(Box(tuple(lines or ["1 state"]), one == group[here], leads_out))
    return boxes


def _arrows(
    moves: Moves, group: Mapping[int, int], drawn: Sequence[int], environment: Collection[str]
) -> tuple[list[Arrow], int]:
    """Return the arrows between boxes, and how many were left out because there are too many."""
    number = {one: at for at, one in enumerate(drawn)}
    found: dict[tuple[int, int], dict[str, None]] = {}
    for place, edges in moves.items():
        for trigger, target in edges:
            source, end = number.get(group[place]), number.get(group.get(target, -1))
            if source is not None and end is not None and source != end:
                found.setdefault((source, end), {})[trigger] = None
    arrows = [
        Arrow(source, end, tuple(triggers), all(trigger in environment for trigger in triggers))
        for (source, end), triggers in found.items()
    ]
    return arrows[:MOST_ARROWS], max(0, len(arrows) - MOST_ARROWS)


def _left_out(
    places: Places,
    kind: str,
    moves: Moves,
    group: Mapping[int, int],
    drawn: Sequence[int],
    names: Sequence[str],
    dropped: int,
    steps: int,
) -> str:
    hidden = [visible(part.name) for part in places.system.parts if part.name not in names]
    further = len(set(group.values())) - len(drawn)
    parts = []
    if hidden:
        parts.append(f"{counted(len(hidden), 'component')} not ticked ({', '.join(hidden)})")
    if further:
        parts.append(f"{counted(further, 'box', 'boxes')} further from here")
    if dropped:
        parts.append(counted(dropped, "arrow"))
    if kind == AROUND and any(target not in moves for edges in moves.values() for _, target in edges):
        parts.append(f"what lies more than {counted(steps, 'step')} from here")
    return f"Left out: {'; '.join(parts)}." if parts else ""

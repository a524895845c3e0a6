"""Writes what happens in lanes as Mermaid, and tells it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.lifecycle_content import LaneMove, Lanes
from lifecheck.diagrams.limits import check_size
from lifecheck.diagrams.text import listed
from lifecheck.errors import InputError, TooLargeError, did_you_mean
from lifecheck.statespace import Graph, explore
from lifecheck.system import System


def lanes_graph(system: System, lanes: Mapping[str, str], limit: int) -> Graph:
    """Explore what the lanes show of a system.

    Raises
    ------
    InputError
        If there are no lanes, or a lane names no component.
    TooLargeError
        If the system has more states than `limit`.
    """
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
        raise TooLargeError(
            f"system {system.name!r} has more than {limit:,} states, so that its lifecycle cannot be read from them; "
            "draw its components alone (--kind component), or raise the limit (--limit N)"
        )
    return graph


def check_lanes(lanes: Lanes, what: str) -> None:
    """Refuse lanes in which too much happens for a picture.

    Raises
    ------
    TooLargeError
        If there are more states or moves than can be read.
    """
    states = sum(len(names) for names in lanes.states)
    check_size(what, "name fewer components as lanes, or draw a counterexample", boxes=states, arrows=len(lanes.moves))


def lanes_notes(lanes: Lanes) -> list[str]:
    """Return what a reader must know of the picture."""
    first = "Read from top to bottom. Boxes are states; each arrow carries its trigger."
    if any(set(states) - lanes.leading_on(lane) for lane, states in enumerate(lanes.states)):
        first += " Double border: nothing leads on."
    if not lanes.meetings:
        return [first]
    return [first, "A dashed line joins one trigger, which all these lanes take at once or not at all."]


def lanes_description(lanes: Lanes, titles: Sequence[str]) -> str:
    """Return the picture in words."""
    parts = []
    for lane, (heading, component) in enumerate(zip(titles, lanes.components, strict=True)):
        moves = [
            f"{', '.join(move.triggers)}: {move.source} to {move.target}" + (f" ({move.mark})" if move.mark else "")
            for move in lanes.moves
            if move.lane == lane
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


def lanes_as_mermaid(lanes: Lanes, titles: Sequence[str]) -> Iterator[str]:
    """Yield the statements of a flowchart."""
    # an arrow between nodes of two lanes would make Mermaid forget that lanes run from top to bottom,
    # so a move says in words with whom it is made
    for lane, heading in enumerate(titles):
        inside = ["direction TB", *_lane(lanes, titles, lane)]
        yield from mermaid.section(f"lane{lane}", heading, "lane", inside)
    yield from (f"lane{left} ~~~ lane{right}" for left, right in pairwise(range(len(titles))))
    for is_second, style in ((False, f"stroke:{dot.STRIKING},stroke-width:3px"), (True, _SECOND)):
        striking = [place for place, move in enumerate(lanes.moves) if move.highlighted and move.is_second is is_second]
        links = [2 * place + lanes.moves[place].lane + 1 for place in striking]  # each lane begins with a link
        if links:
            yield f"linkStyle {','.join(f'{link},{link + 1}' for link in links)} {style}"


_SECOND = f"stroke:{dot.SECOND},stroke-width:3px,stroke-dasharray:8 3"


def _lane(lanes: Lanes, titles: Sequence[str], lane: int) -> Iterator[str]:
    nodes = {state: f"s{lane}_{number}" for number, state in enumerate(lanes.states[lane])}
    leading_on = lanes.leading_on(lane)
    for state, node in nodes.items():
        yield f"{node}({mermaid.label([state])}):::{'state' if state in leading_on else 'final'}"
    yield f"start{lane}(( )):::start --> {nodes[lanes.components[lane].initial]}"
    for number, move in enumerate(lanes.moves):
        if move.lane == lane:
            partners = [titles[other] for other in lanes.partners(number)]
            texts = [*move.triggers, *([f"with {listed(partners)}"] if partners else [])]
            texts += [move.mark] if move.mark else []
            yield f"m{number}[{mermaid.label(texts)}]:::{_kind(move, bool(partners))}"
            yield f"{nodes[move.source]} --- m{number} --> {nodes[move.target]}"


def _kind(move: LaneMove, meets: bool) -> str:
    if move.highlighted:
        return "second" if move.is_second else "striking"
    return "shared" if meets else "event"

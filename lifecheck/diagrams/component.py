"""Draws one component: its states, and its rows as arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.limits import check_size
from lifecheck.diagrams.text import dot_markup, guards, listed, mermaid_text
from lifecheck.system import Component, Row


@dataclass(frozen=True)
class _Arrow:
    """All rows that lead from one state to another."""

    source: str
    target: str
    rows: tuple[Row, ...]

    @property
    def labels(self) -> list[str]:
        return [row.trigger + guards(row) for row in self.rows]


def component_diagram(component: Component, meanings: Mapping[str, str] | None = None, *, title: str = "") -> Diagram:
    """Draw a component as its rows say.

    Rows between the same two states share an arrow, one trigger a line. A state that no row leaves has a
    double border, one to which no rows lead has a dashed one.

    Parameters
    ----------
    component
        What to draw.
    meanings
        One sentence for each trigger; shown where the pointer rests on an arrow.
    title
        Stands above the picture; without it, the component's name.

    Returns
    -------
    Diagram
        DOT, and a Mermaid state diagram.

    Raises
    ------
    TooLargeError
        If it has more states or arrows than can be read.

    Examples
    --------
    >>> door = Component("door", ["closed", "opened"], "closed", [Row("open", "closed", "opened")], {"open"})
    >>> print(component_diagram(door).description)
    Starts in closed. closed to opened: open. No row leaves opened.
    """
    arrows = _arrows(component.rows)
    instead = "draw a counterexample instead, which shows what happens in one run"
    check_size(f"component {component.name!r}", instead, boxes=len(component.states), arrows=len(arrows))
    final = [
        state for state in component.states if not any(row.source == state != row.target for row in component.rows)
    ]
    reached = _reached(component.initial, arrows)
    title = title or f"Component {component.name}"
    notes = _notes(component, final, reached)
    description = _description(component, arrows, final)
    return Diagram(
        dot.document(title, notes, description, _dot(component, arrows, final, reached, meanings or {}), ranksep=0.35),
        mermaid.document("stateDiagram-v2", title, description, _mermaid(component, arrows, final)),
        title,
        description,
    )


def _arrows(rows: Sequence[Row]) -> list[_Arrow]:
    between: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        between.setdefault((row.source, row.target), []).append(row)
    return [_Arrow(source, target, tuple(found)) for (source, target), found in between.items()]


def _reached(initial: str, arrows: Sequence[_Arrow]) -> set[str]:
    import networkx  # a heavy import, for small graphs

    graph = networkx.DiGraph((arrow.source, arrow.target) for arrow in arrows)
    graph.add_node(initial)
    return {initial, *networkx.descendants(graph, initial)}


def _notes(component: Component, final: Sequence[str], reached: set[str]) -> list[str]:
    borders = []
    if final:
        borders.append("Double border: no row leads on.")
    if len(reached) < len(component.states):
        borders.append("Dashed border: no rows lead there.")
    notes = [" ".join(borders)] if borders else []
    used = {row.trigger for row in component.rows}
    blocked = [trigger for trigger in component.triggers if trigger not in used]
    if blocked:
        notes.append(f"Always blocked, for want of a row: {listed(blocked)}.")
    return notes


def _description(component: Component, arrows: Sequence[_Arrow], final: Sequence[str]) -> str:
    parts = [f"Starts in {component.initial}."]
    parts += [f"{arrow.source} to {arrow.target}: {', '.join(arrow.labels)}." for arrow in arrows]
    if final:
        parts.append(f"No row leaves {listed(final)}.")
    return " ".join(parts)


def _dot(
    component: Component,
    arrows: Sequence[_Arrow],
    final: Sequence[str],
    reached: set[str],
    meanings: Mapping[str, str],
) -> list[str]:
    names = {state: f"n{number}" for number, state in enumerate(component.states)}
    statements = [f"start {dot.INITIAL_MARKER};", f"start -> {names[component.initial]};"]
    for state, node in names.items():
        look = {"peripheries": 2} if state in final else {}
        style = "rounded,filled" if state in reached else "rounded,filled,dashed"
        statements.append(f"{node} {dot.attributes(dot.lines([state]), style=style, **look)};")
    for arrow in arrows:
        told = [f"{row.trigger}: {meanings[row.trigger]}" for row in arrow.rows if row.trigger in meanings]
        tip = {"tooltip": " ".join(told), "labeltooltip": " ".join(told)} if told else {}
        label = dot.beside(map(dot_markup, arrow.labels))
        statements.append(f"{names[arrow.source]} -> {names[arrow.target]} {dot.attributes(label, **tip)};")
    return statements


def _mermaid(component: Component, arrows: Sequence[_Arrow], final: Sequence[str]) -> list[str]:
    names = {state: f"s{number}" for number, state in enumerate(component.states)}
    statements = [f"state {mermaid.label([state])} as {node}" for state, node in names.items()]
    statements.append(f"[*] --> {names[component.initial]}")
    for arrow in arrows:
        label = "<br/>".join(mermaid_text(text) for text in arrow.labels)
        statements.append(f"{names[arrow.source]} --> {names[arrow.target]} : {label}")
    # a state that no row leaves is marked by an arrow to the end, as UML does
    return [*statements, *(f"{names[state]} --> [*]" for state in final)]

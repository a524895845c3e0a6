"""Draws a counterexample: the run, step by step, and what of it goes on for ever."""

from __future__ import annotations

from collections.abc import Iterator

from lifecheck.checking import Result
from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.counterexample_content import CounterexampleContent, StateBox, StepArrow, read_counterexample
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.text import dot_markup, wrapped

STAYS = ("stays here for ever", "as no fair trigger is possible")
MEANING_WIDTH = 44
THICK: dict[str, str | float] = {"color": dot.STRIKING, "penwidth": 2.4}


def counterexample_diagram(result: Result, *, title: str = "") -> Diagram:
    """Draw the run that violates a property.

    A state shows the components that change on the way, in bold what the step before it changed; an arrow
    carries the number of its step, its trigger and what that means. What can go on for ever stands in a
    frame: the loop, or the set of states from which no system trigger leads to the goal.

    Parameters
    ----------
    result
        What `check` returned, with the verdict `violated`.
    title
        Stands above the picture; without it, the system's name and the property.

    Returns
    -------
    Diagram
        DOT, and a Mermaid flowchart.

    Raises
    ------
    InputError
        If there is no run to draw: the property is not violated, or it is a `sometimes`.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, eventually
    >>> rows = [Row("tick", "even", "odd"), Row("tick", "odd", "even")]
    >>> clock = System("clock", [Component("clock", ["even", "odd", "stopped"], "even", rows, {"tick"})])
    >>> def stopped(state): return state.clock == "stopped"
    >>> print(counterexample_diagram(check(clock, eventually(stopped))).description)
    Start: clock even. 1. tick: clock odd. 2. tick: clock even. Steps 1 to 2 can repeat for ever.
    """
    content = read_counterexample(result)
    title = title or f"{result.system.name}: {result.property.formula} is violated"
    return diagram_of_run(content, title)


def diagram_of_run(content: CounterexampleContent, title: str) -> Diagram:
    """Draw a run, whatever it shows."""
    note = "Boxes are states. Bold: what the step before it changed."
    description = _description(content)
    return Diagram(
        dot.document(title, [note], description, _dot(content), ranksep=0.2, nodesep=0.4),
        mermaid.flowchart("TB", title, description, _mermaid(content)),
        title,
        description,
    )


def _description(content: CounterexampleContent) -> str:
    first = ", ".join(f"{name} {state}" for name, state in content.boxes[0].lines)
    parts = [_remarked(f"Start: {first}", content.boxes[0])]
    for number, step in enumerate(content.steps, start=1):
        if not step.text.startswith(f"{number}. "):
            break  # what follows are the moves inside a closed set
        before, target = content.boxes[step.source], content.boxes[step.target]
        changes = [f"{new[0]} {new[1]}" for old, new in zip(before.lines, target.lines, strict=True) if old != new]
        parts.append(_remarked(f"{step.text}: {', '.join(changes) or 'nothing changes'}", target))
    if content.frame and content.enclosed:
        parts.append(content.frame)
    if content.stays:
        parts.append("The run " + " ".join(STAYS))
    return ". ".join(parts) + "."


def _remarked(text: str, box: StateBox) -> str:
    return f"{text}. {box.remark}" if box.remark else text


def _dot(content: CounterexampleContent) -> Iterator[str]:
    yield f"start {dot.INITIAL_MARKER};"
    for number, box in enumerate(content.boxes):
        yield f"n{number} {_box(box)};"
    yield "start -> n0;"
    if content.enclosed:
        looks = dot.attributes(
            f'<font point-size="12"><b>{dot.lines(wrapped(content.frame, MEANING_WIDTH))}</b></font>',
            style="rounded,filled",
            color=dot.STRIKING,
            fillcolor=dot.STRIKING_PAPER,
            labelloc="b",
            penwidth=1.6,
            margin=14,
        )
        members = "; ".join(
            [f"n{number}" for number in content.enclosed]
            + [f"t{number}" for number, step in enumerate(content.steps) if _is_enclosed(step, content)]
        )
        yield f"subgraph cluster_frame {{ graph {looks}; {members} }}"
    for number, step in enumerate(content.steps):
        yield from _arrow(number, step, content)
    if content.stays:
        last = len(content.boxes) - 1
        looks = dot.attributes(dot.beside(f"<b>{dot_markup(line)}</b>" for line in STAYS), style="dotted", **THICK)
        yield f"n{last} -> n{last} {looks};"


def _arrow(number: int, step: StepArrow, content: CounterexampleContent) -> Iterator[str]:
    """Yield an arrow whose words are a node on its way: so they never lie across a frame or another arrow."""
    thick = THICK if step.in_loop else {}
    if step.source == step.target:
        yield f"n{step.source} -> n{step.target} {dot.attributes(_words(step), **thick)};"
        return
    paper = dot.STRIKING_PAPER if _is_enclosed(step, content) else dot.PAPER
    yield f"t{number} {dot.attributes(_words(step), shape='plain', fontsize=10, style='filled', fillcolor=paper)};"
    if step.source < step.target:
        yield f"n{step.source} -> t{number} {dot.attributes(dir='none', **thick)};"
        yield f"t{number} -> n{step.target} {dot.attributes(weight=4, **thick)};"
        return
    half = step.source - step.target  # an arrow back up carries its words half-way
    yield f"n{step.target} -> t{number} {dot.attributes(dir='back', weight=0, minlen=half, **thick)};"
    yield f"t{number} -> n{step.source} {dot.attributes(dir='none', weight=0, **thick)};"


def _is_enclosed(step: StepArrow, content: CounterexampleContent) -> bool:
    return step.source in content.enclosed and step.target in content.enclosed and step.source != step.target


def _box(box: StateBox) -> str:
    """Return the attributes of a state's node: a table, one component a line."""
    rows = ""
    for name, state in box.lines:
        texts = [dot_markup(f"{name}:") + "&#160;", dot_markup(state)]
        cells = [f"<b>{text}</b>" if name in box.changed else text for text in texts]
        rows += "<tr>" + "".join(f'<td align="left">{cell}</td>' for cell in cells) + "</tr>"
    look: dict[str, str | float] = {"margin": "0.08,0.04"}
    if box.remark:
        rows += f'<tr><td colspan="2"><b>{dot_markup(box.remark)}</b></td></tr>'
        look |= {"color": dot.STRIKING, "penwidth": 2.4, "peripheries": 2}
    table = f'<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{rows}</table>'
    return dot.attributes(table, **look)


def _words(step: StepArrow) -> str:
    meaning = [dot.small(dot_markup(line)) for line in wrapped(step.meaning, MEANING_WIDTH)] if step.meaning else []
    return "<br/>".join([f"<b>{dot_markup(step.text)}</b>", *meaning])


def _mermaid(content: CounterexampleContent) -> Iterator[str]:
    for number, box in enumerate(content.boxes):
        texts = [f"{'▸ ' if name in box.changed else ''}{name}: {state}" for name, state in box.lines]
        kind = "striking" if box.remark else "state"
        yield f"n{number}[{mermaid.label([*texts, *([box.remark] if box.remark else [])])}]:::{kind}"
    yield "start(( )):::start --> n0"
    if content.enclosed:
        yield from mermaid.section("around", content.frame, "frame", (f"n{number}" for number in content.enclosed))
    for step in content.steps:
        arrow = "==>" if step.in_loop else "-->"
        yield f"n{step.source} {arrow}|{mermaid.label([step.text])}| n{step.target}"
    if content.stays:
        last = len(content.boxes) - 1
        yield f"n{last} -.->|{mermaid.label(STAYS)}| n{last}"
    thick = [str(number) for number, step in enumerate(content.steps, start=1) if step.in_loop]
    if thick:
        yield f"linkStyle {','.join(thick)} stroke:{dot.STRIKING},stroke-width:3px"

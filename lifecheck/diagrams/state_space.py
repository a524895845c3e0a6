"""Draws the state space of a system, and in it where a property is at stake and how it is violated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lifecheck.checking import Result
from lifecheck.diagrams import dot, mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.limits import check_size
from lifecheck.diagrams.state_space_content import MARKS, StateSpaceContent
from lifecheck.diagrams.text import dot_markup, visible
from lifecheck.errors import TooLargeError
from lifecheck.statespace import Staying, explore
from lifecheck.text import counted

PICTURE_LIMIT = 40
"""More states than this cannot be read on a page."""

STEM: dict[str, str | float] = {"penwidth": 2.6, "style": "dashed", "color": dot.INK}
LOOP: dict[str, str | float] = {"penwidth": 2.8, "color": dot.STRIKING}
OUTSIDE: dict[str, str | float] = {"style": "dotted", "arrowhead": "empty"}


def state_space_diagram(
    result: Result, components: Sequence[str] | None = None, *, title: str = "", limit: int = PICTURE_LIMIT
) -> Diagram:
    """Draw every reachable state of a system and every transition between them.

    A box says what the arrows into it change, and the first box everything; the whole state is the title of its box,
    which shows where the pointer rests (Mermaid has no titles, and writes whole states). The states where the
    property is at stake are shaded: where its obligation is open, or it is violated. The way of the counterexample is
    thick, its stem dashed and its loop solid, with the numbers of its steps. Each state says whether a run may stay
    there for ever, or only fairness leads on.

    Parameters
    ----------
    result
        What `check` returned.
    components
        The components whose states are written, where they suffice to tell all states apart; others that are
        needed are added. Without it, all that ever change. The titles have all.
    title
        Stands above the picture; without it, the system's name and the property.
    limit
        The largest number of states to draw.

    Returns
    -------
    Diagram
        DOT, and a Mermaid flowchart.

    Raises
    ------
    TooLargeError
        If the system has more states than `limit`, or more arrows than can be read; says what to draw instead.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, eventually
    >>> rows = [Row("tick", "even", "odd"), Row("tick", "odd", "even")]
    >>> clock = System("clock", [Component("clock", ["even", "odd", "stopped"], "even", rows, {"tick"})])
    >>> def stopped(state): return state.clock == "stopped"
    >>> print(state_space_diagram(check(clock, eventually(stopped))).description)
    2 states, 2 transitions. Shaded: stopped is still owed, in 2 states. The stem is empty; the loop: tick, tick. \
Only fairness leads on from 2 states.
    """
    graph = explore(result.system, limit)
    if not graph.complete:
        raise TooLargeError(
            f"system {result.system.name!r} has more than {limit} states, too many for a picture of them all; draw "
            "its lifecycle or a counterexample instead"
        )
    content = StateSpaceContent(graph, result, tuple(components or ()))
    check_size(f"the state space of {result.system.name!r}", "draw its lifecycle instead", arrows=len(content.arrows))
    title = title or f"{result.system.name}: {result.property.formula}"
    description = _description(content)
    return Diagram(
        dot.document(title, _notes(content), description, _dot(content), ranksep=0.25, nodesep=0.25),
        mermaid.flowchart("TB", title, description, _mermaid(content)),
        title,
        description,
    )


def _notes(content: StateSpaceContent) -> list[str]:
    """What a reader must know of the looks that occur."""
    looks = {look for _, _, look in content.arrows}
    notes = ["A box is a state: the first says what each component does, the others what changes on the way there."]
    if content.region:
        notes[0] += f" Shaded, with a thick border: {content.shade}."
    ways = []
    if "stem" in looks:
        ways.append("Thick and dashed: the stem.")
    if content.stays is not None:
        ways.append("Thick arrow to itself: there it stays.")
    if "loop" in looks:
        ways.append("Thick: the loop, which can repeat for ever.")
    if "environment" in looks:
        ways.append("Dotted: the environment's, which owes nothing.")
    notes += [" ".join(ways)] if ways else []
    marks = []
    if Staying.WEAK in content.stayings:
        marks.append(f"{MARKS[Staying.WEAK]} needs weak fairness to be left.")
    if Staying.STRONG in content.stayings:
        marks.append(f"{MARKS[Staying.STRONG]} needs strong fairness.")
    if Staying.ALLOWED in content.stayings:
        marks.append("Double border: a run may stay here for ever.")
    return [*notes, " ".join(marks)]


def _description(content: StateSpaceContent) -> str:
    """The picture in words."""
    count, transitions = len(content.graph), content.graph.transitions
    parts = [f"{counted(count, 'state')}, {counted(transitions, 'transition')}."]
    parts.append(f"Shaded: {visible(content.shade)}, in {counted(len(content.region), 'state')}.")
    evidence = content.result.evidence
    if evidence is not None:
        stem = ", ".join(visible(trigger) for trigger in evidence.stem)
        told = f"The stem: {stem}" if stem else "The stem is empty"
        if evidence.loop:
            told += f"; the loop: {', '.join(visible(trigger) for trigger in evidence.loop)}"
        elif evidence.loop == ():
            told += "; there the run stays for ever"
        parts.append(told + ".")
    for staying, words in ((Staying.WEAK, "Only fairness"), (Staying.STRONG, "Only strong fairness")):
        if staying in content.stayings:
            parts.append(f"{words} leads on from {counted(content.stayings.count(staying), 'state')}.")
    return " ".join(parts)


def _dot(content: StateSpaceContent) -> Iterator[str]:
    yield f"start {dot.INITIAL_MARKER};"
    yield "start -> n0;"
    for state in range(len(content.graph)):
        yield f"n{state} {_box(content, state)};"
    looks: Mapping[str, dict[str, str | float]] = {"loop": LOOP, "stem": STEM, "environment": OUTSIDE, "system": {}}
    for (source, target, look), texts in content.arrows.items():
        thick = look in ("loop", "stem")  # its head is broad: the words stand further off
        markup = [f"&#160;<b>{dot_markup(text)}</b>" if thick else dot_markup(text) for text in texts]
        weight: dict[str, str | float] = {"weight": 4} if thick else {}
        yield f"n{source} -> n{target} {dot.attributes(dot.beside(markup), **looks[look], **weight)};"
    if content.stays is not None:
        label = dot.beside(["<b>stays here for ever</b>"])
        yield f"n{content.stays} -> n{content.stays} {dot.attributes(label, **LOOP)};"


def _box(content: StateSpaceContent, state: int) -> str:
    rows = "".join(
        f'<tr><td align="left">{dot_markup(name)}:&#160;</td><td align="left">{dot_markup(local)}</td></tr>'
        for name, local in content.lines(state)
    )
    staying = content.stayings[state]
    if staying in MARKS:
        rows += f'<tr><td colspan="2">{MARKS[staying]}</td></tr>'
    look: dict[str, str | float] = {"margin": "0.09,0.04", "fontsize": 10, "tooltip": content.title(state)}
    if staying is Staying.ALLOWED:
        look["peripheries"] = 2
    if state in content.region:
        look |= {"fillcolor": dot.STRIKING_PAPER, "color": dot.STRIKING, "penwidth": 2}
    table = f'<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{rows}</table>'
    return dot.attributes(table, **look)


def _mermaid(content: StateSpaceContent) -> Iterator[str]:
    for state in range(len(content.graph)):
        texts = [f"{name}: {local}" for name, local in content.lines(state, whole=True)]
        staying = content.stayings[state]
        texts += [MARKS[staying]] if staying in MARKS else []
        kind = "striking" if state in content.region else "final" if staying is Staying.ALLOWED else "state"
        opening, closing = ("[[", "]]") if staying is Staying.ALLOWED else ("[", "]")
        yield f"n{state}{opening}{mermaid.label(texts)}{closing}:::{kind}"
    yield "start(( )):::start --> n0"
    arrows = {"loop": "==>", "stem": "==>", "environment": "-.->", "system": "-->"}
    for (source, target, look), texts in content.arrows.items():
        yield f"n{source} {arrows[look]}|{mermaid.label(texts)}| n{target}"
    if content.stays is not None:
        yield f"n{content.stays} ==>|{mermaid.label(['stays here for ever'])}| n{content.stays}"
    links = [look for _, _, look in content.arrows] + ["loop"] * (content.stays is not None)
    for wanted, style in (("loop", f"stroke:{dot.STRIKING},stroke-width:3px"), ("stem", "stroke-dasharray:7 4")):
        numbers = [str(number) for number, look in enumerate(links, start=1) if look == wanted]
        if numbers:
            yield f"linkStyle {','.join(numbers)} {style}"

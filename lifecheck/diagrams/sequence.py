"""Draws a run as a sequence diagram: a lifeline for each component, time from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lifecheck.checking import KeptRun, Result
from lifecheck.diagrams import mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.sequence_content import Event, Interaction, read_kept_run, read_result, read_run
from lifecheck.diagrams.sequence_geometry import loop_text
from lifecheck.diagrams.sequence_svg import sequence_as_svg
from lifecheck.diagrams.text import mermaid_text
from lifecheck.system import State, System
from lifecheck.text import repeated_steps


def sequence_diagram(run: Result | KeptRun, lifelines: Mapping[str, str] | None = None, *, title: str = "") -> Diagram:
    """Draw who takes part in each step of a run.

    A step is an arrow between the lifelines of the components that take it together; below it stand the states
    they enter. It begins at the component that the meaning of its trigger names first. What can be repeated for
    ever stands in a loop frame.

    Parameters
    ----------
    run
        What `check` returned, violated or, for `sometimes`, reachable; or what `kept_run` found.
    lifelines
        Title of each lifeline by the name of its component, from left to right; without it, every component.
    title
        Stands above the picture; without it, the system's name and the property.

    Returns
    -------
    Diagram
        SVG, and a Mermaid sequence diagram.

    Raises
    ------
    InputError
        If there is no run to draw, or a lifeline names no component.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, leads_to
    >>> rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung", "answered"], "quiet", rows, {"ring", "give_up"})
    >>> system = System("doorbell", [bell], environment={"ring"})
    >>> result = check(system, leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "answered"))
    >>> print(sequence_diagram(result, title="Nobody answers").description)
    bell starts in quiet. 1. ring: from outside to bell; bell: rung. Here the promise is made. 2. give_up: at bell; \
bell: quiet. Steps 1 to 2 can repeat for ever.
    """
    interaction = read_kept_run(run, lifelines) if isinstance(run, KeptRun) else read_result(run, lifelines)
    return _drawn(interaction, title or f"{run.system.name}: {run.property.formula}{_outcome(run)}")


def run_diagram(
    system: System,
    taken: Sequence[str],
    states: Sequence[State],
    stem: int | None = None,
    lifelines: Mapping[str, str] | None = None,
) -> Diagram:
    """Draw any run of a system, as `sequence_diagram` draws those that decide a property.

    Parameters
    ----------
    system
        The system.
    taken
        The triggers.
    states
        The states along them, the initial one first.
    stem
        After how many of them those begin that repeat for ever; None where the run just ends.
    lifelines
        Title of each lifeline by the name of its component; without it, every component.

    Raises
    ------
    InputError
        If a lifeline names no component.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.checking import Walk
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> walk = Walk(System("hall", [lamp]))
    >>> walk.take("switch")
    >>> run_diagram(walk.system, walk.taken, walk.states).description
    'lamp starts in off. 1. switch: at lamp; lamp: on.'
    """
    return _drawn(read_run(system, taken, states, stem, lifelines), f"{system.name}: a run")


def _drawn(interaction: Interaction, title: str) -> Diagram:
    description = _description(interaction)
    return Diagram(
        "",
        mermaid.document("sequenceDiagram", title, description, _mermaid(interaction)),
        title,
        description,
        written=sequence_as_svg(interaction, title, _notes(interaction), description),
    )


def _outcome(run: Result | KeptRun) -> str:
    if isinstance(run, KeptRun):
        return " is kept"
    return " is reachable" if run.property.kind.is_reachability else " is violated"


def _notes(interaction: Interaction) -> list[str]:
    notes = [
        "Read from top to bottom. Boxes on a lifeline are states; an arrow is one step that its ends take together."
    ]
    if not all(event.owed for event in interaction.events):
        notes.append("A dashed arrow is the environment's: nothing obliges it to happen.")
    return notes


def _description(interaction: Interaction) -> str:
    titles = interaction.lifelines
    starts = ", ".join(f"{name} starts in {state}" for name, state in zip(titles, interaction.initial, strict=True))
    parts = [starts, *([interaction.remark] if interaction.remark else [])]
    for event in interaction.events:
        entered = [f"{titles[lifeline]}: {state}" for lifeline, state in event.entered]
        changes = ", ".join([*entered, *event.elsewhere]) or "nothing changes"
        parts.append(f"{event.text}: {_way(event, titles)}{changes}")
        parts += [event.remark] if event.remark else []
    if interaction.loop:
        parts.append(repeated_steps(interaction.loop.start, len(interaction.loop)))
    parts += [interaction.ending] if interaction.ending else []
    parts += interaction.closed
    return ". ".join(parts) + "."


def _way(event: Event, titles: tuple[str, ...]) -> str:
    targets = " and ".join(titles[target] for target in event.targets)
    if not event.ends:
        return ""
    if event.from_outside:
        return f"from outside to {targets}; "
    if event.source is None:
        return f"{targets} together; "
    return f"{titles[event.source]} to {targets}; " if targets else f"at {titles[event.source]}; "


def _mermaid(interaction: Interaction) -> Iterator[str]:
    outside = any(event.from_outside and event.ends for event in interaction.events)
    if outside:
        yield "actor outside as outside"
    for number, title in enumerate(interaction.lifelines):
        yield f"participant p{number} as {mermaid_text(title)}"
    last = len(interaction.lifelines) - 1
    across = f"p0,p{last}" if last else "p0"
    if interaction.remark:
        yield f"Note over {across}: {mermaid_text(interaction.remark)}"
    for number, event in enumerate(interaction.events):
        if interaction.loop and number == interaction.loop[0]:
            yield f"loop {loop_text(interaction)}"
        inside = number in interaction.loop
        yield from (("    " if inside else "") + line for line in _mermaid_event(event, interaction.lifelines, across))
        if interaction.loop and number == interaction.loop[-1]:
            yield "end"
    if interaction.ending:
        yield f"Note over {across}: {mermaid_text(interaction.ending)}"
    if interaction.closed:
        yield f"Note over {across}: {'<br/>'.join(mermaid_text(line) for line in interaction.closed)}"


def _mermaid_event(event: Event, titles: tuple[str, ...], across: str) -> Iterator[str]:
    changes = [f"{titles[lifeline]}: {state}" for lifeline, state in event.entered] + list(event.elsewhere)
    label = "<br/>".join(mermaid_text(text) for text in (event.text, *changes))
    arrow = "->>" if event.owed else "-->>"
    if not event.ends:
        yield f"Note over {across}: {label}"
    elif event.from_outside:
        for target in event.targets:
            yield f"outside{arrow}p{target}: {label}"
            label = _again(event)
    elif event.source is not None:
        for target in event.targets or (event.source,):
            yield f"p{event.source}{arrow}p{target}: {label}"
            label = _again(event)
    else:
        first, *others = event.targets
        for target in others:
            yield f"p{first}{'->' if event.owed else '-->'}p{target}: {label}"
            label = _again(event)
    if event.remark:
        yield f"Note over {across}: {mermaid_text(event.remark)}"


def _again(event: Event) -> str:
    return f"{mermaid_text(event.text)} (the same step)"

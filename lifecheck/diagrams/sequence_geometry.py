"""How much room the parts of a sequence diagram take."""

from __future__ import annotations

from itertools import pairwise

from lifecheck.diagrams.sequence_content import Event, Interaction
from lifecheck.diagrams.svg import MARGIN, NOTE_SIZE, TEXT_SIZE, width_of
from lifecheck.diagrams.text import wrapped
from lifecheck.text import repeated_steps

LINE = 16.0
BOX = 22.0
HEAD = 30.0
GAP = 14.0
SELF = 26.0  # how far an arrow to its own lifeline reaches out
MEANING_WIDTH = 30
CLOSED_WIDTH = 84
OUTSIDE = 56.0  # how long an arrow from outside is
SMALLEST_STEP = 150.0
PADDING = 12.0


def words_of(event: Event) -> list[tuple[str, bool]]:
    """Return the lines above an arrow, and which of them are bold."""
    lines = [(event.text, True)]
    lines += [(line, False) for line in (wrapped(event.meaning, MEANING_WIDTH) if event.meaning else [])]
    return lines + [(text, False) for text in event.elsewhere]


def width_of_step(event: Event) -> float:
    """Return how wide the lines above an arrow are."""
    return max(width_of(text, TEXT_SIZE if bold else NOTE_SIZE, bold=bold) for text, bold in words_of(event))


def places_of(interaction: Interaction) -> list[float]:
    """Return where each lifeline stands: as near as titles, states and words allow."""
    boxes = [width_of(title, bold=True) + 2 * PADDING for title in interaction.lifelines]
    for event in interaction.events:
        for lifeline, state in event.entered:
            boxes[lifeline] = max(boxes[lifeline], width_of(state) + 2 * PADDING)
    for lifeline, state in enumerate(interaction.initial):
        boxes[lifeline] = max(boxes[lifeline], width_of(state) + 2 * PADDING)
    steps = [max((one + other) / 2 + PADDING, SMALLEST_STEP) for one, other in pairwise(boxes)]
    left = boxes[0] / 2 + MARGIN + PADDING
    for event in interaction.events:
        ends, needed = event.ends, width_of_step(event) + 2 * PADDING
        if event.from_outside and ends and ends[0] == 0:
            left = max(left, OUTSIDE + MARGIN)
        if len(ends) > 1:
            between = range(ends[0], ends[-1])
            lacking = needed - sum(steps[gap] for gap in between)
            for gap in between:
                steps[gap] += max(lacking, 0) / len(between)
        elif ends and ends[0] < len(steps):
            steps[ends[0]] = max(steps[ends[0]], needed + SELF)
    places = [left]
    for step in steps:
        places.append(places[-1] + step)
    return places


def reach_of(interaction: Interaction) -> float:
    """Return how far the picture goes beyond the last lifeline."""
    last = len(interaction.lifelines) - 1
    texts = [interaction.lifelines[last], interaction.initial[last]]
    texts += [state for event in interaction.events for lifeline, state in event.entered if lifeline == last]
    reach = max(width_of(text, bold=True) for text in texts) / 2 + 2 * PADDING
    for event in interaction.events:
        if event.ends == (last,):
            reach = max(reach, SELF + width_of_step(event) + 3 * PADDING)
    return reach


def texts_across(interaction: Interaction) -> list[str]:
    """Return the texts that stand across the lifelines."""
    texts = [event.remark for event in interaction.events] + [interaction.remark, interaction.ending]
    texts += [text for event in interaction.events if not event.ends for text, _ in words_of(event)]
    texts += [text for text, _ in closed_lines(interaction)]
    return [text for text in texts if text] + (["loop" + 6 * " " + loop_text(interaction)] if interaction.loop else [])


def closed_lines(interaction: Interaction) -> list[tuple[str, bool]]:
    """Return the lines about a closed set, and which of them are bold: what it is, and then its states."""
    heading = [(line, True) for text in interaction.closed[:1] for line in wrapped(text, CLOSED_WIDTH - 20)]
    return heading + [(line, False) for text in interaction.closed[1:] for line in wrapped(text, CLOSED_WIDTH)]


def loop_text(interaction: Interaction) -> str:
    """Return what is written at the frame of the loop."""
    return repeated_steps(interaction.loop.start, len(interaction.loop)).lower()


def height_of(event: Event) -> float:
    """Return how much of the page a step takes, the gap below it included."""
    words = len(words_of(event)) * LINE
    return (
        words
        + 4
        + (6 if event.ends else 0)
        + (BOX + 2 if event.entered else 0)
        + (BOX + 6 if event.remark else 0)
        + GAP
    )

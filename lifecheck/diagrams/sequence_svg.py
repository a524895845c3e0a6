"""Writes a sequence diagram as SVG: lifelines, numbered arrows, the states entered, and a frame around the loop."""

from __future__ import annotations

from lifecheck.diagrams.dot import INK, LANE, LANE_BORDER, MUTED, PAPER, STRIKING, STRIKING_PAPER
from lifecheck.diagrams.sequence_content import Event, Interaction
from lifecheck.diagrams.sequence_geometry import (
    BOX,
    GAP,
    HEAD,
    LINE,
    OUTSIDE,
    PADDING,
    SELF,
    closed_lines,
    height_of,
    loop_text,
    places_of,
    reach_of,
    texts_across,
    width_of_step,
    words_of,
)
from lifecheck.diagrams.svg import MARGIN, NOTE_SIZE, TEXT_SIZE, Drawing, document, heading, heading_width, width_of


def sequence_as_svg(interaction: Interaction, title: str, notes: list[str], description: str) -> str:
    """Return the SVG of a run."""
    places = places_of(interaction)
    widest = max([width_of(text, bold=True) for text in texts_across(interaction)], default=0) + 2 * PADDING
    right = max([places[-1] + reach_of(interaction), places[0] + widest], default=0)
    width = max(right + MARGIN, heading_width(title))
    drawing = Drawing()
    top = heading(drawing, width, title, notes)
    steps = _Steps(interaction, places, drawing, width)
    bottom = steps.measure(top)
    steps.frame()
    for x in places:
        drawing.line([(x, top + HEAD), (x, bottom)], stroke=LANE_BORDER, stroke_width=1.5)
    steps.draw(top)
    return document(drawing, width, bottom + MARGIN, title, description)


class _Steps:
    """The steps from top to bottom: measured first, so that frame and lifelines lie below what they cross."""

    def __init__(self, interaction: Interaction, places: list[float], drawing: Drawing, width: float) -> None:
        self.interaction = interaction
        self.places = places
        self.drawing = drawing
        self.left, self.right = MARGIN / 2 + 2, width - MARGIN / 2 - 2
        self.tops: list[float] = []
        self.loop_top = self.loop_bottom = 0.0

    def measure(self, top: float) -> float:
        """Find where each step begins, and return where the last one ends."""
        y = top + HEAD + 4 + BOX + GAP + (BOX + GAP if self.interaction.remark else 0)
        loop = self.interaction.loop
        for number, event in enumerate(self.interaction.events):
            if loop and number == loop[0]:
                self.loop_top = y
                y += BOX + GAP
            self.tops.append(y)
            y += height_of(event)
            if loop and number == loop[-1]:
                self.loop_bottom = y
                y += GAP
        y += BOX + GAP if self.interaction.ending else 0
        return y + (len(closed_lines(self.interaction)) * LINE + 2 * GAP if self.interaction.closed else 0)

    def frame(self) -> None:
        """Draw the frame around what can be repeated."""
        if not self.interaction.loop:
            return
        self.drawing.shape(
            "rect",
            x=self.left,
            y=self.loop_top,
            width=self.right - self.left,
            height=self.loop_bottom - self.loop_top,
            rx=6,
            fill=STRIKING_PAPER,
            stroke=STRIKING,
            stroke_width=2,
        )

    def draw(self, top: float) -> None:
        """Draw everything that lies above lifelines and frame."""
        shown = self.interaction
        for x, title, state in zip(self.places, shown.lifelines, shown.initial, strict=True):
            half = width_of(title, bold=True) / 2 + PADDING
            self.drawing.shape(
                "rect", x=x - half, y=top, width=2 * half, height=HEAD, rx=3, fill=LANE, stroke=LANE_BORDER
            )
            self.drawing.text(x, top + HEAD / 2 + 5, title, bold=True)
            self._state(x, top + HEAD + 4, state)
        if shown.remark:
            self._note(top + HEAD + 4 + BOX + GAP / 2, shown.remark)
        if shown.loop:
            self._tag()
        for event, y in zip(shown.events, self.tops, strict=True):
            self._event(event, y)
        if shown.ending:
            last = self.tops[-1] + height_of(shown.events[-1]) if self.tops else top + HEAD + 4 + BOX + GAP
            last += GAP if shown.loop else 0
            self._note(last, shown.ending)
            self._closed(last + BOX + GAP / 2)

    def _closed(self, y: float) -> None:
        """Write what can still happen where what is wanted can not, in a frame like that of a loop."""
        lines = closed_lines(self.interaction)
        if not lines:
            return
        half = max(width_of(text, bold=bold) for text, bold in lines) / 2 + PADDING
        x = self._between(half)
        look: dict[str, str | float] = {"rx": 6, "fill": STRIKING_PAPER, "stroke": STRIKING, "stroke_width": 2}
        self.drawing.shape("rect", x=x - half, y=y, width=2 * half, height=len(lines) * LINE + GAP, **look)
        for number, (text, bold) in enumerate(lines):
            self.drawing.text(x - half + PADDING, y + 19 + number * LINE, text, bold=bold, anchor="start")

    def _tag(self) -> None:
        x, y, right = self.left, self.loop_top, self.left + width_of("loop", bold=True) + 2 * PADDING
        corner = [(x, y), (right, y), (right, y + BOX - 8), (right - 8, y + BOX), (x, y + BOX), (x, y)]
        self.drawing.line(corner, fill=PAPER, stroke=STRIKING, stroke_width=2)
        self.drawing.text(x + PADDING, y + 15.5, "loop", bold=True, anchor="start")
        told = loop_text(self.interaction)
        self.drawing.shape(
            "rect", x=right + 2, y=y + 2, width=width_of(told, bold=True) + 8, height=BOX - 4, fill=STRIKING_PAPER
        )
        self.drawing.text(right + PADDING / 2, y + 15.5, told, bold=True, anchor="start")

    def _event(self, event: Event, y: float) -> None:
        paper = STRIKING_PAPER if self.tops.index(y) in self.interaction.loop else PAPER
        ends = event.ends
        xs = [self.places[end] for end in ends]
        if not ends:
            middle, anchor = self._between(width_of_step(event) / 2 + PADDING), "middle"
        elif len(ends) == 1:
            middle, anchor = xs[0] + PADDING + (0 if event.from_outside else SELF), "start"
        else:
            middle, anchor = (xs[0] + xs[-1]) / 2, "middle"
        y = self._write(event, middle, y, paper, anchor) + 4
        if ends:
            self._arrow(event, xs, y)
            y += 6
        for lifeline, state in event.entered:
            self._state(self.places[lifeline], y, state)
        if event.entered:
            y += BOX + 2
        if event.remark:
            self._note(y + 2, event.remark)

    def _arrow(self, event: Event, xs: list[float], y: float) -> None:
        look: dict[str, str | float] = {"stroke_width": 1.8, "stroke_dasharray": "" if event.owed else "6 4"}
        if event.from_outside:
            start = xs[0] - OUTSIDE
            self.drawing.shape("circle", cx=start, cy=y, r=4.5, fill=INK)
            self.drawing.line([(start, y), (xs[-1], y)], **look)
            for x in xs:
                self._head(x, y, 1)
        elif len(xs) == 1:
            above = y - SELF
            self.drawing.line([(xs[0], above), (xs[0] + SELF, above), (xs[0] + SELF, y), (xs[0], y)], **look)
            self._head(xs[0], y, -1)
        else:
            self.drawing.line([(xs[0], y), (xs[-1], y)], **look)
            begin = None if event.source is None else self.places[event.source]
            for x in xs:
                if begin is None or x == begin:
                    self.drawing.shape("circle", cx=x, cy=y, r=3, fill=INK)
                else:
                    self._head(x, y, 1 if x > begin else -1)

    def _head(self, x: float, y: float, way: int) -> None:
        self.drawing.line([(x - 9 * way, y - 5), (x, y), (x - 9 * way, y + 5), (x - 9 * way, y - 5)], fill=INK)

    def _state(self, x: float, y: float, state: str) -> None:
        half = width_of(state) / 2 + PADDING - 2
        self.drawing.shape("rect", x=x - half, y=y, width=2 * half, height=BOX, rx=9, fill=PAPER, stroke=INK)
        self.drawing.text(x, y + 15.5, state)

    def _note(self, y: float, text: str) -> None:
        half = width_of(text, bold=True) / 2 + PADDING
        x = self._between(half)
        self.drawing.shape(
            "rect", x=x - half, y=y, width=2 * half, height=BOX, fill=PAPER, stroke=STRIKING, stroke_width=2.4
        )
        self.drawing.text(x, y + 15.5, text, bold=True)

    def _between(self, half: float) -> float:
        """Return where the middle of something stands that is so wide to both sides: between the lifelines."""
        middle = (self.places[0] + self.places[-1]) / 2
        return min(max(middle, self.left + half + 4), self.right - half - 4)

    def _write(self, event: Event, x: float, y: float, paper: str, anchor: str) -> float:
        """Write the lines of a step on a ground of their own, so that no lifeline runs through them."""
        lines, wide = words_of(event), width_of_step(event)
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        border: dict[str, str | float] = {"rx": 6}
        if not event.ends:  # it happens beside the lifelines: a box of its own
            border |= {"stroke": INK, "stroke_dasharray": "" if event.owed else "6 4"}
        self.drawing.shape(
            "rect", x=left - 5, y=y - 1, width=wide + 10, height=len(lines) * LINE + 2, fill=paper, **border
        )
        for text, bold in lines:
            size, ink = (TEXT_SIZE, INK) if bold else (NOTE_SIZE, MUTED)
            self.drawing.text(x, y + 12, text, size=size, bold=bold, anchor=anchor, fill=ink)
            y += LINE
        return y

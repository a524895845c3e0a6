"""Reads from an SVG where its texts and lines are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree

from lifecheck.diagrams.svg import width_of

SVG = "{http://www.w3.org/2000/svg}"
SLACK = 0.5


@dataclass(frozen=True)
class Box:
    """The room that a text takes at most."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > SLACK
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left - SLACK < other.left
            and other.right < self.right + SLACK
            and self.top - SLACK < other.top
            and other.bottom < self.bottom + SLACK
        )


def boxes(svg: str) -> list[Box]:
    """Return the room of each text, in the widest font that is to be expected."""
    return [_box(element) for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def _box(element: ElementTree.Element) -> Box:
    x, y, size = (float(element.get(name, "")) for name in ("x", "y", "font-size"))
    text = element.text or ""
    wide = width_of(text, size, bold=element.get("font-weight") == "bold")
    before = {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    if "rotate(-90" in element.get("transform", ""):
        return Box(text, x - 0.75 * size, y + before - wide, x + 0.2 * size, y + before)
    return Box(text, x - before, y - 0.75 * size, x - before + wide, y + 0.2 * size)


def overlapping(svg: str) -> list[tuple[str, str]]:
    """Return the pairs of texts that overlap."""
    return [(one.text, other.text) for one, other in combinations(boxes(svg), 2) if one.overlaps(other)]


def outside(svg: str) -> list[str]:
    """Return the texts that leave the picture."""
    root = ElementTree.fromstring(svg)
    width, height = (float(root.get(name, "").removesuffix("pt")) for name in ("width", "height"))
    # Graphviz counts from a point of its own
    moved = re.search(r'<g id="graph0" [^>]*translate\(([-\d.]+) ([-\d.]+)\)', svg)
    left, top = (-float(moved[1]), -float(moved[2])) if moved else (0.0, 0.0)
    page = Box("", left, top, left + width, top + height)
    return [box.text for box in boxes(svg) if not page.holds(box)]


def bursting(svg: str) -> list[str]:
    """Return the texts that leave the node whose label they are, in what Graphviz laid out."""
    found = []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        outlines = [box for part in group.iter() for box in _extent(part)]
        if group.get("class") == "node" and outlines:
            found += [box.text for text in group.iter(f"{SVG}text") if not outlines[0].holds(box := _box(text))]
    return found


def struck_through(svg: str) -> list[str]:
    """Return the texts that a level line, which has no ground below the text to hide it, runs through."""
    found = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}polyline"):
        points = [tuple(map(float, point.split(","))) for point in element.get("points", "").split()]
        level = [(min(a[0], b[0]), max(a[0], b[0]), a[1]) for a, b in pairwise(points) if a[1] == b[1]]
        for left, right, y in level:
            found += [
                box.text
                for box in boxes(svg)
                if box.top + SLACK < y < box.bottom - SLACK and left < box.right and right > box.left
                if element.get("fill") == "none"
            ]
    return found


def shown(svg: str) -> list[str]:
    """Return every text of a picture."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def stroked(svg: str, colour: str) -> int:
    """Return how many shapes have a border of this colour."""
    return len(re.findall(f'stroke="{colour}"', svg))


def contrasts(svg: str) -> dict[str, float]:
    """Return for each text the contrast with what it stands on."""
    grounds: list[tuple[Box, str]] = []
    found = {}
    for element in ElementTree.fromstring(svg).iter():
        fill = element.get("fill", "none")
        if element.tag == f"{SVG}text":
            box = _box(element)
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            below = [
                other for ground, other in grounds if ground.left < x < ground.right and ground.top < y < ground.bottom
            ]
            found[box.text] = contrast(fill, below[-1])
        elif fill.startswith("#"):  # a pattern lets the ground shine through
            grounds += [(box, fill) for box in _extent(element)]
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_lightness(one), _lightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _extent(element: ElementTree.Element) -> list[Box]:
    """Return the room of a shape."""
    if element.tag == f"{SVG}rect":
        x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        return [Box("", x, y, x + width, y + height)]
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", element.get("d") or element.get("points", ""))]
    return [Box("", min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]))] if numbers else []


def _lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

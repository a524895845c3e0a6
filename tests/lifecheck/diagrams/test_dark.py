"""A picture can be read on dark pages as on light ones, and its accents told apart by the colour-blind, in both."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from lifecheck.diagrams import dot
from lifecheck.diagrams.dark import DARK, style
from tests.lifecheck.diagrams.svg_reader import contrast, contrasts

DOCS = Path(__file__).parents[3] / "docs"
COMMITTED = [
    *sorted(DOCS.glob("diagrams/*.svg")),
    *sorted(DOCS.glob("lessons/pictures/*.svg")),
    DOCS / "benchmarks.svg",
]
COLOUR = re.compile(r'(fill|stroke)="(#[0-9a-fA-F]{6})"')
DARK_BY_LOWER = {light.lower(): dark for light, dark in DARK.items()}

ACCENTS = (dot.SHARED, dot.STRIKING, dot.SECOND)

# what red, green and blue (linear) become for those who lack one kind of cone: Machado, Oliveira and Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, for a severity of 1
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def darkened(svg: str) -> str:
    """Return a picture as a browser shows it in the dark, by the rules of its own style sheet."""
    rules = dict(re.findall(r'\[((?:fill|stroke)="#[0-9a-f]{6}") i\] \{ (?:fill|stroke): (#[0-9a-f]{6}) \}', svg))

    def colour(found: re.Match[str]) -> str:
        return f'{found[1]}="{rules.get(found[0].lower(), found[2])}"'

    return COLOUR.sub(colour, svg)


def as_seen(colour: str, deficiency: str) -> tuple[float, float, float]:
    """Return lightness and the two axes of colour (CIE 1976 L*a*b*) as somebody sees them."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    seen = [min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in DEFICIENCIES[deficiency]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        _root(sum(a * b for a, b in zip(row, seen, strict=True)) / full)
        for row, full in zip(to_xyz, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def difference(one: str, other: str, deficiency: str) -> float:
    places = zip(as_seen(one, deficiency), as_seen(other, deficiency), strict=True)
    return sum((a - b) ** 2 for a, b in places) ** 0.5


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_no_colour_of_a_picture_stays_light_in_the_dark(path: Path) -> None:
    svg = path.read_text()
    light = {found[2].lower() for found in COLOUR.finditer(svg)}
    assert light <= set(DARK_BY_LOWER)
    assert {found[2] for found in COLOUR.finditer(darkened(svg))} == {DARK_BY_LOWER[colour] for colour in light}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_every_text_can_be_told_from_its_ground_in_the_dark(path: Path) -> None:
    """WCAG 2.2, 1.4.3, asks for 4.5."""
    found = contrasts(darkened(path.read_text()))
    assert {text: ratio for text, ratio in found.items() if ratio < 4.5} == {}


def test_lines_can_be_told_from_the_grounds_on_which_they_are_drawn() -> None:
    """WCAG 2.2, 1.4.11, asks for 3."""
    for line in (dot.INK, *ACCENTS, dot.THIRD, dot.FOURTH, dot.FIFTH, dot.SIXTH):
        for ground in (dot.PAPER, dot.LANE):
            assert contrast(line, ground) > 3, (line, ground)
            assert contrast(DARK[line], DARK[ground]) > 3, (line, ground)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_accents_are_told_apart_whatever_cones_somebody_lacks(deficiency: str) -> None:
    for one, other in combinations(ACCENTS, 2):
        assert difference(one, other, deficiency) > 20, (one, other)
        assert difference(DARK[one], DARK[other], deficiency) > 20, (one, other)


def test_colours_that_are_confused_are_noticed() -> None:
    assert difference("#a0522d", "#556b2f", "none") > 40 > 25 > difference("#a0522d", "#556b2f", "protanopia")
    assert difference("#000000", "#ffffff", "tritanopia") == pytest.approx(100, abs=0.1)


def test_a_picture_without_colours_of_ours_has_no_style_sheet() -> None:
    assert style('<path fill="none" stroke="black"/>') == ""

"""In no picture does text overlap, leave the page or its box, is struck through or faint, in whichever font."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifecheck import Judgement, verify
from lifecheck.checking.kept_run import kept_run
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.matrix import matrix_diagram
from lifecheck.diagrams.sequence import sequence_diagram
from lifecheck.diagrams.svg import width_of
from model import VARIANTS
from properties import CLAIMS
from tests import needs
from tests.lifecheck.diagrams.hostile import NAMES, hostile_system
from tests.lifecheck.diagrams.svg_reader import boxes, bursting, contrasts, outside, overlapping, struck_through

DOCS = Path(__file__).parents[3] / "docs"
LIFELINES = {"queue": "SMTP queue", "store": "Information Store", "scanner": "VSAPI scanner", "sender": "Sender"}
CHOSEN = ("unpatched", "unpatched-expiry", "bouncing", "patched-lost-again", "patched-crashes-again-strong")


@pytest.fixture(scope="module")
def judgements() -> tuple[Judgement, ...]:
    return verify({name: VARIANTS[name] for name in CHOSEN}, CLAIMS)


def sequences(judgements: tuple[Judgement, ...]) -> Iterator[Diagram]:
    for judgement in judgements:
        if judgement.is_counterexample:
            yield sequence_diagram(judgement.result, LIFELINES)
            yield sequence_diagram(judgement.result)
            yield sequence_diagram(judgement.result, {"sender": "S"})
        elif judgement.claim.asked.kind.is_liveness:
            run = kept_run(VARIANTS[judgement.variant], judgement.claim.asked)
            if run is not None:
                yield sequence_diagram(run, LIFELINES, title=NAMES[4] * 9)


def faults(svg: str) -> list[object]:
    return [*overlapping(svg), *outside(svg), *struck_through(svg), *bursting(svg)]


COMMITTED = [path for folder in ("diagrams", "lessons/pictures") for path in sorted((DOCS / folder).glob("*.svg"))]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_no_committed_picture_has_such_a_fault(path: Path) -> None:
    assert faults(path.read_text()) == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_every_text_can_be_told_from_its_ground(path: Path) -> None:
    """WCAG 2.2, 1.4.3, asks for 4.5."""
    assert {text: ratio for text, ratio in contrasts(path.read_text()).items() if ratio < 4.5} == {}


def test_no_picture_that_graphviz_lays_out_has_such_a_fault_whatever_its_names() -> None:
    needs.package("pygraphviz")
    system = hostile_system()
    lanes = {component.name: NAMES[4] for component in system.components}
    for diagram in (component_diagram(system.components[0], system.meanings), lifecycle_diagram(system, lanes)):
        assert faults(diagram.svg()) == []


@pytest.mark.long
def test_no_sequence_diagram_has_such_a_fault(judgements: tuple[Judgement, ...]) -> None:
    drawn = list(sequences(judgements))
    assert len(drawn) > 40
    assert [(diagram.title, faults(diagram.svg())) for diagram in drawn if faults(diagram.svg())] == []


def test_no_matrix_has_such_a_fault(judgements: tuple[Judgement, ...]) -> None:
    assert faults(matrix_diagram(judgements).svg()) == []
    several = [
        Judgement(f"{name}{number}", judgement.claim, judgement.result, judgement.verdict)
        for judgement in judgements
        for number in range(5)
        for name in CHOSEN
    ]
    assert faults(matrix_diagram(several, title=NAMES[5] * 20).svg()) == []


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="12" {more}>{words}</text>'


def page(*elements: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{"".join(elements)}</svg>'


def test_what_overlaps_is_noticed() -> None:
    assert overlapping(page(text(20, 20, "above"), text(30, 25, "below"))) == [("above", "below")]
    assert overlapping(page(text(20, 20, "above"), text(20, 40, "below"))) == []
    turned = 'transform="rotate(-90 25 60)"'
    assert overlapping(page(text(20, 40, "level"), text(25, 60, "turned", turned))) == [("level", "turned")]


def test_what_leaves_the_page_is_noticed() -> None:
    assert outside(page(text(190, 20, "too far right"), text(20, 20, "within"))) == ["too far right"]
    assert outside(page(text(20, 5, "too high"))) == ["too high"]


def test_what_leaves_its_box_is_noticed() -> None:
    box = '<g class="node"><path d="M10,-10C10,-10 60,-10 60,-10L60,-40 10,-40"/>'
    assert bursting(page(f"{box}{text(12, -20, 'fits')}</g>")) == []
    assert bursting(page(f"{box}{text(12, -20, 'does not fit')}</g>")) == ["does not fit"]


def test_what_is_too_faint_is_noticed() -> None:
    grounds = '<rect width="200" height="100" fill="#ffffff"/><rect y="50" width="200" height="50" fill="#D55E00"/>'
    found = contrasts(page(grounds, text(20, 80, "tag", 'fill="#ffffff"'), text(20, 30, "ink", 'fill="#000000"')))
    assert {name: round(ratio, 1) for name, ratio in found.items()} == {"tag": 3.9, "ink": 21.0}


def test_what_is_struck_through_is_noticed() -> None:
    line = '<polyline points="0,18 100,18" fill="none"/>'
    assert struck_through(page(text(20, 20, "deleted"), text(20, 50, "kept"), line)) == ["deleted"]


# as a browser measures them in DejaVu Sans, the widest sans-serif font in common use, at 1000 pixels
REGULAR = {
    "queue_file: present": 9612,
    "MMMM": 3451,
    "delivering": 4970,
    "1. accept_infected_message": 14191,
    "The scanner finds the": 10852,
    "0123456789": 6362,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ": 17472,
    "abcdefghijklmnopqrstuvwxyz": 14646,
}
BOLD = {
    "queue_file: present": 10857,
    "MMMM": 3980,
    "delivering": 5673,
    "1. accept_infected_message": 15769,
    "The scanner finds the": 12207,
    "0123456789": 6958,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ": 19627,
    "abcdefghijklmnopqrstuvwxyz": 16539,
}


@pytest.mark.parametrize(("widths", "weight"), [(REGULAR, "normal"), (BOLD, "bold")], ids=["regular", "bold"])
def test_a_text_has_at_least_the_room_that_it_takes_in_a_wide_font(widths: dict[str, int], weight: str) -> None:
    for words, width in widths.items():
        (box,) = boxes(page(text(0, 20, words, f'font-weight="{weight}"')))
        assert width <= 1000 / 12 * (box.right - box.left) < 1.25 * width, words


def test_a_sign_above_a_letter_takes_no_room_and_signs_as_wide_as_high_do() -> None:
    assert width_of("e\u0301") == width_of("e")
    assert width_of("日") > width_of("W")


def test_a_title_of_one_long_word_widens_the_page() -> None:
    long = "no" * 70
    run = kept_run(VARIANTS["patched"], CLAIMS[0].asked)
    assert run is not None
    assert faults(sequence_diagram(run, {"store": "Store"}, title=long).svg()) == []
    assert faults(matrix_diagram(verify({"patched": VARIANTS["patched"]}, CLAIMS[:1]), title=long).svg()) == []

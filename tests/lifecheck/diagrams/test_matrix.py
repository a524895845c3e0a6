"""The table of verdicts as a picture: every verdict in its place, as a sign and a word, and a legend."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lifecheck import Claim, InputError, Judgement, Role, Verdict, never, sometimes, verify
from lifecheck.diagrams.matrix import MOST_WITH_WORDS, SIGNS, matrix_diagram
from lifecheck.diagrams.matrix_svg import GROUNDS, MEANINGS
from model import VARIANTS
from properties import CLAIMS
from tests.lifecheck.diagrams.mermaid_reader import labels
from tests.lifecheck.diagrams.svg_reader import boxes, shown
from tests.lifecheck.toys import toy

SHOWN = ("unpatched", "unpatched-expiry", "patched", "patched-expiry")
JUDGEMENTS = verify({name: VARIANTS[name] for name in SHOWN}, CLAIMS)
DARK = Claim("dark", "it stays dark", never(lambda s: s.n == "1"), expected={"lamp": Verdict.VIOLATED})
SOME = verify({"lamp": toy("0 go 1")}, [DARK])


def test_each_verdict_stands_in_its_row_and_column() -> None:
    found = boxes(matrix_diagram(JUDGEMENTS).svg())
    columns = {box.text: (box.left + box.right) / 2 for box in found if box.text in ("unpatched", "patched")}
    # two columns are called patched in their second line as well: the lower text is that of the plain variant
    drawn = [box for box in found if box.text in MEANINGS]
    assert len(drawn) == len(JUDGEMENTS)
    rows = sorted({box.top for box in drawn})
    assert len(rows) == len(CLAIMS)
    for claim, row in zip(CLAIMS, rows, strict=True):
        cells = [box.text for box in sorted(drawn, key=lambda box: box.left) if box.top == row]
        expected = [claim.wording(one.verdict) for one in JUDGEMENTS if one.claim is claim]
        assert cells == expected
    assert columns


def test_the_words_of_mermaid_are_those_of_the_table() -> None:
    cells = re.findall(r'c(\d+)_(\d+)\["([^"]*)"\]', matrix_diagram(JUDGEMENTS).mermaid)
    by_place = {(int(row), int(column)): words for row, column, words in cells}
    for number, one in enumerate(JUDGEMENTS):
        place = divmod(number, len(SHOWN))
        assert by_place[place].endswith(" " + one.claim.wording(one.verdict))


def test_the_legend_names_the_signs_that_occur_and_no_other() -> None:
    legend = [text for text in shown(matrix_diagram(JUDGEMENTS).svg()) if ": " in text]
    assert [text.partition(":")[0] for text in legend] == ["holds", "violated", "vacuous", "reachable", "unreachable"]
    assert [text for text in shown(matrix_diagram(SOME).svg()) if ": " in text] == [
        "violated: there is a counterexample"
    ]


def test_every_verdict_has_a_sign_a_ground_and_a_meaning_of_its_own() -> None:
    words = {Claim("c", "c", DARK.asked, role=role).wording(verdict) for role in Role for verdict in Verdict}
    assert words == SIGNS.keys() == GROUNDS.keys() == MEANINGS.keys()
    assert len(set(SIGNS.values())) == len(words)
    several = [
        replace(SOME[0], claim=replace(DARK, role=role, expected={"lamp": verdict}), verdict=verdict)
        for role in Role
        for verdict in Verdict
    ]
    texts = shown(matrix_diagram(several).svg())
    assert words <= set(texts)
    assert "?" in texts


def test_no_verdict_is_told_by_colour_alone() -> None:
    signs = {}
    for word in MEANINGS:
        role = Role.OBSERVATION if "reach" in word else Role.REQUIREMENT
        claim = Claim("c", "c", DARK.asked, role=role)
        verdict = next(verdict for verdict in Verdict if claim.wording(verdict) == word)
        names = [f"v{number}" for number in range(MOST_WITH_WORDS + 1)]
        claim = replace(claim, expected=dict.fromkeys(names, verdict))
        svg = matrix_diagram([Judgement(name, claim, SOME[0].result, verdict) for name in names]).svg()
        assert word not in shown(svg)  # the legend's text begins with it, but no cell holds it
        legend = svg[svg.rindex("<rect") :]
        question = "?" if ">?<" in legend else ""
        signs[word] = question + re.sub(r'(?:fill|stroke|y|cy|points)="[^"]*"|<text.*', "", legend)
        signs[word] += str(legend.count("polyline")) + str(len(re.findall(r"[\d.]+,[\d.]+", legend)))
        signs[word] += "hollow" if 'fill="none"' in legend else "full"
    assert len(set(signs.values())) == len(MEANINGS)


def test_many_columns_have_signs_alone_turned_names_and_no_mermaid() -> None:
    judgements = verify(dict(list(VARIANTS.items())[: MOST_WITH_WORDS + 1]), CLAIMS[:3])
    diagram = matrix_diagram(judgements)
    assert diagram.formats == ("svg",)
    assert "violated" not in shown(diagram.svg())
    assert diagram.svg().count("rotate(-90") == MOST_WITH_WORDS + 1
    assert "unpatched violated" in diagram.description


def test_a_verdict_that_is_not_expected_is_marked_in_words_and_by_a_border() -> None:
    surprising = replace(DARK, expected={"lamp": Verdict.HOLDS})
    judgements = verify({"lamp": toy("0 go 1")}, [surprising])
    diagram = matrix_diagram(judgements)
    assert "violated (!)" in shown(diagram.svg())
    assert "(!): not the expected verdict" in shown(diagram.svg())
    assert "✗ violated (!)" in labels(diagram.mermaid)
    assert "violated (not as expected)" in diagram.description
    expected = matrix_diagram(verify({"lamp": toy("0 go 1")}, [replace(DARK, expected={"lamp": Verdict.VIOLATED})]))
    assert "(!)" not in expected.svg() + expected.mermaid


def test_a_verdict_that_is_missing_leaves_its_place_empty() -> None:
    other = Claim("bright", "it may be bright", sometimes(lambda s: s.n == "1"), role=Role.OBSERVATION)
    judgements = [*SOME, *verify({"candle": toy("0 go 1")}, [other])]
    diagram = matrix_diagram(judgements)
    assert [text for text in shown(diagram.svg()) if text in MEANINGS] == ["violated", "reachable"]
    assert 'r0["it stays dark"] c0_0["✗ violated"] space' in diagram.mermaid
    assert diagram.description == "it stays dark: lamp violated. it may be bright: candle reachable."


def test_what_holds_everywhere_is_said_shortly() -> None:
    assert "an entry in the queue has its file: holds everywhere." in matrix_diagram(JUDGEMENTS).description


def test_observations_stand_apart() -> None:
    assert shown(matrix_diagram(JUDGEMENTS).svg()).count("Worth knowing either way") == 1
    assert "Worth knowing either way" not in shown(matrix_diagram(SOME).svg())


def test_nothing_to_show_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no verdicts to draw"):
        matrix_diagram([])

"""The recorded sample of the whole lattice is what a run gives, and what a judge that reads the rows alone gives."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from docs.generate.lattice_exceptions import as_markdown, exceptions
from docs.generate.whole_lattice import PAGE, SAMPLE, SAMPLED, grid, letters, sampled
from docs.generate.whole_lattice import RECORDED as WHOLE
from lifecheck import InputError, Verdict
from lifecheck.sweeps import LETTERS, Summary, sweep
from model import configured
from model.variants import CONFIGURATIONS
from properties import CLAIMS
from tests.cross_check import sized
from tests.properties.row_judge import RowJudge

ROOT = Path(__file__).parents[3]
RECORDED: dict[str, str] = json.loads((ROOT / SAMPLED).read_text())


def test_the_sample_is_the_one_that_is_drawn_and_has_settings_of_every_kind() -> None:
    assert [int(number) for number in RECORDED] == sampled()
    assert len(RECORDED) == SAMPLE
    assert {letter for found in RECORDED.values() for letter in found} == {"+", "-", "o"}  # none is unknown


def test_the_recorded_verdicts_are_found_anew() -> None:
    some = random.Random(sized(1, 2, 3)).sample(sampled(), sized(6, 200, SAMPLE))
    settings = [dict(grid()[number].settings) for number in some]
    found = {str(number): letters(one) for number, one in zip(some, sweep(settings=settings, jobs=1), strict=True)}
    assert found == {str(number): RECORDED[str(number)] for number in some}


def test_a_judge_that_reads_the_rows_alone_gives_the_recorded_verdicts() -> None:
    legal = [number for number in sampled() if RECORDED[str(number)]]
    for number in random.Random(sized(1, 2, 3)).sample(legal, sized(1, 20, len(legal))):
        judge = RowJudge(configured(dict(grid()[number].settings)))
        assert "".join(LETTERS[judge.verdict(claim)] for claim in CLAIMS) == RECORDED[str(number)], grid()[number]


def test_exactly_the_settings_that_contradict_themselves_have_no_verdicts() -> None:
    for number in sampled()[:: sized(40, 4, 1)]:
        try:
            configured(dict(grid()[number].settings))
        except InputError:
            assert RECORDED[str(number)] == ""
        else:
            assert len(RECORDED[str(number)]) == len(CLAIMS)


def test_a_summary_counts_what_is_recorded() -> None:
    summary = Summary(CLAIMS, {}, 0)
    assert summary.is_complete
    assert summary.as_json()["verdicts"]["can-drain"] == dict.fromkeys(["holds", "violated", "vacuous", "unknown"], 0)


@pytest.mark.parametrize(
    ("name", "named", "suggested", "exceptions_to_it", "elsewhere"),
    [
        ("nothing-vanishes", ["at-most-once", "at-most-once-crash", "patched-crash"], ["store_crashes"], 0, False),
        ("nothing-vanishes", ["at-most-once", "patched-crash"], [], 0, True),
        ("deleted-at-most-once", ["unpatched", "patched"], ["correction"], 1, True),
    ],
)
def test_exceptions_are_the_settings_that_the_named_variants_do_not_foretell(
    name: str, named: list[str], suggested: list[str], exceptions_to_it: int, elsewhere: bool
) -> None:
    over = {"correction": ["none", "report-success"], "delivery": ["acknowledge-after", "acknowledge-first"]}
    over["store_crashes"] = ["off", "on"]
    claim = next(claim for claim in CLAIMS if claim.name == name)
    summary = Summary([claim], over, 8)
    for answer in sweep(over=over, names=[name], jobs=1):
        summary.add(answer)
    known = {variant: claim.expected[variant] for variant in named}
    found = exceptions(summary, replace(claim, expected=known), CONFIGURATIONS)
    assert all(switch in one.cause.fixed for one in found.suggestions for switch in suggested)
    assert [bool(one.exceptions) for one in found.suggestions] == [bool(exceptions_to_it)] * len(suggested)
    assert bool(found.elsewhere) is elsewhere
    foretold = sum(one.met - one.exceptions for one in found.suggestions)
    assert foretold + len(found.elsewhere) == summary.counts[name][Verdict.VIOLATED]
    told = "\n".join(as_markdown(claim, found))
    assert ("it fails nowhere else" in told) is not elsewhere


def test_the_page_says_what_is_recorded_and_the_sample_is_a_part_of_it() -> None:
    data = json.loads((ROOT / WHOLE).read_text())
    page = (ROOT / PAGE).read_text()
    assert (data["settings"], len(data["digest"])) == (len(grid()), 64)
    assert f"of which {data['legal']:,} do not contradict themselves" in page
    assert f"they are {data['distinct']:,} different systems" in page
    assert f"Digest of all verdicts: `{data['digest']}`" in page
    for at, claim in enumerate(CLAIMS):
        counted = data["verdicts"][claim.name]
        assert sum(counted.values()) == data["legal"]
        numbers = " | ".join(f"{number:,}" for number in counted.values())
        assert f"| {claim.words} (`{claim.name}`) | {numbers} |" in page
        for verdict, letter in LETTERS.items():  # what was drawn is there at least as often in the whole
            drawn = sum(found[at] == letter for found in RECORDED.values() if found)
            assert drawn <= counted[str(verdict)]
            assert abs(drawn / len(list(filter(None, RECORDED.values()))) - counted[str(verdict)] / data["legal"]) < 0.1

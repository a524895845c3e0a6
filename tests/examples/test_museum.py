"""Every exhibit of the museum has its defect, which lifecheck finds, and a correction, which it shows to hold."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from docs.generate.differences import changed
from docs.generate.exhibits import EXHIBITS, MUSEUM, Exhibit, told_of
from lifecheck import Claim, Run, System, Verdict, explore, verify
from lifecheck.cli.main import main
from tests.lifecheck.naive_judge import NaiveJudge
from tests.properties.row_judge import RowJudge

BY_NAME = pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda one: one.name)

FEW = 14
"""States for which the judge that tries every set of them takes no time worth mentioning."""

EXAMPLES = MUSEUM.parents[1] / "examples"

TWO_MINUTES = 2 * 220
"""Words of English that are read in two minutes, slowly."""


def assert_found_and_corrected(defect: System, corrected: System, claim: Claim) -> None:
    """The claim is violated by a run that the real machines take, and holds, not for nothing, of the other system."""
    judged = {one.variant: one for one in verify({"defect": defect, "corrected": corrected}, [claim])}
    assert judged["defect"].verdict is Verdict.VIOLATED
    evidence = judged["defect"].result.evidence
    assert evidence is not None
    run = Run(judged["defect"].result.system)  # without the observers that the claim does not read
    turn = run.replay(evidence.stem)
    assert run.replay(evidence.loop or ()) == turn, "the loop does not close"
    assert claim.witness is not None
    assert judged["corrected"].verdict is Verdict.HOLDS


def story_on(text: str) -> str:
    """Return the story that a page shows, which is the only block that tells where a run starts."""
    return next(
        block for block in re.findall(r"^```text\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL) if "Start " in block
    )


def prose(text: str) -> str:
    """Return a page without what is generated for it, apart from the table of verdicts."""
    return re.sub(r"<!--.*?-->|^```.*?^```|<details>.*?</details>", "", text, flags=re.MULTILINE | re.DOTALL)


@BY_NAME
def test_the_defect_is_found_and_the_correction_holds(exhibit: Exhibit) -> None:
    assert_found_and_corrected(
        exhibit.systems[exhibit.defect], exhibit.systems[exhibit.corrected], exhibit.broken_claim
    )


@BY_NAME
def test_every_verdict_is_the_recorded_one_and_that_of_a_judge_of_the_rows_alone(exhibit: Exhibit) -> None:
    judges = {name: RowJudge(system) for name, system in exhibit.systems.items()}
    for name, judge in judges.items():
        assert len(judge.states) == len(explore(exhibit.systems[name])), name
    for one in verify(exhibit.systems, exhibit.claims):
        assert one.variant is not None
        assert one.expected is one.verdict, (one.variant, one.claim.name)
        assert judges[one.variant].verdict(one.claim) is one.verdict, (one.variant, one.claim.name)


def test_a_naive_judge_who_tries_every_set_of_states_says_the_same_of_small_systems() -> None:
    judged = 0
    for one in EXHIBITS:
        for name in {one.defect, one.corrected}:
            if one.systems[name].settings:
                continue  # the model of mail has judges of its own
            judge = NaiveJudge(one.systems[name])
            if len(judge.reachable) <= FEW:
                assert judge.verdict(one.broken_claim.asked) is one.broken_claim.expected[name], (one.name, name)
                judged += 1
    assert judged >= 30


@BY_NAME
def test_the_correction_is_small_and_every_trigger_is_explained(exhibit: Exhibit) -> None:
    for system in exhibit.systems.values():
        assert set(system.triggers) <= set(system.meanings)
    difference = changed(exhibit.systems[exhibit.defect], exhibit.systems[exhibit.corrected])
    assert 1 <= len([line for line in difference if line[0] in "+-"]) <= 6


@BY_NAME
def test_its_page_tells_the_story_and_is_read_in_two_minutes(exhibit: Exhibit) -> None:
    text = exhibit.page.read_text(encoding="utf-8")
    assert story_on(text).splitlines() == [line.rstrip() for line in told_of(exhibit).splitlines()]
    assert len(prose(text).split()) <= TWO_MINUTES
    assert set(re.findall(r"\]\((https://[^)]+)\)", text)) == set(exhibit.reports.values())
    assert f"](../lessons/{exhibit.lesson_page.name})" in text
    assert f"](../../examples/{exhibit.name}.py)" in text


def test_the_command_of_the_first_lines_of_each_file_judges_that_file() -> None:
    for one in EXHIBITS:
        line = f"lifecheck verify examples.{one.name}:SYSTEMS"
        assert line in str(importlib.import_module(f"examples.{one.name}").__doc__)
    for name in ("rq_started", "rfc1047"):  # one that stands for itself, and a setting of the model of mail
        result = CliRunner().invoke(main, ["verify", f"examples.{name}:SYSTEMS"])
        assert result.exit_code == 0, result.output
        assert "all as expected" in result.output


def test_every_page_of_the_museum_is_an_exhibit_that_the_index_lists() -> None:
    pages = {path.name for path in MUSEUM.glob("*.md")} - {"index.md"}
    assert pages == {one.page.name for one in EXHIBITS}
    index = (MUSEUM / "index.md").read_text(encoding="utf-8")
    rows = [line for line in index.splitlines() if line.startswith("| ") and ".md)" in line]
    assert len(rows) == len(EXHIBITS) >= 14
    for row, one in zip(rows, EXHIBITS, strict=True):
        assert all(
            part in row for part in (one.defect_class, one.software, f"]({one.page.name})", *one.reports.values())
        )


def test_the_list_of_examples_names_each_exhibit_by_its_file_and_its_title() -> None:
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for one in EXHIBITS:
        assert f"(../docs/museum/{one.page.name})" in listed or f"[`{one.name}.py`]" in listed, one.name
    for file, title, page in re.findall(
        r"^\| \[`(\w+)\.py`\]\(\1\.py\) \| \[(.+)\]\(\.\./docs/museum/(.+)\) \|$", listed, re.M
    ):
        shown = next(one for one in EXHIBITS if one.name == file).page
        assert shown.name == page
        assert shown.read_text(encoding="utf-8").startswith(f"# {title}\n")


def test_a_lesson_lists_the_exhibits_of_its_class_by_their_titles_and_not_by_what_they_promise() -> None:
    for one in EXHIBITS:
        listed = one.lesson_page.read_text(encoding="utf-8").rpartition("## Seen in the wild")[2]
        assert f"* [{one.title}](../museum/{one.page.name}) ({one.software})" in listed


def test_an_exhibit_turned_round_is_none() -> None:
    for one in EXHIBITS[:3]:
        with pytest.raises(AssertionError):
            assert_found_and_corrected(one.systems[one.corrected], one.systems[one.defect], one.broken_claim)


def test_a_correction_that_changes_nothing_is_none() -> None:
    for one in EXHIBITS[:3]:
        with pytest.raises(AssertionError):
            assert_found_and_corrected(one.systems[one.defect], one.systems[one.defect], one.broken_claim)


def test_a_correction_under_which_nothing_is_sent_any_more_is_none() -> None:
    one = next(one for one in EXHIBITS if one.name == "rabbitmq_requeue")
    defect = one.systems[one.defect]
    silent = [
        replace(part, rows=[row for row in part.rows if row.trigger != "publish"]) if part.name == "queue" else part
        for part in defect.components
    ]
    with pytest.raises(AssertionError, match="VACUOUS"):
        assert_found_and_corrected(defect, replace(defect, components=silent), one.broken_claim)

"""The verdict matrix on the site is the whole table without a script, and with one the rows and columns chosen."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from docs.site.verdicts import verdict_table
from tests.docs.site.browser import opened

ROOT = Path(__file__).parents[3]
RECORDED = (ROOT / "docs/verdicts.json").read_text()
LINES = json.loads(RECORDED)["lines"]
SIGNS = {"holds": "+", "violated": "-", "vacuous": "o", "unknown": "?"}
FEW = json.dumps({"lines": [line for line in LINES if line["variant"] in ("unpatched", "patched")]})


class Table(HTMLParser):
    """Reads the rows of the table: variant, faults and cells, and whether they are shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.shown: list[bool] = []
        self._variant, self._cell, self._hidden = "", False, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "tbody":
            self._variant, self._hidden = values["id"] or "", "hidden" in values
        elif tag == "tr" and self._variant:
            self.rows.append([self._variant])
            self.shown.append(not self._hidden and "hidden" not in values)
        if tag in ("td", "th") and self._variant:
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._variant, self._cell = "", False

    def handle_data(self, data: str) -> None:
        if self._cell and self._variant:
            self.rows[-1][-1] += data.strip()

    @property
    def lines(self) -> list[list[str]]:
        return [row for row in self.rows if len(row) > 2]

    @property
    def chosen(self) -> list[list[str]]:
        return [row for row, shown in zip(self.rows, self.shown, strict=True) if len(row) > 2 and shown]


def test_the_table_has_every_recorded_verdict() -> None:
    expected = [
        [
            line["variant"],
            " + ".join(line["faults"]) or "none",
            str(max(states for _, states in line["verdicts"].values())),
            *(SIGNS[verdict] for verdict, _ in line["verdicts"].values()),
        ]
        for line in LINES
    ]
    assert Table(verdict_table(RECORDED)).lines == expected


def test_without_a_script_nothing_is_hidden_but_the_form() -> None:
    text = verdict_table(RECORDED)
    assert re.findall(r"<[^>]* hidden>", text) == ['<form class="choose" id="choose" hidden>']
    assert "\n\n" not in text.strip()  # an empty line would end it in Markdown


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page with the lines of two variants."""
    for folder in ("docs", "_static"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "docs/site/static/verdicts.js", tmp_path / "_static")
    path = tmp_path / "docs" / "verdicts.html"
    path.write_text(f"<!doctype html><title>verdicts</title>{verdict_table(FEW)}")
    return path


def hidden_columns(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\.verdicts td:nth-child\((\d+)\)", text)}


def test_an_address_chooses_rows_and_columns(page: Path) -> None:
    text = opened(page, f"#variant=patched&fault={quote('lost-once signatures')}&property=can-drain")
    assert [row[:2] for row in Table(text).chosen] == [
        ["patched", "none"],
        ["patched", "lost-once"],
        ["patched", "signatures"],
        ["patched", "lost-once + signatures"],
    ]
    assert hidden_columns(text) == {3, *range(5, 21)}
    assert f"4 of {len(Table(verdict_table(FEW)).lines)} lines, 1 of 18 properties." in text
    assert "hidden" not in re.findall(r"<form[^>]*>", text)[0]


def test_clicks_choose_too_and_stand_in_the_address(page: Path) -> None:
    clicks = """
    document.querySelector('fieldset[name="property"] button[value="none"]').click();
    document.querySelector('input[value="clean-is-kept"]').click();
    document.querySelector('input[name="violated"]').click();
    document.title = location.hash;
    """
    page.write_text(f"{page.read_text()}<script>{clicks}</script>")
    text = opened(page)
    expected = [row for row in Table(verdict_table(FEW)).lines if row[2 + 10] == "-"]
    assert len(expected) > 10
    assert Table(text).chosen == expected
    assert "<title>#property=clean-is-kept&amp;violated=</title>" in text

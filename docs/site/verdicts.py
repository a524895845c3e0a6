"""The verdict matrix as one table on the site, of which a script lets the reader choose rows and columns.

Written without the tags that HTML lets one leave out: the table has fourteen thousand cells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Any

from docs.generate.matrix import FAULTS, MARKS
from lifecheck import Verdict
from properties import CLAIMS

SHOWN = {verdict: f"<b>{mark.strip('*')}</b>" if mark.startswith("*") else mark for verdict, mark in MARKS.items()}


def verdict_table(text: str) -> str:
    """Return the matrix, given as JSON, as HTML for a Markdown page: a form, which a script shows, and the table."""
    lines = json.loads(text)["lines"]
    names = list(lines[0]["verdicts"])
    words = {claim.name: claim.words for claim in CLAIMS}
    variants = list(dict.fromkeys(line["variant"] for line in lines))
    form = [
        '<form class="choose" id="choose" hidden>',
        _boxes("variant", "Variants", {name: name for name in variants}),
        _boxes("fault", "Further faults", {name: name for name in FAULTS}),
        '<p><label>At most <select name="most"><option>0<option>1<option selected>2</select> faults together</label>',
        '<label><input type="checkbox" name="violated"> only lines in which a chosen property is violated</label></p>',
        _boxes("property", "Properties", {name: f"{at}. {words[name]}" for at, name in enumerate(names, start=1)}),
        '<p role="status"></p>',
        "</form>",
    ]
    head = "".join(f'<th scope="col" title="{escape(words[name])}">{at}' for at, name in enumerate(names, start=1))
    table = [
        '<div class="table-wrapper verdicts" tabindex="0" role="region" aria-label="The verdict matrix">',
        '<table class="docutils">',
        f'<thead><tr><th scope="col">faults<th scope="col">states{head}</thead>',
        *_bodies(lines, names, columns=len(names) + 2),
        "</table></div>",
        '<script src="../_static/verdicts.js"></script>',
    ]
    return "\n" + "\n".join([*form, *table]) + "\n"


def _boxes(name: str, legend: str, values: dict[str, str]) -> str:
    """Return a group of boxes to tick, all ticked."""
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{value}" checked> {escape(words)}</label>\n'
        for value, words in values.items()
    )
    buttons = '<button type="button" value="all">all</button> <button type="button" value="none">none</button>'
    fields = f'<fieldset name="{name}">{buttons}\n{boxes}</fieldset>'
    return f"<details><summary>{legend} <span></span></summary>{fields}</details>"


def _bodies(lines: list[dict[str, Any]], names: list[str], columns: int) -> Iterable[str]:
    """Yield for each variant a part of the table, under its name."""
    for variant, of_it in groupby(lines, key=lambda line: line["variant"]):
        yield f'<tbody id="{variant}"><tr><th scope="rowgroup" colspan="{columns}"><span>{variant}</span>'
        for line in of_it:
            found = [line["verdicts"][name] for name in names]
            marks = "".join(f"<td>{SHOWN[Verdict(verdict)]}" for verdict, _ in found)
            yield f"<tr><th>{' + '.join(line['faults']) or 'none'}<td>{max(states for _, states in found)}{marks}"

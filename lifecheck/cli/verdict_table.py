"""Verdicts as people read them: in words, as a table on a console, and as a table of a document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from lifecheck.checking import Judgement, Result
from lifecheck.instances import ANY_NUMBER
from lifecheck.properties import Claim, Role, Verdict

_STYLES = {
    Verdict.HOLDS: "green",
    Verdict.VIOLATED: "bold red",
    Verdict.VACUOUS: "dim",
    Verdict.UNKNOWN: "bold yellow",
}


def wording(claim: Claim, verdict: Verdict) -> str:
    """Return a verdict in words; an observation is reachable or not rather than right or wrong."""
    return claim.wording(verdict)


def verdict_tables(judgements: Sequence[Judgement], variants: Sequence[str], width: int) -> list[Table]:
    """Return the table of verdicts: a line a property, a column a variant, unexpected ones marked.

    Where the variants are too many for the width, a line is a variant and a column a property, by its number, with a
    letter for each verdict, in as many tables as the width asks for; `legend` says which is which.
    """
    rows = _rows(judgements)
    if is_turned(judgements, variants, width):
        return list(_turned(rows, variants, width))
    columns = [_column_width(rows, variant) for variant in variants]
    left = width - sum(columns) - _GAP * len(columns)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("", width=max(_LEAST // 2, min(max(len(claim.words) for claim in rows), left)))
    for variant, wide in zip(variants, columns, strict=True):
        table.add_column(Text("\n".join(_header(variant))), width=wide, no_wrap=True)
    role: Role | None = None
    for claim, cells in rows.items():
        if claim.role is not role and role is not None:
            table.add_section()
        role = claim.role
        table.add_row(Text(claim.words), *(_cell(cells.get(variant)) for variant in variants))
    return [table]


MOST_VARIANTS = 6
"""Of more variants each is a line, and not a column."""

_LEAST = 24  # columns that the words of a property need beside the verdicts

_GAP = 2  # columns between two of a table

_LETTERS_WIDE = 2  # columns of a letter and its mark

LETTERS = {"holds": ".", "violated": "X", "vacuous": "-", "unknown": "?", "reachable": "r", "unreachable": "u"}
"""What stands for a verdict where a table is turned round."""


def is_turned(judgements: Sequence[Judgement], variants: Sequence[str], width: int) -> bool:
    """Whether the table of so many variants is turned round, and needs its `legend`."""
    rows = _rows(judgements)
    columns = [_column_width(rows, variant) for variant in variants]
    return len(variants) > MOST_VARIANTS or (len(variants) > 1 and width - sum(columns) - _GAP * len(columns) < _LEAST)


def legend(judgements: Sequence[Judgement]) -> list[str]:
    """Return what the numbers and letters of a table that is turned round mean."""
    rows = _rows(judgements)
    used = {wording(one.claim, one.verdict) for one in judgements}
    marks = [f"{letter} {word}" for word, letter in LETTERS.items() if word in used]
    if any(_is_surprising(one) for one in judgements):
        marks.append("! unexpected")
    return [f"{number:>3}. {claim.words}" for number, claim in enumerate(rows, 1)] + [f"  {',  '.join(marks)}"]


def _turned(rows: Mapping[Claim, Mapping[str, Judgement]], variants: Sequence[str], width: int) -> Iterator[Table]:
    numbered = list(enumerate(rows.values(), 1))
    most = max(1, (width - max(map(len, variants)) - 1) // (_LETTERS_WIDE + _GAP))
    for first in range(0, len(numbered), most):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
        table.add_column("", no_wrap=True)
        shown = numbered[first : first + most]
        for number, _ in shown:
            table.add_column(str(number), width=_LETTERS_WIDE, no_wrap=True)
        for variant in variants:
            table.add_row(Text(variant), *(_letter(cells.get(variant)) for _, cells in shown))
        yield table


def _letter(judgement: Judgement | None) -> Text:
    if judgement is None:
        return Text("")
    word = wording(judgement.claim, judgement.verdict)
    text = Text(LETTERS[word], style=_style(judgement))
    if _is_surprising(judgement):
        text.append("!", style="bold red")
    return text


def _header(variant: str) -> list[str]:
    """Return the name of a variant in lines of whole words."""
    words = variant.replace("-", " ").split()
    return textwrap.wrap(" ".join(words), max(len("unreachable"), *map(len, words)), break_on_hyphens=False)


def _column_width(rows: Mapping[Claim, Mapping[str, Judgement]], variant: str) -> int:
    cells = [_cell(found.get(variant)).cell_len for found in rows.values()]
    return max(len("unreachable"), *cells, *map(len, _header(variant)))


def _is_surprising(judgement: Judgement) -> bool:
    """Whether another verdict was expected; where none was, nothing is unexpected."""
    return judgement.expected is not None and not judgement.is_expected


def markdown_table(judgements: Sequence[Judgement], variants: Sequence[str]) -> str:
    """Return the same table as GitHub Markdown: violated in bold, unexpected verdicts marked."""
    lines = ["| | " + " | ".join(_escaped(variant) for variant in variants) + " |", "|---" * (len(variants) + 1) + "|"]
    for claim, cells in _rows(judgements).items():
        verdicts = [_markdown_cell(cells.get(variant)) for variant in variants]
        words = _escaped(claim.words) if claim.role is Role.REQUIREMENT else f"*{_escaped(claim.words)}*"
        lines.append(f"| {words} | " + " | ".join(verdicts) + " |")
    return "\n".join(lines)


def _rows(judgements: Sequence[Judgement]) -> dict[Claim, dict[str, Judgement]]:
    rows: dict[Claim, dict[str, Judgement]] = {}
    for judgement in judgements:
        rows.setdefault(judgement.claim, {})[judgement.variant] = judgement
    return rows


def _markdown_cell(judgement: Judgement | None) -> str:
    if judgement is None:
        return ""
    text = wording(judgement.claim, judgement.verdict)
    if judgement.is_counterexample:
        text = f"**{text}**"
    return f"{text} (!)" if _is_surprising(judgement) else text


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _cell(judgement: Judgement | None) -> Text:
    if judgement is None:
        return Text("")
    text = Text(wording(judgement.claim, judgement.verdict), style=_style(judgement))
    if _is_surprising(judgement):
        text.append(" (!)", style="bold red")
    return text


def _style(judgement: Judgement) -> str:
    if judgement.claim.role is Role.OBSERVATION:
        return ""
    return _STYLES[judgement.verdict]


def settings_line(settings: Mapping[str, str]) -> str:
    """Return a variant's switches in one line."""
    return ", ".join(f"{switch} {value}" for switch, value in settings.items())


def number_of_instances(result: Result) -> str:
    """Return for how many instances a verdict is, in the words of its system; nothing where it models none."""
    if result.instances == ANY_NUMBER:
        return f"any number of {result.system.instance_words}"
    if isinstance(result.instances, str):
        return f"{result.instances} {result.system.instance_words}"
    return "" if result.instances is None else result.system.counted_instances(result.instances)

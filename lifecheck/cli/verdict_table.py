"""Verdicts as people read them: in words, as a table on a console, and as a table of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from lifecheck.checking import Judgement
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


def verdict_table(judgements: Sequence[Judgement], variants: Sequence[str]) -> Table:
    """Return the table of verdicts: a line a property, a column a variant, unexpected ones marked."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("")
    for variant in variants:
        table.add_column(Text(variant.replace("-", " ")), width=len("unreachable"), overflow="fold")
    role: Role | None = None
    for claim, cells in _rows(judgements).items():
        if claim.role is not role and role is not None:
            table.add_section()
        role = claim.role
        table.add_row(Text(claim.words), *(_cell(cells.get(variant)) for variant in variants))
    return table


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
    return text if judgement.is_expected else f"{text} (!)"


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _cell(judgement: Judgement | None) -> Text:
    if judgement is None:
        return Text("")
    text = Text(wording(judgement.claim, judgement.verdict), style=_style(judgement))
    if not judgement.is_expected:
        text.append(" (!)", style="bold red")
    return text


def _style(judgement: Judgement) -> str:
    if judgement.claim.role is Role.OBSERVATION:
        return ""
    return _STYLES[judgement.verdict]


def settings_line(settings: Mapping[str, str]) -> str:
    """Return a variant's switches in one line."""
    return ", ".join(f"{switch} {value}" for switch, value in settings.items())

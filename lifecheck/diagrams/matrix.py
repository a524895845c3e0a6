"""Draws the table of verdicts: a row for each property, a column for each variant, a sign in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecheck.checking import Judgement
from lifecheck.diagrams import mermaid
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.matrix_svg import Cell, Line, matrix_as_svg
from lifecheck.diagrams.text import mermaid_text, visible, wrapped
from lifecheck.errors import InputError
from lifecheck.properties import Claim, Role

MOST_WITH_WORDS = 6
"""With more columns than this the cells have room for the sign alone, and Mermaid for nothing that can be read."""

MERMAID_WIDTH = 22


def matrix_diagram(judgements: Sequence[Judgement], *, title: str = "The verdicts") -> Diagram:
    """Draw a table of verdicts.

    A verdict is a sign, with its word where there is room, and never a colour alone; a legend says what the signs
    mean. A verdict that is not the expected one is marked.

    Parameters
    ----------
    judgements
        The verdicts; rows and columns stand in the order in which claims and variants first come.
    title
        Stands above the picture.

    Returns
    -------
    Diagram
        SVG, and where there are few columns a Mermaid block diagram.

    Raises
    ------
    InputError
        If there is nothing to show.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never, verify
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> claim = Claim("dark", "it stays dark", never(lambda s: s.lamp == "on"))
    >>> print(matrix_diagram(verify({"new": System("lamp", [lamp])}, [claim])).description)
    it stays dark: new violated (not as expected).
    """
    if not judgements:
        raise InputError("there are no verdicts to draw; name at least one property and one variant")
    variants = list(dict.fromkeys(judgement.variant for judgement in judgements))
    lines = _lines(judgements, variants)
    description = _description(lines, variants)
    in_words = len(variants) <= MOST_WITH_WORDS
    return Diagram(
        "",
        _mermaid(lines, variants, title, description) if in_words else "",
        title,
        description,
        written=matrix_as_svg(lines, variants, title, description, in_words=in_words),
    )


def _lines(judgements: Sequence[Judgement], variants: Sequence[str]) -> list[Line]:
    rows: dict[Claim, dict[str, Judgement]] = {}
    for judgement in judgements:
        rows.setdefault(judgement.claim, {})[judgement.variant] = judgement
    return [
        Line(
            visible(claim.words),
            claim.role is Role.OBSERVATION,
            tuple(_cell(found[variant]) if variant in found else None for variant in variants),
        )
        for claim, found in rows.items()
    ]


def _cell(judgement: Judgement) -> Cell:
    return Cell(judgement.claim.wording(judgement.verdict), judgement.is_expected)


def _description(lines: Sequence[Line], variants: Sequence[str]) -> str:
    """Return the table in words: for each property the variants by their verdict."""
    parts = []
    for line in lines:
        found: dict[str, list[str]] = {}
        for variant, cell in zip(variants, line.cells, strict=True):
            if cell is not None:
                word = cell.word if cell.is_expected else f"{cell.word} (not as expected)"
                found.setdefault(word, []).append(variant)
        told = "; ".join(
            f"{word} everywhere" if len(names) == len(variants) > 1 else f"{', '.join(names)} {word}"
            for word, names in found.items()
        )
        parts.append(f"{line.words}: {told}.")
    return " ".join(parts)


SIGNS = {
    "holds": "✓",
    "violated": "✗",
    "vacuous": "○",
    "unknown": "?",
    "reachable": "●",
    "unreachable": "-",
}
"""What stands before the word of a verdict in Mermaid; the SVG draws the same signs."""

_KINDS = {"violated": "striking", "vacuous": "event", "unknown": "event", "reachable": "shared"}


def _mermaid(lines: Sequence[Line], variants: Sequence[str], title: str, description: str) -> str:
    # a block diagram takes no accTitle and accDescr
    head = [f"%% {mermaid_text(title)}", f"%% {mermaid_text(description)}"]
    body = [*_mermaid_blocks(lines, variants), *mermaid.CLASSES]
    return "\n".join(["block-beta", *(f"    {line}" for line in [*head, *body])]) + "\n"


def _mermaid_blocks(lines: Sequence[Line], variants: Sequence[str]) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    yield f"columns {len(variants) + 1}"
    names = [mermaid.label(wrapped(variant, MERMAID_WIDTH)) for variant in variants]
    yield " ".join(["space", *(f"v{number}[{name}]" for number, name in enumerate(names))])
    for row, line in enumerate(lines):
        blocks = [f"r{row}[{mermaid.label(wrapped(line.words, MERMAID_WIDTH))}]"]
        for column, cell in enumerate(line.cells):
            if cell is None:
                blocks.append("space")
                continue
            text = f"{SIGNS[cell.word]} {cell.word}" + ("" if cell.is_expected else " (!)")
            blocks.append(f"c{row}_{column}[{mermaid.label([text])}]")
            kinds.setdefault(_KINDS.get(cell.word, "state"), []).append(f"c{row}_{column}")
        kinds.setdefault("lane", []).append(f"r{row}")
        yield " ".join(blocks)
    kinds.setdefault("lane", []).extend(f"v{number}" for number in range(len(variants)))
    yield from (f"class {','.join(blocks)} {kind}" for kind, blocks in kinds.items())

"""The lattice as a page: for each property a small multiple, a grid of two switches in every cell of two others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import combinations
from pathlib import Path

from lifecheck.errors import InputError
from lifecheck.files import refuse_unwritable, write_whole
from lifecheck.properties import Claim, Verdict
from lifecheck.sweeps.summary import Summary
from lifecheck.text import counted

CELL = 14
"""The side of a square, in pixels."""

NO_LATTICE = (
    "--page shows settings of switches alone, of one variant at most and without mutants: go over some with --over or "
    "--all"
)

FAINTEST = 0.12
"""How red a square is at least in which the property is violated at all."""

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222;
       background: #fff }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.5rem }
figure { margin: 0 } figcaption { font-weight: 600 } svg { max-width: 100%; height: auto }
text { font: 10px system-ui, sans-serif; fill: currentColor } p.where { margin: .2rem 0; font-size: 13px }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } }
"""


def write_page(summary: Summary, path: Path, title: str, *, force: bool = False) -> Path:
    """Write the page of a sweep over switches; it needs nothing else, and fetches nothing.

    Each square is all settings that agree in four switches, those that tell most; how red it is says in how large a
    share of them the property is violated, and its title says the number.

    Parameters
    ----------
    summary
        What was found.
    path
        The file.
    title
        What was swept.
    force
        Also over a file that lifecheck did not write.

    Raises
    ------
    InputError
        If no switches were gone over, or the file cannot be written.
    LifecheckError
        If some answers are missing.
    """
    if len(summary.points) != summary.legal or not summary.legal:
        raise InputError(NO_LATTICE)
    refuse_page(path, summary.over, force=force)
    return write_whole(path, page_of(summary, title), force=force)


def refuse_page(path: Path, over: Mapping[str, Sequence[str]], *, force: bool = False) -> None:
    """Refuse a page that could not be written, before all that it shows is judged.

    Parameters
    ----------
    path, force
        As above.
    over
        The switches that are to be gone over.

    Raises
    ------
    InputError
        If there are none, or the file cannot be written.
    """
    if not over:
        raise InputError(NO_LATTICE)
    refuse_unwritable(path, force=force)


def page_of(summary: Summary, title: str) -> str:
    """Return the page as HTML.

    Examples
    --------
    >>> from lifecheck import never
    >>> from lifecheck.sweeps import Answer, Found, Item
    >>> dark = Claim("dark", "it stays dark", never("lamp == 'on'"))
    >>> summary = Summary([dark], {"bulb": ("old",)}, 1)
    >>> summary.add(Answer(Item(settings=(("bulb", "old"),)), {"dark": Found(Verdict.VIOLATED, 2)}))
    >>> "violated in 1 of 1 setting" in page_of(summary, "lamp")
    True
    """
    figures = "\n".join(_figure(summary, claim) for claim in summary.claims)
    refused = f" {summary.refused:,} more contradict themselves." if summary.refused else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}: a sweep</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<!-- written by lifecheck sweep -->\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}: a sweep</h1>\n"
        f"<p>{counted(summary.legal, 'setting')}.{refused} A square is all settings that agree in the switches at its "
        "sides; the redder, the larger the share of them in which the property is violated. A cross: there is no such "
        f'setting.</p>\n<div class="multiples">\n{figures}\n</div>\n</body>\n</html>\n'
    )


def _figure(summary: Summary, claim: Claim) -> str:
    violated = [verdict is Verdict.VIOLATED for verdict in summary.verdicts_of(claim)]
    conditions = summary.conditions(claim)
    where = [] if conditions is None else [str(cause) or "whatever is set" for cause in conditions.causes]
    told = "<br>or ".join(map(escape, where[:6])) + (f"<br>... and {len(where) - 6} more" if len(where) > 6 else "")
    share = f"violated in {sum(violated):,} of {counted(len(violated), 'setting')}"
    picture = "" if not any(violated) or all(violated) else _picture(summary, violated)
    return (
        f"<figure><figcaption>{escape(claim.words)}</figcaption>\n<p class='where'>{escape(share)}"
        f"{': ' + told if told else ''}</p>\n{picture}</figure>"
    )


def _picture(summary: Summary, violated: Sequence[bool]) -> str:
    sizes = [len(values) for values in summary.over.values()]
    chosen = _telling(summary.points, violated, sizes)
    down, across = chosen[::2], chosen[1::2]
    names = list(summary.over)
    values = list(summary.over.values())
    found: dict[tuple[int, int], list[int]] = {}
    for point, is_violated in zip(summary.points, violated, strict=True):
        cell = found.setdefault((_place(point, down, sizes), _place(point, across, sizes)), [0, 0])
        cell[is_violated] += 1
    rows = [_label(values, down, row, sizes) for row in range(_product(down, sizes))]
    columns = [_label(values, across, column, sizes) for column in range(_product(across, sizes))]
    left = max(map(_width, rows)) + 6
    top = 34 + max(map(_width, columns))
    drawn = [
        f'<text x="0" y="12">down: {escape(", ".join(names[at] for at in down))}</text>',
        f'<text x="0" y="25">across: {escape(", ".join(names[at] for at in across) or "nothing")}</text>',
    ]
    for column, label in enumerate(columns):  # upwards, so that the narrow squares need not be wide enough for words
        x, y = left + column * CELL + 10, top - 4
        drawn.append(f'<text transform="translate({x} {y}) rotate(-90)">{escape(label)}</text>')
    for row, label in enumerate(rows):
        drawn.append(f'<text x="0" y="{top + row * CELL + 11}">{escape(label)}</text>')
        for column, across_label in enumerate(columns):
            x, y = left + column * CELL, top + row * CELL
            holds, fails = found.get((row, column), (0, 0))
            if not holds + fails:
                drawn.append(
                    f'<path d="M{x + 4} {y + 4}l6 6m0 -6l-6 6" stroke="#999" fill="none"><title>no such setting</title>'
                    "</path>"
                )
                continue
            share = fails / (holds + fails)
            shade = 0 if not fails else max(FAINTEST, share)
            said = f"{label}, {across_label}: violated in {fails:,} of {holds + fails:,}".replace(", :", ":")
            drawn.append(
                f'<rect x="{x}" y="{y}" width="{CELL - 1}" height="{CELL - 1}" fill="#b2182b" '
                f'fill-opacity="{shade:.2f}" stroke="#999" stroke-width=".5"><title>{escape(said)}</title></rect>'
            )
    wide = max(
        left + len(columns) * CELL, *(_width(f"across: {', '.join(names[at] for at in one)}") for one in (down, across))
    )
    size = f"{wide + 4} {top + len(rows) * CELL + 4}"
    said = f"violated, by {', '.join(names[at] for at in chosen)}"
    return (
        f'<svg viewBox="0 0 {size}" width="{wide + 4}" role="img" aria-label="{escape(said)}">{"".join(drawn)}</svg>\n'
    )


def _label(values: Sequence[Sequence[str]], switches: Sequence[int], place: int, sizes: Sequence[int]) -> str:
    return " ".join(values[at][number] for at, number in zip(switches, _numbers(place, switches, sizes), strict=True))


def _width(label: str) -> int:
    """Return the pixels that a label may take; wide letters are rare in the names of settings."""
    return 6 * len(label)


def _telling(points: Sequence[tuple[int, ...]], violated: Sequence[bool], sizes: Sequence[int]) -> list[int]:
    """Return up to four switches, those whose values tell most of the verdicts: pairs first, then the next two."""
    varying = [at for at, size in enumerate(sizes) if size > 1] or [0]
    chosen: list[int] = []
    while len(chosen) < min(4, len(varying)):
        step = min(2, len(varying) - len(chosen), 4 - len(chosen))
        rest = [at for at in varying if at not in chosen]
        best = min(combinations(rest, step), key=lambda more: (_mixed(points, violated, [*chosen, *more]), more))
        chosen += best
    return chosen


def _mixed(points: Sequence[tuple[int, ...]], violated: Sequence[bool], switches: Sequence[int]) -> float:
    """Return how mixed the squares are that these switches make; 0 if each is of one verdict (Gini's impurity)."""
    found: dict[tuple[int, ...], list[int]] = {}
    for point, is_violated in zip(points, violated, strict=True):
        found.setdefault(tuple([point[at] for at in switches]), [0, 0])[is_violated] += 1
    return sum(holds * fails / (holds + fails) for holds, fails in found.values())


def _place(point: Sequence[int], switches: Sequence[int], sizes: Sequence[int]) -> int:
    place = 0
    for at in switches:
        place = place * sizes[at] + point[at]
    return place


def _numbers(place: int, switches: Sequence[int], sizes: Sequence[int]) -> list[int]:
    found = []
    for at in reversed(switches):
        place, number = divmod(place, sizes[at])
        found.append(number)
    return found[::-1]


def _product(switches: Sequence[int], sizes: Sequence[int]) -> int:
    number = 1
    for at in switches:
        number *= sizes[at]
    return number

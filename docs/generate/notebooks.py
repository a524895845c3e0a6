"""Makes a notebook of a lesson's page: the same text and code, with predictions that stay closed until answered.

Without an answer the cell of a prediction fails, and so does "run all": no verdict is printed before one has chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from docs.generate.lesson_page import ROOT, Kind, Part, moved, page_of, parts_of
from docs.generate.predicted import in_notebook
from lifecheck.lessons import lesson

FOLDER = ROOT / "docs" / "teaching" / "notebooks"
NUMBERS = (1, 2, 3, 4)
"""The lessons that have a notebook."""
UNANSWERED = 'LESSON.predictions[{place}].answer("")'
"""How a cell asks for an answer."""

HOW = """\
*This notebook is made of the [page of the lesson]({page}). Run the cells in order, with Shift-Enter. Where something is
predicted, write the letter of your choice between the quotes before you go on: until then that cell tells nothing, and
"run all" stops there.*"""

_DETAILS = re.compile(r"(?P<begin><details>\n<summary>.*?</summary>)\s*|</details>")
_EMPTY = re.compile(r"<details>\n<summary>[^<]*</summary>\s*</details>\n*")


def notebook(number: int) -> str:
    """Return the notebook of a lesson as it stands in its file, without outputs."""
    page = page_of(number)
    made = new_notebook(cells=list(_cells(number, page)))
    made.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for place, cell in enumerate(made.cells):
        cell["id"] = f"cell-{place}"  # nbformat's own are random
    nbformat.validate(made)
    return str(nbformat.writes(made)) + "\n"


def _cells(number: int, page: Path) -> Iterator[Any]:
    played = lesson(f"lesson-{number}")
    title, *others = parts_of(page.read_text(encoding="utf-8"))
    how = HOW.format(page=Path("../../lessons") / page.name)
    heading, _, begins = title.text.partition("\n\n")
    yield new_markdown_cell(f"{heading}\n\n{how}\n\n{moved(begins, FOLDER)}")
    yield new_code_cell(f'from lifecheck.lessons import lesson\n\nLESSON = lesson("{played.name}")')
    for part in _closed(others):
        if part.kind is Kind.TEXT:
            yield new_markdown_cell(moved(part.text, FOLDER))
        elif part.kind is Kind.CODE:
            yield new_code_cell(part.text)
        else:
            asked = played.predictions[part.number - 1]
            closed = ["</details>"] * part.text.count("<details>")
            yield new_markdown_cell("\n\n".join(filter(None, [part.text, in_notebook(asked), *closed])))
            yield new_code_cell(UNANSWERED.format(place=part.number - 1) + f"  # one of {', '.join(asked.letters)}")


def _closed(parts: list[Part]) -> Iterator[Part]:
    """Let nothing that a page keeps closed stand open where code divides it: each piece of it is closed for itself.

    A prediction that is asked where something is closed comes with the line that opens it.
    """
    opened: list[str] = []
    for part in parts:
        if part.kind is not Kind.TEXT:
            yield replace(part, text="\n\n".join(opened)) if opened and part.kind is Kind.PREDICTION else part
            continue
        text = "".join(f"{begin}\n\n" for begin in opened) + part.text
        for tag in _DETAILS.finditer(part.text):
            if tag["begin"]:
                opened.append(tag["begin"])
            else:
                opened.pop()
        text += "\n\n</details>" * len(opened)
        while text != (shorter := _EMPTY.sub("", text)):
            text = shorter
        if text.strip():
            yield Part(Kind.TEXT, text.strip())

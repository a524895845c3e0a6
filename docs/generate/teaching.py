"""Writes what docs/teaching/ has of the lessons: prediction sheets and keys, board drawings, notebooks.

``python -m docs.generate.teaching``; what is played decides what there is to write.
"""

from __future__ import annotations

from pathlib import Path

from docs.generate import boards, notebooks
from docs.generate.lesson_page import ROOT
from docs.generate.sheets import key, sheet
from lifecheck.diagrams import Diagram, hash_in_svg
from lifecheck.files import write_whole
from lifecheck.lessons import lessons_of

FOLDER = ROOT / "docs" / "teaching"

BOARDS = """\
# Board drawings

The machines of each lesson, drawn as on a board: the states first, then the arrows in the order of their numbers, each
with the sentence beside it. Ask before each arrow what it might be; a row that nobody misses is the lesson.
"""


def texts() -> dict[Path, str]:
    """Return what is written of all lessons, by the files it stands in."""
    found = lessons_of(ROOT)
    made = {FOLDER / "boards.md": "\n".join([BOARDS, *(boards.board(one) for one in found.values())]).rstrip() + "\n"}
    for one in found.values():
        made[FOLDER / "sheets" / f"{one.name}.md"] = sheet(one)
        made[FOLDER / "keys" / f"{one.name}.md"] = key(one)
    for number in notebooks.NUMBERS:
        if f"lesson-{number}" in found:
            made[FOLDER / "notebooks" / f"lesson-{number}.ipynb"] = notebooks.notebook(number)
    return made


def drawings() -> dict[Path, Diagram]:
    """Return the pictures of the boards, by the files they stand in."""
    pairs = (pair for one in lessons_of(ROOT).values() for pair in boards.drawings(one).items())
    return {boards.FOLDER / f"{name}.svg": diagram for name, diagram in pairs}


def main() -> None:
    """Write all of it; a picture is drawn again only where it is of something else."""
    pictures = drawings()
    for old in set(boards.FOLDER.glob("*.svg")) - set(pictures):
        old.unlink()
    for path, diagram in pictures.items():
        if not path.is_file() or hash_in_svg(path.read_text(encoding="utf-8")) != diagram.digest:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, diagram.svg(), force=True)
    for path, text in texts().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text, force=True)


if __name__ == "__main__":
    main()

"""Runs the notebooks of the lessons where they stand, each prediction answered.

``python -m docs.generate.run_notebooks``; what is right is asked of lifecheck, and written into no file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docs.generate.notebooks import FOLDER, UNANSWERED
from lifecheck.lessons import lesson

ASKED = re.compile(re.escape(UNANSWERED).replace(r"\{place\}", r"(\d+)"))
"""How a cell asks for an answer."""
KERNEL = "python3"


class NoKernelError(Exception):
    """That there is nothing to run a notebook, and what brings it."""


def answered(source: str, name: str) -> str:
    """Return the code of a cell, with the right letter where a prediction of a lesson is asked for.

    Examples
    --------
    >>> answered('LESSON.predictions[0].answer("")', "lesson-1")
    'LESSON.predictions[0].answer("c")'
    """

    def chosen(asked: re.Match[str]) -> str:
        right = lesson(name).predictions[int(asked[1])].right
        return UNANSWERED.format(place=asked[1]).replace('""', f'"{right}"')

    return ASKED.sub(chosen, source)


def executed(path: Path, kernel: str = KERNEL) -> list[Any]:
    """Run a notebook, and return its cells.

    Raises
    ------
    NoKernelError
        If there is no kernel of this name, or nothing that talks to one.
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    try:
        import nbformat
        from jupyter_client.kernelspec import NoSuchKernel
        from nbclient import NotebookClient
    except ImportError as error:
        raise NoKernelError(f"{path.name}: {error.name} is not installed; pip install nbclient ipykernel") from error
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answered(cell.source, path.stem)
    client = NotebookClient(notebook, timeout=60, kernel_name=kernel, resources={"metadata": {"path": path.parent}})
    try:
        client.execute()
    except NoSuchKernel as error:
        raise NoKernelError(f"{path.name}: there is no kernel {kernel!r}; pip install ipykernel") from error
    return list(notebook.cells)


def main(paths: Sequence[Path], kernel: str = KERNEL) -> int:
    """Run notebooks, and tell which ran or what is missing."""
    for path in paths:
        try:
            cells = executed(path, kernel)
        except NoKernelError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"{path.name}: {len(cells)} cells ran")
    return 0


if __name__ == "__main__":
    sys.exit(main(sorted(FOLDER.glob("*.ipynb"))))

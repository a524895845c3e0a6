"""The notebooks run from the first cell to the last once each prediction is answered, and not before."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docs.generate.notebooks import FOLDER, UNANSWERED
from lifecheck.lessons import lesson
from tests import needs

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ASKED = re.compile(re.escape(UNANSWERED).replace(r"\{place\}", r"(\d+)"))
EACH = pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.long] * (path != NOTEBOOKS[0]), id=path.stem) for path in NOTEBOOKS]
)


def executed(path: Path, *, answers: bool) -> tuple[list[dict[str, Any]], str]:
    """Run a notebook where it stands, and return its cells and the error that stopped it, if one did."""
    needs.package("ipykernel")
    needs.package("nbclient")
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    predictions = lesson(path.stem).predictions
    for cell in notebook.cells:
        if answers and cell.cell_type == "code":
            cell.source = ASKED.sub(
                lambda asked: UNANSWERED.format(place=asked[1]).replace('""', f'"{predictions[int(asked[1])].right}"'),
                cell.source,
            )
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": path.parent}})
    try:
        client.execute()
    except CellExecutionError as error:
        return notebook.cells, error.evalue
    return notebook.cells, ""


def printed(cells: list[dict[str, Any]]) -> str:
    """Return what cells printed or returned; an error is told apart, and repeats the question."""
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join(json.dumps(output) for output in outputs if output["output_type"] != "error")


def test_there_is_a_notebook_of_lessons_1_to_4() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["lesson-1", "lesson-2", "lesson-3", "lesson-4"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs_and_asks_every_prediction(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    asked = [int(found[1]) for cell in code if (found := ASKED.search("".join(cell["source"])))]
    assert asked == list(range(len(lesson(path.stem).predictions)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_a_page_keeps_closed_a_notebook_does(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        assert text.count("<details>") == text.count("</details>")
        if cell["cell_type"] == "markdown":
            opened = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
            assert "```text" not in opened


@EACH
def test_a_notebook_runs_once_its_predictions_are_answered(path: Path) -> None:
    cells, problem = executed(path, answers=True)
    assert problem == ""
    assert "Right." in printed(cells)
    assert "No, " not in printed(cells)


@EACH
def test_a_notebook_tells_no_verdict_before_the_first_answer(path: Path) -> None:
    cells, problem = executed(path, answers=False)
    assert problem.startswith("'' is no answer")
    assert re.findall("holds|violated|Right", printed(cells)) == []

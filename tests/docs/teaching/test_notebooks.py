"""The notebooks run from the first cell to the last once each prediction is answered, and not before."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docs.generate.notebooks import FOLDER, UNANSWERED
from lifecheck import story
from lifecheck.errors import InputError
from lifecheck.lessons import lesson
from tests import needs

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ASKED = re.compile(re.escape(UNANSWERED).replace(r"\{place\}", r"(\d+)"))
EACH = pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.long] * (path != NOTEBOOKS[0]), id=path.stem) for path in NOTEBOOKS]
)


def executed(path: Path) -> list[dict[str, Any]]:
    """Run a notebook where it stands, with the right answers, and return its cells."""
    needs.package("ipykernel")
    needs.package("nbclient")
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answered(cell.source, path)
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": path.parent}})
    client.execute()
    return list(notebook.cells)


def answered(source: str, path: Path) -> str:
    predictions = lesson(path.stem).predictions
    return ASKED.sub(
        lambda asked: UNANSWERED.format(place=asked[1]).replace('""', f'"{predictions[int(asked[1])].right}"'), source
    )


def printed(cells: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(output) for cell in cells for output in cell.get("outputs", []))


def code_of(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


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
    shown = printed(executed(path))
    assert shown.count("Right.") == len(lesson(path.stem).predictions)
    assert "No, " not in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_no_verdict_before_it_was_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each prediction stops it that is not answered, and what came before has printed nothing of what is asked."""
    names: dict[str, Any] = {"__name__": "__main__"}
    predictions, seen = list(lesson(path.stem).predictions), ""
    for source in code_of(path):
        if ASKED.search(source):
            asked = predictions.pop(0)
            with pytest.raises(InputError, match="is no answer; possible are a"):
                exec(source, names)
            seen += capsys.readouterr().out
            assert not [run for result in asked.results if result.evidence and (run := story(result)) in seen]
        exec(answered(source, path), names)
    assert predictions == []
    assert "violated" in seen + capsys.readouterr().out  # what is asked of is printed, later

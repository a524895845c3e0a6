"""The notebooks run from the first cell to the last once each prediction is answered, and not before."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from docs.generate.notebooks import FOLDER
from docs.generate.run_notebooks import ASKED, answered, executed, main
from lifecheck import story
from lifecheck.errors import InputError
from lifecheck.lessons import lesson
from tests import needs

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
EACH = pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.long] * (path != NOTEBOOKS[0]), id=path.stem) for path in NOTEBOOKS]
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


def test_a_question_that_answers_the_one_before_is_closed_as_on_the_page() -> None:
    cells = json.loads((FOLDER / "lesson-3.ipynb").read_text(encoding="utf-8"))["cells"]
    asked = next(text for cell in cells if "How many steps does it take" in (text := "".join(cell["source"])))
    assert asked.startswith("<details>\n<summary>I have chosen, and seen which holds.")
    assert asked.endswith("</details>")


@EACH
def test_a_notebook_runs_once_its_predictions_are_answered(path: Path) -> None:
    needs.package("ipykernel")
    needs.package("nbclient")
    shown = printed(executed(path))
    assert shown.count("Right.") == len(lesson(path.stem).predictions)
    assert "No, " not in shown


@EACH
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
        exec(answered(source, path.stem), names)
    assert predictions == []
    assert "violated" in seen + capsys.readouterr().out  # what is asked of is printed, later


def test_a_missing_kernel_is_named_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    needs.package("nbclient")
    assert main(NOTEBOOKS, kernel="no-such-kernel") == 1
    said = "lesson-1.ipynb: there is no kernel 'no-such-kernel'; pip install ipykernel\n"
    assert capsys.readouterr().err == said


def test_a_missing_client_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "nbclient", None)
    assert main(NOTEBOOKS) == 1
    assert capsys.readouterr().err == "lesson-1.ipynb: nbclient is not installed; pip install nbclient ipykernel\n"

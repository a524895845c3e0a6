"""What the exercises share: they load the file that was edited, ask the checker, and fail with a hint."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Generator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from lifecheck import LifecheckError
from lifecheck.files import write_whole
from lifecheck.lessons import Designer, Score

collect_ignore_glob = [
    "*/answer.py",
    "*/machine.py",
]  # they are loaded below, and may not be finished

Predictions = dict[str, Any]

TOLD: set[Path] = set()
"""The tests of exercises that have failed in this run."""


def tell(hint: str) -> NoReturn:
    """Fail with a hint, and without the traceback of the test."""
    pytest.fail(f"Hint: {hint}", pytrace=False)


def load(request: pytest.FixtureRequest, name: str) -> ModuleType:
    """Import a file that stands beside the test."""
    path = request.path.parent / f"{name}.py"
    spec = importlib.util.spec_from_file_location(
        f"{request.path.parent.name}_{name}", path
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    problem = ""
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        problem = f"{path.name} cannot be imported: {type(error).__name__}: {error}"
    if problem:
        pytest.fail(problem, pytrace=False)
    return module


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take note of an exercise that was told something."""
    report = yield
    if report.failed:
        TOLD.add(item.path)
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out the rest of an exercise that was told something: one hint at a time."""
    if item.path in TOLD:
        pytest.skip("one hint at a time: first the one above")


@pytest.fixture
def answer(request: pytest.FixtureRequest) -> ModuleType:
    """The file to edit."""
    return load(request, "answer")


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> ModuleType:
    """The machine that the question is about; not to be edited."""
    return load(request, "machine")


@pytest.fixture
def predictions(answer: ModuleType) -> Predictions:
    """What was predicted, where an exercise asks for predictions."""
    found = getattr(answer, "PREDICTIONS", None)
    if not isinstance(found, dict):
        tell("answer.py is to define PREDICTIONS, a dict as it was handed out.")
    return found


@pytest.fixture
def meets_all(answer: ModuleType) -> Callable[[Designer], None]:
    """Fail with a hint, and the counterexample, where the rows of the answer do not meet a requirement: the first."""

    def meet(designer: Designer) -> None:
        name = designer.answer.rpartition(":")[2]
        rows = getattr(answer, name, None)
        if not isinstance(rows, list):
            tell(f"answer.py is to define {name}, a list of rows.")
        failure = designer.failure(rows)
        if failure is not None:
            tell(str(failure))

    return meet


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say where scores are written, and whose they are."""
    group = parser.getgroup("lessons")
    group.addoption(
        "--scores", metavar="FOLDER", help="Write the score of each exercise there."
    )
    group.addoption(
        "--student", metavar="NAME", default="", help="Whose scores they are."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep scores if that is asked for; refuse a folder that is not there before anything is run."""
    folder = config.getoption("--scores", None)
    if folder is None or hasattr(config, "workerinput"):
        return
    if not Path(folder).is_dir():
        raise pytest.UsageError(f"--scores: there is no folder {folder!r}; make it")
    config.pluginmanager.register(Scores(Path(folder), config.getoption("--student")))


class Scores:
    """Takes note of which exercises are solved, and writes that as JSON."""

    def __init__(self, folder: Path, student: str) -> None:
        self.folder, self.student = folder, student
        self.solved: dict[str, bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of one step of a test: an exercise is solved if none of its tests fails."""
        name = Path(report.nodeid.partition("::")[0]).parent.name.replace("_", "-")
        self.solved[name] = self.solved.get(name, True) and not report.failed

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Write the scores, and say where a file of somebody else is left alone."""
        for name, is_solved in self.solved.items():
            score = Score(name, self.student, exercise={"solved": is_solved})
            whose = re.sub(r"[^\w-]+", "-", self.student) or "nobody"
            try:
                write_whole(self.folder / f"{whose}-{name}-exercise.json", score.text())
            except LifecheckError as error:
                terminalreporter.write_line(f"--scores: {error}", red=True)

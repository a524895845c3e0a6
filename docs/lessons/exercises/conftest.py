"""What the exercises share: they load the file that was edited, ask the checker, and fail with a hint."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

import pytest

from lifecheck.lessons import Designer

collect_ignore_glob = [
    "*/answer.py",
    "*/machine.py",
]  # they are loaded below, and may not be finished

Predictions = dict[str, Any]


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

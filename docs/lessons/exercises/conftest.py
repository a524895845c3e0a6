"""What the exercises share: they load the file that was edited, ask the checker, and fail with a hint."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

import pytest

from lifecheck import (
    LifecheckError,
    Property,
    Result,
    Row,
    System,
    Verdict,
    check,
    story,
)

collect_ignore_glob = [
    "*/answer.py",
    "*/machine.py",
]  # they are loaded below, and may not be finished

Ask = Callable[[System, Property, str], Result]
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
def system(answer: ModuleType, machine: ModuleType) -> System:
    """The machine with the rows of the answer, where an exercise asks for rows."""
    rows = getattr(answer, machine.ASKED, None)
    if not isinstance(rows, list) or not all(isinstance(row, Row) for row in rows):
        tell(f"answer.py is to define {machine.ASKED}, a list of rows.")
    problem = ""
    try:
        built: System = machine.system(rows)
    except LifecheckError as error:
        problem = str(error)
    if problem:
        tell(problem)
    return built


@pytest.fixture
def predictions(answer: ModuleType) -> Predictions:
    """What was predicted, where an exercise asks for predictions."""
    found = getattr(answer, "PREDICTIONS", None)
    if not isinstance(found, dict):
        tell("answer.py is to define PREDICTIONS, a dict as it was handed out.")
    return found


@pytest.fixture
def must_hold() -> Ask:
    """Fail with a hint, and the counterexample, if a property is violated.

    That its case arises at all is a question of its own, asked with `sometimes`.
    """

    def ask(system: System, asked: Property, hint: str) -> Result:
        result = check(system, asked)
        if result.verdict not in {Verdict.HOLDS, Verdict.VACUOUS}:
            tell(f"{hint}\n\n{story(result)}")
        return result

    return ask

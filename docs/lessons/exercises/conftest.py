"""What the exercises share: they load the file that was edited, ask the checker, and fail with a hint."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType

import pytest

from lifecheck import Property, Result, System, Verdict, check

collect_ignore_glob = [
    "*/answer.py",
    "*/machine.py",
]  # they are loaded below, and may not be finished

Ask = Callable[[System, Property, str], Result]


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
def must_hold() -> Ask:
    """Fail with a hint, and the counterexample, unless a property holds."""

    def ask(system: System, asked: Property, hint: str) -> Result:
        result = check(system, asked)
        if result.verdict is not Verdict.HOLDS:
            pytest.fail(f"Hint: {hint}\n\n{result.story()}", pytrace=False)
        return result

    return ask

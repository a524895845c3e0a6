"""Imports go one way: tests -> properties -> model -> lifecheck, which has never heard of mail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"tests", "examples", "properties", "model", "lifecheck"}
ALLOWED = {
    "lifecheck": {"lifecheck"},
    "model": {"lifecheck", "model"},
    "properties": {"lifecheck", "model", "properties"},
    "examples": {"examples", "lifecheck"},
}
ROOMS = {
    "machines": set(),
    "deciding": {"machines"},
    "telling": set(),
    "changes": {"deciding", "machines"},
    "comparison": {"deciding", "telling"},
    "diagrams": {"deciding", "machines", "telling"},
    "export": {"deciding", "machines"},
    "linting": {"deciding", "machines", "telling"},
    "population": {"deciding"},
}
"""Which rooms of lifecheck each builds on; all may use what stands outside any room, and the command uses them all."""


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of each module that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_the_arrows_allow(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        ours = {name.partition(".")[0] for name in imports(path)} & OURS
        assert ours <= ALLOWED[package], path


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_checker_builds_only_on_those_that_it_may(room: str) -> None:
    folder = ROOT / "lifecheck"
    used = {name.split(".")[1] for path in (folder / room).rglob("*.py") for name in imports(path) if "." in name}
    assert {name for name in used if (folder / name).is_dir()} - {room} == ROOMS[room]


def test_every_room_of_the_checker_is_known() -> None:
    found = {path.parent.name for path in (ROOT / "lifecheck").glob("*/__init__.py")}
    assert found == {*ROOMS, "command"}


@pytest.mark.parametrize("package", ["model", "properties", "examples"])
def test_the_model_and_its_claims_use_public_names_of_lifecheck_alone(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        assert not [name for name in imports(path) if name.startswith("lifecheck.")], path


def test_the_checker_does_not_know_words_of_mail() -> None:
    for path in sorted((ROOT / "lifecheck").rglob("*.py")):
        text = path.read_text().lower()
        assert not [word for word in ("smtp", "exchange server", "mailbox", "vsapi", "virus") if word in text], path

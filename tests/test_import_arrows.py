"""Every file imports from its own room or from rooms below it; lazy imports and imports for types are no exception."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest

ROOT = Path(__file__).parents[1]
OURS = {"tests", "docs", "examples", "mail", "properties", "model", "lifecheck"}
ALLOWED = {
    "lifecheck": {"lifecheck"},
    "model": {"lifecheck", "model"},
    "properties": {"lifecheck", "model", "properties"},
    "mail": {"lifecheck", "model", "mail"},
    "examples": {"examples", "lifecheck", "model", "properties"},
}
ROOMS = (
    "version",
    "errors",
    "text",
    "files",
    "system",
    "properties",
    "machines",
    "project",
    "statespace",
    "symbolic",
    "export",
    "checking",
    "reports",
    "instances",
    "changes",
    "comparison",
    "linting",
    "stateful",
    "sweeps",
    "replaying",
    "diagrams",
    "browser",
    "lessons",
    "cli",
    "pytest_plugin",
    "__init__",
    "__main__",
)
"""The rooms of lifecheck and the files at its root, from the bottom up; CONTRIBUTING.md tells what each is for."""


def modules(*packages: str) -> dict[str, Path]:
    """Return every module of packages by its whole name."""
    paths = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the full name of each module that a file imports, of those known the very module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                # `from lifecheck.checking import check` takes the function, which has the name of its file
                is_file = inner in known and not is_handed_on(known.get(node.module or ""), alias.name)
                yield inner if is_file else node.module or ""


def is_handed_on(face: Path | None, name: str) -> bool:
    """Whether the face of a room names something."""
    return face is not None and f'"{name}",' in face.read_text()


def room(module: str) -> str:
    """Return the room of lifecheck that a module stands in, or its own name if it stands at the root."""
    return module.split(".")[1] if "." in module else "__init__"


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_the_arrows_allow(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        ours = {name.partition(".")[0] for name in imports(path, {})} & OURS
        assert ours <= ALLOWED[package], path


def test_every_file_of_the_checker_imports_from_its_own_room_or_from_rooms_below() -> None:
    known = modules("lifecheck")
    height = {name: number for number, name in enumerate(ROOMS)}
    for module, path in known.items():
        for imported in imports(path, known):
            if imported.partition(".")[0] == "lifecheck":
                # the command is loaded by its path, when it is called
                arrow = f"{module} -> {imported}"
                assert height[room(imported)] <= height[room(module)], f"{arrow} goes up"
                apart = room(imported) not in (
                    room(module),
                    "cli",
                )
                if apart and (ROOT / "lifecheck" / room(imported)).is_dir():
                    assert imported.count(".") == 1, f"{arrow} does not go through the face of the room"


def test_no_files_import_each_other_in_a_circle() -> None:
    known = modules("lifecheck", "model", "properties", "mail", "benchmarks")
    arrows = networkx.DiGraph()
    for module, path in known.items():
        for imported in imports(path, known):
            # a room's face hands on what stands in the room
            if imported in known and not module.startswith(f"{imported}.") and imported != module:
                arrows.add_edge(module, imported)
    assert [sorted(circle) for circle in networkx.strongly_connected_components(arrows) if len(circle) > 1] == []


def test_every_room_of_the_checker_is_known_and_told_in_the_same_order() -> None:
    found = {path.parent.name for path in (ROOT / "lifecheck").glob("*/__init__.py")}
    assert found <= set(ROOMS)
    table = [line for line in (ROOT / "CONTRIBUTING.md").read_text().splitlines() if line.startswith("| `")]
    told = [line.split("`")[1].removesuffix("/").removesuffix(".py") for line in table]
    assert [name for name in told if name in ROOMS] == [name for name in ROOMS if name in told]
    assert found <= set(told)


def test_the_face_of_a_room_holds_no_logic() -> None:
    for path in (ROOT / "lifecheck").glob("*/__init__.py"):
        for node in ast.parse(path.read_text()).body:
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            assert is_text or isinstance(node, ast.ImportFrom | ast.Assign), f"{path}, line {node.lineno}"


@pytest.mark.parametrize("package", ["model", "properties", "mail", "examples"])
def test_the_model_and_its_claims_use_the_faces_of_lifecheck_alone(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        assert not [name for name in imports(path, {}) if name.startswith("lifecheck.") and name.count(".") > 1], path


def test_the_checker_does_not_know_words_of_mail() -> None:
    for path in sorted((ROOT / "lifecheck").rglob("*.py")):
        text = path.read_text().lower()
        assert not [word for word in ("smtp", "exchange server", "mailbox", "vsapi", "virus") if word in text], path

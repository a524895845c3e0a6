"""Finds machines in the source of a project, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_LEFT_OUT = frozenset({"tests", "test", "docs", "build", "dist", "node_modules", "site-packages", "venv", "env"})


MOST_FILES = 2_000
"""How many files are looked into."""


def machines_of(folder: Path) -> list[str]:
    r"""Return what makes a machine in the Python files below a folder, as names to be loaded.

    A class whose constructor makes one, or a function that does, is found where it needs no argument, and a machine
    that a module makes by a name. Tests, documents and installed packages are left out.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = "from transitions import Machine\ndef lamp():\n    return Machine(states=['off'], initial='off')\n"
    ...     _ = (Path(folder) / "home.py").write_text(text)
    ...     machines_of(Path(folder))
    ['home:lamp']
    """
    found = []
    for path in sorted(_files(folder))[:MOST_FILES]:
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError, OSError, RecursionError):
            continue
        if _imports_transitions(tree):
            found += [f"{_named(path, folder)}:{name}" for name in _names(tree)]
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            is_environment = (path / "pyvenv.cfg").is_file()
            if not (path.name.startswith(".") or path.name in _LEFT_OUT or path.is_symlink() or is_environment):
                yield from _files(path)
        elif path.suffix == ".py" and not path.name.startswith("test_"):
            yield path


def _named(path: Path, folder: Path) -> str:
    """Return a module of the folder by its name, and any other by its path."""
    relative = path.relative_to(folder)
    packages = relative.parts[:-1]
    is_module = all((folder.joinpath(*packages[: at + 1]) / "__init__.py").is_file() for at in range(len(packages)))
    steps = (*packages, *(() if path.stem == "__init__" else (path.stem,)))
    if is_module and steps and all(step.isidentifier() for step in steps):
        return ".".join(steps)
    return relative.as_posix()


def _imports_transitions(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "transitions")
        or (isinstance(node, ast.Import) and any(one.name.partition(".")[0] == "transitions" for one in node.names))
        for node in ast.walk(tree)
    )


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            constructor = next(
                (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None
            )
            is_machine = any(_ends_like_a_machine(base) for base in node.bases)
            if constructor is not None and _needs(constructor) <= 1 and (is_machine or _makes_machine(constructor)):
                yield node.name
        elif isinstance(node, ast.FunctionDef) and _needs(node) == 0 and _makes_machine(node):
            yield node.name
        elif (
            isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _ends_like_a_machine(node.value.func)
        ):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _needs(function: ast.FunctionDef) -> int:
    """Return how many arguments must be given, the instance included."""
    arguments = function.args
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional + sum(default is None for default in arguments.kw_defaults)


def _makes_machine(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Call) and _ends_like_a_machine(node.func) for node in ast.walk(function))


def _ends_like_a_machine(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name.endswith("Machine")

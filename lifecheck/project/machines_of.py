"""Finds machines in the source of a project, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lifecheck.machines import factory_line

_LEFT_OUT = frozenset({"tests", "test", "docs", "build", "dist", "node_modules", "site-packages", "venv", "env"})


MOST_FILES = 2_000
"""How many files are looked into."""


@dataclass(frozen=True)
class Maker:
    """What makes a machine.

    Parameters
    ----------
    name
        To be loaded by.
    needs
        The names of the arguments that it must be given; of a function none, because others are not found.
    """

    name: str
    needs: tuple[str, ...] = ()

    @property
    def factory_name(self) -> str:
        """How that function is called."""
        return self.factory.removeprefix("def ").partition("(")[0]

    @property
    def factory(self) -> str:
        """A function without arguments that makes the same, its arguments left to be filled in."""
        return factory_line(self.name.rpartition(":")[2], (f"{name}=..." for name in self.needs))


def machines_of(folder: Path) -> list[Maker]:
    r"""Return what makes a machine in the Python files below a folder.

    That is a class whose constructor makes one, a function without arguments that makes one, or an object of a class
    whose constructor needs arguments, and a machine that a module makes by a name. Tests, documents and installed
    packages are left out.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = "from transitions import Machine\ndef lamp():\n    return Machine(states=['off'], initial='off')\n"
    ...     _ = (Path(folder) / "home.py").write_text(text)
    ...     machines_of(Path(folder))
    [Maker(name='home:lamp', needs=())]
    """
    found = []
    for path in sorted(_files(folder))[:MOST_FILES]:
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError, OSError, RecursionError):
            continue
        if _imports_transitions(tree):
            found += [Maker(f"{_named(path, folder)}:{name}", needs) for name, needs in _makers(tree)]
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


def _makers(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    with_arguments: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            constructor = next(
                (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None
            )
            is_machine = any(_ends_like_a_machine(base) for base in node.bases)
            if constructor is not None and (is_machine or _calls_for_a_machine(constructor, with_arguments)):
                needs = _needed(constructor)[1:]
                if needs:  # any other makes one by itself
                    with_arguments.add(node.name)
                yield node.name, needs
        elif isinstance(node, ast.FunctionDef) and not _needed(node) and _calls_for_a_machine(node, with_arguments):
            yield node.name, ()
        elif (
            isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _ends_like_a_machine(node.value.func)
        ):
            yield from ((target.id, ()) for target in node.targets if isinstance(target, ast.Name))


def _needed(function: ast.FunctionDef) -> tuple[str, ...]:
    """Return the names of the arguments that must be given, the instance included."""
    given = function.args
    positional = [one.arg for one in (*given.posonlyargs, *given.args)]
    named = [one.arg for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default is None]
    return (*positional[: len(positional) - len(given.defaults)], *named)


def _calls_for_a_machine(function: ast.FunctionDef, kinds: set[str]) -> bool:
    """Whether a function makes a machine, or an object of one of these classes."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(_ends_like_a_machine(one) or (isinstance(one, ast.Name) and one.id in kinds) for one in calls)


def _ends_like_a_machine(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name.endswith("Machine")

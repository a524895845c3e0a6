"""Finds the line of a file where a row or a state was written, by reading the file; nothing of it is run."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from lifecheck.errors import LifecheckError
from lifecheck.linting.finding import Finding
from lifecheck.machines import place_of, read_definition
from lifecheck.system import SAME, Row

EVERYWHERE = "*"


@dataclass(frozen=True)
class SourceLine:
    """A line of a file, counted from 1."""

    path: Path
    line: int


@dataclass(frozen=True)
class _Written:
    """A row or a name as it stands in a file; a row's source may be several."""

    line: int
    parts: tuple[tuple[str | None, ...], ...]


class SourceLines:
    r"""Where the rows and states of a machine were written.

    Parameters
    ----------
    given
        What was linted, as `lint` takes it.
    files
        The files to look into, the nearest first; those of the functions and classes that make the machine are added.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from transitions import Machine
    >>> from lifecheck import lint
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "lamp.json"
    ...     _ = file.write_text('{"states": ["off", "on"], "initial": "off",\n "transitions": [["go", "off", "onn"]]}')
    ...     lamp = Machine(states=["off", "on"], initial="off", transitions=[["go", "off", "onn"]])
    ...     lines = SourceLines(lamp, [file])
    ...     [(finding.code, lines.of(finding).line) for finding in lint(lamp).findings]
    [('unknown-destination', 2), ('unreachable-state', 1), ('stuck-state', 1)]
    """

    def __init__(self, given: object, files: Iterable[Path] = ()) -> None:
        self.files = tuple(dict.fromkeys([*files, *_files_of(given)]))
        self._rows: list[Row] = []
        self._states: list[str] = []
        try:
            definition = read_definition(given, "machine")
        except LifecheckError:  # a system, or what cannot be read again: nothing is known of its rows
            pass
        else:
            self._rows, self._states = list(definition.rows), list(definition.states)
        self._written = [(path, _read(path)) for path in self.files]

    def of(self, finding: Finding) -> SourceLine | None:
        """Return where what a finding is about was written; the beginning of the file where that is not found."""
        for row in sorted(self._rows, key=lambda one: -len(place_of(one))):
            if finding.place.startswith(_places(row)):
                return self._first(partial(_is_row, row)) or self._named(row.trigger)
        for state in sorted(self._states, key=len, reverse=True):
            if f"state {state!r}" in finding.place:
                return self._named(state)
        return self._beginning()

    def _named(self, name: str) -> SourceLine | None:
        last = name.rpartition("_")[2] if "_" in name else name
        return (
            self._first(lambda written: written.parts == ((name,),))
            or self._first(lambda written: written.parts == ((last,),))
            or self._first(lambda written: any(name in part for part in written.parts))
            or self._beginning()
        )

    def _first(self, is_it: Callable[[_Written], bool]) -> SourceLine | None:
        return next(
            (SourceLine(path, one.line) for path, written in self._written for one in written if is_it(one)), None
        )

    def _beginning(self) -> SourceLine | None:
        return SourceLine(self.files[0], 1) if self.files else None


def _places(row: Row) -> tuple[str, ...]:
    everywhere = Row(row.trigger, EVERYWHERE, row.dest)
    return (place_of(row), place_of(everywhere), place_of(Row(row.trigger, EVERYWHERE, SAME)))


def _is_row(row: Row, written: _Written) -> bool:
    if len(written.parts) != 3:
        return False
    trigger, sources, dest = written.parts
    to = {row.dest, row.target} | ({"=", None} if row.target == row.source else set())
    return (
        row.trigger in trigger
        and bool({_short(row.source), row.source, EVERYWHERE}.intersection(_and_short(sources)))
        and bool({*to, *(_short(one) for one in to if one)}.intersection(_and_short(dest)))
    )


def _short(name: str) -> str:
    return name.rpartition("_")[2] or name


def _and_short(names: Iterable[str | None]) -> set[str | None]:
    return {*names, *(_short(name) for name in names if name)}


def _files_of(given: object) -> Iterator[Path]:
    """Yield the files of what makes a machine: of its function or class, of its model's class, of its machine's."""
    pending: list[Any] = [given, type(given)]
    model = getattr(given, "model", None)
    if model is not None and not callable(given):
        pending.append(type(model))
    for one in pending:
        one = inspect.unwrap(getattr(one, "func", one)) if callable(one) else one
        if not isinstance(one, type | ModuleType) and not inspect.isroutine(one):
            continue
        try:
            path = Path(inspect.getsourcefile(one) or "")
        except (TypeError, OSError):
            continue
        if path.is_file() and not {"transitions", "lifecheck"}.intersection(path.parts[-3:-1]):
            yield path


def _read(path: Path) -> list[_Written]:
    try:
        text = path.read_text(encoding="utf-8")
        return list(_of_python(text) if path.suffix == ".py" else _of_configuration(text))
    except (OSError, ValueError, SyntaxError, RecursionError):
        return []


def _of_python(text: str) -> Iterator[_Written]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.List | ast.Tuple):
            if len(node.elts) >= 3:
                yield from _row_of(node, node.elts[:3])
            if all(_texts(one) for one in node.elts):
                yield from (_Written(one.lineno, (_texts(one),)) for one in node.elts)
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            named = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
            yield from _of_mapping(node, named)
        elif isinstance(node, ast.Call):
            in_order = dict(zip(("trigger", "source", "dest"), node.args, strict=False))
            yield from _of_mapping(node, in_order | {one.arg: one.value for one in node.keywords if one.arg})
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            yield _Written(node.lineno, ((node.targets[0].id,),))  # a member of an enumeration


def _of_mapping(node: ast.expr, named: Mapping[Any, ast.expr]) -> Iterator[_Written]:
    if {"trigger", "source", "dest"} <= named.keys():
        yield from _row_of(node, [named["trigger"], named["source"], named["dest"]])
    elif "name" in named:
        yield _Written(node.lineno, (_texts(named["name"]),))


def _row_of(node: ast.expr, parts: Sequence[ast.expr]) -> Iterator[_Written]:
    texts = tuple(_texts(part) for part in parts)
    if all(texts):
        yield _Written(node.lineno, texts)


def _texts(node: ast.expr) -> tuple[str | None, ...]:
    """Return what a node says: a text, nothing, the name of a member or a variable, or several of these."""
    match node:
        case ast.Constant(value=str() | None as text):
            return (text,)
        case ast.Attribute(attr="name" | "value", value=ast.Attribute(attr=name)) | ast.Attribute(attr=name):
            return (name,)
        case ast.Name(id=name):
            return (name,)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return tuple(text for element in elements for text in _texts(element))
    return ()


def _of_configuration(text: str) -> Iterator[_Written]:
    try:
        import yaml
    except ImportError:
        return
    try:
        node = yaml.compose(text)
    except yaml.YAMLError:
        return
    if node is not None:
        yield from _of_node(node)


def _of_node(node: Any) -> Iterator[_Written]:
    """Yield what a node of YAML says; JSON is read as YAML too."""
    line = node.start_mark.line + 1
    if node.id == "sequence":
        if len(node.value) >= 3 and all(map(_scalars, node.value[:3])):
            yield _Written(line, tuple(map(_scalars, node.value[:3])))
        for one in node.value:
            if one.id == "scalar":
                yield _Written(one.start_mark.line + 1, (_scalars(one),))
            else:
                yield from _of_node(one)
    elif node.id == "mapping":
        named = {key.value: value for key, value in node.value if key.id == "scalar"}
        if {"trigger", "source", "dest"} <= named.keys():
            yield _Written(line, tuple(_scalars(named[key]) for key in ("trigger", "source", "dest")))
        elif "name" in named:
            yield _Written(line, (_scalars(named["name"]),))
        for value in named.values():
            yield from _of_node(value)


def _scalars(node: Any) -> tuple[str | None, ...]:
    if node.id == "scalar":
        return (None if node.tag.endswith(":null") else str(node.value),)
    return tuple(text for one in node.value for text in _scalars(one)) if node.id == "sequence" else ()

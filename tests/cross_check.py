"""How much is compared: a little in every run of the tests, more in CI, and everything in `make cross-check`."""

from __future__ import annotations

import ast
import inspect
import os
from functools import cache
from types import ModuleType
from typing import TypeVar
from zlib import crc32

AMOUNT = os.environ.get("LIFECHECK_CROSS_CHECK", "")
"""Nothing for `make test`, "some" for what CI compares beside it, anything else for all."""

PART = os.environ.get("LIFECHECK_CROSS_CHECK_PART", "")
"""2/8 for the third of eight parts of the tests, nothing for all: CI takes one part at a commit, others at others."""

Size = TypeVar("Size")


def sized(in_every_run: Size, in_ci: Size, at_length: Size) -> Size:
    """Return how much to compare now, of what is compared in every run, in CI, and at length."""
    if not AMOUNT:
        return in_every_run
    return in_ci if AMOUNT == "some" else at_length


def not_compared() -> dict[str, str]:
    """Return the environment for a pytest that a test starts, which must not leave out all but a part as well."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LIFECHECK_CROSS_CHECK")}


def is_in_part(test: str) -> bool:
    """Whether a test is in the part that is compared now; the same one every time."""
    if not PART:
        return True
    number, count = map(int, PART.split("/"))
    return crc32(test.encode()) % count == number


@cache
def sized_names(module: ModuleType) -> frozenset[str]:
    """Return what a module defines that a size decides: what calls `sized`, and what uses what does."""
    used: dict[str, set[str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names |= {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}  # fixtures
            defined = {node.name}
        else:
            defined = {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
        for name in defined:
            used.setdefault(name, set()).update(names)
    found = {"sized"}
    while more := {name for name, names in used.items() if name not in found and names & found}:
        found |= more
    return frozenset(found)

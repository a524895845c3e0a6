"""What the reference lists: the public names of lifecheck, and of its modules that are imported by themselves."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Sequence
from itertools import pairwise
from types import ModuleType

APART = ("lifecheck.stateful", "lifecheck.export", "lifecheck.diagrams", "lifecheck.instances")
"""Modules whose public names `from lifecheck import ...` does not offer, because it would be slower or need more."""


def table(modules: Sequence[str]) -> None:
    """Write the public names of modules, for cog: those of lifecheck by themselves, others with their module."""
    import cog

    cog.outl("\n| name | what it is |\n|---|---|")
    for module in modules:
        for name in importlib.import_module(module).__all__:
            written = name if module == "lifecheck" else f"{module}.{name}"
            cog.outl(f"| `{written}` | {first_sentence(module, name).replace('|', chr(92) + '|')} |")
    cog.outl("")


def first_sentence(module: str, name: str) -> str:
    """Return how the documentation of a public name begins."""
    value = getattr(importlib.import_module(module), name)
    if callable(value):
        text = inspect.getdoc(value) or ""
    else:
        inside = [found for path, found in sys.modules.items() if f"{path}.".startswith(f"{module}.")]
        text = next(filter(None, (_after_assignment(found, name) for found in inside)), "")
    return text.partition("\n\n")[0].replace("\n", " ")


def _after_assignment(module: ModuleType, name: str) -> str:
    """Return the text that stands after the assignment of a constant, if it is made in this module."""
    body = ast.parse(inspect.getsource(module)).body
    for step, after in pairwise(body):
        targets = step.targets if isinstance(step, ast.Assign) else [getattr(step, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            match after:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    return inspect.cleandoc(text)
    return ""

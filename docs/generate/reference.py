"""What the reference lists: the public names of lifecheck, and of its modules that are imported by themselves."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import ModuleType

APART: dict[str, Sequence[str]] = {
    "lifecheck.stateful": ("NeverRanWarning", "RealMachines", "state_machine"),
    "lifecheck.system": ("LocalState", "at_most", "counter", "precedes"),
    "lifecheck.properties": ("Expression", "Kind"),
    "lifecheck.project": ("SwitchKind",),
    "lifecheck.statespace": ("Graph",),
    "lifecheck.checking": ("KeptRun", "Monitor", "kept_run"),
    "lifecheck.instances": ("certificate", "check_instances", "write_certificate"),
    "lifecheck.changes": ("Cause", "Lattice"),
    "lifecheck.comparison": ("Comparison",),
    "lifecheck.linting": ("Finding", "Origin"),
    "lifecheck.lessons": (
        "Adversary",
        "Choice",
        "Designer",
        "Lesson",
        "Prediction",
        "Question",
        "Requirement",
        "breaks",
        "goes_round",
        "lesson",
        "lessons_of",
        "next_row",
        "scores_in",
        "stays",
        "steps",
        "verdicts",
    ),
    "lifecheck.export": ("EXPORT_LIMIT", "FORMATS", "export"),
    "lifecheck.replaying": (
        "Answer",
        "LogEvent",
        "LogMapping",
        "Outcome",
        "Replay",
        "answer_story",
        "assert_explained",
        "mapping_template",
        "parse_mapping",
        "read_mapping",
        "replay_story",
        "replay_variants",
    ),
    "lifecheck.diagrams": (
        "Diagram",
        "component_diagram",
        "counterexample_diagram",
        "explanation_diagram",
        "hash_in_svg",
        "lifecycle_diagram",
        "matrix_diagram",
        "pair_diagram",
        "sequence_diagram",
        "state_space_diagram",
        "write_diagrams",
    ),
}
"""What rooms offer beside `from lifecheck import ...`: what is asked for seldom, or needs more than the rest."""

REPLAYING = {"lifecheck.replaying": APART["lifecheck.replaying"]}
"""Of these the names that replay logs, which have a page of their own."""

ROOMS = {module: names for module, names in APART.items() if module not in REPLAYING}
"""The others."""


def functions() -> Sequence[str]:
    """Return the public names of lifecheck that one calls to ask something."""
    return [name for name in names("lifecheck") if name.islower()]


def classes() -> Sequence[str]:
    """Return the public names of lifecheck of what its functions take, give and raise."""
    return [name for name in names("lifecheck") if not name.islower()]


def names(module: str) -> Sequence[str]:
    """Return the public names of lifecheck itself, or what one of its rooms offers beside them."""
    return APART[module] if module in APART else importlib.import_module(module).__all__


def table(listed: Mapping[str, Iterable[str]]) -> None:
    """Write names by their modules, for cog: those of lifecheck by themselves, others with their module."""
    import cog

    cog.outl("\n| name | what it is |\n|---|---|")
    for module, of_it in listed.items():
        for name in of_it:
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

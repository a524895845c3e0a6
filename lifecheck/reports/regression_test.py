"""Writes a counterexample as a pytest file, which fails while its property is violated, by this run or another."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from lifecheck.checking import Evidence, Result, labels
from lifecheck.errors import InputError
from lifecheck.files import write_whole
from lifecheck.properties import Claim, Decisive, Kind
from lifecheck.reports.importable import Importable, importable, importable_property
from lifecheck.reports.imports import Imports, Place
from lifecheck.reports.python_source import mapped, quoted
from lifecheck.reports.story import loop_ending

_ABOUT_FAIRNESS = "# fair: what is taken in the end if it stays possible; a trigger that a mend adds may belong there"

_OWN = (("lifecheck", "assert_gone"),)
_RECORD = (("lifecheck.reports", "RecordedSystem"),)
_TABLE = (("lifecheck.properties", "claim_named"),)


def regression_test(
    result: Result,
    path: Path | str | None = None,
    *,
    source: str | None = None,
    variant: str | None = None,
    title: str | None = None,
    claim: Claim | None = None,
    claims: str | None = None,
    force: bool = False,
) -> str:
    """Return a pytest file that replays a counterexample on the real machines, and checks its property anew.

    It fails while the property is violated, by the recorded run or by another, and passes once it holds; `assert_gone`
    does it, and says when it skips. A property whose predicates cannot be written into a file, as lambdas cannot, is
    imported with its claim; without one the file replays the run only, and says so.

    Parameters
    ----------
    result
        What `check` returned, with the verdict `violated`.
    path
        Also write it there; in a folder it is called after the test.
    source, variant
        Where the file is to import the system, as ``package.module:name``, and its key if that is a mapping. Without
        it, the functions that made its machines are imported.
    title
        What the test is about, in plain words; those of the claim, or else the property's formula, unless given.
    claim
        The claim that asks the property; the test is called after it.
    claims
        Where the file can import the table of claims, as ``package.module:name``.
    force
        Also write over a file that lifecheck did not write.

    Returns
    -------
    str
        The file's text; equal results give equal text.

    Raises
    ------
    ForeignFileError
        If the file is there already and lifecheck did not write it.
    InputError
        If there is no run to replay, the machines cannot be imported by another file, or it cannot be written.

    Examples
    --------
    >>> import sys, types
    >>> from transitions import Machine
    >>> from lifecheck import check, never
    >>> home = sys.modules["home_of_a_lamp"] = types.ModuleType("home_of_a_lamp")  # stands for a file
    >>> home.lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> text = regression_test(check(home.lamp, never("state == 'on'")), source="home_of_a_lamp:lamp", title="dark")
    >>> print(text[text.index("PROPERTY"):])
    PROPERTY = never("state == 'on'")
    <BLANKLINE>
    <BLANKLINE>
    def test_dark() -> None:
        assert_gone(
            SYSTEM,
            PROPERTY,
            start={"machine": "off"},
            stem=[
                ("switch", {"machine": "on"}),
            ],
        )
    <BLANKLINE>
    >>> del sys.modules["home_of_a_lamp"]
    """
    evidence = result.counterexample
    if evidence is None:
        raise InputError(f"{result.property.formula}: {result.verdict}; there is no run that a test could replay")
    called_after = claim.name if claim else title or result.property.formula
    named = name_of_test(called_after)
    system = importable(result.system, source, variant)
    asked, told = importable_property(result.property, claim, claims)
    if asked is None and result.property.kind.decided_by is Decisive.CLOSED_SET and not evidence.closed:
        raise InputError(f"{result.property.formula}: too many states to list cannot be left, and {told[3:]}")
    about = title or (claim.words if claim else result.property.formula)
    imports = Imports(
        _places(system, asked, result.property.kind),
        taken={"SYSTEM", "PROPERTY", named},
    )
    constants, called = _constants(system, asked, imports, evidence)
    text = "\n".join(
        [
            *_docstring(result, evidence, about, told),
            "",
            *imports.lines,
            *constants,
            "",
            "",
            f"def {named}() -> None:",
            *(f"    {line}" for line in _call(result, evidence, called, asked is not None)),
            "",
        ]
    )
    if path is not None:
        write_whole(file_of_test(path, called_after), text, force=force)
    return text


def _places(system: Importable, asked: Importable | None, kind: Kind) -> list[Place]:
    """Return everything that the file imports, what it uses itself included."""
    own: list[Place] = [*_OWN, *(_RECORD if system.is_recorded else ())]
    if asked is not None:
        own += _TABLE if asked.is_claim else [("lifecheck", str(kind))]
    return [*own, *system.places, *(asked.places if asked else ())]


def _constants(
    system: Importable, asked: Importable | None, imports: Imports, evidence: Evidence
) -> tuple[list[str], tuple[str, str]]:
    """Return the lines that name a system and a property before the test, and how the test calls the two.

    What is looked up in the user's own tables is looked up in the test, so that what is gone there fails it alone.
    """
    lines, called = [], []
    for name, python in (("SYSTEM", system), ("PROPERTY", asked)):
        if python is None:
            called.append("None")
        elif python.is_looked_up:
            called.append(python.write(imports))
        else:
            if python.is_recorded and evidence.loop is not None:
                lines.append(_ABOUT_FAIRNESS)
            lines.append(f"{name} = {python.write(imports)}")
            called.append(name)
    return (["", *lines] if lines else []), (called[0], called[1])


def _docstring(result: Result, evidence: Evidence, about: str, told: str) -> list[str]:
    lines = [
        f"A counterexample as a regression test, written by lifecheck: {about}.",
        "",
        f"Property: {result.property.formula}, violated on {result.system.name}",
    ]
    if evidence.loop is not None:
        lines.append(loop_ending(len(evidence.stem), len(evidence.loop)))
    if told:
        lines.append(f"{told}.")
    lines += ["", "lifecheck.assert_gone says when the test fails, when it is skipped, and when it passes."]
    text = "\n".join(_one_line(line) if line else "" for line in lines)
    return ['"""' + text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'), '"""']


def _call(result: Result, evidence: Evidence, called: tuple[str, str], is_asked: bool) -> list[str]:
    """Return the call that is the whole test."""
    stem = len(evidence.stem)
    lines = [
        "assert_gone(",
        *(f"    {argument}," for argument in called),
        f"    start={mapped(labels(evidence.states[0]), 8)},",
        *_steps("stem", result, evidence, 0, stem),
    ]
    if evidence.loop is not None:
        lines += _steps("loop", result, evidence, stem, len(evidence.states) - 1)
    if evidence.closed and not is_asked:
        lines += ["    caught=[", *(f"        {mapped(labels(state), 12)}," for state in evidence.closed), "    ],"]
    return [*lines, ")"]


def _steps(name: str, result: Result, evidence: Evidence, first: int, last: int) -> list[str]:
    """Return the list of steps between two positions, each trigger with what it changes."""
    taken = (*evidence.stem, *(evidence.loop or ()))[first:last]
    if not taken:
        return [f"    {name}=[],"]
    lines, meanings = [], result.system.meanings
    for trigger, (before, after) in zip(taken, pairwise(evidence.states[first : last + 1]), strict=True):
        then = labels(before)
        changed = {component: label for component, label in labels(after).items() if then[component] != label}
        lines += [f"        # {_one_line(meanings[trigger])}"] if trigger in meanings else []
        lines.append(f"        ({quoted(trigger)}, {mapped(changed, 12)}),")
    return [f"    {name}=[", *lines, "    ],"]


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def name_of_test(text: str) -> str:
    """Return what a test is called that is named after a claim.

    Examples
    --------
    >>> name_of_test("deleted-leaves-queue")
    'test_deleted_leaves_queue'
    """
    words = re.findall(r"[a-z0-9]+", text.lower())
    return f"test_{'_'.join(words)[:80].strip('_') or 'counterexample'}"


def file_of_test(path: Path | str, text: str) -> Path:
    """Return the file that a test named after a claim is written to: one in a folder is called like the test.

    Examples
    --------
    >>> file_of_test("test_it.py", "dark").name, file_of_test(".", "dark").name
    ('test_it.py', 'test_dark.py')
    """
    return Path(path) / f"{name_of_test(text)}.py" if Path(path).is_dir() else Path(path)

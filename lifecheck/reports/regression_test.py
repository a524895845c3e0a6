"""Writes a counterexample as a pytest file, which fails while the run can happen and passes when it no longer can."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from lifecheck.checking import Evidence, Result
from lifecheck.errors import InputError
from lifecheck.files import write_whole
from lifecheck.properties import Decisive
from lifecheck.reports.importable import importable
from lifecheck.reports.python_source import listed, mapped, quoted
from lifecheck.reports.story import loop_ending, never_leads_to
from lifecheck.system import State, System, local_states

_ABOUT_FAIRNESS = (
    "# fair: what is taken in the end if it stays possible; a trigger that a mend adds may belong there",
)

Labels = Mapping[str, str]
"""Each component with its local state as shown."""


def regression_test(
    result: Result,
    path: Path | str | None = None,
    *,
    source: str | None = None,
    variant: str | None = None,
    title: str | None = None,
) -> str:
    """Return a pytest file that replays a counterexample on the real machines.

    It fails while the whole run can be replayed, step by step through the same states: for a loop, while
    besides every fair trigger gets its due in it; for `can_always_reach`, while besides no system trigger leads out of
    the states in which the run is caught. It passes once a step is blocked or leads elsewhere, or fairness leads out
    of the loop. It is skipped where a component, a state or a trigger is not there any more, because then nobody knows
    whether it was mended or renamed.

    Parameters
    ----------
    result
        What `check` returned, with the verdict `violated`.
    path
        Also write it there.
    source, variant
        Where the file is to import the system, as ``package.module:name``, and its key if that is a mapping. Without
        it, the functions that made its machines are imported.
    title
        What the test is about, in plain words; the property's formula, unless given.

    Returns
    -------
    str
        The file's text; equal results give equal text.

    Raises
    ------
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
    >>> [line for line in text.splitlines() if line.startswith(("from home", "def test"))]
    ['from home_of_a_lamp import lamp', 'def test_dark() -> None:']
    >>> del sys.modules["home_of_a_lamp"]
    """
    evidence = result.counterexample
    if evidence is None:
        raise InputError(f"{result.property.formula}: {result.verdict}; there is no run that a test could replay")
    imported = importable(result.system, source, variant)
    helpers = [
        "from lifecheck.reports.regression_test import labels, missing",
        "from lifecheck.checking.simulation import Walk",
    ]
    if result.property.kind.decided_by is Decisive.CLOSED_SET:
        helpers = [
            "from lifecheck import explore",
            helpers[0],
            "from lifecheck.checking.simulation import Walk, way_to",
        ]
    imports = sorted({*helpers, *imported.imports}, key=lambda line: (line.split()[1], line))
    text = "\n".join(
        [
            *_docstring(result, evidence, title),
            "",
            "import pytest",
            *imports,
            "",
            *(_ABOUT_FAIRNESS if evidence.loop is not None and imported.is_composed else ()),
            f"SYSTEM = {imported.expression}{_observers(result.system)}",
            f"START = {mapped(labels(evidence.states[0]))}",
            *_steps("STEM", result, evidence, 0, len(evidence.stem)),
            *(_steps("LOOP", result, evidence, len(evidence.stem), len(evidence.states) - 1) if evidence.loop else ()),
            *_closed(evidence),
            "",
            "",
            *_test(result, evidence, title),
            "",
        ]
    )
    if path is not None:
        write_whole(path, text)
    return text


def labels(state: State) -> dict[str, str]:
    """Return each component with its local state as shown.

    Examples
    --------
    >>> from lifecheck.system.state import LocalState
    >>> labels(State({"door": LocalState("closed", "door", ("closed", "open"), {"pushes": 2})}))
    {'door': 'closed(pushes=2)'}
    """
    return {name: local.label for name, local in local_states(state).items()}


def missing(system: System, start: Labels, steps: Sequence[tuple[str, Labels]]) -> str | None:
    """Return what a recorded run names and the system does not have any more, if there is something.

    Parameters
    ----------
    system
        The system of today.
    start
        Where everything was.
    steps
        Each trigger, and what it changed.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = System("lamp", [Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})])
    >>> missing(lamp, {"lamp": "off"}, [("switch", {"lamp": "bright"})])
    "state 'bright' of 'lamp'"
    >>> missing(lamp, {"lamp": "off"}, [("switch", {"lamp": "on"})]) is None
    True
    """
    known = {part.name: part.states for part in system.parts}
    for trigger, _ in steps:
        if trigger not in system.triggers:
            return f"trigger {trigger!r}"
    for where in (start, *(changed for _, changed in steps)):
        for component, label in where.items():
            if component not in known:
                return f"component {component!r}"
            if not any(label == state or label.startswith(f"{state}(") for state in known[component]):
                return f"state {label!r} of {component!r}"
    return None


def _docstring(result: Result, evidence: Evidence, title: str | None) -> list[str]:
    formula = result.property.formula
    about = title or formula
    lines = [
        f"A counterexample as a regression test, written by lifecheck: {about}.",
        "",
        "The test fails while the run below can happen, and passes when it no longer can.",
        "",
        f"Property: {formula}, violated on {result.system.name}",
    ]
    if evidence.loop is not None:
        lines.append(loop_ending(len(evidence.stem), len(evidence.loop)))
    text = "\n".join(_one_line(line) if line else "" for line in lines)
    return ['"""' + text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'), '"""']


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _observers(system: System) -> str:
    if not (system.observers or system.left_out):
        return ""
    return f".with_observers({listed(observer.name for observer in system.observers)})"


def _steps(name: str, result: Result, evidence: Evidence, first: int, last: int) -> list[str]:
    """Return the list of steps between two positions, each trigger with what it changes."""
    taken = (*evidence.stem, *(evidence.loop or ()))[first:last]
    if not taken:
        return [f"{name}: list[tuple[str, dict[str, str]]] = []"]
    lines, meanings = [], result.system.meanings
    for trigger, (before, after) in zip(taken, pairwise(evidence.states[first : last + 1]), strict=True):
        then = labels(before)
        changed = {component: label for component, label in labels(after).items() if then[component] != label}
        lines += [f"    # {_one_line(meanings[trigger])}"] if trigger in meanings else []
        lines.append(f"    ({quoted(trigger)}, {mapped(changed, 4)}),")
    return [f"{name} = [", *lines, "]"]


def _closed(evidence: Evidence) -> list[str]:
    if not evidence.closed:
        return []
    return ["CAUGHT = [", *(f"    {mapped(labels(state), 4)}," for state in evidence.closed), "]"]


def _test(result: Result, evidence: Evidence, title: str | None) -> list[str]:
    steps = "[*STEM, *LOOP]" if evidence.loop else "STEM"
    lines = [
        f"def test_{_slug(title or result.property.formula)}() -> None:",
        f"    gone = missing(SYSTEM, START, {steps})",
        "    if gone is not None:",
        '        pytest.skip(f"there is no {gone} any more: remove this test if that mends it, or write it again")',
        "    walk = Walk(SYSTEM)",
        "    expected = START",
        "    if labels(walk.states[-1]) != expected:",
        "        return  # it starts elsewhere now",
        f"    for trigger, changed in {steps}:",
        "        if not walk.run.may(trigger):",
        "            return  # it is blocked now",
        "        walk.take(trigger)",
        "        expected = {**expected, **changed}",
        "        if labels(walk.states[-1]) != expected:",
        "            return  # it leads elsewhere now",
    ]
    if result.property.kind.decided_by is Decisive.CLOSED_SET:
        return [
            *lines,
            "    way_out = way_to(explore(SYSTEM), walk.taken, lambda state: labels(state) not in CAUGHT)",
            "    if way_out is None:",
            f"        pytest.fail({quoted(f'{never_leads_to(result.property)}.')})",
        ]
    if evidence.loop is not None:
        return [
            *lines,
            "    if not walk.owed(len(STEM)):  # no fair trigger is owed that would lead out",
            f"        pytest.fail({quoted(loop_ending(len(evidence.stem), len(evidence.loop)))})",
        ]
    return [*lines, f"    pytest.fail({quoted(f'The run still happens: {result.property.formula} is violated.')})"]


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "_".join(words)[:80].strip("_") or "counterexample"

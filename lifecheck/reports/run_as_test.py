"""Writes any run as a pytest file that replays it on the real machines."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck.checking import Walk, labels
from lifecheck.reports.importable import importable
from lifecheck.reports.imports import Imports
from lifecheck.reports.python_source import mapped, quoted
from lifecheck.system import System


def run_as_test(system: System, triggers: Sequence[str], *, source: str, variant: str | None = None) -> str:
    """Return a pytest file that takes some triggers and asserts where everything is after them.

    Parameters
    ----------
    system
        The system, as the file is to import it.
    triggers
        What is taken from the initial state.
    source, variant
        Where the file is to import the system, as for `regression_test`.

    Raises
    ------
    BlockedError
        If some component cannot take a trigger.
    InputError
        If the machines cannot be imported by another file.

    Examples
    --------
    >>> import sys, types
    >>> from lifecheck import Component, Row
    >>> home = sys.modules["home_of_a_hall"] = types.ModuleType("home_of_a_hall")  # stands for a file
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> home.hall = System("hall", [lamp])
    >>> text = run_as_test(home.hall, ["switch"], source="home_of_a_hall:hall")
    >>> print(text[text.index("def"):])
    def test_run() -> None:
        run = Run(hall)
        for trigger in [
            "switch",
        ]:
            run.trigger(trigger)
        assert labels(run.state) == {"lamp": "on"}
    <BLANKLINE>
    >>> del sys.modules["home_of_a_hall"]
    """
    walk = Walk(system)
    for trigger in triggers:
        walk.take(trigger)
    python = importable(system, source, variant)
    record = (("lifecheck.reports", "RecordedSystem"),) if python.is_recorded else ()
    imports = Imports(
        (("lifecheck", "Run"), ("lifecheck.checking", "labels"), *record, *python.places),
        taken={"SYSTEM", "test_run", "run", "trigger"},
    )
    called = python.write(imports)
    return "\n".join(
        [
            '"""A run as a test, written by lifecheck: it replays on the real machines."""',
            "",
            *imports.lines,
            *(["", f"SYSTEM, _ = {called}.composed()"] if python.is_recorded else []),
            "",
            "",
            "def test_run() -> None:",
            f"    run = Run({'SYSTEM' if python.is_recorded else called})",
            *(["    for trigger in [", *(f"        {quoted(trigger)}," for trigger in triggers), "    ]:"]),
            "        run.trigger(trigger)",
            f"    assert labels(run.state) == {mapped(labels(walk.states[-1]), 4)}",
            "",
        ]
    )

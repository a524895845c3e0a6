"""Stories, and counterexamples as Python."""

from lifecheck.reports.assert_gone import assert_gone
from lifecheck.reports.importable import importable, importable_property
from lifecheck.reports.imports import Imports
from lifecheck.reports.python_source import listed, quoted
from lifecheck.reports.recorded_system import RecordedSystem
from lifecheck.reports.regression_test import file_of_test, name_of_test, regression_test
from lifecheck.reports.run_as_test import run_as_test
from lifecheck.reports.story import changes, ending, loop_ending, marks, step, story, written
from lifecheck.text import counted

__all__ = [
    "Imports",
    "RecordedSystem",
    "assert_gone",
    "changes",
    "counted",
    "ending",
    "file_of_test",
    "importable",
    "importable_property",
    "listed",
    "loop_ending",
    "marks",
    "name_of_test",
    "quoted",
    "regression_test",
    "run_as_test",
    "step",
    "story",
    "written",
]

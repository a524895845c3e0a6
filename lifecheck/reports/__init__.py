"""Stories, and counterexamples as Python."""

from lifecheck.reports.assert_gone import assert_gone
from lifecheck.reports.importable import importable_property
from lifecheck.reports.recorded_system import RecordedSystem
from lifecheck.reports.regression_test import file_of_test, regression_test
from lifecheck.reports.replay_test import replay_test
from lifecheck.reports.story import changes, ending, loop_ending, marks, step, story, written
from lifecheck.text import counted

__all__ = [
    "RecordedSystem",
    "assert_gone",
    "changes",
    "counted",
    "ending",
    "file_of_test",
    "importable_property",
    "loop_ending",
    "marks",
    "regression_test",
    "replay_test",
    "step",
    "story",
    "written",
]

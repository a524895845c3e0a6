"""Stories, and counterexamples as Python."""

from lifecheck.reports.regression_test import regression_test
from lifecheck.reports.story import changes, ending, loop_ending, marks, step, story, written
from lifecheck.text import counted

__all__ = [
    "changes",
    "counted",
    "ending",
    "loop_ending",
    "marks",
    "regression_test",
    "step",
    "story",
    "written",
]

"""What is wrong with a machine before any property is asked."""

from lifecheck.linting.codes import CODES
from lifecheck.linting.finding import Finding, LintReport, Origin
from lifecheck.linting.lint import lint

__all__ = [
    "CODES",
    "Finding",
    "LintReport",
    "Origin",
    "lint",
]

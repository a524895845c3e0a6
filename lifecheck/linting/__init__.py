"""What is wrong with a machine before any property is asked."""

from lifecheck.linting.codes import CODES
from lifecheck.linting.finding import Finding, LintReport, Origin
from lifecheck.linting.formats import github, sarif
from lifecheck.linting.lint import lint
from lifecheck.linting.source_lines import SourceLine, SourceLines

__all__ = [
    "CODES",
    "Finding",
    "LintReport",
    "Origin",
    "SourceLine",
    "SourceLines",
    "github",
    "lint",
    "sarif",
]

"""The exit statuses of the command, which scripts rely on."""

from __future__ import annotations

AS_EXPECTED = 0
"""All is as expected, there are no findings, or what was asked for is written."""

FINDINGS = 1
"""The answer is not as expected: a verdict, a mutant that survives, a finding of lint. Never a failure."""

INPUT_CANNOT_BE_USED = 2
"""An option, a name, a module, a machine, a predicate or a place to write is at fault."""

FAILED = 3
"""lifecheck itself failed, or standard output could not be written."""

INTERRUPTED = 130
"""Ctrl-C, as shells tell it: 128 and the number of SIGINT."""

READER_LEFT = 141
"""Who read standard output went away, as `head` does: 128 and the number of SIGPIPE, which shells tell likewise."""

"""Remedies in the words of the command line: options where the library says arguments."""

from __future__ import annotations

import re
import shlex

_SAID = (
    (re.compile(r"declare it in attributes=\[\.\.\.\]"), "name it with --attribute"),
    (re.compile(r"declare in attributes=\[\.\.\.\]"), "name with --attribute"),
    (re.compile(r"declare that in attributes=\[\.\.\.\]"), "name that with --attribute"),
    (re.compile(r"\battributes=\[\.\.\.\]"), "--attribute NAME"),
    (re.compile(r"\bfinal=\[\.\.\.\] here"), "--final STATE here"),
)
_IGNORED = re.compile(r"\bignored=\['([^']*)'\]")


def in_options(text: str) -> str:
    """Return what the library says about a machine with options in place of arguments.

    Examples
    --------
    >>> in_options("declare it in attributes=[...] if anything depends on it, or write ignored=['log'] if nothing does")
    'name it with --attribute if anything depends on it, or write --ignored log if nothing does'
    """
    for said, instead in _SAID:
        text = said.sub(instead, text)
    return _IGNORED.sub(lambda found: f"--ignored {shlex.quote(found[1])}", text)

"""Remedies in the words of the command line: options where the library says arguments."""

from __future__ import annotations

import ast
import re
import shlex

_SAID = (
    (re.compile(r"declare it in attributes=\[\.\.\.\]"), "name it with --attribute"),
    (re.compile(r"declare in attributes=\[\.\.\.\]"), "name with --attribute"),
    (re.compile(r"declare that in attributes=\[\.\.\.\]"), "name that with --attribute"),
    (re.compile(r"\battributes=\[\.\.\.\]"), "--attribute NAME"),
    (re.compile(r"read its definition only, or write guards='either'"), "or use --definition-only or --guards either"),
    (re.compile(r"\bguards='either'"), "--guards either"),
    (re.compile(r"\bfinal=\[\.\.\.\] here"), "--final STATE here"),
)
_NAMED = re.compile(r"\b(ignored|final)=\[('[^']*'(?:, '[^']*')*)\]")
_ARGUMENTS = re.compile(r"\barguments=\{'([^']*)': \[\(\.\.\.,\)\]\}")


def in_options(text: str) -> str:
    """Return what the library says about a machine with options in place of arguments.

    Examples
    --------
    >>> in_options("declare it in attributes=[...] if anything depends on it, or write ignored=['log'] if nothing does")
    'name it with --attribute if anything depends on it, or write --ignored log if nothing does'
    >>> in_options("if so, write final=['closed', 'rejected']")
    'if so, write --final closed --final rejected'
    """
    for said, instead in _SAID:
        text = said.sub(instead, text)
    text = _ARGUMENTS.sub(lambda found: f"--arguments {shlex.quote(found[1])}=...", text)
    return _NAMED.sub(lambda found: _options(found[1], found[2]), text)


def _options(option: str, names: str) -> str:
    return " ".join(f"--{option} {shlex.quote(name)}" for name in ast.literal_eval(f"[{names}]"))

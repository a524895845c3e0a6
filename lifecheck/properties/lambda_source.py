"""The source of a lambda, found by where its instructions come from."""

from __future__ import annotations

import ast
import linecache
from functools import lru_cache
from types import CodeType

MOST = 100
"""How many characters are shown of a longer one."""


def source_of_lambda(code: CodeType) -> str:
    """Return a lambda as it is written, in one line; nothing where its source is not there or is another by now.

    Parameters
    ----------
    code
        What the lambda runs; its instructions tell lines and columns, so that two lambdas of one line are told apart.

    Examples
    --------
    >>> is_open, is_shut = (lambda s: s.door == "open"), (lambda s: s.door == "shut")
    >>> source_of_lambda(is_shut.__code__)
    'lambda s: s.door == "shut"'
    """
    lines = linecache.getlines(code.co_filename)
    places = [place for place in code.co_positions() if place[2] != place[3]]  # the first instruction has no width
    found = [
        node
        for node in _lambdas("".join(lines))
        if node.lineno == code.co_firstlineno
        and _arguments(node) == code.co_varnames[: code.co_argcount]
        and all(_holds(node.body, *place) for place in places)
    ]
    if len(found) != 1:
        return ""
    text = " ".join((ast.get_source_segment("".join(lines), found[0]) or "").split())
    return text if len(text) <= MOST else f"{text[: MOST - 4].rsplit(' ', 1)[0]} ..."


@lru_cache(maxsize=32)
def _lambdas(source: str) -> tuple[ast.Lambda, ...]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Lambda))


def _arguments(node: ast.Lambda) -> tuple[str, ...]:
    return tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args))


def _holds(body: ast.expr, line: int | None, end_line: int | None, column: int | None, end_column: int | None) -> bool:
    """Whether an instruction comes from within an expression."""
    if line is None or end_line is None or column is None or end_column is None or body.end_lineno is None:
        return True
    begins = (body.lineno, body.col_offset) <= (line, column)
    return begins and (end_line, end_column) <= (body.end_lineno, body.end_col_offset or 0)

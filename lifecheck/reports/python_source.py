"""Writes values as Python as a formatter would: double quotes, and long collections one entry a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

WIDTH = 100
"""Columns a collection may take before each entry has a line of its own."""


Text = str | tuple[str, ...]
"""A text, or a group of several."""


def quoted(text: Text) -> str:
    """Return text, or a tuple of texts, as a literal in double quotes, if that needs no more escapes than single ones.

    Examples
    --------
    >>> print(quoted("rung"), quoted('say "x"'), quoted(("soon", "late")))
    "rung" 'say "x"' ("soon", "late")
    """
    if isinstance(text, tuple):
        return f"({', '.join(map(quoted, text))})"
    literal = repr(text)
    return literal if '"' in literal or "\\'" in literal else f'"{literal[1:-1]}"'


def listed(texts: Iterable[Text]) -> str:
    """Return a list of texts.

    Examples
    --------
    >>> print(listed(["a", "b"]))
    ["a", "b"]
    """
    return f"[{', '.join(map(quoted, texts))}]"


def mapped(entries: Mapping[Text, str] | Mapping[str, str], indent: int = 0) -> str:
    """Return a mapping of texts to texts; `indent` is that of the line it starts on.

    Examples
    --------
    >>> print(mapped({"door": "closed"}))
    {"door": "closed"}
    """
    written = [f"{quoted(key)}: {quoted(value)}" for key, value in entries.items()]
    line = f"{{{', '.join(written)}}}"
    if len(line) + indent <= WIDTH:
        return line
    space = " " * indent
    return "\n".join(["{", *(f"{space}    {entry}," for entry in written), space + "}"])

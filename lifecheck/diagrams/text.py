"""Text in pictures: names are shown as they are, whatever characters they hold."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from html import escape

from lifecheck.system import Guard, Row


def visible(text: str) -> str:
    r"""Return text on one line in which every character can be seen.

    What does not print (a line break, a control character, half of a surrogate pair) stands as its
    escape sequence; text that is empty or begins or ends with a space stands in quotes.

    Examples
    --------
    >>> visible("café"), visible("two\nlines"), visible("")
    ('café', 'two\\nlines', "''")
    """
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)
    return f"'{shown}'" if shown != shown.strip() or not shown else shown


def dot_markup(text: str) -> str:
    r"""Return text as Graphviz takes it inside an HTML-like label.

    Graphviz replaces ``\N`` and its like by the node's name in these labels too, so a backslash is doubled.

    Examples
    --------
    >>> dot_markup("a < b"), dot_markup(r"C:\N")
    ('a &lt; b', 'C:\\\\N')
    """
    return escape(visible(text).replace("\\", "\\\\"))


def dot_string(text: str) -> str:
    r"""Return text as a quoted DOT string, for attributes that Graphviz shows.

    Examples
    --------
    >>> print(dot_string('say "&" or \\'))
    "say \"&amp;\" or \\"
    """
    shown = visible(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'


def mermaid_text(text: str) -> str:
    """Return text as Mermaid takes it inside a label: what has a meaning there stands as a numbered entity.

    Examples
    --------
    >>> mermaid_text('say "end"; go'), mermaid_text("begin_scan")
    ('say #34;end#34;#59; go', 'begin_scan')
    """
    return _MEANS_SOMETHING_TO_MERMAID.sub(lambda match: f"#{ord(match[0])};", visible(text))


_MEANS_SOMETHING_TO_MERMAID = re.compile(
    r"""
      (?=[\x21-\x7e]) [^A-Za-z0-9_,'(:.)-]        # printable ASCII but letters, digits and harmless signs
    | : (?!\ ) | (?<![A-Za-z)]) [.)] | (?<!\S) -  # after a number or at the beginning these make a list
    | (?<![A-Za-z0-9]) _ | _ (?![A-Za-z0-9])      # at the edge of a word this makes italics
    """,
    re.VERBOSE,
)


def wrapped(text: str, width: int) -> list[str]:
    """Return a sentence as lines of about equal length, each at most `width` characters where its words allow.

    Examples
    --------
    >>> wrapped("The queue hands a copy to the store.", 30)
    ['The queue hands a', 'copy to the store.']
    """
    shown = visible(text)
    lines = _wrap(shown, width)
    while width > 1 and len(narrower := _wrap(shown, width - 1)) == len(lines):
        lines, width = narrower, width - 1
    return lines


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def guards(row: Row) -> str:
    """Return the conditions of a row in brackets, or nothing.

    Examples
    --------
    >>> guards(Row("open", "closed", "opened", conditions=("has_key",), unless=("is_bolted",)))
    ' [has_key, not is_bolted]'
    """
    names = [*(_name(guard) for guard in row.conditions), *(f"not {_name(guard)}" for guard in row.unless)]
    return f" [{', '.join(names)}]" if names else ""


def _name(guard: Guard) -> str:
    # never the representation of an object, which holds its address and differs at every run
    return guard if isinstance(guard, str) else str(getattr(guard, "__name__", type(guard).__name__))


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return names as a list in a sentence.

    Examples
    --------
    >>> listed(["queue", "store", "scanner"])
    'queue, store and scanner'
    """
    items = list(names)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)

"""Legal identifiers that keep names recognisable: other checkers do not take every text for a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LEGAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LONGEST = 80


class Names:
    r"""Gives each thing of one exported file a legal identifier of its own.

    Parameters
    ----------
    reserved
        Words that the other tool, or the exported file itself, uses.

    Examples
    --------
    >>> names = Names({"do"})
    >>> names.new("queue", "component"), names.new("do", "trigger"), names.new("queue", "trigger")
    ('queue', 'do_trigger', 'queue_trigger')
    >>> names.new("say \"hé!\"\n", "trigger"), names.new("42", "state"), names.new("停", "state")
    ('say_he', 'state_42', 'u505c')
    """

    def __init__(self, reserved: Iterable[str]) -> None:
        self._used = set(reserved)

    def new(self, original: str, kind: str) -> str:
        """Return an identifier that nothing has yet, as near to the original as can be.

        Parameters
        ----------
        original
            Any text.
        kind
            What it names, in one word; part of the identifier where the original alone will not do.
        """
        wanted = legal(original, kind)
        found = wanted if wanted not in self._used else f"{wanted}_{kind}"
        number = 2
        while found in self._used:
            found = f"{wanted}_{kind}_{number}"
            number += 1
        self._used.add(found)
        return found


def legal(original: str, kind: str) -> str:
    """Return a text of letters, digits and underscores that starts with a letter; accents are dropped."""
    if _LEGAL.fullmatch(original) and len(original) <= _LONGEST:
        return original
    letters = []
    for character in unicodedata.normalize("NFKD", original):
        if character.isascii():
            letters.append(character if character.isalnum() else "_")
        elif not unicodedata.combining(character):
            letters.append(f"u{ord(character):x}" if character.isalnum() else "_")
    text = re.sub("_+", "_", "".join(letters)).strip("_")[:_LONGEST].rstrip("_")
    if not text:
        return kind
    return text if text[0].isalpha() else f"{kind}_{text}"


def plain(text: str) -> str:
    r"""Return a text for a comment: on one line, in ASCII, and without what could end the comment.

    Examples
    --------
    >>> plain("ends here */ or\n *) here: é")
    'ends here * / or * ) here: \\xe9'
    """
    one_line = " ".join(text.split()).encode("ascii", "backslashreplace").decode("ascii")
    printable = "".join(character if character.isprintable() else "?" for character in one_line)
    for ending in ("*/", "/*", "*)", "(*"):
        printable = printable.replace(ending, f"{ending[0]} {ending[1]}")
    return printable.rstrip("\\")  # a backslash at the end of a line would join the next line to it

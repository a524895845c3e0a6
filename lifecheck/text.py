"""Words that are the same wherever they are shown: for what is counted and numbered, and for objects."""

from __future__ import annotations

import re
import textwrap


def counted(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun; `several` is its plural, where `plural` does not make it.

    Examples
    --------
    >>> counted(1, "state"), counted(1200, "state"), counted(2, "child", "children")
    ('1 state', '1,200 states', '2 children')
    """
    return f"{number:,} {noun if number == 1 else several or plural(noun)}"


def sized(size: int) -> str:
    """Return a number of bytes as people write it.

    Examples
    --------
    >>> sized(1), sized(12), sized(3 << 19)
    ('1 byte', '12 bytes', '1.5 MiB')
    """
    units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    value, unit = float(size), 0
    while value >= 1024 and unit < len(units) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:,.1f} {units[unit]}" if unit else counted(size, "byte")


def plural(noun: str) -> str:
    """Return what English calls several, by its rule; a noun that breaks the rule is given with its plural.

    Examples
    --------
    >>> plural("order"), plural("entry"), plural("box"), plural("day")
    ('orders', 'entries', 'boxes', 'days')
    """
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(s|x|z|ch|sh)$", noun) else f"{noun}s"


def folded(line: str, width: int) -> list[str]:
    r"""Return a line broken between words, what follows under the text of the first; a word is never broken.

    Parameters
    ----------
    line
        It may begin with spaces, the bracket of a loop and the number of a step: what follows stands to their right.
    width
        How many columns there are; a word that is longer takes more.

    Examples
    --------
    >>> print("\n".join(folded("  │ 12. ring: Somebody rings at the door.", 30)))
      │ 12. ring: Somebody rings
      │       at the door.
    """
    if len(line) <= width:
        return [line]
    begins = re.match(r"(?P<margin>\s*(?P<bracket>[┌│└\[]?)\s*)(?P<number>\d+\.\s+|Start\s+)?", line)
    assert begins is not None, "every part may be missing"
    margin = begins["margin"].replace("┌", "│").replace("└", " ").replace("[", " ")
    hanging = margin + " " * len(begins["number"] or "") + "  "
    if len(hanging) > width // 2:
        hanging = hanging[: width // 2]
    return textwrap.wrap(
        line[begins.end() :],
        width,
        initial_indent=begins[0],
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [line]


def repeated_steps(stem: int, loop: int) -> str:
    """Return which steps can repeat for ever: so many, at least one, after a stem of so many.

    Examples
    --------
    >>> repeated_steps(1, 5), repeated_steps(0, 1)
    ('Steps 2 to 6 can repeat for ever', 'Step 1 can repeat for ever')
    """
    first, last = stem + 1, stem + loop
    steps = f"Step {first}" if first == last else f"Steps {first} to {last}"
    return f"{steps} can repeat for ever"


def without_addresses(text: str) -> str:
    """Return a text without the addresses of objects, which are others in every run.

    Examples
    --------
    >>> without_addresses("<Lamp object at 0x7fb9a17ebc90> on <Machine@140492549558800>")
    '<Lamp object at 0x...> on <Machine@...>'
    """
    return re.sub(r"(0x|@)[0-9a-f]{6,}", r"\1...", text)

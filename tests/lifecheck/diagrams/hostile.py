"""Names that would break out of a label, a tag, a comment or a statement if they were not escaped."""

from __future__ import annotations

from lifecheck import Component, Row, System

NAMES = (
    'say "hi"',
    "a<b>&amp;</b>",
    "back\\slash\\N\\G",
    "new\nline",
    "semi;colon: #35; %%x",
    "naïve ☃ 日本 😀",
    "end",
    "-->|x|",
    '{"json": [1]}',
    "`code` **bold** _it_",
    "<script>alert(1)</script>",
    "x-->y]]>",
    "\x07bell\x00",
    "\ud800",
    " ",
    "1. list",
    "- item",
    "style x:#a;b",
    ":::final",
    "@{ shape: x }",
    "&#38;",
)

SHOWN = (
    'say "hi"',
    "a<b>&amp;</b>",
    "back\\slash\\N\\G",
    "new\\nline",
    "semi;colon: #35; %%x",
    "naïve ☃ 日本 😀",
    "end",
    "-->|x|",
    '{"json": [1]}',
    "`code` **bold** _it_",
    "<script>alert(1)</script>",
    "x-->y]]>",
    "\\x07bell\\x00",
    "\\ud800",
    "' '",
    "1. list",
    "- item",
    "style x:#a;b",
    ":::final",
    "@{ shape: x }",
    "&#38;",
)
"""The same names as a reader should see them."""


def ring(name: str) -> Component:
    """Return a component that goes round all names as states, with all names as triggers."""
    count = len(NAMES)
    rows = [Row(NAMES[(at + 5) % count], state, NAMES[(at + 1) % count]) for at, state in enumerate(NAMES)]
    return Component(name, NAMES, NAMES[0], rows, set(NAMES))


def hostile_system() -> System:
    """Return two such components that move together."""
    return System(NAMES[2], [ring(NAMES[0]), ring(NAMES[1])], meanings={name: name for name in NAMES})

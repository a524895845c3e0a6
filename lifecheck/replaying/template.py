"""Writes a mapping to be filled in: one rule for each trigger of a system."""

from __future__ import annotations

from lifecheck.system import System

_HEAD = """# How lifecheck replay reads a log of {name}. Fill in, delete what is never logged, and run:
#   lifecheck replay LOG SYSTEM --mapping THIS_FILE
# Triggers for which no rule is left are silent: they may happen without a line.

format = "{format}"  # "json": an object a line; "text": regular expressions; "opentelemetry": spans
case = "{case}"  # the {part} that names one {instance}; delete it where the log is about one alone
time = "{time}"  # the {part} that says when; delete it where none does
"""


def mapping_template(system: System, form: str = "json") -> str:
    """Return a mapping for a system, to be filled in; as it is, it reads fields or texts called after the triggers.

    Parameters
    ----------
    system
        The system.
    form
        How the log is written: ``json`` or ``text``.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> print(mapping_template(System("lamp", [lamp])).partition("[[line]]")[2].strip())
    when = {event = "switch_on"}
    trigger = "switch_on"
    # seen = {lamp = "on"}
    """
    is_text = form == "text"
    part = "group" if is_text else "field"
    head = _HEAD.format(name=system.name, format=form, case="id", time="time", part=part, instance=system.instance)
    blocks = [head]
    for trigger in system.triggers:
        lines = [f"# {' '.join(system.meanings[trigger].split())}"] if trigger in system.meanings else []
        quoted = _quoted(trigger)
        words = trigger.replace("_", " ")
        looked_for = (
            f"pattern = {_quoted(f'^(?P<time>[^ ]+) (?P<id>[^ ]+) {_escaped(words)}$')}"
            if is_text
            else f"when = {{event = {quoted}}}"
        )
        written = _quoted(trigger.replace("{", "{{").replace("}", "}}"))  # a brace of its own is written twice
        lines += ["[[line]]", looked_for, f"trigger = {written}"]
        seen = ", ".join(
            f"{_key(part.name)} = {_quoted(next(iter(targets)))}"
            for part in system.owners[trigger]
            if len(targets := {row.target for row in part.rows if row.trigger == trigger}) == 1
        )
        lines += [f"# seen = {{{seen}}}"] if seen else []
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in r"\^$.|?*+()[]{}" else letter for letter in text)


def _quoted(text: str) -> str:
    """Return text as TOML writes it."""
    if "'" not in text and ('"' in text or "\\" in text) and text.isprintable():
        return f"'{text}'"
    written = "".join(
        f"\\{letter}" if letter in '"\\' else letter if letter.isprintable() else f"\\U{ord(letter):08x}"
        for letter in text
    )
    return f'"{written}"'


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _quoted(name)

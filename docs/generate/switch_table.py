"""Writes the table of the model's switches for cog: values as they are declared, the rest as the docstring has it."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

import cog
from numpydoc.docscrape import ClassDoc

from model import Configuration


def switch_table() -> None:
    """Write a line a switch: its values, the default in bold, and what it says with its standing."""
    told = {
        name.strip(): " ".join(line.strip() for line in parameter.desc).replace("|", r"\|")
        for parameter in ClassDoc(Configuration)["Parameters"]
        for name in parameter.name.split(",")
    }
    cog.outl("\n| switch | values | what it says |\n|---|---|---|")
    kinds = get_type_hints(Configuration)
    for field in fields(Configuration):
        known = kinds[field.name]
        values = ", ".join(f"**{value}**" if value is field.default else str(value) for value in known)
        cog.outl(f"| `{field.name}` | {values} | {told[field.name]} |")
    cog.outl("")

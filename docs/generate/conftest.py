"""What pytest leaves alone here: modules that only cog can import, as only it has a module of its name."""

from __future__ import annotations

collect_ignore = [
    "command_output.py",
    "lessons.py",
    "museum.py",
    "pictures.py",
    "real_mail.py",
    "switch_table.py",
    "waiting_for_slots.py",
]

"""A small system that several tests replay: a bell that is rung, and a door that somebody opens for it."""

from __future__ import annotations

from lifecheck import Component, Row, System

BELL = Component(
    "bell",
    ["quiet", "rung"],
    "quiet",
    [Row("ring", "quiet", "rung"), Row("open", "rung", "quiet"), Row("give_up", "rung", "quiet")],
    {"ring", "open", "give_up"},
)
DOOR = Component(
    "door",
    ["shut", "ajar", "broken"],
    "shut",
    [Row("open", "shut", "ajar"), Row("close", "ajar", "shut"), Row("smash", "shut", "broken")],
    {"open", "close", "smash"},
)
HOUSE = System("house", [BELL, DOOR], environment={"ring", "smash"}, meanings={"ring": "Somebody rings."})
CLAIMS: list[object] = []

"""Is the fairness that was named the least that each machine needs?"""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from lifecheck import System, Verdict, check, eventually
from lifecheck.properties.property import Predicate

ANSWERS = ("weak", "strong", "none helps")

HINTS = {
    "download": "once begun, does anything make the next step impossible again?",
    "bus": "is boarding possible all the time, or again and again?",
    "key": "can the key be fetched at all? Look for an alphabet without a row.",
    "lamp": "the flickering goes on for ever. Is `switch_on` ever impossible meanwhile?",
}


def least(system: System, goal: Predicate) -> str:
    """Return the least fairness with which every run reaches the goal."""
    owed = sorted(set(system.triggers) - set(system.environment))
    strong = replace(system, strong=dict.fromkeys(owed, "asked for by the exercise"))
    for name, variant in (("weak", system), ("strong", strong)):
        if check(variant, eventually(goal)).verdict is Verdict.HOLDS:
            return name
    return "none helps"


def test_the_predictions_are_the_least_that_helps(
    predictions: dict[str, Any], machine: ModuleType
) -> None:
    for name, hint in HINTS.items():
        predicted = predictions.get(name)
        if predicted not in ANSWERS:
            pytest.fail(
                f"Hint: write one of {', '.join(ANSWERS)} for {name}.", pytrace=False
            )
        if predicted != least(*machine.MACHINES[name]):
            pytest.fail(f"Hint: {name}: {hint}", pytrace=False)

"""Are the predictions what the checker finds?"""

from __future__ import annotations

from itertools import product
from types import ModuleType
from typing import Any

import pytest

from lifecheck import Verdict, check, story

ORDERS = (
    "remember, work, report",
    "work, report, remember",
    "remember and report, work",
    "work and report, remember",
)

HINTS = {
    "lost": "Put the crash between two steps, one pair after the other. Does the queue try again, and is there "
    "something in the memory that keeps the work from being done?",
    "duplicated": "Put the crash between two steps, one pair after the other. Does the queue try again, and does "
    "anything tell the next attempt about the first?",
}


def test_the_predictions_are_what_the_checker_finds(
    predictions: dict[str, Any], machine: ModuleType
) -> None:
    for order, (wrong, hint) in product(ORDERS, HINTS.items()):
        of_order = predictions.get(order)
        predicted = of_order.get(wrong) if isinstance(of_order, dict) else None
        if not isinstance(predicted, bool):
            pytest.fail(
                f"Hint: write True or False for {wrong!r} of the worker {order!r}.",
                pytrace=False,
            )
        result = check(machine.system(order), machine.WRONG[wrong])
        if predicted is not (result.verdict is Verdict.VIOLATED):
            told = f"\n\n{story(result)}" if result.evidence else ""
            pytest.fail(
                f"Hint: look at the worker {order!r}. {hint}{told}", pytrace=False
            )

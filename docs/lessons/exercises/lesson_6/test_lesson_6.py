"""Are the predictions what the checker finds?"""

from __future__ import annotations

from types import ModuleType

import pytest

from lifecheck import Verdict, check

HINTS = {
    "lost": "put the crash between the two steps. What does the memory say at the next attempt, and what is done?",
    "duplicated": "put the crash between the two steps. Does anything tell the next attempt about the first?",
}


@pytest.mark.parametrize("wrong", HINTS)
@pytest.mark.parametrize("order", ["remembers before", "remembers after"])
def test_the_prediction_is_what_the_checker_finds(
    order: str, wrong: str, answer: ModuleType, machine: ModuleType
) -> None:
    predicted = answer.PREDICTIONS.get(order, {}).get(wrong)
    if not isinstance(predicted, bool):
        pytest.fail(
            f"Hint: write True or False for {wrong!r} where the worker {order}.",
            pytrace=False,
        )
    result = check(machine.system(order), machine.WRONG[wrong])
    if predicted is not (result.verdict is Verdict.VIOLATED):
        story = f"\n\n{result.story()}" if result.evidence else ""
        pytest.fail(
            f"Hint: the worker {order} the work. {HINTS[wrong].capitalize()}{story}",
            pytrace=False,
        )

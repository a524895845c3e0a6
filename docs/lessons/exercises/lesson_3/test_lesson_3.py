"""Are the predictions what the checker finds?"""

from __future__ import annotations

from types import ModuleType

import pytest

from lifecheck import judge
from model import VARIANTS
from properties import CLAIMS

VARIANT = "unpatched-expiry"

HINTS = {
    "deleted-leaves-queue": "does the entry leave the queue in the end, by whatever door?",
    "can-drain": "is there always some way out of the queue? One is enough.",
    "deletion-settles": "it must settle *because of the deletion*, and nobody must be told that it failed.",
    "deleted-at-most-once": "how many attempts fit in before the entry is overdue?",
    "no-false-bounce": "what does the sender get to read, and what has become of the message by then?",
}


@pytest.mark.parametrize("name", HINTS)
def test_the_prediction_is_what_the_checker_finds(
    name: str, answer: ModuleType
) -> None:
    predicted = answer.PREDICTIONS.get(name, "")
    if predicted not in {"holds", "violated"}:
        pytest.fail(
            f'Hint: write "holds" or "violated" for {name}, before you ask anybody.',
            pytrace=False,
        )
    claim = next(claim for claim in CLAIMS if claim.name == name)
    found = judge(VARIANT, VARIANTS[VARIANT], claim)
    if predicted != found.verdict:
        story = f"\n\n{found.result.story()}" if found.result.evidence else ""
        pytest.fail(f"Hint: {HINTS[name]}{story}", pytrace=False)

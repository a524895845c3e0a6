"""Are the predictions what the checker finds?"""

from __future__ import annotations

from typing import Any

import pytest

from lifecheck import judge, story
from model import VARIANTS
from properties import CLAIMS

EXPIRY = {"patched-lost-again": "off", "patched-lost-again-expiry": "on"}

HINTS = {
    ("deleted-leaves-queue", "off"): "who owes the queue that a report ever arrives?",
    (
        "deleted-leaves-queue",
        "on",
    ): "does the entry leave the queue in the end, by whatever door?",
    (
        "can-drain",
        "off",
    ): "a report may be lost. Must it be? One way out is enough, however lucky.",
    ("can-drain", "on"): "is there always some way out of the queue? One is enough.",
    (
        "deleted-at-most-once",
        "off",
    ): "the queue never heard of the first deletion. What does it do next?",
    (
        "deleted-at-most-once",
        "on",
    ): "how many attempts fit in before the entry is overdue?",
    (
        "no-false-bounce",
        "off",
    ): "when is anybody told anything, where nothing expires?",
    (
        "no-false-bounce",
        "on",
    ): "what does the sender get to read, and what has become of the message by then?",
}


@pytest.mark.parametrize("variant", EXPIRY)
@pytest.mark.parametrize("name", dict.fromkeys(name for name, _ in HINTS))
def test_the_prediction_is_what_the_checker_finds(
    name: str, variant: str, predictions: dict[str, Any]
) -> None:
    expiry = EXPIRY[variant]
    of_variant = predictions.get(variant)
    predicted = of_variant.get(name) if isinstance(of_variant, dict) else None
    if predicted not in ("holds", "violated", "vacuous"):
        pytest.fail(
            f'Hint: write "holds", "violated" or "vacuous" for {name} with expiry {expiry}, before you ask anybody.',
            pytrace=False,
        )
    claim = next(claim for claim in CLAIMS if claim.name == name)
    found = judge(variant, VARIANTS[variant], claim)
    if predicted != found.verdict:
        told = f"\n\n{story(found.result)}" if found.result.evidence else ""
        pytest.fail(f"Hint: {HINTS[name, expiry]}{told}", pytrace=False)

"""Are the predictions what the checker finds?"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from lifecheck import judge, story

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
    ("no-false-bounce", "off"): "when is anybody told anything, where nothing expires?",
    (
        "no-false-bounce",
        "on",
    ): "what does the sender get to read, and what has become of the message by then?",
}


def test_the_predictions_are_what_the_checker_finds(
    predictions: dict[str, Any], machine: ModuleType
) -> None:
    claims = {claim.name: claim for claim in machine.CLAIMS}
    for (name, expiry), hint in HINTS.items():
        of_setting = predictions.get(f"expiry {expiry}")
        predicted = of_setting.get(name) if isinstance(of_setting, dict) else None
        if predicted not in ("holds", "violated", "vacuous"):
            pytest.fail(
                f'Hint: write "holds", "violated" or "vacuous" for {name} with expiry {expiry}, before you ask '
                "anybody.",
                pytrace=False,
            )
        found = judge(f"expiry {expiry}", machine.system(expiry), claims[name])
        if predicted != found.verdict:
            told = f"\n\n{story(found.result)}" if found.result.evidence else ""
            pytest.fail(
                f"Hint: {name} with expiry {expiry}: {hint}{told}", pytrace=False
            )

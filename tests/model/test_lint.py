"""Every state and row of the model is used in some configuration, and lint finds the defect without any property."""

from __future__ import annotations

import pytest

from lifecheck import System, lint
from model import PATCHED, UNPATCHED, VARIANTS, configured

FURTHER = {
    "a crash of the SMTP service and expiry": ("patched-expiry", {"smtp_crashes": "on"}),
    "a crash of the SMTP service and a bounce": ("bouncing", {"smtp_crashes": "on", "store_crashes": "on"}),
    "crashes, and a scanner that replaces": ("with-vsapi-2.0", {"store_crashes": "on", "scanner_crashes": "on"}),
    "crashes, and a scanner that is unavailable": ("patched-fails-closed", {"store_crashes": "on"}),
    "a store that remembers what it replaced": ("remembering", {"vsapi": "2.0"}),
    "a store that remembers, and a scanner that is unavailable": ("remembering", {"scanning": "fails-closed"}),
    "a store that remembers, losses and crashes of all": (
        "remembering-lost-again-strong",
        {"smtp_crashes": "on", "store_crashes": "on", "scanner_crashes": "on"},
    ),
    "crashes, and a copy that is consumed": ("consuming", {"smtp_crashes": "on", "store_crashes": "on"}),
}
"""Combinations that have no name, and for which some row is there all the same."""


def further(name: str) -> System:
    base, changes = FURTHER[name]
    return configured({**VARIANTS[base].settings, **changes})


def test_in_some_configuration_every_state_is_reached_and_every_row_taken() -> None:
    assert lint({**VARIANTS, **{name: further(name) for name in FURTHER}}).findings == ()


def test_each_row_of_a_slot_is_taken_under_some_correction_or_after_a_crash() -> None:
    limited = {
        correction: configured({"correction": correction, "slots": "1", "smtp_crashes": "on"})
        for correction in ("none", "report-success", "report-consumed", "report-failure")
    }
    assert not [finding for finding in lint(limited).findings if finding.place.startswith("component 'slots'")]


@pytest.mark.parametrize("name", FURTHER)
def test_without_any_of_these_some_row_would_be_taken_nowhere(name: str) -> None:
    others = {other: further(other) for other in FURTHER if other != name}
    found = lint({**VARIANTS, **others, name: VARIANTS[FURTHER[name][0]]})
    assert found.codes


def test_the_defect_is_a_livelock_where_it_is_said_that_the_entry_must_leave_the_queue() -> None:
    final = {"queue": ["removed"]}
    (livelock,) = (finding for finding in lint(UNPATCHED, final=final).findings if finding.code == "livelock")
    assert "store deleted" not in livelock.place  # the loop begins where the message is queued
    assert livelock.place.endswith("and 4 more")
    assert livelock.sentence.endswith("the way there: accept_infected_message")
    assert not {"livelock", "stuck-state", "no-way-to-final"} & set(lint(PATCHED, final=final).codes)

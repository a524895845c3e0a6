"""``lifecheck compare``: which claim it compares by, what stands above the story, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lifecheck.cli.cli import call

BELLS = """
from lifecheck import Claim, Component, Role, Row, System, eventually, never, sometimes

def bell(name, *rows):
    return System(name, [Component(name, ["rung", "answered"], "rung", rows, {"wait", "answer"})])

BELLS = {
    "deaf": bell("bell", Row("wait", "rung", "=")),
    "deafer": bell("bell", Row("wait", "rung", "=")),
    "heard": bell("bell", Row("answer", "rung", "answered")),
    "door": bell("door", Row("wait", "rung", "=")),
}
CLAIMS = [
    Claim("seen", "it is seen", sometimes(lambda s: s.bell == "answered"), role=Role.OBSERVATION),
    Claim("answered", "it is answered", eventually(lambda s: s.bell == "answered")),
]
NONE = []
"""


@pytest.fixture
def _bells(elsewhere: Path) -> None:
    """Move to a folder with a module of bells."""
    (elsewhere / "bells_to_compare.py").write_text(BELLS)


@pytest.mark.usefixtures("in_the_checkout")
def test_the_defect_and_its_correction_part_where_the_row_differs() -> None:
    called = call("compare", "unpatched", "patched")
    assert (called.status, called.err) == (0, "")
    assert (
        called.out
        == """\
no deleted message stays queued for ever
  leads_to(deleted, not_in_queue)
  violated on unpatched, holds on patched
  correction: none (unpatched), report-success (patched)

  Start  message unknown, queue empty, queue_file absent, store absent, scanner idle, sender unaware
     1. accept_infected_message: A message with a virus arrives; the SMTP service saves and queues it.
        message: unknown -> infected, queue: empty -> queued, queue_file: absent -> present
  ┌  2. attempt_delivery: The queue hands a copy of the message to the store.
  │     queue: queued -> delivering, store: absent -> received
  │  3. begin_scan: The store has the scanner look at the copy.
  │     store: received -> scanning, scanner: idle -> scanning
  │  4. request_deletion: The scanner finds the virus and asks for the copy to be deleted.
  │     store: scanning -> condemned, scanner: scanning -> idle
  │  5. delete: The store deletes the copy.
  │     store: condemned -> deleted
  │
  │ unpatched:
  └  6. abandon_attempt: The queue, unanswered, gives up on the attempt and keeps the entry.
        queue: delivering -> queued, store: deleted -> absent
  Steps 2 to 6 can repeat for ever, and every fair trigger gets its due.

    patched: abandon_attempt is blocked by store in state deleted.
     6. acknowledge: The store reports success, and the queue settles the entry.
        queue: delivering -> removed, store: deleted -> settled
  Here not_in_queue holds.
"""
    )


@pytest.mark.usefixtures("in_the_checkout")
def test_the_variant_that_violates_is_told_first_in_whatever_order_they_are_named() -> None:
    there, back = call("compare", "unpatched", "patched").out, call("compare", "patched", "unpatched").out
    assert there.partition("\n\n")[2] == back.partition("\n\n")[2]


@pytest.mark.usefixtures("in_the_checkout")
def test_expiry_ends_the_retries_by_fairness_alone() -> None:
    out = call("compare", "unpatched", "unpatched-expiry").out
    assert "         on unpatched-expiry also age fresh" in out
    assert "unpatched-expiry: the same steps are possible, but not for ever: fairness owes grow_old." in out
    assert out.endswith("  Here not_in_queue holds.\n")


@pytest.mark.usefixtures("in_the_checkout")
def test_a_property_can_be_chosen() -> None:
    out = call("compare", "unpatched", "patched", "--property", "deletes-again").out
    assert out.startswith(
        "each retry deletes again\n  sometimes(deleted_again)\n  reachable on unpatched, unreachable on"
    )
    assert "Here deleted_again holds." in out


@pytest.mark.usefixtures("in_the_checkout")
@pytest.mark.parametrize(
    ("variants", "difference"),
    [
        (
            ("patched-lost-again", "patched-lost-again-strong"),
            "fairness: weak (patched-lost-again), strong (patched-lost-again-strong)",
        ),
        (("unpatched", "patched-lost-once"), "acknowledgements: kept (unpatched), lost-once (patched-lost-once)"),
        (("patched", "two-recipients-lost-once"), "recipients: as by default (patched), 2 (two-recipients-lost-once)"),
    ],
)
def test_a_switch_that_one_variant_leaves_at_its_default_is_a_difference(
    variants: tuple[str, str], difference: str
) -> None:
    assert f"  {difference}\n" in call("compare", *variants).out


@pytest.mark.usefixtures("in_the_checkout")
def test_an_observation_is_told_where_it_alone_tells_two_variants_apart() -> None:
    out = call("compare", "two-recipients-lost-once", "per-recipient-lost-once").out
    assert out.startswith("every recipient gets the message again\n")
    assert "  reachable on two-recipients-lost-once, unreachable on per-recipient-lost-once\n" in out


@pytest.mark.usefixtures("in_the_checkout")
def test_where_no_requirement_is_violated_one_line_says_so() -> None:
    called = call("compare", "patched", "patched-expiry")
    assert called.status == 0
    assert called.out == (
        "No requirement was found violated on patched or patched-expiry: there is no story to compare.\n"
    )


@pytest.mark.usefixtures("in_the_checkout")
def test_where_the_chosen_property_has_no_story_one_line_says_so() -> None:
    assert call("compare", "patched", "patched-expiry", "--property", "deletes-again").out == (
        "each retry deletes again: unreachable on patched, unreachable on patched-expiry. "
        "There is no story to compare.\n"
    )


@pytest.mark.usefixtures("in_the_checkout")
def test_a_limit_is_kept() -> None:
    assert "unknown on patched" in call("compare", "unpatched", "patched", "--limit", "14").out


@pytest.mark.usefixtures("_bells")
def test_where_both_violate_the_story_is_that_of_the_first() -> None:
    out = call("compare", "bells_to_compare:BELLS", "deafer", "deaf").out
    assert out.startswith("it is answered\n")
    assert "violated on deafer, violated on deaf\n\n" in out  # no switches, so nothing is said of them
    assert "    deafer:\n  Step 1 can repeat for ever" in out
    assert out.endswith("    deaf: the same steps, and the same end.\n")


@pytest.mark.usefixtures("_bells")
def test_a_strangers_variants_are_compared_where_they_lie() -> None:
    words = ["bells_to_compare:BELLS", "deaf", "heard", "--properties", "bells_to_compare:CLAIMS"]
    assert "heard: wait is blocked by bell in state rung." in call("compare", *words).out


@pytest.mark.usefixtures("_bells")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["deaf", "heart"], "there is no variant 'heart'; did you mean 'heard'"),
        (["deaf", "heard", "--property", "answerd"], "there is no property 'answerd'; did you mean 'answered'?"),
        (["deaf", "deaf"], "'deaf' would be compared with itself; name two variants"),
        (["deaf"], "Missing argument 'V2'; see lifecheck compare --help"),
        (["deaf", "door"], "'deaf' and 'door' have no component in common, so that nothing can be compared; name two"),
        (["deaf", "door", "--property", "seen"], "'deaf' and 'door' have no component in common"),
        (["deaf", "heard", "--properties", "bells_to_compare:NONE"], "there is no property to compare by on 'bells_"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_refused_in_one_line(words: list[str], message: str) -> None:
    called = call("compare", "bells_to_compare:BELLS", *words)
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith(f"lifecheck: {message}")
    assert called.err.count("\n") == 1

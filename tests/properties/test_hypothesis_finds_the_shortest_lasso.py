"""Two judges, one counterexample: Hypothesis on the real machines, and the exhaustive checker."""

from __future__ import annotations

import pytest
from hypothesis.stateful import run_state_machine_as_test

from lifecheck import check
from lifecheck.stateful import state_machine
from model import UNPATCHED
from properties.claims import DELETED_AT_MOST_ONCE, DELETED_LEAVES_QUEUE


def _fired(error: AssertionError) -> list[str]:
    """Return the triggers of the shrunk falsifying example, as Hypothesis prints it."""
    lines = [line.strip() for note in getattr(error, "__notes__", []) for line in note.splitlines()]
    calls = [line.removeprefix("state.").removesuffix("()") for line in lines if line.startswith("state.")]
    return [call for call in calls if call != "teardown"]


def test_the_shrunk_run_for_the_headline_is_the_shortest_lasso_of_six_triggers() -> None:
    evidence = check(UNPATCHED, DELETED_LEAVES_QUEUE.asked).evidence
    assert evidence is not None
    assert evidence.loop is not None

    with pytest.raises(AssertionError) as raised:
        run_state_machine_as_test(state_machine(UNPATCHED, DELETED_LEAVES_QUEUE.asked))

    assert _fired(raised.value) == [*evidence.stem, *evidence.loop]
    assert len(_fired(raised.value)) == 6
    assert "Steps 2 to 6 can repeat for ever" in str(raised.value)


@pytest.mark.long
def test_the_shrunk_run_for_a_second_deletion_is_the_shortest_path() -> None:
    evidence = check(UNPATCHED, DELETED_AT_MOST_ONCE.asked).evidence
    assert evidence is not None

    with pytest.raises(AssertionError) as raised:
        run_state_machine_as_test(state_machine(UNPATCHED, DELETED_AT_MOST_ONCE.asked))

    assert _fired(raised.value) == list(evidence.stem)

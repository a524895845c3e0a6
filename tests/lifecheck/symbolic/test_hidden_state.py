"""Sets of states are made of tables, and so of machines that keep nothing that a table does not show."""

from __future__ import annotations

import pytest
from transitions import Machine

from tests import needs

needs.package("oxidd")

from lifecheck import InputError, LifecheckError, System, check, component_of, never  # noqa: E402


def safe() -> Machine:
    """Make a safe that opens once it was unlocked, which it keeps where no table shows it."""
    unlocked: list[bool] = []
    rows = [
        {"trigger": "unlock", "source": "shut", "dest": "=", "after": lambda: unlocked.append(True)},
        {"trigger": "pull", "source": "shut", "dest": "open", "conditions": lambda: bool(unlocked)},
    ]
    return Machine(states=["shut", "open"], initial="shut", transitions=rows, auto_transitions=False)


def test_what_one_step_unlocks_out_of_sight_is_found_before_sets_are_made() -> None:
    safes = System("safes", [component_of(safe, "safe")], copied={"safe"})
    with pytest.raises(InputError, match="trigger 'pull' in state 'shut': two firings differ"):
        check(safes, never("safe == 'open'"), engine="symbolic")
    with pytest.raises(LifecheckError, match="trigger 'pull' in state 'shut': two firings differ"):
        check(safes, never("safe == 'open'"), instances=3)

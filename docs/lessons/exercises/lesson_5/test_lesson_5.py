"""Can the run be taken, does it deliver twice, and is it as short as can be?"""

from __future__ import annotations

from types import ModuleType

import pytest

from lifecheck import BlockedError, Run, State, check


def last_state(answer: ModuleType, machine: ModuleType) -> State:
    run: Run = machine.SYSTEM.start()
    for number, trigger in enumerate(answer.RUN, start=1):
        try:
            run.trigger(trigger)
        except BlockedError as error:
            possible = ", ".join(run.possible())
            pytest.fail(
                f"Hint: step {number} cannot be taken: {error}. Possible are: {possible}.",
                pytrace=False,
            )
    return run.state


def test_the_run_delivers_twice(answer: ModuleType, machine: ModuleType) -> None:
    state = last_state(answer, machine)
    if not machine.delivered_twice(state):
        pytest.fail(
            f"Hint: after your run the count of deliveries is {state.deliveries}. When must the crash come, so that "
            "the client does not know what the server has done?",
            pytrace=False,
        )


def test_no_run_is_shorter(answer: ModuleType, machine: ModuleType) -> None:
    last_state(answer, machine)
    shortest = check(machine.SYSTEM, machine.AT_MOST_ONCE).evidence
    assert shortest is not None
    if len(answer.RUN) != len(shortest.stem):
        pytest.fail(
            f"Hint: the shortest run takes {len(shortest.stem)} steps, yours {len(answer.RUN)}.",
            pytrace=False,
        )

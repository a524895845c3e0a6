"""Can the run be taken, does it deliver twice, and is it as short as can be?"""

from __future__ import annotations

from types import ModuleType

import pytest

from lifecheck import BlockedError, Run, State, check


@pytest.fixture
def triggers(answer: ModuleType) -> list[str]:
    found = getattr(answer, "RUN", None)
    if not isinstance(found, list) or not all(isinstance(step, str) for step in found):
        pytest.fail(
            "Hint: answer.py is to define RUN, a list of the names of triggers.",
            pytrace=False,
        )
    return found


def last_state(triggers: list[str], machine: ModuleType) -> State:
    run: Run = Run(machine.SYSTEM)
    for number, trigger in enumerate(triggers, start=1):
        problem = ""
        try:
            run.trigger(trigger)
        except BlockedError as error:
            possible = ", ".join(run.possible()) or "none"
            problem = f"{error}. Possible are: {possible}."
        if problem:
            pytest.fail(
                f"Hint: step {number} cannot be taken: {problem}", pytrace=False
            )
    return run.state


def test_the_run_is_the_shortest_that_delivers_twice(
    triggers: list[str], machine: ModuleType
) -> None:
    state = last_state(triggers, machine)
    if not machine.delivered_twice(state):
        pytest.fail(
            f"Hint: after your run the count of deliveries is {state.deliveries}. When must the crash come, so that "
            "the client does not know what the server has done?",
            pytrace=False,
        )
    shortest = check(machine.SYSTEM, machine.AT_MOST_ONCE).evidence
    assert shortest is not None
    if len(triggers) != len(shortest.stem):
        pytest.fail(
            f"Hint: the shortest run takes {len(shortest.stem)} steps, yours {len(triggers)}.",
            pytrace=False,
        )

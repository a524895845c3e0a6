"""Flattens a hierarchical machine: fires it to find the states it reaches and the moves between them."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck.machines.definition import Definition
from lifecheck.machines.exploring import explore_machine
from lifecheck.system import Row

FLATTENED_STATE_LIMIT = 1_000
"""How many local states are fired to find names and rows; a check explores as many as it needs."""


def flattened(
    definition: Definition, name: str, attributes: Sequence[str], ignored: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the states that a hierarchical machine reaches, in order of first visit, and each different move once.

    Raises
    ------
    ComponentError
        If the machine cannot be fired.
    """
    found = explore_machine(definition, name, attributes, FLATTENED_STATE_LIMIT, ignored=ignored, drive=False)
    states = dict.fromkeys(str(state) for state in found.states)
    rows: dict[Row, None] = {}
    for trigger in definition.triggers:
        for number, state in enumerate(found.states):
            target = found.moves.get((number, trigger))
            if target is not None:
                rows[Row(trigger, str(state), str(found.states[target]))] = None
    return tuple(states), tuple(rows)

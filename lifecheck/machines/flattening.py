"""Flattens a hierarchical machine: fires it to find the states it reaches and the moves between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lifecheck.machines.definition import Definition
from lifecheck.machines.exploring import explore_machine
from lifecheck.system import Row, choices_of

FLATTENED_STATE_LIMIT = 1_000
"""How many local states are fired to find names and rows; a check explores as many as it needs."""


def flattened(
    definition: Definition,
    name: str,
    attributes: Sequence[str],
    ignored: Sequence[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the states that a hierarchical machine reaches, in order of first visit, and each different move once.

    Raises
    ------
    ComponentError
        If the machine cannot be fired.
    """
    found = explore_machine(
        definition, name, attributes, FLATTENED_STATE_LIMIT, ignored=ignored, arguments=arguments, drive=False
    )
    states = dict.fromkeys(str(state) for state in found.states)
    rows: dict[Row, None] = {}
    choices = choices_of(name, arguments or {}, definition.triggers)
    for trigger in (new for own in definition.triggers for new in choices.get(own, [own])):
        for number, state in enumerate(found.states):
            target = found.moves.get((number, trigger))
            if target is not None:
                rows[Row(trigger, str(state), str(found.states[target]))] = None
    return tuple(states), tuple(rows)

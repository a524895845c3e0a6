"""Toy systems: hand-drawn graphs whose states are small integers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lifecheck import Component, Row, System


def toy(
    *edges: str,
    environment: Collection[str] = (),
    fair: Collection[str] | None = None,
    strong: Mapping[str, str] | Collection[str] = (),
) -> System:
    """Draw a graph as a system of one component called ``n``; it starts where the first edge does.

    Each edge is written ``"source trigger target"``.
    """
    drawn = [edge.split() for edge in edges]
    states = dict.fromkeys(state for source, _, target in drawn for state in (source, target))
    rows = [Row(trigger, source, target) for source, trigger, target in drawn]
    component = Component("n", list(states), drawn[0][0], rows, {row.trigger for row in rows})
    return System(
        "toy",
        [component],
        environment=frozenset(environment),
        fair=None if fair is None else frozenset(fair),
        strong=dict.fromkeys(strong, "declared in the test"),
    )

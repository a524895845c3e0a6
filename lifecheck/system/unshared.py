"""Finds triggers that some components share and another, which has one of the same name, does not take part in."""

from __future__ import annotations

from collections.abc import Iterator

from lifecheck.system.system import System


def unshared(system: System) -> Iterator[str]:
    """Yield a sentence without an end for each component that does not share what its machine has by the same name.

    That may be meant. But a machine that is not told of a trigger stays where it is, and a verdict says nothing of
    what it would have done.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("pay(5)", "open", "paid"), Row("pay(0)", "open", "open")]
    >>> names = {"pay(5)": "pay", "pay(0)": "pay"}
    >>> order = Component("order", ["open", "paid"], "open", rows, {"pay(5)", "pay(0)"}, families=names)
    >>> till = Component("till", ["shut", "used"], "shut", [Row("pay", "shut", "used")], {"pay"})
    >>> list(unshared(System("shop", [order, till])))
    ["'order' has 'pay(5)' and 'pay(0)', and 'till' has 'pay', which they do not take together"]
    """
    by_name: dict[str, dict[str, list[str]]] = {}
    for part in system.components:
        for trigger in part.triggers:
            by_name.setdefault(part.families.get(trigger, trigger), {}).setdefault(part.name, []).append(trigger)
    for name, owners in by_name.items():
        yield from _different(owners)
        for part in system.components:
            if part.name not in owners and name in part.left_out:
                having = " and ".join(map(repr, owners))
                yield f"the machine of {part.name!r} has {name!r} too, and does not take it together with {having}"


def _different(owners: dict[str, list[str]]) -> Iterator[str]:
    """Yield what is different where components have triggers of one name, and not the same ones."""
    told: set[frozenset[str]] = set()
    for first, its in owners.items():
        for second, others in owners.items():
            pair = frozenset((first, second))
            if first != second and pair not in told and set(its) != set(others):
                told.add(pair)
                mine, theirs = _without(its, others), _without(others, its)
                if mine and theirs:
                    yield f"{first!r} has {mine}, and {second!r} has {theirs}, which they do not take together"
                else:
                    alone, other = (first, second) if mine else (second, first)
                    yield f"{alone!r} takes {mine or theirs} without {other!r}, which takes others of that name"


def _without(triggers: list[str], others: list[str]) -> str:
    return " and ".join(repr(one) for one in triggers if one not in others)

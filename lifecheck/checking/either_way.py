"""What a verdict says where guards may answer either way: more runs were looked at than the machines have.

So what holds in all of them holds, and what is in none of them is nowhere. What some of them do is only possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lifecheck.checking.result import Result
from lifecheck.errors import PredicateError
from lifecheck.properties import Decisive, Verdict
from lifecheck.system import System


def as_far_as_proven(result: Result) -> Result:
    """Return a result as it is or, where guards were not asked, as `unknown` where it is no more than possible.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, never, sometimes
    >>> row = {"trigger": "step", "source": "filling", "dest": "full", "conditions": "heavy"}
    >>> bin = Machine(states=["filling", "full", "burst"], initial="filling", transitions=[row])
    >>> check(bin, never("state == 'burst'"), guards="either")
    <Result: never(state == 'burst') holds>
    >>> result = check(bin, never("state == 'full'"), guards="either")
    >>> result, result.evidence.stem
    (<Result: never(state == 'full') unknown>, ('step [heavy]',))
    >>> result.note
    'possible, if the guards answer so; guards may answer either way, and no callback was run'
    """
    if not _is_either_way(result.system) or result.verdict is Verdict.UNKNOWN:
        return result
    unproven = _unproven(result)
    told = f"{unproven or 'however guards answer'}; guards may answer either way, and no callback was run"
    return replace(
        result,
        verdict=result.verdict if unproven is None else Verdict.UNKNOWN,
        note="; ".join(filter(None, [told, result.note])),
    )


@contextmanager
def about_states_alone(system: System) -> Iterator[None]:
    """Say of a predicate that reads an attribute why there is none, where guards were not asked."""
    try:
        yield
    except PredicateError as error:
        if _is_either_way(system) and "declares no attribute" in str(error):
            raise PredicateError(
                f"{error}; guards='either' runs no callback, so that attributes have no values: ask about states "
                "alone, or fire the machine"
            ) from error
        raise


def _is_either_way(system: System) -> bool:
    return any(part.guards == "either" for part in system.parts)


def _unproven(result: Result) -> str | None:
    """Return what a verdict is instead, if it is not proven; None if it is."""
    kind = result.property.kind
    if kind.decided_by is Decisive.CLOSED_SET and result.verdict is Verdict.HOLDS:
        return "can_always_reach is never said to hold, because the way may need answers that guards never give"
    if result.verdict is not kind.run_shows:
        return None
    owners = {label: name for part in result.system.parts for label, name in part.families.items()}
    taken = (*result.evidence.stem, *(result.evidence.loop or ())) if result.evidence else ()
    is_asked = any(owners.get(trigger, trigger) != trigger for trigger in taken)
    return "possible, if the guards answer so" if is_asked else "possible, whatever guards answer"

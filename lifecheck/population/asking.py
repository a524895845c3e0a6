"""What a property says about one message among many, and the refusal of one that speaks of none or of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lifecheck.copies import indexed
from lifecheck.errors import PredicateError
from lifecheck.properties import Predicate, Property, name_of
from lifecheck.state import State, local_states
from lifecheck.system import System


@contextmanager
def asked_of_one(asked: Property, system: System, messages: int) -> Iterator[Property]:
    """Give the property as one of the system of one message, and see when it was asked what it had read.

    All messages are alike, so what is asked of any numbered one is asked of message 1.

    Raises
    ------
    PredicateError
        At the end, if the predicates read no message's component, or those of several messages.
    """
    read: set[str] = set()
    given = None if asked.given is None else _noting(asked.given, system, messages, read)
    yield replace(asked, goal=_noting(asked.goal, system, messages, read), given=given)
    numbers = {found[1] for name in read if (found := re.fullmatch(r".*\[(\d+)\]", name))}
    plain = read & system.copied
    if not numbers and not plain:
        raise PredicateError(
            f"property {asked.formula} reads no component of a message, so it is not about one of many; "
            "read one that is copied: " + ", ".join(sorted(system.copied))
        )
    if len(numbers) + bool(plain) > 1:
        told = " and ".join(sorted(plain | {name for name in read if name.endswith("]")}))
        raise PredicateError(
            f"property {asked.formula} names several messages: {told}; a verdict is about one message among many, "
            "so name one"
        )


def _noting(predicate: Predicate, system: System, messages: int, read: set[str]) -> Predicate:
    """Return the same predicate for the system of one message, with that one under every number."""

    def asks(state: State) -> bool:
        found = local_states(state)
        for name in system.copied & found.keys():
            found |= {indexed(name, number): found[name] for number in range(1, messages + 1)}
        return predicate(State(found, state._left_out, read))

    asks.__name__ = name_of(predicate)
    return asks

"""A property of one instance asked of any copy, by a way of its own: what the checker says is compared with it."""

from __future__ import annotations

from collections.abc import Set

from lifecheck import Property, State, System
from lifecheck.instances.copies import indexed
from lifecheck.properties import Predicate, name_of
from lifecheck.system import ObserverNeededError, local_states


def for_instance(asked: Property, system: System, instance: int) -> Property:
    """Return a property of a system of one instance as one of a numbered instance among its copies."""
    return asked.with_predicates(lambda predicate: _of_instance(predicate, system.copied, instance))


def _of_instance(predicate: Predicate, copied: Set[str], instance: int) -> Predicate:
    def asked(state: State) -> bool:
        everything = local_states(state)
        own = {name: everything[indexed(name, instance)] for name in copied if indexed(name, instance) in everything}
        try:
            return predicate(State({**everything, **own}, state._left_out | copied))
        except ObserverNeededError as needed:
            name = needed.name
            raise ObserverNeededError(indexed(name, instance) if name in copied else name) from None

    asked.__name__ = name_of(predicate)
    return asked

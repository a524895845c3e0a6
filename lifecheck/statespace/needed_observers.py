"""Asks of a system with those observers alone that are read, because each observer lengthens lassos."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from lifecheck.system import ObserverNeededError

Answer = TypeVar("Answer")


def with_needed_observers(ask: Callable[[frozenset[str]], Answer], read: Iterable[str] = ()) -> Answer:
    """Ask again with one observer more, as long as one is read that was left out.

    Which observers a predicate reads is known only when it is asked: what stands left of an ``and`` may spare it
    the rest. So the first question is put without any, and each that turns out to be needed is added.

    Parameters
    ----------
    ask
        Asks, given the names of the observers to keep; most call `System.with_observers` with them. It is called
        again from the start, so it must leave nothing behind.
    read
        The observers that are known to be read.

    Returns
    -------
    Answer
        The first answer for which no other observer was read.

    Raises
    ------
    ObserverNeededError
        If an observer is read that was kept, and still is not part of what was asked.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> rows = [Row("switch", "dark", "lit"), Row("switch", "lit", "=")]
    >>> watch = Component("watch", ["dark", "lit"], "dark", rows, {"switch"})
    >>> room = System("room", [lamp], observers=[watch])
    >>> def is_read(read): return explore(room.with_observers(read)).view(0).watch == "dark", sorted(read)
    >>> with_needed_observers(is_read)
    (True, ['watch'])
    """
    kept = frozenset(read)
    while True:
        try:
            return ask(kept)
        except ObserverNeededError as needed:
            if needed.name in kept:
                raise
            kept |= {needed.name}

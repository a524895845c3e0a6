"""The hierarchy of a machine's states, as data: ``parent_child``, and ``a|b`` where regions are parallel."""

from __future__ import annotations

from dataclasses import dataclass

TOGETHER = "|"
"""Stands between the states of parallel regions that are active together."""

Path = tuple[str, ...]


@dataclass(frozen=True)
class Nesting:
    """The hierarchy of a machine's states.

    Parameters
    ----------
    separator
        What the library writes between parent and child.
    names
        Every state by its whole name, parents before their children.
    parents
        Those that always enter a child, so that they are never the state themselves.
    """

    separator: str
    names: tuple[str, ...]
    parents: frozenset[str]

    def path(self, name: str) -> Path:
        """Return the steps of a whole name, outermost first."""
        return tuple(name.split(self.separator))

    def within(self, name: str) -> tuple[str, ...]:
        """Return a whole name and those of its ancestors, outermost first.

        Examples
        --------
        >>> Nesting("_", ("playing", "playing_loud"), frozenset({"playing"})).within("playing_loud")
        ('playing', 'playing_loud')
        """
        path = self.path(name)
        return tuple(self.separator.join(path[:depth]) for depth in range(1, len(path) + 1))

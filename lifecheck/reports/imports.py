"""The import lines of a file that is written, and what is called how after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from lifecheck.reports.python_source import WIDTH

Place = tuple[str, str]
"""A module, and a name in it."""


class Imports:
    """The import lines of a file, and what everything imported is called after them.

    Parameters
    ----------
    places
        What is imported. It is called by its name where that is free, and else by its module too.
    taken
        Names that are not free.

    Examples
    --------
    >>> found = Imports([("lamps", "lamp"), ("bells", "check")], taken={"check"})
    >>> found.lines, found.name(("bells", "check"))
    (('import bells', 'from lamps import lamp'), 'bells.check')
    """

    def __init__(self, places: Iterable[Place], taken: Set[str] = frozenset()) -> None:
        wanted = tuple(dict.fromkeys(places))
        names = [name for _, name in wanted]
        self._called: dict[Place, str] = {}
        found: dict[str, list[str]] = {}
        for module, name in wanted:
            is_free = "." not in name and name not in taken and names.count(name) == 1
            found.setdefault(module, []).extend([name] if is_free else [])
            self._called[module, name] = name if is_free else f"{module}.{name}"
        by_module = {called.removesuffix(f".{name}") for (_, name), called in self._called.items() if called != name}
        self.lines = tuple(
            line
            for module in sorted(found)
            for line in ([f"import {module}"] if module in by_module else []) + _from(module, sorted(found[module]))
        )

    def name(self, place: Place) -> str:
        """Return what is imported from a place is called."""
        return self._called[place]


def _from(module: str, names: Sequence[str]) -> list[str]:
    line = f"from {module} import {', '.join(names)}"
    if len(line) > WIDTH:
        line = "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
    return [line] if names else []

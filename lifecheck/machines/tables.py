"""The tables of several components, and who owns them: what was fired is remembered as long as this is."""

from __future__ import annotations

from lifecheck.machines.component_machine import runs_code
from lifecheck.machines.table import Table
from lifecheck.system import Component


class Tables:
    """Fires each component once, for as long as this object is there.

    A table says what the machine did while it was fired. What a condition reads outside (a flag, an attribute of a
    class, a patched method) may be another thing at the next question: so whoever asks makes tables of their own, and
    they end with the question. Equal components without code of their own share a table, because their rows say all;
    of others each object has its own, because what they would do alike their equality does not tell.

    Examples
    --------
    >>> from lifecheck import Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> tables = Tables()
    >>> tables.of(lamp) is tables.of(lamp), tables.of(lamp) is Tables().of(lamp)
    (True, False)
    """

    def __init__(self) -> None:
        self._own: dict[int, tuple[Component, Table]] = {}  # keeps the component, so that its id stays its own
        self._equal: dict[Component, Table] = {}

    @property
    def size(self) -> int:
        """How many components have been asked for, equal ones that are other objects included."""
        return len(self._own)

    def of(self, component: Component) -> Table:
        """Return the table of a component."""
        found = self._own.get(id(component))
        if found is not None:
            return found[1]
        if runs_code(component):
            table = Table(component)
        else:
            table = self._equal.get(component) or self._equal.setdefault(component, Table(component))
        self._own[id(component)] = component, table
        return table

    def branch(self) -> Tables:
        """Return another owner that knows the same tables; what it is asked for beyond them ends with it.

        Examples
        --------
        >>> from lifecheck import Row
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> tables = Tables()
        >>> tables.of(lamp) is tables.branch().of(lamp)
        True
        """
        other = Tables()
        other._own, other._equal = dict(self._own), dict(self._equal)
        return other

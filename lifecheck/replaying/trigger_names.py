"""What a log may call a trigger: its name, or that of the machine's trigger that was given several arguments."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck.errors import InputError, did_you_mean
from lifecheck.system import System


class TriggerNames:
    """The triggers of systems, by what a log calls them.

    Parameters
    ----------
    systems
        The variants that are asked.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("pay(5)", "open", "paid"), Row("pay(0)", "open", "=")]
    >>> calls = {"pay(5)": "pay", "pay(0)": "pay"}
    >>> order = Component("order", ["open", "paid"], "open", rows, set(calls), machine_triggers=calls)
    >>> TriggerNames([System("order", [order])]).meant_by("pay")
    ('pay(5)', 'pay(0)')
    """

    def __init__(self, systems: Iterable[System]) -> None:
        listed = tuple(systems)
        self.known = tuple(dict.fromkeys(trigger for system in listed for trigger in system.triggers))
        self.components = tuple(dict.fromkeys(part.name for system in listed for part in system.parts))
        self._is_one = all(len(system.components) == 1 for system in listed)
        self._choices: dict[str, dict[str, None]] = {}
        for system in listed:
            for part in system.components:
                for trigger, called in part.machine_triggers.items():
                    self._choices.setdefault(called, {})[trigger] = None

    def meant_by(self, name: str) -> tuple[str, ...]:
        """Return the triggers of which a log may mean one; the name itself where there is none."""
        if name in self.known:
            return (name,)
        return tuple(self._choices.get(name, (name,)))

    def are_known(self, name: str) -> bool:
        """Whether a system has what a log calls so."""
        return name in self.known or name in self._choices

    def component_called(self, name: str) -> str:
        """Return the component that a recording means, which is the only one where there is one.

        Raises
        ------
        InputError
            If there is none of that name among several.
        """
        if name in self.components:
            return name
        if self._is_one and self.components:
            return self.components[0]
        raise InputError(
            f"the recording is of {name!r}, which is none of the components; record with component='...': "
            + did_you_mean(name, self.components)
        )

"""A run of the real machines: fire triggers by name and read where everything is."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck.errors import BlockedError, ComponentError, did_you_mean
from lifecheck.machines.component_machine import Live, runs_code
from lifecheck.machines.tables import Tables
from lifecheck.system import State, System, refuse_several_starts


class Run:
    """The real machines of a system, moving together.

    Parameters
    ----------
    system
        The system to start.
    tables
        Has machines that were made of rows without code; they have no state of their own, and need not be made again.
        What runs code is made anew.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> run = Run(System("lamp", [lamp]))
    >>> run.possible()
    ('switch_on',)
    >>> run.trigger("switch_on")
    >>> run.trigger("switch_on")
    Traceback (most recent call last):
    lifecheck.errors.BlockedError: trigger 'switch_on' is blocked by 'lamp' in state 'on'
    """

    def __init__(self, system: System, tables: Tables | None = None) -> None:
        refuse_several_starts(system, "a run")
        self.system = system
        self._live = {
            part.name: Live(part, None if tables is None or runs_code(part) else tables.of(part).machine)
            for part in system.parts
        }

    @property
    def state(self) -> State:
        """Where every component is.

        Examples
        --------
        >>> from lifecheck import Component, Row
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> Run(System("lamp", [lamp])).state.lamp == "off"
        True
        """
        return State({name: live.local for name, live in self._live.items()}, self.system.left_out)

    def may(self, trigger: str) -> bool:
        """Whether every component that has `trigger` can take it now."""
        return all(live.may(trigger) for live in self._owners(trigger))

    def possible(self) -> tuple[str, ...]:
        """Return the triggers that can be taken now, in the system's order."""
        return tuple(trigger for trigger in self.system.fireable if self.may(trigger))

    def blocked_by(self, trigger: str) -> tuple[tuple[str, str], ...]:
        """Return each component that cannot take `trigger` now, with the state it is in.

        Examples
        --------
        >>> from lifecheck import Component, Row
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> run = Run(System("lamp", [lamp]))
        >>> run.trigger("switch_on")
        >>> run.blocked_by("switch_on")
        (('lamp', 'on'),)
        """
        blocking = [live for live in self._owners(trigger) if not live.may(trigger)]
        return tuple((live.component.name, live.local.label) for live in blocking)

    def trigger(self, trigger: str) -> None:
        """Fire `trigger` on every component that has it.

        Raises
        ------
        BlockedError
            If some component cannot take it; nothing has moved then.

        Examples
        --------
        >>> from lifecheck import Component, Row
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> run = Run(System("lamp", [lamp]))
        >>> run.trigger("switch_on")
        >>> run.state
        State(lamp=on)
        """
        blocking = self.blocked_by(trigger)
        if blocking:
            told = ", ".join(f"{name!r} in state {state!r}" for name, state in blocking)
            raise BlockedError(f"trigger {trigger!r} is blocked by {told}")
        for live in self._owners(trigger):
            if not live.fire(trigger):
                raise ComponentError(
                    f"component {live.component.name!r}: trigger {trigger!r} in state {live.local.label!r} was "
                    "announced as possible and then blocked; its conditions depend on more than its state"
                )

    def replay(self, triggers: Iterable[str]) -> State:
        """Fire triggers in order and return the state they lead to.

        Examples
        --------
        >>> from lifecheck import Component, Row
        >>> rows = [Row("switch_on", "off", "on"), Row("switch_off", "on", "off")]
        >>> lamp = Component("lamp", ["off", "on"], "off", rows, {"switch_on", "switch_off"})
        >>> Run(System("lamp", [lamp])).replay(["switch_on", "switch_off", "switch_on"])
        State(lamp=on)
        """
        for trigger in triggers:
            self.trigger(trigger)
        return self.state

    def _owners(self, trigger: str) -> list[Live]:
        if trigger not in self.system.owners:
            raise BlockedError(f"there is no trigger {trigger!r}; " + did_you_mean(trigger, self.system.triggers))
        return [self._live[part.name] for part in self.system.owners[trigger]]

"""What is remarkable about a firing, and what is wrong with one that says nothing of what its trigger does."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from lifecheck.errors import ComponentError, UndeclaredError, did_you_mean
from lifecheck.machines.declared import never_there
from lifecheck.machines.machine import Firing
from lifecheck.machines.unsupported import INSTEAD_OF_FIRING
from lifecheck.system import LocalState
from lifecheck.text import without_addresses

REMEDY_OF_RANDOM = f"make a choice two triggers, one for each outcome, or do not fire it: {INSTEAD_OF_FIRING}"
"""What to do where a firing draws random numbers."""


@dataclass(frozen=True)
class Noted:
    """Something remarkable about one firing.

    Parameters
    ----------
    what
        ``raises``, ``misspelt``, ``differs``, ``random``, ``undeclared``, ``refused`` or ``chain``.
    trigger
        What was fired; empty where the factory or the model itself is meant.
    state
        The local state in which it was fired.
    told
        What happened: an error, two outcomes, an attribute, a state, other triggers.
    """

    what: str
    trigger: str
    state: str
    told: str

    @property
    def is_fault(self) -> bool:
        """Whether the firing says nothing of what the trigger does."""
        return self.what != "chain"


def noted_of(trigger: str, firing: Firing) -> list[Noted]:
    """Return what is wrong with one firing by itself."""
    state, noted = firing.before.label, []
    if firing.error is not None:
        noted.append(raised(trigger, firing.before, firing.error, firing.after))
    elif not firing.taken and firing.after.key != firing.before.key:
        noted.append(Noted("refused", trigger, state, firing.after.label))
    if firing.random:
        noted.append(Noted("random", trigger, state, ""))
    if firing.undeclared:
        missing = never_there([firing.before, firing.after])
        if missing is not None and difflib.get_close_matches(missing, firing.undeclared):
            told = f"its model has no attribute {missing!r}; {did_you_mean(missing, firing.undeclared)}"
            noted.append(Noted("misspelt", "", state, told))
    return noted + [Noted("undeclared", trigger, state, name) for name in firing.undeclared]


def raised(trigger: str, before: LocalState, error: BaseException, after: LocalState | None = None) -> Noted:
    """Return the note that a condition or callback raised something."""
    moved = "" if after is None or after.key == before.key else f"; it is left in state {after.label!r}"
    told = f"{type(error).__name__}: {without_addresses(str(error))}{moved}"
    if isinstance(error, RecursionError):
        told = f"RecursionError: callbacks fire on and on, each from within the one before{moved}"
    if isinstance(error, TypeError) and "required positional argument" in str(error) and "(" not in trigger:
        told += f"; say what it is fired with: arguments={{{trigger!r}: [(...,)]}}"
    elif isinstance(error, OSError | ImportError):  # of the outside, which is not there
        told += f"; {INSTEAD_OF_FIRING}"
    return Noted("raises", trigger, before.label, told)


def refusal(component: str, faults: Sequence[Noted]) -> ComponentError:
    """Return the error that says what was wrong with a firing first.

    Examples
    --------
    >>> print(refusal("dice", [Noted("random", "roll", "one", "")]))
    component 'dice', trigger 'roll' in state 'one': it uses random numbers, so that its outcome is none of its ...
    """
    fault = min(faults, key=lambda one: _ORDER.index(one.what))
    place = f", trigger {fault.trigger!r} in state {fault.state!r}" if fault.trigger else ""
    if fault.what == "undeclared":
        changed = [one.told for one in faults if one.what == "undeclared"]
        return UndeclaredError(f"component {component!r}{place}", [], changed)
    return ComponentError(f"component {component!r}{place}: {_TOLD[fault.what].format(told=fault.told)}")


# what explains another comes before it
_ORDER = ("raises", "misspelt", "undeclared", "random", "differs", "refused")

_TOLD = {
    "raises": "{told}",
    "misspelt": "{told}",
    "random": f"it uses random numbers, so that its outcome is none of its state; {REMEDY_OF_RANDOM}",
    "differs": "two firings differ, {told}; remove what is random, and declare in attributes=[...] what the outcome "
    f"depends on; or do not fire it: {INSTEAD_OF_FIRING}",
    "refused": "it is refused and yet leads to '{told}'; a condition or a prepare callback changes something, or "
    "on_exception hides an error: let before and after callbacks change things",
}

"""The declared attributes of a model: what they are now, put back, and absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lifecheck.errors import ComponentError
from lifecheck.system import LocalState


class Absent:
    """The value of a declared attribute that is not there yet; false, and equal to nothing else.

    Examples
    --------
    >>> ABSENT, bool(ABSENT), ABSENT == None
    (absent, False, False)
    """

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "absent"

    def __reduce__(self) -> str:
        return "ABSENT"  # there is but one, also in another process


ABSENT = Absent()


class DeclaredAttributes:
    """The attributes of a model that belong to its local state.

    Parameters
    ----------
    component
        How reports call the component.
    model
        The model.
    names
        What was declared.

    Examples
    --------
    >>> class Job:
    ...     tries = 0
    >>> job = Job()
    >>> declared = DeclaredAttributes("job", job, ["tries", "error"])
    >>> declared.values()
    {'tries': 0, 'error': absent}
    >>> declared.restore({"tries": 3, "error": ABSENT}); job.tries
    3
    """

    def __init__(self, component: str, model: Any, names: Sequence[str]) -> None:
        self.component = component
        self.model = model
        self.names = tuple(names)

    def values(self) -> dict[str, Any]:
        """Return what they are now.

        Raises
        ------
        ComponentError
            If one cannot be read, or cannot be part of a state.
        """
        return {name: self._value(name) for name in self.names}

    def restore(self, values: Mapping[str, Any]) -> None:
        """Make them what they were.

        Raises
        ------
        ComponentError
            If one cannot be set.
        """
        for name in self.names:
            value = values[name]
            try:
                if value is not ABSENT:
                    setattr(self.model, name, value)
                elif hasattr(self.model, name):
                    delattr(self.model, name)
            except AttributeError as error:
                raise ComponentError(
                    f"component {self.component!r}: attribute {name!r} cannot be set ({error}); declare what it is "
                    "made from"
                ) from error

    def _value(self, name: str) -> Any:
        try:
            value = getattr(self.model, name, ABSENT)
        except (Exception, SystemExit) as error:
            raise ComponentError(
                f"component {self.component!r}: reading attribute {name!r} raised {type(error).__name__}: {error}"
            ) from error
        try:
            hash(value)
        except TypeError:
            raise ComponentError(
                f"component {self.component!r}: attribute {name!r} holds "
                f"{type(value).__name__}, which cannot be part of a state; "
                "use a number, text, a member of an enumeration, a date, a tuple, a frozenset or a frozen dataclass"
            ) from None
        return value


def never_there(states: Sequence[LocalState]) -> str | None:
    """Return a declared attribute that is there in none of the states, None if there is none."""
    names = states[0].attributes
    return next((name for name in names if all(one.attributes[name] is ABSENT for one in states)), None)


def told_absent(component: str, name: str) -> str:
    """Return what is wrong with an attribute that is never there."""
    return (
        f"component {component!r}: its model has no attribute {name!r}; set it when the model is made, or do not "
        "declare it, because it is there in no state that is reached"
    )

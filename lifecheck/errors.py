"""The errors that lifecheck raises on purpose: each says what was wrong, where, and what to do."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Iterable


class LifecheckError(Exception):
    """Base of every error that describes unusable input; its text is one readable line.

    Examples
    --------
    >>> from lifecheck import never
    >>> try:
    ...     never("door = 'open'")
    ... except LifecheckError as error:
    ...     print(str(error).partition(" cannot")[0])
    predicate "door = 'open'"
    """


class ComponentError(LifecheckError):
    """A component cannot be built or fired as declared.

    Examples
    --------
    >>> from lifecheck import Component, Row, Run
    >>> Component("lamp", ["off", "on"], "off", [Row("switch", "of", "on")], {"switch"})
    Traceback (most recent call last):
    lifecheck.errors.ComponentError: component 'lamp', row 1 (switch, of, on): source 'of' is not one of its states; ...
    """


class UndeclaredError(ComponentError):
    """A machine changes what belongs to no declared state, so that its state does not decide what it does.

    Parameters
    ----------
    place
        The component, the trigger and the state in which that showed.
    attributes
        What is changed, and a condition may read: it belongs to the state.
    ignored
        What is changed, and no condition reads.

    Examples
    --------
    >>> error = UndeclaredError("component 'order', trigger 'pay' in state 'placed'", ["tries"], ["log"])
    >>> error.arguments, error.options
    ("attributes=['tries'], ignored=['log']", '--attribute tries --ignored log')
    """

    def __init__(self, place: str, attributes: Iterable[str], ignored: Iterable[str]) -> None:
        self.place = place
        self.attributes, self.ignored = tuple(attributes), tuple(ignored)
        super().__init__(self.told(self.arguments))

    @property
    def arguments(self) -> str:
        """What to write in Python."""
        named = {"attributes": self.attributes, "ignored": self.ignored}
        return ", ".join(f"{role}={[*names]!r}" for role, names in named.items() if names)

    @property
    def options(self) -> str:
        """What to write on the command line."""
        named = {"--attribute": self.attributes, "--ignored": self.ignored}
        return " ".join(shlex.join([option, name]) for option, names in named.items() for name in names)

    def told(self, remedy: str) -> str:
        """Return the error with what to write, in the words of where it is read."""
        names = [*self.attributes, *self.ignored]
        listed = " and ".join(filter(None, [", ".join(map(repr, names[:-1])), repr(names[-1])]))
        text = f"{self.place}: it changes {listed}, which {'is' if len(names) == 1 else 'are'} hidden state; "
        nested = [name for name in self.attributes if "." in name]
        if nested:
            text += f"keep {nested[0]!r} in an attribute of the model; "
        return text + f"write {remedy}: what a condition reads belongs to the state, and on the rest nothing may depend"


class CompositionError(LifecheckError):
    """Components do not compose as declared.

    Examples
    --------
    >>> from lifecheck import Component, Row, Run, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> System("room", [lamp, lamp])
    Traceback (most recent call last):
    lifecheck.errors.CompositionError: system 'room': two components are called 'lamp'
    """


class PredicateError(LifecheckError):
    """A predicate raised, returned something other than a truth value, or named what does not exist.

    Examples
    --------
    >>> from lifecheck.system import LocalState
    >>> LocalState("off", "lamp", ("off", "on")) == "of"
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: component 'lamp' has no state 'of'; did you mean 'off'?
    """


class BlockedError(LifecheckError):
    """A trigger was fired in a state where some component cannot take it.

    Examples
    --------
    >>> from lifecheck import Component, Row, Run, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> Run(System("room", [lamp])).replay(["switch", "switch"])
    Traceback (most recent call last):
    lifecheck.errors.BlockedError: trigger 'switch' is blocked by 'lamp' in state 'on'
    """


class InputError(LifecheckError):
    """A name or an option on the command line, a project file, or a file to write cannot be used.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import always, check, regression_test
    >>> lamp = Machine(states=["off"], initial="off")
    >>> regression_test(check(lamp, always("state == 'off'")))
    Traceback (most recent call last):
    lifecheck.errors.InputError: always(state == 'off'): holds; there is no run that a test could replay
    """


class ForeignFileError(InputError):
    """A file is to be written where there is one that lifecheck did not write.

    Parameters
    ----------
    path
        The file that is there.
    remedy
        What to say in order to write over it: an argument, or an option of the command.

    Examples
    --------
    >>> str(ForeignFileError("notes.svg"))
    "'notes.svg' is there already and lifecheck did not write it; choose another name, or replace it with force=True"
    """

    def __init__(self, path: object, remedy: str = "force=True") -> None:
        super().__init__(
            f"{str(path)!r} is there already and lifecheck did not write it; choose another name, or replace it with "
            f"{remedy}"
        )
        self.path = path


class TooLargeError(InputError):
    """A picture would have more parts than can be read."""


class SlowCallbackWarning(UserWarning):
    """Callbacks of a machine take long, as where they wait for a device or a clock, and so does exploring it."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the ending of an error message that names what exists, nearest first.

    Parameters
    ----------
    name
        What was written.
    known
        What could have been meant, in the order to show it.

    Examples
    --------
    >>> did_you_mean("stroe", ["queue", "store"])
    "did you mean 'store'?"
    >>> did_you_mean("xyz", ["queue", "store"])
    "known are 'queue', 'store'"
    """
    choices = list(known)
    near = difflib.get_close_matches(name, choices, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(repr(choice) for choice in near) + "?"
    if not choices:
        return "there are none"
    return "known are " + ", ".join(repr(choice) for choice in choices)

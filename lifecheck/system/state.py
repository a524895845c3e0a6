"""What predicates read: the state of one component, and the state of the whole system."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Set
from types import FrameType
from typing import Any, NoReturn

from lifecheck.errors import LifecheckError, PredicateError, did_you_mean
from lifecheck.system.comparisons import OWN, is_compared_by_identity, is_own, looked_up_in
from lifecheck.system.state_names import name_in_set, name_of, refuse

RESERVED = frozenset(
    {"component", "known", "attributes", "key", "label", "within", "active", "nesting", "of", "_text", "_agreed"}
    | {"_is", "_refuse_members", "_others", "_refuse_unknown"}
)
"""What a local state says of itself, so that no attribute can be called so."""

_MOST_AGREED = 100
"""How many sets a state remembers that were found to hold states alone, so that none is looked at twice."""


class LocalState:
    """The state of one component: compares as its name and carries the declared attributes.

    A member of an enumeration is its name, as `transitions` has it. A comparison with a name that is not a state of the
    component, or with what is no name at all, raises, because it would make a predicate silently false. It is no text
    itself: text on the left of ``==``, a ``StrEnum``'s member among it, would then decide alone. ``str(state)`` is the
    name as text.

    Parameters
    ----------
    name
        The machine's state.
    component
        Name of the component, for messages.
    known
        Every state of the component.
    attributes
        Declared attributes of the model with their values.

    Examples
    --------
    >>> state = LocalState("queued", "queue", ("empty", "queued"), {"attempts": 2})
    >>> state == "queued", state == "empty", state.attempts
    (True, False, 2)
    >>> state == "qeued"
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: component 'queue' has no state 'qeued'; did you mean 'queued'?
    """

    component: str
    known: tuple[str, ...]
    attributes: Mapping[str, Any]

    def __init__(
        self, name: str, component: str, known: tuple[str, ...], attributes: Mapping[str, Any] | None = None
    ) -> None:
        self._text = name
        self.component = component
        self.known = known
        self.attributes = dict(attributes or {})
        self.__dict__.update(self.attributes)

    @property
    def key(self) -> tuple[str, tuple[Any, ...]]:
        """What tells two local states of one component apart; ``1``, ``True`` and ``1.0`` are three values."""
        return self._text, tuple([_distinct(value) for value in self.attributes.values()])

    @property
    def label(self) -> str:
        """The state as shown: its name, and the attributes where there are any."""
        if not self.attributes:
            return self._text
        return f"{self._text}({', '.join(f'{name}={value!r}' for name, value in self.attributes.items())})"

    def within(self, name: str) -> bool:
        """Whether the state is `name`; in a hierarchical machine, whether it is `name` or inside it."""
        return self == name

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return repr(self._text)

    def __format__(self, form: str) -> str:
        return format(self._text, form)

    def __int__(self) -> int:
        return int(self._text)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LocalState):
            if self.known is not other.known and set(self.known).isdisjoint(other.known):
                raise PredicateError(
                    f"components {self.component!r} and {other.component!r} have no state in common, so that theirs "
                    "are never equal"
                )
            return self._text == other._text
        return self._is(name_of(other, self.component, self.known))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        frame = sys._getframe(1)  # a set compares what has the same hash alone, so a misspelt member is never asked
        lookup = looked_up_in(frame)
        if lookup is not OWN:
            members = None if lookup is None else lookup.members(frame, self)
            if members is None:
                raise PredicateError(
                    f"a state of component {self.component!r} is looked up by its hash where lifecheck cannot see in "
                    "what, so that a misspelt name would not be found; write == or 'in' with a tuple or list, or "
                    "give the set or mapping a name before"
                )
            self._refuse_members(members)
        return hash(self._text)

    def __bool__(self) -> bool:
        if is_own(sys._getframe(1)):
            return True
        raise PredicateError(
            f"a state of component {self.component!r} is neither true nor false; compare it with a state's name"
        )

    def __iter__(self) -> NoReturn:
        raise PredicateError(
            f"a state of component {self.component!r} holds nothing to look through; compare it with ==, or ask "
            "within('...'); str(...) is its name as text"
        )

    def __contains__(self, other: object) -> NoReturn:
        self.__iter__()

    def _is(self, name: str) -> bool:
        """Whether this is the state of that name; raises if there is none."""
        if name not in self.known:
            refuse(name, self.component, self.known)
        return self._text == name

    def _refuse_members(self, group: Collection[object]) -> None:
        """Raise if a member of a set is no state, or would not be found though it is this one."""
        agreed: dict[int, frozenset[object]] = self.__dict__.setdefault("_agreed", {})
        if id(group) in agreed:
            return
        for member in group:
            if not isinstance(member, LocalState):
                name = name_in_set(member, self.component, self.known)
                if self._is(name) and name != self._text:
                    raise PredicateError(f"a set does not find {name!r}: write {self._text!r}")
        if isinstance(group, frozenset):
            if len(agreed) >= _MOST_AGREED:
                agreed.clear()
            agreed[id(group)] = group  # kept, so that its id stays its own

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["attributes"][name]
        except KeyError:
            hint = f"; of its name as text: str(...).{name}" if hasattr(str, name) else ""
            raise AttributeError(
                f"component {self.__dict__.get('component')!r} declares no attribute {name!r}{hint}"
            ) from None


def _distinct(value: Any) -> Any:
    """Return what is equal only where the values are of one kind, because guards may tell ``1`` from ``True``."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, tuple):
        return type(value), tuple([_distinct(one) for one in value])
    if isinstance(value, frozenset):
        return type(value), frozenset([_distinct(one) for one in value])
    if isinstance(value, float):
        return float, value.hex()  # 0.0 and -0.0; and one that is not a number equals itself
    return type(value), value


class ObserverNeededError(LifecheckError):
    """A predicate read an observer that the system at hand leaves out."""

    def __init__(self, name: str) -> None:
        super().__init__(f"observer {name!r} is not part of this system")
        self.name = name


class State:
    """The state of a system, read by component name.

    The only component can be read as ``state`` too. It has no public methods of its own, so that a component may have
    any name: what else can be done with it are functions of this module.

    Parameters
    ----------
    components
        Name of each component with its local state.
    left_out
        Names of the observers that the system at hand leaves out.
    read
        A set that takes down the name of each component that is read; without it nothing is noted.

    Examples
    --------
    >>> state = State({"door": LocalState("closed", "door", ("closed", "opened"))})
    >>> state.door == "closed", state["door"] == "opened", state.state == "closed"
    (True, False, True)
    """

    __slots__ = ("_components", "_left_out", "_read")

    def __init__(
        self,
        components: Mapping[str, LocalState],
        left_out: frozenset[str] = frozenset(),
        read: set[str] | None = None,
    ) -> None:
        self._components = components
        self._left_out = left_out
        self._read = read

    def __getitem__(self, name: str) -> LocalState:
        return self._read_by(sys._getframe(1), name)

    def __getattr__(self, name: str) -> LocalState:
        if name.startswith("__"):  # copying and pickling look for methods of this form
            raise AttributeError(name)
        return self._read_by(sys._getframe(1), name)

    def _read_by(self, frame: FrameType, name: str) -> LocalState:
        if name == "state" and name not in self._components and len(self._components) == 1:
            (name,) = self._components
        if name not in self._components:
            if name in self._left_out:
                raise ObserverNeededError(name)
            known = [*self._components, *(["state"] if len(self._components) == 1 else [])]
            raise PredicateError(f"there is no component {name!r}; " + did_you_mean(name, known))
        if self._read is not None:
            self._read.add(name)
        local = self._components[name]
        if is_compared_by_identity(frame):
            raise PredicateError(f"component {name!r} is compared by 'is', which a state never is; write ==")
        return local

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self._keys() == other._keys()

    def __hash__(self) -> int:
        return hash(self._keys())

    def __repr__(self) -> str:
        return "State(" + ", ".join(f"{name}={local.label}" for name, local in self._all().items()) + ")"

    def _keys(self) -> tuple[tuple[str, object], ...]:
        return tuple((name, local.key) for name, local in self._all().items())

    def _all(self) -> Mapping[str, LocalState]:
        if self._read is not None:
            self._read.update(self._components)
        return self._components


def local_states(state: State) -> dict[str, LocalState]:
    """Return every component with its local state, in the system's order.

    Examples
    --------
    >>> local_states(State({"door": LocalState("closed", "door", ("closed", "opened"))}))
    {'door': 'closed'}
    """
    return dict(state._all())


def known_components(state: State) -> Mapping[str, LocalState]:
    """Return the same for what no state changes, which names and states there are: nothing is noted as read.

    Examples
    --------
    >>> read = set()
    >>> state = State({"door": LocalState("closed", "door", ("closed", "opened"))}, read=read)
    >>> known_components(state)["door"].known, read
    (('closed', 'opened'), set())
    """
    return state._components


def without(state: State, names: Set[str]) -> State:
    """Return the state of the other components alone."""
    kept = {name: local for name, local in state._components.items() if name not in names}
    return State(kept, state._left_out | frozenset(names), state._read)


def noting(state: State, read: set[str]) -> State:
    """Return the same state, taking down in `read` which components are read."""
    return State(state._components, state._left_out, read)

"""What predicates read of a hierarchical machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lifecheck.errors import PredicateError, did_you_mean
from lifecheck.nesting import TOGETHER, Nesting
from lifecheck.state import LocalState


class NestedLocalState(LocalState):
    """The state of a hierarchical component, written as the library does; parallel regions are joined by ``|``.

    Examples
    --------
    >>> nesting = Nesting("_", ("off", "on", "on_a", "on_b"), frozenset({"on"}))
    >>> state = NestedLocalState.of("on_a|on_b", "lamp", nesting)
    >>> state == "on_a|on_b", state.within("on_a"), state.within("off")
    (True, True, False)
    >>> state == "on"
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: component 'lamp': 'on' is never the state itself, because it enters a child; \
ask within('on')
    """

    nesting: Nesting

    @classmethod
    def of(
        cls, text: str, component: str, nesting: Nesting, attributes: Mapping[str, Any] | None = None
    ) -> NestedLocalState:
        """Return the state that is written like this."""
        self = cls(text, component, nesting.names, attributes)
        assert isinstance(self, NestedLocalState)
        self.nesting = nesting
        return self

    @property
    def active(self) -> tuple[str, ...]:
        """The innermost active states, one for each parallel region."""
        return tuple(str(self).split(TOGETHER))

    def within(self, name: str) -> bool:
        """Whether a state is active, be it the innermost one or one of its ancestors."""
        self._refuse_unknown(name, parents=True)
        return any(name in self.nesting.within(leaf) for leaf in self.active)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and not isinstance(other, LocalState):
            for name in other.split(TOGETHER):
                self._refuse_unknown(name)
            return sorted(self.active) == sorted(other.split(TOGETHER))
        return str.__eq__(self, other)

    __hash__ = str.__hash__

    def _refuse_unknown(self, name: str, *, parents: bool = False) -> None:
        if name not in self.known:
            raise PredicateError(
                f"component {self.component!r} has no state {name!r}; {did_you_mean(name, self.known)}"
            )
        if name in self.nesting.parents and not parents:
            raise PredicateError(
                f"component {self.component!r}: {name!r} is never the state itself, because it enters a child; "
                f"ask within({name!r})"
            )

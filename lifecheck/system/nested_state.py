"""What predicates read of a hierarchical machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lifecheck.errors import PredicateError
from lifecheck.system.nesting import TOGETHER, Nesting
from lifecheck.system.state import LocalState
from lifecheck.system.state_names import name_of, refuse


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
        return tuple(self._text.split(TOGETHER))

    def within(self, name: str) -> bool:
        """Whether a state is active, be it the innermost one or one of its ancestors."""
        name = name_of(name, self.component, self.known)
        self._refuse_unknown(name, parents=True)
        return any(name in self.nesting.within(leaf) for leaf in self.active)

    def _is(self, name: str) -> bool:
        names = name.split(TOGETHER)
        for one in names:
            self._refuse_unknown(one)
        if set(names) < set(self.active):
            raise PredicateError(
                f"component {self.component!r}: {name!r} is active beside {self._others(names)!r}, so it is not the "
                f"whole state; ask {' and '.join(f'within({one!r})' for one in names)}"
            )
        return sorted(self.active) == sorted(names)

    def _others(self, names: list[str]) -> str:
        return TOGETHER.join(one for one in self.active if one not in names)

    def _refuse_unknown(self, name: str, *, parents: bool = False) -> None:
        if name not in self.known:
            refuse(name, self.component, self.known)
        if name in self.nesting.parents and not parents:
            raise PredicateError(
                f"component {self.component!r}: {name!r} is never the state itself, because it enters a child; "
                f"ask within({name!r})"
            )

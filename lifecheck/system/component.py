"""A component: one `transitions` machine, written as a table of rows with a declared alphabet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from lifecheck.errors import ComponentError, did_you_mean
from lifecheck.system.arguments import Arguments
from lifecheck.system.nesting import Nesting
from lifecheck.system.row import Row
from lifecheck.system.state import RESERVED

Guards = Literal["either"]
"""How guards may answer where they are not asked."""


class Model:
    """The bare object that carries a machine's state where a component brings no model of its own."""


@dataclass(frozen=True)
class Component:
    """A deterministic `transitions` machine that meets others on shared triggers.

    Parameters
    ----------
    name
        How predicates and reports call it.
    states
        Every state, in the order to show them. They are declared, because `transitions` would
        silently add a misspelt one.
    initial
        The state in which it starts; several, as a sequence, if the environment chooses one of them before the first
        step.
    rows
        The table of transitions; of two rows with the same trigger and source the first whose
        conditions hold wins.
    alphabet
        Every trigger the component takes part in. It is declared, never inferred: a component whose
        last row for a trigger was removed must block that trigger.
    model
        Called without arguments for the object that carries the state and the guarded attributes.
    attributes
        Names of the model's attributes that belong to the local state.
    ignored
        Names of what may change although it belongs to no state, as a log does, because nothing depends on it; with
        dots for what an attribute's object holds (``journal.entries``). That nothing does is tried out where tables
        are made, where a name that nothing has is an error.
    factory
        Set by `component_of`: called without arguments for a fresh machine or model.
    left_out
        Triggers of the machine that are not explored, such as the automatic ``to_<state>``.
    nesting
        Set by `component_of`: the hierarchy of the states, where the machine is hierarchical. Its states are
        then those reached, and its rows the moves between them.
    machine_triggers
        What the machine of a factory itself calls a trigger, where that is another name.
    arguments
        Set by `component_of`: what a trigger is fired with, by the component's name for it.
    starts
        Set where `initial` is a sequence: every state in which it may start; `initial` is the first of them then.
    families
        Set by `component_of`: what the machine's owner calls a trigger that is one choice of several, as ``pay`` for
        ``pay(5)``. Fairness of it is owed to them as a group.
    environment
        Set by `component_of`: triggers that owe nothing unless somebody declares them fair, as the time-outs of states.
    guards
        Set by `component_of`: "either" where each guard may answer either way, so that more runs are allowed than the
        machine has, and some verdicts are possible only.

    Raises
    ------
    ComponentError
        If a row, the initial state or the alphabet names what is not declared; a trigger has a name that the model
        needs; or a row can never win, where the component was not made of somebody's machine.

    Examples
    --------
    >>> door = Component(
    ...     "door",
    ...     states=["closed", "opened"],
    ...     initial="closed",
    ...     rows=[Row("open", "closed", "opened"), Row("close", "opened", "closed")],
    ...     alphabet={"open", "close"},
    ... )
    >>> door.triggers
    ('open', 'close')
    """

    name: str
    states: Sequence[str]
    initial: str  # or several, which `starts` then holds
    rows: Sequence[Row]
    alphabet: Set[str]
    model: Callable[[], object] = field(default=Model, kw_only=True)
    attributes: Sequence[str] = field(default=(), kw_only=True)
    ignored: Sequence[str] = field(default=(), kw_only=True)
    factory: Callable[[], object] | None = field(default=None, kw_only=True)
    left_out: tuple[str, ...] = field(default=(), kw_only=True)
    nesting: Nesting | None = field(default=None, kw_only=True)
    machine_triggers: Mapping[str, str] = field(default_factory=dict, kw_only=True, hash=False)
    arguments: Mapping[str, Arguments] = field(default_factory=dict, kw_only=True, hash=False)
    families: Mapping[str, str] = field(default_factory=dict, kw_only=True, hash=False)
    environment: Set[str] = field(default=frozenset(), kw_only=True)
    guards: Guards | None = field(default=None, kw_only=True)
    starts: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        for name in ("states", "alphabet", "attributes", "ignored"):
            if isinstance(getattr(self, name), str):
                raise ComponentError(
                    f"component {self.name!r}: {name} is the text {getattr(self, name)!r}; write a list of names"
                )
        for name in ("states", "rows", "attributes", "ignored"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "alphabet", frozenset(self.alphabet))
        object.__setattr__(self, "environment", frozenset(self.environment))
        self._choose_initial()
        self._check_names()
        self._check_rows()

    @property
    def triggers(self) -> tuple[str, ...]:
        """The alphabet in a fixed order: as the rows first use it, then those without a row by name."""
        used = dict.fromkeys(row.trigger for row in self.rows)
        return (*used, *sorted(self.alphabet - used.keys()))

    def starting_in(self, state: str) -> Component:
        """Return the component as it starts in one of its states, where no choice is left.

        Examples
        --------
        >>> lamp = Component("lamp", ["off", "on"], ("off", "on"), [Row("switch", "off", "on")], {"switch"})
        >>> lamp.starts, lamp.starting_in("on").initial, lamp.starting_in("on").starts
        (('off', 'on'), 'on', ())
        """
        return replace(self, initial=state, starts=())

    def _choose_initial(self) -> None:
        if not isinstance(self.initial, str):
            starts = tuple(self.initial)
            if not starts or not all(isinstance(state, str) for state in starts):
                raise ComponentError(
                    f"component {self.name!r}: its initial states are {starts!r}; name a state, or several"
                )
            object.__setattr__(self, "initial", starts[0])
            object.__setattr__(self, "starts", starts if len(starts) > 1 else ())
        object.__setattr__(self, "starts", tuple(dict.fromkeys(self.starts)))
        for state in self.starts:
            if state not in self.states:
                raise ComponentError(
                    f"component {self.name!r}: initial state {state!r} is not one of its states; "
                    + did_you_mean(state, self.states)
                )
        if self.starts and self.factory is not None:
            raise ComponentError(
                f"component {self.name!r}: a machine that a factory makes starts where it starts; give one factory for "
                "each state in which it may start, and check each"
            )

    def _check_names(self) -> None:
        for what, names in (("state", self.states), ("attribute", self.attributes)):
            twice = _first_repeated(names)
            if twice is not None:
                raise ComponentError(f"component {self.name!r}: {what} {twice!r} is declared twice")
        for attribute in self.attributes:
            if attribute in RESERVED:
                raise ComponentError(
                    f"component {self.name!r}: attribute {attribute!r} cannot be declared, because a state says "
                    "something else by that name; rename it, or declare a property that returns it"
                )
            if attribute in self.ignored:
                raise ComponentError(
                    f"component {self.name!r}: attribute {attribute!r} is both declared and ignored; declare it if "
                    "anything depends on it"
                )
        if self.factory is None:
            for trigger in self.triggers:
                if trigger == "state" or trigger in self.attributes:
                    raise ComponentError(
                        f"component {self.name!r}: trigger {trigger!r} is called like an attribute of its model, where "
                        "transitions puts what fires it; rename the trigger"
                    )
        if self.name.startswith("_"):
            raise ComponentError(f"component {self.name!r}: its name must not start with an underscore")
        if "" in self.states:
            raise ComponentError(
                f"component {self.name!r}: a state has no name; transitions takes an empty destination for none"
            )
        if self.initial not in self.states:
            raise ComponentError(
                f"component {self.name!r}: initial state {self.initial!r} is not one of its states; "
                + did_you_mean(self.initial, self.states)
            )

    def _check_rows(self) -> None:
        tried_before: dict[tuple[str, str], list[tuple[str, Row]]] = {}
        for position, row in enumerate(self.rows, start=1):
            place = f"row {position} ({row.trigger}, {row.source}, {row.dest})"
            for role, state in (("source", row.source), ("destination", row.target)):
                if state not in self.states:
                    raise ComponentError(
                        f"component {self.name!r}, {place}: {role} {state!r} is not one of its states; "
                        + did_you_mean(state, self.states)
                    )
            if row.trigger not in self.alphabet:
                raise ComponentError(
                    f"component {self.name!r}, {place}: trigger {row.trigger!r} is not in its alphabet; "
                    + did_you_mean(row.trigger, sorted(self.alphabet))
                )
            if self.nesting is not None:
                continue  # its rows are what firing showed; only attributes tell those of one trigger and source apart
            if self.factory is not None:
                continue  # a specific row before `*` is what people write: a finding of lint, and no fault
            earlier = tried_before.setdefault((row.trigger, row.source), [])
            for other_place, other in earlier:
                if other.shadows(row):
                    raise ComponentError(
                        f"component {self.name!r}, {place}: it can never win, because {other_place} is "
                        "always taken first; remove one of them or give the first a condition"
                    )
            earlier.append((place, row))


def _first_repeated(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None

"""Sets of states as decision diagrams: which variables say in which local state a component is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lifecheck.symbolic.limits import SymbolicLimitError
from lifecheck.symbolic.local_table import LocalTable
from lifecheck.symbolic.order import neighbourhoods, side_by_side

if TYPE_CHECKING:
    from oxidd.bcdd import BCDDFunction, BCDDSubstitution

Diagram: TypeAlias = "BCDDFunction"
"""A set of states, or of pairs of a state and the next one, as a Boolean function of the variables."""

Locals = tuple[int, ...]
"""A state: the number of each component's local state, in the order of the system's parts."""

PATIENCE = 4
"""How often nodes that are no longer used are given back before more of them would be better."""


class Encoding:
    """The variables of a system's components, and the sets that speak of one component.

    The number of a component's local state is written in binary. Each bit has two variables, one for the current
    state and right behind it one for the next, so that a move that changes little is a small diagram (Burch, Clarke,
    Long, McMillan and Dill 1994). Components that meet often stand side by side. Bits that no local state is written
    with belong to no set that is made here.

    Parameters
    ----------
    tables
        The components.
    nodes
        How many nodes all diagrams together may have.

    Attributes
    ----------
    order
        The components as they stand in the diagrams, by position in the order of the system's parts.
    place
        Where each stands in it.
    neighbourhoods
        For each the last place of those that belong together with it; see `lifecheck.symbolic.order.neighbourhoods`.
    nothing, everything
        The empty set, and the set of all states that can be written.
    bits
        How many bits a state has.

    Raises
    ------
    SymbolicLimitError
        If ``oxidd`` is not installed.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.symbolic.local_table import fire
    >>> rows = [Row("push", "low", "middle"), Row("push", "middle", "high")]
    >>> lever = Component("lever", ["low", "middle", "high"], "low", rows, {"push"})
    >>> encoding = Encoding(fire(System("lever", [lever])))
    >>> low_or_high = encoding.current(0, [0, 2])
    >>> encoding.count(low_or_high), encoding.first(low_or_high & ~encoding.state((0,)))
    (2, (2,))
    """

    def __init__(self, tables: Sequence[LocalTable], nodes: int = 1 << 16) -> None:
        try:
            from oxidd.bcdd import BCDDFunction, BCDDManager
            from oxidd.util import BooleanOperator
        except ImportError:
            raise SymbolicLimitError(
                "sets of states need oxidd, which cannot be imported; install it with pip install oxidd",
                ", or check with engine='explicit'",
            ) from None
        self.tables = tuple(tables)
        self.nodes = nodes
        alphabets = [table.component.alphabet for table in tables]
        self.order = side_by_side(alphabets)
        self.place = {part: place for place, part in enumerate(self.order)}
        self.neighbourhoods = neighbourhoods(alphabets, self.order)
        self._manager = BCDDManager(nodes, max(nodes // 4, 1 << 14), 1)  # sets are small: more threads only wait
        self._and = BooleanOperator.AND
        self._substitution = BCDDFunction.make_substitution
        self._substitutions: dict[tuple[bool, tuple[int, ...]], BCDDSubstitution] = {}
        self.nothing: Diagram = self._manager.false()
        self.everything: Diagram = self._manager.true()
        self._bits: list[list[int]] = [[] for _ in tables]  # of each component, the variables of its current state
        self.bits = 0
        for part in self.order:
            width = (len(tables[part].states) - 1).bit_length()
            self._bits[part] = [2 * (self.bits + place) for place in range(width)]
            self.bits += width
        self._manager.add_vars(2 * self.bits)
        self._apart: dict[tuple[int, ...], tuple[Diagram, Diagram]] = {}
        self._cubes: dict[tuple[int, bool], list[Diagram]] = {}

    def state(self, locals_: Locals) -> Diagram:
        """Return the set of one state."""
        return self.where(enumerate(locals_))

    def where(self, places: Iterable[tuple[int, int]]) -> Diagram:
        """Return the states in which some components are in given local states."""
        found = self.everything
        for part, local in sorted(places, key=lambda one: -self.place[one[0]]):  # from the bottom up: fewer nodes
            found &= self._cube(part, local, following=False)
        return found

    def current(self, part: int, locals_: Iterable[int]) -> Diagram:
        """Return the states in which a component is in one of some local states."""
        return self.union(self._cube(part, local, following=False) for local in locals_)

    def moves(self, part: int, pairs: Iterable[tuple[int, int]]) -> Diagram:
        """Return the pairs of current and next state in which a component moves so."""
        leading: dict[int, list[Diagram]] = {}
        for source, target in pairs:
            leading.setdefault(target, []).append(self._cube(part, source, following=False))
        return self.union(self.union(sources) & self._cube(part, to, following=True) for to, sources in leading.items())

    def union(self, sets: Iterable[Diagram]) -> Diagram:
        """Return the union of sets, two and two, so that no large diagram meets each small one."""
        left = list(sets)
        while len(left) > 1:
            left = [one | other for one, other in zip(left[::2], left[1::2], strict=False)] + left[len(left) & ~1 :]
        return left[0] if left else self.nothing

    def variables(self, parts: Iterable[int], *, following: bool) -> Diagram:
        """Return the variables of some components' current or next state, as what an image leaves out."""
        found = self.everything
        for variable in sorted(self._variables(parts), reverse=True):
            found &= self._manager.var(variable + following)
        return found

    def project(self, relation: Diagram, states: Diagram, left_out: Diagram) -> Diagram:
        """Return what holds of some values of the variables left out: the product of relations, in one step."""
        return relation.apply_exists(self._and, states, left_out)

    def apart(self, states: Diagram, parts: tuple[int, ...]) -> tuple[Diagram, Diagram] | None:
        """Return what a set says of some components and what it says of the others, if it says no more than both."""
        of_parts, of_others = self._split(parts)
        own, rest = states.exists(of_others), states.exists(of_parts)
        return (own, rest) if own & rest == states else None

    def wherever(self, parts: tuple[int, ...], states: Diagram) -> Diagram:
        """Return the states from which some components alone can be moved so that a state of a set is there."""
        return states.exists(self._split(parts)[0])

    def as_current(self, states: Diagram, parts: tuple[int, ...]) -> Diagram:
        """Return a set of next states of some components as one of current states."""
        return states.substitute(self._renaming(parts, following=False))

    def as_next(self, states: Diagram, parts: tuple[int, ...]) -> Diagram:
        """Return a set of current states of some components as one of next states."""
        return states.substitute(self._renaming(parts, following=True))

    def count(self, states: Diagram) -> int:
        """Return how many states a set has, exactly."""
        return states.sat_count(2 * self.bits) >> self.bits

    def first(self, states: Diagram) -> Locals:
        """Return one state of a set that is not empty, always the same one."""
        picked = states.pick_cube()
        assert picked is not None
        # what may be either way is taken as 0: of a component's numbers, both are then in the set
        return tuple(self._number([picked[variable] for variable in bits]) for bits in self._bits)

    def holds(self, states: Diagram, locals_: Locals) -> bool:
        """Whether a state is in a set."""
        values = [
            (variable, bool(local >> (len(bits) - 1 - place) & 1))
            for bits, local in zip(self._bits, locals_, strict=True)
            for place, variable in enumerate(bits)
        ]
        return states.eval(values)

    def locals_in(self, states: Diagram, part: int) -> list[int]:
        """Return in which local states a component is somewhere in a set."""
        return [
            local
            for local in range(len(self.tables[part].states))
            if (states & self._cube(part, local, following=False)).satisfiable()
        ]

    def is_crowded(self) -> bool:
        """Whether nodes had to be given back so often that most of the time goes into making them again."""
        return self._manager.gc_count() > PATIENCE

    def _number(self, values: Sequence[bool | None]) -> int:
        number = 0
        for value in values:
            number = 2 * number + bool(value)
        return number

    def _cube(self, part: int, local: int, *, following: bool) -> Diagram:
        known = self._cubes.get((part, following))
        if known is None:
            known = self._cubes[part, following] = [
                self._written(self._bits[part], number, following=following)
                for number in range(len(self.tables[part].states))
            ]
        return known[local]

    def _written(self, bits: Sequence[int], number: int, *, following: bool) -> Diagram:
        found = self.everything
        for place, variable in enumerate(reversed(bits)):
            of = self._manager.var if number >> place & 1 else self._manager.not_var
            found &= of(variable + following)
        return found

    def _split(self, parts: tuple[int, ...]) -> tuple[Diagram, Diagram]:
        """Return the variables of the current states of some components, and of all others."""
        if parts not in self._apart:
            others = set(range(len(self.tables))) - set(parts)
            self._apart[parts] = self.variables(parts, following=False), self.variables(others, following=False)
        return self._apart[parts]

    def _variables(self, parts: Iterable[int]) -> list[int]:
        return [variable for part in parts for variable in self._bits[part]]

    def _renaming(self, parts: tuple[int, ...], *, following: bool) -> BCDDSubstitution:
        key = (following, parts)
        if key not in self._substitutions:
            self._substitutions[key] = self._substitution(
                (variable + (not following), self._manager.var(variable + following))
                for variable in self._variables(parts)
            )
        return self._substitutions[key]

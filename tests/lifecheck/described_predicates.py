"""Random predicates over the states of described machines: as text, as a function, and as the judge reads them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Any

from lifecheck import State
from tests.lifecheck.machine_interpreter import Local, Table

View = Mapping[str, Local]
"""The state of each part, by name."""

_ORDERS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class IsState:
    """``part == 'state'``, or ``!=``; of parallel regions every one is named."""

    part: str
    name: str
    equal: bool

    @property
    def text(self) -> str:
        return f"{self.part} {'==' if self.equal else '!='} {self.name!r}"

    def __call__(self, view: View) -> bool:
        return (set(view[self.part].text.split("|")) == set(self.name.split("|"))) == self.equal

    def ask(self, state: State) -> bool:
        return state[self.part] == self.name if self.equal else state[self.part] != self.name


@dataclass(frozen=True)
class IsOneOf:
    """``part in ('one', 'two')``."""

    part: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"{self.part} in {self.names!r}"

    def __call__(self, view: View) -> bool:
        return view[self.part].text in self.names

    def ask(self, state: State) -> bool:
        return state[self.part] in self.names


@dataclass(frozen=True)
class IsWithin:
    """``part.within('state')``."""

    part: str
    name: str

    @property
    def text(self) -> str:
        return f"{self.part}.within({self.name!r})"

    def __call__(self, view: View) -> bool:
        return view[self.part].within(self.name)

    def ask(self, state: State) -> bool:
        return state[self.part].within(self.name)


@dataclass(frozen=True)
class AttributeIs:
    """``part.attribute < value``, or another comparison; members of an enumeration are text by their name."""

    part: str
    attribute: str
    sign: str
    value: Any

    @property
    def text(self) -> str:
        value = self.value.name if isinstance(self.value, Enum) else self.value
        return f"{self.part}.{self.attribute} {self.sign} {value!r}"

    def __call__(self, view: View) -> bool:
        return bool(_ORDERS[self.sign](view[self.part].value(self.attribute), self.value))

    def ask(self, state: State) -> bool:
        return bool(_ORDERS[self.sign](getattr(state[self.part], self.attribute), self.value))


@dataclass(frozen=True)
class Not:
    """``not ...``."""

    inner: Formula

    @property
    def text(self) -> str:
        return f"not ({self.inner.text})"

    def __call__(self, view: View) -> bool:
        return not self.inner(view)

    def ask(self, state: State) -> bool:
        return not self.inner.ask(state)


@dataclass(frozen=True)
class Both:
    """``... and ...``, or ``... or ...``."""

    one: Formula
    other: Formula
    either: bool

    @property
    def text(self) -> str:
        return f"({self.one.text} {'or' if self.either else 'and'} {self.other.text})"

    def __call__(self, view: View) -> bool:
        return self.one(view) or self.other(view) if self.either else self.one(view) and self.other(view)

    def ask(self, state: State) -> bool:
        if self.either:
            return self.one.ask(state) or self.other.ask(state)
        return self.one.ask(state) and self.other.ask(state)


Formula = IsState | IsOneOf | IsWithin | AttributeIs | Not | Both


def random_formula(random: Random, tables: Mapping[str, Table], depth: int = 2) -> Formula:
    """Return a predicate over some of the parts."""
    drawn = random.random()
    if depth and drawn < 0.15:
        return Not(random_formula(random, tables, depth - 1))
    if depth and drawn < 0.5:
        one, other = (random_formula(random, tables, depth - 1) for _ in range(2))
        return Both(one, other, random.random() < 0.5)
    part = random.choice(sorted(tables))
    return _atom(random, part, tables[part])


def _atom(random: Random, part: str, table: Table) -> Formula:
    some = random.choice(table.states)
    if some.kept and random.random() < 0.4:
        attribute, value = random.choice(some.kept)
        ordered = isinstance(value, int) and not isinstance(value, bool)
        return AttributeIs(part, attribute, random.choice(list(_ORDERS) if ordered else ["==", "!="]), value)
    drawn = random.random()
    if drawn < 0.3:
        return IsWithin(part, "_".join(random.choice(sorted(some.active))))
    names = whole_names(table)
    if drawn < 0.5:
        return IsOneOf(part, tuple(random.sample(names, random.randint(1, len(names)))))
    name = random.choice(names)
    if random.random() < 0.5:  # the order of regions is nothing that anybody has to know
        name = "|".join(reversed(name.split("|")))
    return IsState(part, name, random.random() < 0.7)


def whole_names(table: Table) -> Sequence[str]:
    """Return what the states are called, but for what elsewhere is active beside others: asking so is refused."""
    names = list(dict.fromkeys(local.text for local in table.states))
    parts = [set(name.split("|")) for name in names]
    whole = [name for name, own in zip(names, parts, strict=True) if not any(own < other for other in parts)]
    return whole


def written(random: Random, formula: Formula) -> str | Callable[[State], bool]:
    """Return a predicate as a user writes it: as text, or as a function."""
    return formula.text if random.random() < 0.5 else formula.ask


def compared_names(formula: object) -> list[str]:
    """Return the names of states that are compared by ``==`` or its like in a predicate."""
    match formula:
        case IsState(name=name):
            return [name]
        case IsOneOf(names=names):
            return list(names)
        case Not(inner=inner):
            return compared_names(inner)
        case Both(one=one, other=other):
            return [*compared_names(one), *compared_names(other)]
    return []

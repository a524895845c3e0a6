"""A digest of what decides a verdict: what was fired, what predicates answer, who owes what, the limits, the version.

Equal systems under other names have one digest, and so have two settings that differ only in what the property at hand
does not feel: fairness decides what is asked of infinite runs alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from pathlib import Path

from lifecheck.errors import LifecheckError, PredicateError
from lifecheck.machines import BLOCKED, LOCAL_STATE_LIMIT, Tables, runs_code, shared_places
from lifecheck.properties import Decisive, Predicate, Property, evaluate
from lifecheck.sweeps.outside import is_changeable, outside
from lifecheck.symbolic import fire
from lifecheck.system import Component, LocalState, State, System, noting
from lifecheck.version import __version__

LOCAL_STATES = 1_000
"""How many local states of a component are fired for a digest; one that has more is checked anew every time."""

ANSWERS = 20_000
"""How often a predicate is asked for a digest; one that reads more is checked anew every time."""

_DECIDES = ("system/*", "properties/*", "machines/*", "statespace/*", "symbolic/*", "checking/*", "sweeps/digest")


@cache
def version_digest() -> bytes:
    """Return the digest of this version of lifecheck, as its source: answers of another are kept apart."""
    found = hashlib.sha256(__version__.encode())
    root = Path(__file__).parents[1]
    for files in _DECIDES:
        for path in sorted(root.glob(f"{files}.py")):
            found.update(path.name.encode() + path.read_bytes())
    return found.digest()


class Digests:
    """Makes the digests of many questions, and remembers those of components that several systems share.

    Parameters
    ----------
    tables
        Where the fired tables are kept; of components that are rows alone.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> one, other = System("one", [lamp], environment={"switch_on"}), System("other", [lamp])
    >>> digests, dark = Digests(), never("lamp == 'on'")
    >>> digests.of(one, dark) == digests.of(other, dark)  # fairness does not decide what never happens
    True
    >>> digests.of(one, dark) == digests.of(one, never("lamp == 'off'"))
    False
    """

    def __init__(self, tables: Tables | None = None) -> None:
        self._tables = Tables() if tables is None else tables
        self._parts: dict[int, tuple[Component, _Part | None]] = {}
        self._labels: dict[tuple[object, ...], bytes] = {}
        self._reads: dict[tuple[object, ...], list[tuple[str, ...]]] = {}

    def of(self, system: System, asked: Property, limit: int = 0) -> bytes | None:
        """Return the digest of one question, as `of_all` does."""
        return self.of_all(system, [asked], limit)[0]

    def of_all(self, system: System, questions: Sequence[Property], limit: int = 0) -> list[bytes | None]:
        """Return the digest of each question; None if what decides it cannot be listed, or cannot be fired.

        What runs code is fired anew for every call, because the code may read what has changed since.

        Parameters
        ----------
        system
            The system with all its observers.
        questions
            The properties.
        limit
            The largest number of states to visit.
        """
        if system.has_several_starts:
            each = [self.of_all(one, questions, limit) for one in system.by_start]
            return [_together(found) for found in zip(*each, strict=True)]
        parts = self._fired(system)
        if parts is None:
            return [None] * len(questions)
        return [self._of(system, parts, asked, limit) for asked in questions]

    def _of(self, system: System, parts: Sequence[_Part], asked: Property, limit: int) -> bytes | None:
        labels = [self._label(predicate, parts) for predicate in asked.predicates]
        if any(label is None for label in labels):
            return None
        read = {name for label in labels if label is not None for name in label[0]}
        observers = {part.name for part in system.observers}
        found = hashlib.sha256(version_digest())
        owed = "\n".join(_owed(system, asked.kind.decided_by))
        told = f"{asked.kind}\n{limit}\n{LOCAL_STATE_LIMIT}\n{asked.given is None}\n{owed}"
        found.update(len(told).to_bytes(8, "big") + told.encode())
        for part in parts:
            if part.name in read or part.name not in observers:
                # an observer that blocks is refused, where a component with the same rows is none's fault
                found.update(b"observer" if part.name in observers else b"component")
                found.update(part.digest)
        for label in labels:
            assert label is not None, "looked at above"
            found.update(b"label" + label[1])
        return found.digest()

    def _fired(self, system: System) -> list[_Part] | None:
        if any(runs_code(part) for part in system.parts):
            if any(is_changeable(place.value()) for place in shared_places(system.parts)):
                return None  # whether one changes what another reads shows only where they run together
            try:
                fired = fire(system, local_limit=LOCAL_STATES)
            except LifecheckError:
                return None
            return [_Part(table.component, table.states, table.moves, table.told) for table in fired]
        parts = [self._part(part) for part in system.parts]
        whole = [part for part in parts if part is not None]
        return whole if len(whole) == len(parts) else None

    def _part(self, component: Component) -> _Part | None:
        known = self._parts.get(id(component))
        if known is None:
            if len(self._parts) > _MOST:
                self._parts.clear()
            known = self._parts[id(component)] = component, self._rows(component)
        return known[1]

    def _rows(self, component: Component) -> _Part | None:
        table = self._tables.of(component)
        moves: dict[str, list[tuple[int, int]]] = {trigger: [] for trigger in component.triggers}
        try:
            for local, _ in enumerate(table.states):  # grows while it is walked
                if local >= LOCAL_STATES:
                    return None
                for trigger, found in moves.items():
                    target = table.move(local, trigger)
                    if target != BLOCKED:
                        found.append((local, target))
        except LifecheckError:
            return None
        return _Part(component, table.states, moves)

    def _label(self, predicate: Predicate, parts: Sequence[_Part]) -> tuple[tuple[str, ...], bytes] | None:
        """Return which components a predicate reads, and the digest of its answers for all that they can be."""
        beside = outside(predicate)
        if beside is None:
            return _answers(predicate, parts)
        asked = (predicate, beside, tuple((part.name, part.attributes) for part in parts))
        by_name = {part.name: part for part in parts}
        for read in self._reads.get(asked, ()):
            known = self._labels.get((asked, *(by_name[name].key for name in read)))
            if known is not None:
                return read, known
        found = _answers(predicate, parts)
        if found is not None:
            read, label = found
            if len(self._labels) > _MOST:
                self._labels.clear()
                self._reads.clear()
            reads = self._reads.setdefault(asked, [])
            if read not in reads:
                reads.append(read)
            self._labels[asked, *(by_name[name].key for name in read)] = label
        return found


_MOST = 20_000
"""How many components and answers of predicates are remembered before all are forgotten."""


class _Part:
    """One component as it was fired in every local state that it can reach by itself."""

    def __init__(
        self,
        component: Component,
        states: Sequence[LocalState],
        moves: object,
        told: Sequence[str] = (),
    ) -> None:
        self.name = component.name
        self.attributes = tuple(component.attributes)
        self.states = tuple(states)
        nesting = component.nesting
        written = (
            component.name,
            tuple(component.states),
            component.initial,
            component.left_out,
            sorted(component.families.items()),
            component.guards,
            None if nesting is None else (nesting.separator, nesting.names, sorted(nesting.parents)),
            component.triggers,
            [state.label if not component.attributes else str(state) for state in states],
            sorted((name, list(map(tuple, found))) for name, found in dict(moves).items()),  # type: ignore[call-overload]
            tuple(told),
        )
        self.digest = hashlib.sha256(repr(written).encode()).digest()
        # the values of attributes decide only by what guards and predicates make of them
        self.key = self.digest, tuple([state.key for state in states] if component.attributes else ())


def _together(digests: Sequence[bytes | None]) -> bytes | None:
    known = [one for one in digests if one is not None]
    return hashlib.sha256(b"starts" + b"".join(known)).digest() if len(known) == len(digests) else None


def _answers(predicate: Predicate, parts: Sequence[_Part]) -> tuple[tuple[str, ...], bytes] | None:
    """Ask a predicate for every combination of what it reads; which that is shows when it is asked."""
    read: tuple[str, ...] = ()
    anything = {part.name: part.states[0] for part in parts}
    while True:
        asked = [part for part in parts if part.name in read]
        if prod(len(part.states) for part in asked) > ANSWERS:
            return None
        noted: set[str] = set()
        given: list[str] = []
        for combination in product(*(part.states for part in asked)):
            local_states = {**anything, **dict(zip(read, combination, strict=True))}
            try:
                given.append(str(evaluate(predicate, noting(State(local_states), noted))))
            except PredicateError as error:
                given.append(f"raised {error}")
            if not noted.issubset(read):
                break
        if noted.issubset(read):
            return read, hashlib.sha256("\n".join([*read, *given]).encode()).digest()
        read = tuple(part.name for part in parts if part.name in read or part.name in noted)


def _owed(system: System, decided_by: Decisive) -> Iterator[str]:
    """Yield what is owed, as far as it decides: nothing for single states, who owes nothing for what can be reached."""
    if decided_by is Decisive.STATE:
        return
    yield _listed("environment", sorted(system.environment))
    if decided_by is Decisive.LOOP:
        yield from sorted(_listed("weak", members) for members in system.owed_weakly.values())
        yield from sorted(_listed("strong", members) for members in system.owed_strongly.values())


def _listed(role: str, names: Iterable[str]) -> str:
    return f"{role} {list(names)!r}"

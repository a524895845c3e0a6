"""Predicates written out: a Python function becomes the states of the few components that its answer depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

Sample = Mapping[tuple[int, ...], bool]
"""The answer for each combination of local states that was met, by number."""

_ORDERS_TRIED_UP_TO = 3  # components: more have too many orders to try


@dataclass(frozen=True)
class Condition:
    """True where a component is in one of some local states and what goes with that is true.

    Parameters
    ----------
    part
        Position of the component in the system.
    cases
        Local states, and what must be true besides (True: nothing).
    """

    part: int
    cases: tuple[tuple[tuple[int, ...], Condition | bool], ...]

    @property
    def size(self) -> int:
        """How many cases it takes to say it."""
        return sum(1 + (inner.size if isinstance(inner, Condition) else 0) for _, inner in self.cases)


def condition_of(parts: Sequence[int], sample: Sample) -> Condition | bool:
    """Write a predicate as cases over the components on which its answer depends.

    Combinations that were not met may be answered either way.

    Parameters
    ----------
    parts
        Positions of the components that the predicate reads.
    sample
        Its answer for each combination of their local states that is reachable.

    Examples
    --------
    >>> condition_of([3, 5], {(0, 0): False, (0, 1): False, (1, 0): True, (1, 1): True})
    Condition(part=3, cases=(((1,), True),))
    """
    parts, sample = _support(list(parts), sample)
    if not parts:
        return next(iter(sample.values()), False)
    orders = permutations(range(len(parts))) if len(parts) <= _ORDERS_TRIED_UP_TO else [tuple(range(len(parts)))]
    found = [
        _cases([parts[column] for column in order], {tuple(key[c] for c in order): sample[key] for key in sample})
        for order in orders
    ]
    return min(found, key=lambda one: one.size if isinstance(one, Condition) else 0)


def holds(condition: Condition | bool, locals_: Sequence[int]) -> bool:
    """Whether a condition is true where each component is in a local state."""
    while isinstance(condition, Condition):
        here = locals_[condition.part]
        condition = next((inner for values, inner in condition.cases if here in values), False)
    return condition


def alternatives(condition: Condition, known: int) -> tuple[tuple[int, ...], Condition] | None:
    """Return local states and a condition of which either suffices, if a condition of two cases can be said so.

    "Here, or elsewhere and something" is "here, or something" where the two cases are all there is.
    """
    if len(condition.cases) != 2 or sum(len(values) for values, _ in condition.cases) != known:
        return None
    for (values, inner), (_, other) in (condition.cases, condition.cases[::-1]):
        if inner is True and isinstance(other, Condition):
            return values, other
    return None


def _support(parts: list[int], sample: Sample) -> tuple[list[int], Sample]:
    """Leave out each component without which the answers are the same."""
    for column in reversed(range(len(parts))):
        without: dict[tuple[int, ...], bool] = {}
        for key, answer in sample.items():
            if without.setdefault(key[:column] + key[column + 1 :], answer) != answer:
                break
        else:
            parts, sample = parts[:column] + parts[column + 1 :], without
    return parts, sample


def _cases(parts: Sequence[int], sample: Sample) -> Condition | bool:
    answers = set(sample.values())
    if len(answers) == 1:
        return answers.pop()
    rest: dict[int, dict[tuple[int, ...], bool]] = {}
    for key in sorted(sample):
        rest.setdefault(key[0], {})[key[1:]] = sample[key]
    alike: list[tuple[list[int], dict[tuple[int, ...], bool]]] = []
    for value, answered in rest.items():
        for values, known in alike:
            if all(known.get(key, answer) == answer for key, answer in answered.items()):
                values.append(value)
                known.update(answered)
                break
        else:
            alike.append(([value], dict(answered)))
    inner = [(tuple(values), _cases(parts[1:], known)) for values, known in alike]
    return Condition(parts[0], tuple(case for case in inner if case[1] is not False))

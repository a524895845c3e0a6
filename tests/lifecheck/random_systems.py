"""Random systems of one to three components, of at most six global states unless asked, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from random import Random
from typing import Any

from lifecheck import (
    Component,
    Property,
    Row,
    System,
    always,
    can_always_reach,
    eventually,
    explore,
    leads_to,
    never,
    sometimes,
)
from lifecheck.system import Owing

Shapes = Sequence[tuple[int, ...]]
"""How many states each component has, of several systems."""

SHAPES = [
    (1,),
    (2,),
    (3,),
    (4,),
    (4,),
    (5,),
    (5,),
    (6,),
    (6,),
    (6,),
    (6, 1),
    (2, 2),
    (2, 3),
    (3, 2),
    (3, 2, 1),
    (2, 1, 3),
]
LARGER = [(2, 2, 2), (3, 3), (4, 3), (3, 2, 2), (4, 4), (5, 3), (3, 3, 3), (6, 4), (4, 3, 3)]
"""Shapes beyond what a judge by enumeration can decide."""

NAMES = ("left", "middle", "right")
TRIGGERS = ("ask", "answer", "retry", "settle", "forget")
OWED = ("environment", "nothing", "weak", "strong")


@dataclass(frozen=True)
class OneOf:
    """A predicate that reads some components and is true in some combinations of their states."""

    names: tuple[str, ...]
    chosen: frozenset[tuple[str, ...]]

    def __call__(self, state: Any) -> bool:
        """Read the components by name, as a hand-written predicate does."""
        return tuple(str(getattr(state, name)) for name in self.names) in self.chosen


def random_systems(
    seed: int, count: int, mixtures: int = 1, shapes: Shapes = SHAPES, *, groups: bool = False
) -> Iterator[System]:
    """Yield systems; each table of components comes with several mixtures of fairness, one after the other.

    With `groups`, fairness is owed to groups of triggers too.
    """
    random = Random(seed)
    components: list[Component] = []
    observers: list[Component] = []
    for number in range(count):
        if number % mixtures == 0:
            components = _components(random, shapes)
            observers = _observers(random, components)
        system = _system(random, f"random system {number} of seed {seed}", components, observers)
        yield _with_groups(random, system) if groups else system


def sharing_systems(
    seed: int, count: int, shapes: Shapes = SHAPES, least: int = 1, *, groups: bool = False
) -> Iterator[System]:
    """Yield systems of no fewer states in which components meet on a trigger, observers not counted."""
    found = random_systems(seed, 100 * count, shapes=shapes, groups=groups)
    shared = (system for system in found if any(_meets(system, trigger) for trigger in system.fireable))
    yield from islice((system for system in shared if least == 1 or len(explore(system)) >= least), count)


def _meets(system: System, trigger: str) -> bool:
    return sum(trigger in component.alphabet for component in system.components) > 1


def random_properties(random: Random, system: System) -> list[Property]:
    """Return a property of every kind over random predicates, the kinds that need fairness twice."""
    many, half, few = 0.85, 0.5, 0.25
    return [
        always(_predicate(random, system, many)),
        always(_predicate(random, system, half), given=_predicate(random, system, few)),
        never(_predicate(random, system, few)),
        sometimes(_predicate(random, system, few)),
        can_always_reach(_predicate(random, system, half)),
        *(eventually(_predicate(random, system, random.choice([few, half]))) for _ in range(2)),
        *(leads_to(_predicate(random, system, half), _predicate(random, system, few)) for _ in range(2)),
    ]


def _components(random: Random, shapes: Shapes) -> list[Component]:
    shape = random.choice(shapes)
    triggers = TRIGGERS[: random.choice([1, 2, 3, 4, 4, 5, 5, 5])]
    alphabets: list[set[str]] = [set() for _ in shape]
    for trigger in triggers:
        sharing = min(len(shape), random.choice([1, 1, 1, 2, 3]))
        for alphabet in random.sample(alphabets, sharing):
            alphabet.add(trigger)
    return [
        _component(random, name, size, alphabet, random.choice([0.5, 0.6, 0.8]))
        for name, size, alphabet in zip(NAMES, shape, alphabets, strict=False)
    ]


def _component(random: Random, name: str, size: int, alphabet: set[str], density: float) -> Component:
    """Return a component; a trigger without any row in it, or with none from some states, blocks there."""
    states = [str(number) for number in range(size)]
    rows = [
        Row(trigger, source, random.choice([*states, *states, "="]))
        for trigger in sorted(alphabet)
        for source in states
        if random.random() < density
    ]
    random.shuffle(rows)
    initial = random.choice(rows).source if rows else states[0]  # elsewhere many a system would stand still at once
    return Component(name, states, initial, rows, alphabet)


def _observers(random: Random, components: list[Component]) -> list[Component]:
    """Return sometimes a component of two states that watches the others and never blocks."""
    combinations = 1
    for component in components:
        combinations *= len(component.states)
    if combinations > 3 or random.random() < 0.3:
        return []
    known = sorted({trigger for component in components for trigger in component.alphabet})
    watched = set(random.sample(known, random.randint(1, len(known))))
    return [_component(random, "watcher", 2, watched, 1.0)]


def _system(random: Random, name: str, components: list[Component], observers: list[Component]) -> System:
    triggers = sorted({trigger for component in components for trigger in component.alphabet})
    mixture = random.sample(OWED, random.randint(1, len(OWED)))
    owed = {trigger: random.choice(mixture) for trigger in triggers}
    fair = {trigger for trigger in triggers if owed[trigger] == "weak"}
    fair |= {trigger for trigger in triggers if owed[trigger] == "strong" and random.random() < 0.5}
    say_nothing = "nothing" not in owed.values() and random.random() < 0.5
    return System(
        name,
        components,
        observers=observers,
        environment={trigger for trigger in triggers if owed[trigger] == "environment"},
        fair=None if say_nothing else fair,  # without it every system trigger is fair
        strong={trigger: "chosen at random" for trigger in triggers if owed[trigger] == "strong"},
    )


def _with_groups(random: Random, system: System) -> System:
    """Return the system with one or two groups of triggers that are fair, most without fairness of their own."""
    inner = [trigger for trigger in system.triggers if trigger not in system.environment]
    if len(inner) < 2:
        return system
    fair: set[Owing] = set(system.weakly_fair)
    strong: dict[Owing, str] = dict(system.strong)
    for _ in range(random.choice([1, 1, 2])):
        group = tuple(random.sample(inner, random.choice([2, 2, 3]) if len(inner) > 2 else 2))
        if random.random() < 0.8:  # by itself a member that is fair makes the group's fairness say nothing
            fair -= set(group)
            strong = {owed: reason for owed, reason in strong.items() if owed not in group}
        if random.random() < 0.6:
            fair.add(group)
        else:
            strong[group] = "chosen at random"
    return replace(system, fair=fair, strong=strong)


def _predicate(random: Random, system: System, density: float) -> OneOf:
    read = [part for part in system.parts if random.random() < 0.7] or [random.choice(system.parts)]
    combinations = product(*(part.states for part in read))
    chosen = frozenset(locals_ for locals_ in combinations if random.random() < density)
    return OneOf(tuple(part.name for part in read), chosen)

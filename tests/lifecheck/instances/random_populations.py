"""Small random populations: what each instance has for itself beside what all share, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import product
from random import Random

from lifecheck import (
    Component,
    Property,
    Row,
    System,
    always,
    can_always_reach,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.instances.copies import Sharing, sharing_of
from lifecheck.system.row import SAME
from tests.lifecheck.random_systems import OneOf

OWED = ("environment", "nothing", "weak", "weak", "strong")
STATES = 200
"""How many combinations of local states a population may have: the small explorer walks it one by one."""


Population = tuple[System, int]
"""A system of one instance, and how many instances to look at."""


def random_populations(seed: int, count: int, *, groups: bool = False) -> Iterator[Population]:
    random = Random(seed)
    for number in range(count):
        system, instances = _population(random, f"random population {number} of seed {seed}")
        yield (_with_groups(random, system) if groups else system), instances


def _with_groups(random: Random, system: System) -> System:
    """Return the system with a group of two triggers that is fair, of one instance's or of shared ones."""
    kinds: dict[Sharing, list[str]] = {}
    for trigger, kind in sharing_of(system).items():
        if trigger not in system.environment:
            kinds.setdefault(kind, []).append(trigger)
    fitting = [triggers for triggers in kinds.values() if len(triggers) > 1]
    if not fitting:
        return system
    group = tuple(random.sample(random.choice(fitting), 2))
    strong = {owed: reason for owed, reason in system.strong.items() if owed not in group}
    if random.random() < 0.6:
        return replace(system, fair={*system.weakly_fair.difference(group), group}, strong=strong)
    fair = system.weakly_fair.difference(group)
    return replace(system, fair=fair, strong={**strong, group: "chosen at random"})


def random_properties(random: Random, system: System) -> list[Property]:
    """Return some properties, of different kinds, each of which reads the instance."""
    asked = [
        always(_predicate(random, system, 0.85)),
        always(_predicate(random, system, 0.6), given=_predicate(random, system, 0.3)),
        never(_predicate(random, system, 0.2)),
        sometimes(_predicate(random, system, 0.2)),
        can_always_reach(_predicate(random, system, 0.4)),
        eventually(_predicate(random, system, 0.4)),
        leads_to(_predicate(random, system, 0.4), _predicate(random, system, 0.3)),
        leads_to(_predicate(random, system, 0.5), _predicate(random, system, 0.5)),
    ]
    return random.sample(asked, 2)


def _population(random: Random, name: str) -> Population:
    own = {"task": random.choice([2, 3, 3, 4])} | ({"flag": 2} if random.random() < 0.4 else {})
    shared = {"tool": random.choice([2, 2, 3, 4])} if random.random() < 0.95 else {}
    shared |= {"power": 2} if random.random() < 0.3 else {}
    alphabets: dict[str, set[str]] = {part: set() for part in (*own, *shared)}
    broadcast = set()
    for trigger in ("ask", "begin", "end", "halt", "tick")[: random.randint(2, 5)]:
        joint = random.random()
        owners = random.sample(list(own), random.randint(1, len(own))) if joint < 0.9 or not shared else []
        if shared and (joint < 0.8 or not owners):
            owners += random.sample(list(shared), random.randint(1, len(shared)))
        for owner in owners:
            alphabets[owner].add(trigger)
        if set(owners) & own.keys() and set(owners) & shared.keys() and random.random() < 0.2:
            broadcast.add(trigger)
    of_instances = set().union(*(alphabets[part] for part in own))
    is_left_alone = random.random() < 0.3  # no instance changes what is shared
    components = [
        _component(random, part, size, alphabets[part], total=broadcast)
        if part in own
        else _component(random, part, size, alphabets[part], still=of_instances if is_left_alone else frozenset())
        for part, size in (own | shared).items()
    ]
    observers = []
    triggers = sorted(set().union(*alphabets.values()))
    if random.random() < 0.3:
        watched = set(random.sample(triggers, random.randint(1, len(triggers))))
        observers.append(_component(random, "watcher", 2, watched, total=watched))
    owed = {trigger: random.choice(OWED) for trigger in triggers}
    is_own = observers and random.random() < 0.7 and observers[0].alphabet & alphabets["task"]
    system = System(
        name,
        components,
        observers=observers,
        environment={trigger for trigger in triggers if owed[trigger] == "environment"},
        fair={trigger for trigger in triggers if owed[trigger] == "weak"},
        strong={trigger: "chosen at random" for trigger in triggers if owed[trigger] == "strong"},
        copied=own.keys() | ({"watcher"} if is_own else set()),
        broadcast=broadcast,
    )
    combinations = [1, 1]
    for part in system.parts:
        combinations[part.name in system.copied] *= len(part.states)
    fitting = [
        instances for instances in (1, 2, 2, 3, 3, 3) if combinations[0] * combinations[1] ** instances <= STATES
    ]
    return system, random.choice(fitting or [1])


def _component(
    random: Random,
    name: str,
    size: int,
    alphabet: set[str],
    *,
    total: Set[str] = frozenset(),
    still: Set[str] = frozenset(),
) -> Component:
    """Return a component; it takes the triggers of `total` in every state, and stays where it is in `still`."""
    states = [str(number) for number in range(size)]
    rows = [
        Row(trigger, source, SAME if trigger in still else random.choice(states))
        for trigger in sorted(alphabet)
        for source in states
        if trigger in total or random.random() < 0.7
    ]
    random.shuffle(rows)
    return Component(name, states, random.choice(states), rows, alphabet)


def _predicate(random: Random, system: System, density: float) -> OneOf:
    """Return a predicate that reads the instance and perhaps what is shared."""
    read = [part for part in system.parts if part.name == "task" or random.random() < 0.4]
    combinations = product(*(part.states for part in read))
    chosen = frozenset(states for states in combinations if random.random() < density)
    return OneOf(tuple(part.name for part in read), chosen)

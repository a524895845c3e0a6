"""Random systems of one to three machines with attributes, conditions and callbacks, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from lifecheck import Property, always, can_always_reach, eventually, leads_to, never, sometimes
from tests.lifecheck.described_predicates import random_formula, written
from tests.lifecheck.machine_descriptions import (
    EVERYWHERE,
    SAME,
    Callback,
    Callbacks,
    Carrier,
    Guard,
    MachineDescription,
    Mode,
    RowDescription,
    StateDescription,
    SystemDescription,
    Written,
)
from tests.lifecheck.machine_interpreter import Composition, Table, compose, table_of

NAMES = ("left", "middle", "right")
TRIGGERS = ("ask", "answer", "retry", "settle", "forget")
BY_OBJECT = (Written.BOUND, Written.LAMBDA, Written.PARTIAL)
OWED = ("environment", "nothing", "weak", "strong")
MOST_STATES = 7
"""How many global states a judge by enumeration is given."""

DOMAINS: Mapping[str, tuple[Any, ...]] = {"count": (0, 1, 2), "flag": (False, True), "mode": tuple(Mode)}


@dataclass(frozen=True)
class Described:
    """A system with what the interpreter says of it."""

    description: SystemDescription
    tables: Mapping[str, Table]
    whole: Composition


@dataclass(frozen=True)
class Drawn:
    """What conditions and callbacks of one machine are about, and how they are written."""

    attributes: tuple[str, ...]
    by_name: bool


@dataclass(frozen=True)
class Question:
    """One property twice: as it is asked of lifecheck, and as the judge reads it."""

    asked: Property
    judged: Property


def random_callback_systems(seed: int, count: int, mixtures: int = 1) -> Iterator[Described]:
    """Yield systems of at most `MOST_STATES` global states, observers included.

    The same machines come with several mixtures of fairness, one after the other.
    """
    random = Random(seed)
    found: Described | None = None
    for number in range(count):
        name = f"system {number} of seed {seed}"
        if number % mixtures and found is not None:
            yield replace(found, description=_owing(random, replace(found.description, name=name)))
            continue
        found = _system(random, name)
        while found is None or (len(found.whole.moves) == 1 and random.random() < 0.75):  # they are found too often
            found = _system(random, name)
        yield found


def random_questions(random: Random, described: Described) -> list[Question]:
    """Return a question of every kind."""

    def question(ask: Callable[..., Property], formulas: int) -> Question:
        drawn = [random_formula(random, described.tables) for _ in range(formulas)]
        return Question(ask(*(written(random, one) for one in drawn)), ask(*drawn))

    return [
        question(always, 1),
        question(lambda goal, given: always(goal, given=given), 2),
        question(never, 1),
        question(sometimes, 1),
        question(can_always_reach, 1),
        question(eventually, 1),
        question(leads_to, 2),
        question(leads_to, 2),
    ]


def random_raising_systems(seed: int, count: int) -> Iterator[Described]:
    """Yield systems in one machine of which some condition raises where an attribute has some value."""
    random = Random(seed)
    made = 0
    while made < count:
        system = _system(random, f"raising system {made} of seed {seed}")
        places = [] if system is None else _guarded_rows(system.description)
        if system is None or not places:
            continue
        number, at = random.choice(places)
        machines = list(system.description.machines)
        rows = list(machines[number].rows)
        guard = rows[at].guards[0]
        way = Written.METHOD if guard.written is Written.ATTRIBUTE else guard.written
        guard = replace(guard, raising=frozenset({random.choice(DOMAINS[guard.attribute])}), written=way)
        rows[at] = replace(rows[at], guards=(guard, *rows[at].guards[1:]))
        machines[number] = replace(machines[number], rows=tuple(rows))
        found = _described(replace(system.description, machines=tuple(machines)))
        if found is not None:
            made += 1
            yield found


def _guarded_rows(system: SystemDescription) -> list[tuple[int, int]]:
    """Return the position of each machine and row that has conditions."""
    return [
        (number, at)
        for number, machine in enumerate(system.machines)
        for at, row in enumerate(machine.rows)
        if row.guards
    ]


def _system(random: Random, name: str) -> Described | None:
    parts = random.choice([1, 1, 1, 2, 2, 2, 3])
    triggers = TRIGGERS[: random.choice([2, 3, 3, 4, 4, 5])]
    alphabets: list[set[str]] = [set() for _ in range(parts)]
    for trigger in triggers:
        for alphabet in random.sample(alphabets, min(parts, random.choice([1, 1, 2, 3]))):
            alphabet.add(trigger)
    if not all(alphabets):
        return None
    machines = tuple(random_machine(random, NAMES[at], alphabet) for at, alphabet in enumerate(alphabets))
    known = sorted({trigger for machine in machines for trigger in machine.alphabet})
    observers = (random_observer(random, known),) if random.random() < 0.25 else ()
    nothing: frozenset[str] = frozenset()
    return _described(_owing(random, SystemDescription(name, machines, observers, nothing, nothing, nothing)))


def _owing(random: Random, description: SystemDescription) -> SystemDescription:
    """Return a system in which every trigger is owed in one of some ways, or by the environment."""
    mixture = random.sample(OWED, random.randint(1, len(OWED)))
    owed = {trigger: random.choice(mixture) for trigger in description.triggers}
    environment, weak, strong = (
        frozenset(one for one in owed if owed[one] == way) for way in ("environment", "weak", "strong")
    )
    return replace(description, environment=environment, weak=weak, strong=strong)


def _described(description: SystemDescription) -> Described | None:
    """Return a system with its tables, unless it is too large or a machine is none that could be checked."""
    tables = {}
    for part in description.parts:
        table = None if any(has_shadowed_row(part, trigger) for trigger in part.alphabet) else table_of(part)
        if table is None or table.broken:
            return None
        tables[part.name] = table
    whole = compose(description, tables, tables, MOST_STATES)
    return None if whole is None else Described(description, tables, whole)


def has_shadowed_row(machine: MachineDescription, trigger: str) -> bool:
    """Whether a flat machine has a row that an earlier one, with no more conditions, keeps from ever winning."""
    rows = [row for row in machine.rows if row.trigger == trigger and not machine.hierarchical]
    return any(
        set(one.guards) <= set(later.guards)
        and (EVERYWHERE in (one.source, later.source) or one.source == later.source)
        for at, one in enumerate(rows)
        for later in rows[at + 1 :]
    )


def machine_names(machine: MachineDescription) -> list[str]:
    """Return every state by its whole name."""
    return ["_".join(path) for path in machine.by_path]


def random_machine(random: Random, name: str, alphabet: set[str]) -> MachineDescription:
    """Return a machine, flat or hierarchical, whose triggers are at most these; it blocks those without a row."""
    hierarchical = random.random() < 0.35
    # one machine moves many models where it knows all by name: this is made in no time, and so most are
    drawn = Drawn(tuple(random.sample(sorted(DOMAINS), random.choice([0, 1, 1, 1, 2]))), random.random() < 0.85)
    start = {attribute: random.choice(DOMAINS[attribute]) for attribute in drawn.attributes}
    states = _nested(random, drawn) if hierarchical else _flat(random, drawn)
    bare = MachineDescription(name, states, states[0].name, (), start, hierarchical=hierarchical)
    names = machine_names(bare)
    rows: list[RowDescription] = []
    for trigger in sorted(alphabet):
        if random.random() < 0.06:
            continue  # it has none, and blocks it for ever
        sources = random.sample(names, min(len(names), random.choice([1, 2, 2, 3])))
        for source in [EVERYWHERE] if random.random() < 0.15 else sources:
            rows += _rows(random, bare, trigger, source, drawn)
        if random.random() < 0.1:  # the library's idiom: what is said of one state first, then of all the others
            rows.append(_row(random, bare, trigger, EVERYWHERE, drawn))
    enumerated = not hierarchical and all(not (state.on_enter or state.on_exit) for state in states)
    made = replace(
        bare,
        initial=random.choice(names) if random.random() < 0.5 else bare.initial,
        rows=tuple(rows),
        before_state_change=_callbacks(random, drawn, 0.08),
        after_state_change=_callbacks(random, drawn, 0.08),
        states_as_enumeration=enumerated and random.random() < 0.3,
        journal=random.random() < 0.1,
        auto_transitions=random.random() < 0.1,
        never_answered=frozenset(alphabet - {row.trigger for row in rows}),
    )
    if drawn.by_name and random.random() < 0.95:
        carrier = Carrier.SHARED
    else:
        carrier = random.choice([Carrier.MODEL] * 4 + [Carrier.BESIDE] * 3 + [Carrier.MACHINE])
    return replace(made, carrier=carrier)


def random_observer(random: Random, known: list[str]) -> MachineDescription:
    """Return a machine that counts some triggers, in states or in an attribute; it never blocks."""
    watched = random.sample(known, random.randint(1, min(2, len(known))))
    if random.random() < 0.5:
        up = Callback("count", ((0, 1), (1, 1)), Written.METHOD)
        rows = tuple(
            RowDescription(trigger, EVERYWHERE, random.choice([SAME, None]), after=(up,)) for trigger in watched
        )
        return MachineDescription(
            "watcher", (StateDescription("watching"),), "watching", rows, {"count": 0}, carrier=Carrier.SHARED
        )
    rows = tuple(
        RowDescription(trigger, source, dest)
        for trigger in watched
        for source, dest in (("none", "once"), ("once", random.choice([SAME, None, "none"])))
    )
    return MachineDescription(
        "watcher", (StateDescription("none"), StateDescription("once")), "none", rows, carrier=Carrier.SHARED
    )


def _flat(random: Random, drawn: Drawn) -> tuple[StateDescription, ...]:
    return tuple(_state(random, name, drawn) for name in ("new", "old", "lost", "done")[: random.randint(1, 4)])


def _nested(random: Random, drawn: Drawn) -> tuple[StateDescription, ...]:
    """Return one or two states that stand alone, and one with children or with two parallel regions."""
    alone = [_state(random, name, drawn) for name in ("new", "old")[: random.randint(1, 2)]]
    if random.random() < 0.45:
        regions = []
        for name in ("p", "q"):
            children = tuple(_state(random, child, drawn) for child in ("i", "j")[: random.randint(0, 2)])
            initial = random.choice(children).name if children else None
            regions.append(replace(_state(random, name, drawn), children=children, initial=initial))
        whole = replace(_state(random, "both", drawn), children=tuple(regions), parallel=True)
    else:
        inner = [_state(random, name, drawn) for name in ("a", "b", "c")[: random.randint(1, 3)]]
        if random.random() < 0.3:
            deep = tuple(_state(random, name, drawn) for name in ("x", "y"))
            inner[0] = replace(inner[0], children=deep, initial=random.choice([None, "x", "y"]))
        initial = random.choice([None, *(one.name for one in inner)]) if random.random() < 0.7 else inner[0].name
        whole = replace(_state(random, "busy", drawn), children=tuple(inner), initial=initial)
    states = [*alone, whole]
    random.shuffle(states)
    return tuple(states)


def _state(random: Random, name: str, drawn: Drawn) -> StateDescription:
    return StateDescription(name, on_enter=_callbacks(random, drawn, 0.15), on_exit=_callbacks(random, drawn, 0.12))


def _rows(random: Random, machine: MachineDescription, trigger: str, source: str, drawn: Drawn) -> list[RowDescription]:
    """Return one to three rows that are tried in order; all but the last have conditions."""
    rows = [_row(random, machine, trigger, source, drawn)]
    while drawn.attributes and len(rows) < 3 and random.random() < 0.3:
        rows.append(_row(random, machine, trigger, source, drawn))
    return [row if row.guards else replace(row, guards=(_guard(random, drawn),)) for row in rows[:-1]] + rows[-1:]


def _row(random: Random, machine: MachineDescription, trigger: str, source: str, drawn: Drawn) -> RowDescription:
    guards = tuple(_guard(random, drawn) for _ in range(random.choice([0, 0, 0, 1, 1, 2]) if drawn.attributes else 0))
    return RowDescription(
        trigger,
        source,
        _dest(random, machine, source),
        guards,
        prepare=_callbacks(random, drawn, 0.04),
        before=_callbacks(random, drawn, 0.15),
        after=_callbacks(random, drawn, 0.3),
    )


def _dest(random: Random, machine: MachineDescription, source: str) -> str | None:
    drawn = random.random()
    if drawn < 0.08:
        return None
    if drawn < 0.16:
        return SAME
    path = tuple(source.split("_"))
    names = machine_names(machine)
    if path[0] == "both" and len(path) > 1:  # all regions are left together, by rows of `both` alone
        names = [name for name in names if name.startswith("_".join(path[:2]))]
    elif source == EVERYWHERE:  # the library resolves a destination from each source anew
        names = [name for name in names if "_" not in name]
    return random.choice(names)


def _guard(random: Random, drawn: Drawn) -> Guard:
    attribute = random.choice(drawn.attributes)
    domain = DOMAINS[attribute]
    ways = [Written.METHOD, Written.PROPERTY, *([] if drawn.by_name else BY_OBJECT)]
    if attribute == "flag" and random.random() < 0.4:
        return Guard(attribute, frozenset({True}), random.random() < 0.5, Written.ATTRIBUTE)
    values = frozenset(random.sample(domain, random.randint(1, len(domain) - 1)))
    return Guard(attribute, values, random.random() < 0.6, random.choice(ways))


def _callbacks(random: Random, drawn: Drawn, likely: float) -> Callbacks:
    if not drawn.attributes or random.random() >= likely:
        return ()
    return tuple(
        _callback(random, random.choice(drawn.attributes), drawn.by_name) for _ in range(random.choice([1, 1, 1, 2]))
    )


def _callback(random: Random, attribute: str, by_name: bool) -> Callback:
    """Return what counts up to a bound, counts round, flips, or sets."""
    domain = DOMAINS[attribute]
    last = len(domain) - 1
    ways = [Written.METHOD, *([] if by_name else BY_OBJECT)]
    match random.choice(["bounded", "round", "set"]):
        case "bounded":
            after = [domain[min(at + 1, last)] for at in range(len(domain))]
        case "round":
            after = [domain[(at + 1) % len(domain)] for at in range(len(domain))]
        case _:
            after = [random.choice(domain)] * len(domain)
    return Callback(attribute, tuple(zip(domain, after, strict=True)), random.choice(ways))

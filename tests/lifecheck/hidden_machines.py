"""Random machines of which something decides that is no part of their state, and some of which nothing does.

What is really reached, a plain breadth-first search over runs of fresh machines says; it knows nothing of lifecheck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

from transitions import Machine, MachineError

from tests.lifecheck.hidden_state import PLACES, Counter

ROLES = ("before", "after", "prepare", "conditions", "on_enter", "on_exit")
ENDS = ("conditions", "unless", "moved", "instead")


class Model:
    """Carries the state, and perhaps what counts."""

    held: object


@dataclass(eq=False)
class Hidden:
    """A machine by its rows, and what it keeps out of sight.

    Parameters
    ----------
    place
        Makes what counts; None where nothing does, and a log is kept that nothing reads.
    holds
        Whether the model holds what counts.
    rows
        Trigger, source and destination.
    steps
        What counts: the position of a row or the name of a state, and the role of the callback.
    in_order
        Whether each of the steps counts only after the one before it.
    enough
        Whether so many steps unlock what is locked.
    end
        How the locked row reads it.
    secret
        Trigger and source of the locked row.
    """

    place: Callable[[], Counter] | None
    holds: bool
    names: list[str]
    rows: list[tuple[str, str, str]]
    steps: list[tuple[int | str, str]]
    in_order: bool
    enough: Callable[[int], bool]
    end: str
    secret: tuple[str, str]
    told: str
    level: Callable[[], int] = field(default=lambda: 0)

    @property
    def triggers(self) -> list[str]:
        return list(dict.fromkeys([*(trigger for trigger, _, _ in self.rows), self.secret[0]]))

    def __call__(self) -> Machine:
        """Make a fresh machine."""
        logged: list[None] = []
        counter = self.place() if self.place is not None else Counter(lambda: logged.append(None), lambda: 0)
        self.level = counter.level
        model = Model()
        if self.holds:
            model.held = counter.held

        def is_open() -> bool:
            return self.enough(counter.level())

        states = dict.fromkeys([*self.names, *(dest for _, _, dest in self.rows), "bad"])
        machine: Any = Machine(model, list(states), "s0", auto_transitions=False)
        written: list[dict[str, Any]] = [
            {"trigger": trigger, "source": source, "dest": dest} for trigger, source, dest in self.rows
        ]
        for number, (where, role) in enumerate(self.steps):
            call = self._counting(counter, number)
            if isinstance(where, str):
                getattr(machine.get_state(where), role).append(call)
            else:
                written[where].setdefault(role, []).append(call)
        trigger, source = self.secret
        secret: dict[str, Any] = {"trigger": trigger, "source": source, "dest": "bad"}
        if self.end == "moved":
            secret |= {"dest": "=", "after": lambda: machine.set_state("bad", model) if is_open() else None}
        elif self.end == "unless":
            secret["unless"] = [lambda: not is_open()]
        else:
            secret["conditions"] = [is_open]
        machine.add_transitions([secret, *written])
        if self.end == "instead":  # it leads elsewhere as long as it is locked
            machine.add_transition(trigger, source, self.rows[0][2])
        return machine  # type: ignore[no-any-return]

    def _counting(self, counter: Counter, number: int) -> Callable[[], bool]:
        def call() -> bool:
            if not self.in_order or counter.level() == number:
                counter.step()
            return True

        return call

    def reaches(self, wanted: str, longest: int) -> tuple[str, ...] | None:
        """Return a shortest run of real machines that reaches a state; None if none of so many triggers does."""
        runs: list[tuple[str, ...]] = [()]
        seen = {("s0", 0)}
        for run in runs:  # grows while it is walked
            for trigger in self.triggers if len(run) < longest else ():
                model = self().models[0]
                for one in (*run, trigger):
                    try:
                        model.trigger(one)
                    except MachineError:
                        continue
                if model.state == wanted:
                    return (*run, trigger)
                # what is to come depends on nothing else
                if (model.state, self.level()) not in seen:
                    seen.add((model.state, self.level()))
                    runs.append((*run, trigger))
        return None


def hidden_machines(
    seed: int, count: int, *, places: tuple[Callable[[], Counter] | None, ...] = PLACES
) -> Iterator[Hidden]:
    """Yield machines with two to four states besides the bad one."""
    random = Random(seed)
    for _ in range(count):
        yield _hidden(random, random.choice(places))


def _hidden(random: Random, place: Callable[[], Counter] | None) -> Hidden:
    names = [f"s{number}" for number in range(random.randint(1, 4))]
    triggers = ["go", "back", "turn", "leave"][: random.randint(1, 4)]
    # a way through all states, and perhaps round; then whatever comes
    rows = [(random.choice(triggers), one, other) for one, other in pairwise(names)]
    if random.random() < 0.8:
        rows.append((random.choice(triggers), names[-1], names[0]))
    while not rows or random.random() < 0.6:
        rows.append((random.choice(triggers), random.choice(names), random.choice([*names, "end"])))
    rows = list({(trigger, source): (trigger, source, dest) for trigger, source, dest in rows}.values())
    needed = random.randint(1, 4)
    in_order = random.random() < 0.3
    steps: list[tuple[int | str, str]] = []
    for _ in range(needed if in_order else random.choice([1, 1, 2])):
        role = random.choice(ROLES)
        steps.append((random.choice(names), role) if role.startswith("on_") else (random.randrange(len(rows)), role))
    exactly = random.random() < 0.2

    def enough(level: int) -> bool:
        return level == needed if exactly else level >= needed

    end = random.choice(ENDS)
    # a row that is always taken stands behind no other of the same trigger
    others = triggers if end in ("conditions", "unless") else []
    secret = (random.choice([*others, "secret", "secret"]), random.choice(names))
    holds = place is not None and random.random() < 0.5
    return Hidden(
        place,
        holds,
        names,
        rows,
        steps,
        in_order,
        enough if place is not None else lambda level: False,
        end,
        secret,
        f"{place.__name__ if place else 'nothing'}{' held' if holds else ''}: {rows}, {steps}"
        f"{' in order' if in_order else ''}, {'exactly ' if exactly else ''}{needed}, {secret} {end}",
    )

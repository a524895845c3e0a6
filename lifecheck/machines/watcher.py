"""Watches a machine that is lifecheck's alone: which transitions it takes, what it enters, what conditions answer."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from transitions import Machine

from lifecheck.machines.definition import read_state
from lifecheck.machines.transition_table import sources_in_order
from lifecheck.system import Nesting, Row
from lifecheck.text import without_addresses

LONGEST_CHAIN = 1_000
"""How many transitions one firing may take, with all that callbacks fire."""

Place = tuple[str, str, int]
"""A transition of a machine: its trigger, its source, and how many of both it has before it."""


class Watcher:
    """Takes down what one machine does while it is fired.

    Parameters
    ----------
    machine
        The machine.
    left_out
        Triggers that do not count.
    is_ours
        Whether the machine is nobody else's, and may stay changed by this; else it is as it was after each firing.

    Attributes
    ----------
    taken
        The transitions that were taken since `begin`, each with whether it answered the trigger that was fired, and
        not one that a callback fired; in the order in which they were finished.
    """

    def __init__(self, machine: Machine, left_out: Iterable[str] = (), *, is_ours: bool = True) -> None:
        self.taken: list[tuple[Place, bool]] = []
        self._open = 0  # how many transitions were begun and are not finished: callbacks of each fired the next
        self._trigger = ""
        self._fired: Any = None  # what the library hands on while it answers the trigger that was fired
        self._transitions = list(places(machine, left_out))
        self._is_ours = is_ours
        self._is_on = False
        if is_ours:
            self._install()

    def begin(self, trigger: str) -> None:
        """Forget what was taken down, and begin anew, before a trigger is fired."""
        self.taken = []
        self._open = 0
        self._trigger, self._fired = trigger, None
        self._is_on = True
        if not self._is_ours:
            self._install()

    def end(self) -> None:
        """Take nothing down any more."""
        self._is_on, self._fired = False, None
        if not self._is_ours:
            for (_, transition), before in zip(self._transitions, self._before, strict=True):
                if before is None:
                    del transition.execute
                else:
                    transition.execute = before

    def _install(self) -> None:
        self._before = [vars(transition).get("execute") for _, transition in self._transitions]
        for place, transition in self._transitions:
            self._watch(place, transition)

    def _watch(self, place: Place, transition: Any) -> None:
        execute = transition.execute

        def began(event_data: Any) -> None:
            if self._is_on and self._fired is None and place[0] == self._trigger:
                self._fired = event_data  # parallel regions, and rows tried one after the other, get the same
            self._open += 1
            refuse_longer(self._open)

        def ended(event_data: Any, result: Any) -> None:
            self._open -= 1
            if self._is_on and result:
                self.taken.append((place, event_data is self._fired))
                refuse_longer(len(self.taken))

        def watched(event_data: Any) -> Any:
            began(event_data)
            result = execute(event_data)
            ended(event_data, result)
            return result

        async def awaited(event_data: Any) -> Any:
            began(event_data)
            result = await execute(event_data)
            ended(event_data, result)
            return result

        transition.execute = awaited if _is_awaited(transition.__class__) else watched


@lru_cache(maxsize=256)
def _is_awaited(kind: Any) -> bool:
    return inspect.iscoroutinefunction(getattr(kind, "execute", None))


def refuse_longer(chain: int) -> None:
    """Raise if one firing takes too many transitions: a queue, or tasks that await each other, would go on for ever."""
    if chain > LONGEST_CHAIN:
        raise RuntimeError(f"callbacks fire on and on, {LONGEST_CHAIN:,} transitions in one firing")


class Details:
    """Takes down the states that one model enters, and what conditions answer that is no truth value.

    Parameters
    ----------
    machine, model
        The machine, which is changed by this: it must be nobody else's; and its one model.
    nesting
        The hierarchy of its states, if there is one.
    left_out
        Triggers that do not count.

    Attributes
    ----------
    entered
        Every state that was entered since it was last emptied.
    answers
        What a condition answered, by the transition and its own position; likewise.
    """

    def __init__(self, machine: Any, model: Any, nesting: Nesting | None, left_out: Iterable[str]) -> None:
        self.entered: set[str] = set()
        self.answers: dict[tuple[Place, int], str] = {}
        self._machine = machine
        self._carrier: Any = SimpleNamespace(model=model)
        for place, transition in places(machine, left_out):
            for position, condition in enumerate(transition.conditions):
                condition.func = self._watched_condition((place, position), condition.func)
        set_state = self._machine.set_state

        def watched(state: Any, model: Any = None) -> None:
            set_state(state, model)
            self.entered.add(read_state(machine, self._carrier.model, nesting))

        self._machine.set_state = watched

    def _watched_condition(self, place: tuple[Place, int], guard: Any) -> Callable[..., Any]:
        def told(answer: Any) -> Any:
            if not isinstance(answer, bool):
                self.answers.setdefault(place, without_addresses(repr(answer)))
            return answer

        async def awaited(answer: Awaitable[Any]) -> Any:
            return told(await answer)

        def asked(*arguments: Any, **named: Any) -> Any:
            answer = self._machine.resolve_callable(guard, self._carrier)(*arguments, **named)
            return awaited(answer) if inspect.isawaitable(answer) else told(answer)

        return asked


def places(machine: Machine, left_out: Iterable[str]) -> Iterable[tuple[Place, Any]]:
    """Yield each transition of a machine with its place."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for *names, transition in sources_in_order(machine, left_out):
        key = names[0], names[1]
        yield (*key, seen[key]), transition
        seen[key] += 1


def positions(rows: Iterable[Row]) -> dict[Place, int]:
    """Return the position of each row by its place.

    Examples
    --------
    >>> positions([Row("go", "a", "b", unless=["late"]), Row("back", "b", "a"), Row("go", "a", "c")])
    {('go', 'a', 0): 0, ('back', 'b', 0): 1, ('go', 'a', 1): 2}
    """
    seen: dict[tuple[str, str], int] = defaultdict(int)
    found = {}
    for position, row in enumerate(rows):
        key = row.trigger, row.source
        found[(*key, seen[key])] = position
        seen[key] += 1
    return found

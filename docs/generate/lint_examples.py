"""For each code of lint a machine that has the finding, written as a factory; and `docs/lint.md` made of them."""

# ruff: noqa: D103  # a function is called like its code, and lifecheck.linting.CODES says what that means
from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import LintReport, lint
from lifecheck.linting import CODES


def unknown_destination() -> Machine:
    rows = [["open", "closed", "opne"], ["close", "open", "closed"]]
    return Machine(states=["closed", "open"], initial="closed", transitions=rows)


def unknown_source() -> Machine:
    rows = [["open", "closed", "open"], ["close", "opne", "closed"]]
    return Machine(states=["closed", "open"], initial="closed", transitions=rows)


def never_wins() -> Machine:
    rows = [["switch", "off", "on"], ["switch", "on", "off"], ["switch", "off", "broken"]]
    return Machine(states=["off", "on", "broken"], initial="off", transitions=rows)


def unknown_callback() -> Machine:
    class Order:
        def charge(self) -> None: ...

    rows = [{"trigger": "pay", "source": "open", "dest": "paid", "after": "chrage"}]
    return Machine(Order(), states=["open", "paid"], initial="open", transitions=rows)


def method_hides_trigger() -> object:
    class Walker:
        def __init__(self) -> None:
            rows = [["go", "here", "there"], ["back", "there", "here"]]
            Machine(self, states=["here", "there"], initial="here", transitions=rows)

        def go(self) -> str:
            return "walking"

    return Walker()


def initial_not_declared() -> Machine:
    rows = [["fail", "*", "error"], ["mend", "*", "ok"]]
    return Machine(states=["error", "ok"], initial="0", transitions=rows)


def collapsing_regions() -> HierarchicalMachine:
    class Light(Enum):
        RED = "red"
        GREEN = "green"

    regions = [{"name": name, "children": Light, "initial": Light.RED} for name in ("cars", "people")]
    return HierarchicalMachine(states=[{"name": "crossing", "parallel": regions}], initial="crossing")


def initial_without_exit() -> Machine:
    rows = [["start", "idle", "busy"], ["stop", "busy", "idle"]]
    return Machine(states=["idle", "busy"], initial="idel", transitions=rows)


def unreachable_state() -> Machine:
    rows = [["open", "closed", "open"], ["close", "open", "closed"], ["mend", "broken", "closed"]]
    return Machine(states=["closed", "open", "broken"], initial="closed", transitions=rows)


def unused_transition() -> Machine:
    rows = [["retry", "waiting", "="], {"trigger": "give_up", "source": "waiting", "dest": "=", "unless": lambda: True}]
    return Machine(states=["waiting"], initial="waiting", transitions=rows)


def reads_outside() -> Machine:
    class Bin:
        count = 0

        def add(self) -> None:  # called by the program, and by no trigger
            self.count += 1

        def is_full(self) -> bool:
            return self.count >= 4

    rows = [["shake", "filling", "="], {"trigger": "empty", "source": "filling", "dest": "=", "conditions": "is_full"}]
    return Machine(Bin(), states=["filling"], initial="filling", transitions=rows)


def stuck_state() -> Machine:
    rows = [["open", "closed", "open"], ["close", "open", "closed"], ["slam", "open", "jammed"]]
    return Machine(states=["closed", "open", "jammed"], initial="closed", transitions=rows)


def livelock() -> Machine:
    rows = [["send", "new", "sent"], ["lose", "new", "lost"], ["retry", "lost", "retried"], ["lose", "retried", "lost"]]
    states = ["new", {"name": "sent", "final": True}, "lost", "retried"]
    return Machine(states=states, initial="new", transitions=rows)


def no_way_to_final() -> Machine:
    rows = [["send", "new", "sent"], ["lose", "new", "lost"], ["write_off", "lost", "forgotten"]]
    states = ["new", {"name": "sent", "final": True}, "lost", "forgotten"]
    return Machine(states=states, initial="new", transitions=rows)


def condition_not_boolean() -> Machine:
    items = ["a book", "a pen"]
    rows = [{"trigger": "ship", "source": "packed", "dest": "shipped", "conditions": lambda: len(items)}]
    return Machine(states=["packed", {"name": "shipped", "final": True}], initial="packed", transitions=rows)


def outcome_differs() -> Machine:
    coin = random.Random(1)
    heads = {"trigger": "toss", "source": "up", "dest": "down", "conditions": lambda: coin.random() < 0.5}
    return Machine(
        states=["up", "down"], initial="up", transitions=[heads, ["toss", "up", "="], ["toss", "down", "up"]]
    )


def undeclared_attribute() -> Machine:
    class Queue:
        attempts = 0

        def count(self) -> None:
            self.attempts += 1

    rows = [{"trigger": "retry", "source": "queued", "dest": "=", "after": "count"}]
    return Machine(Queue(), states=["queued"], initial="queued", transitions=rows)


def changed_when_refused() -> Machine:
    class Door:
        knocks = 0

        def knock(self) -> None:
            self.knocks = min(self.knocks + 1, 2)

        def knocked_enough(self) -> bool:
            return self.knocks == 2

    row = {
        "trigger": "enter",
        "source": "outside",
        "dest": "inside",
        "prepare": "knock",
        "conditions": "knocked_enough",
    }
    states = ["outside", {"name": "inside", "final": True}]
    return Machine(Door(), states=states, initial="outside", transitions=[row])


def callback_raises() -> Machine:
    class Order:
        def charge(self, amount: int) -> None: ...

    rows = [{"trigger": "pay", "source": "open", "dest": "paid", "after": "charge"}]
    return Machine(Order(), states=["open", {"name": "paid", "final": True}], initial="open", transitions=rows)


def too_many_states() -> Machine:
    class Queue:
        attempts = 0

        def count(self) -> None:
            self.attempts += 1

    rows = [{"trigger": "retry", "source": "queued", "dest": "=", "after": "count"}]
    return Machine(Queue(), states=["queued"], initial="queued", transitions=rows)


ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    "changed-when-refused": {"attributes": ["knocks"]},
    "too-many-states": {"attributes": ["attempts"], "limit": 100},
}
"""What lint is told beside the factory."""


def example(code: str) -> Callable[[], Machine]:
    """Return the factory whose machine has the finding."""
    found: Callable[[], Machine] = globals()[code.replace("-", "_")]
    return found


def linted(code: str) -> LintReport:
    """Lint the example of a code."""
    return lint(example(code), **ARGUMENTS.get(code, {}))


def document() -> str:
    """Return a section for every code: what it means, an example, and what lint says of it."""
    sections = []
    for code, meaning in CODES.items():
        finding = next(finding for finding in linted(code).findings if finding.code == code)
        options = ", ".join(["...", *(f"{name}={value!r}" for name, value in ARGUMENTS.get(code, {}).items())])
        told = f"{finding.place}: {finding.sentence}.\nRemedy: {finding.remedy} (from {finding.origin})."
        source = inspect.getsource(example(code)).rstrip()
        sections.append(
            f"## `{code}`\n\n{meaning}\n\n```python\n{source}\n```\n\n`lint({options})` says:\n\n```text\n{told}\n```\n"
        )
    return "\n".join(sections)

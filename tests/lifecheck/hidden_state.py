"""Where a machine can keep what decides, out of sight: each place counts, and tells how far it has come."""

from __future__ import annotations

import inspect
import io
import itertools
import queue
import sqlite3
import sys
import threading
import weakref
from array import array
from collections.abc import Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Counter:
    """What counts, how far it has come, and what a model would hold of it."""

    step: Callable[[], object]
    level: Callable[[], int]
    held: object = None


IN_A_GLOBAL = 0
IN_A_CONTEXT: ContextVar[int] = ContextVar("IN_A_CONTEXT")


class Shared:
    """A class whose attribute counts."""

    count = 0


def closure_list() -> Counter:
    found: list[None] = []
    return Counter(lambda: found.append(None), lambda: len(found))


def closure_number() -> Counter:
    number = 0

    def step() -> None:
        nonlocal number
        number += 1

    return Counter(step, lambda: number)


def global_number() -> Counter:
    global IN_A_GLOBAL
    IN_A_GLOBAL = 0  # as in a process that has just begun

    def step() -> None:
        global IN_A_GLOBAL
        IN_A_GLOBAL += 1

    return Counter(step, lambda: IN_A_GLOBAL)


def class_attribute() -> Counter:
    Shared.count = 0
    return Counter(lambda: setattr(Shared, "count", Shared.count + 1), lambda: Shared.count)


def function_attribute() -> Counter:
    def step() -> None:
        step.count += 1  # type: ignore[attr-defined]

    step.count = 0  # type: ignore[attr-defined]
    return Counter(step, lambda: step.count, step)  # type: ignore[attr-defined]


def events() -> Counter:
    found = [threading.Event() for _ in range(60)]
    return Counter(
        lambda: next((one for one in found if not one.is_set()), found[-1]).set(),
        lambda: sum(one.is_set() for one in found),
        found,
    )


def semaphore() -> Counter:
    one: Any = threading.Semaphore(0)
    return Counter(one.release, lambda: one._value, one)


def thread_local() -> Counter:
    one = threading.local()
    one.count = 0
    return Counter(lambda: setattr(one, "count", one.count + 1), lambda: one.count, one)


def simple_queue() -> Counter:
    one: queue.SimpleQueue[None] = queue.SimpleQueue()
    return Counter(lambda: one.put(None), one.qsize, one)


def full_queue() -> Counter:
    one: queue.Queue[None] = queue.Queue()
    return Counter(lambda: one.put(None), one.qsize)


def text() -> Counter:
    one = io.StringIO()
    return Counter(lambda: one.write("."), one.tell, one)


def octets() -> Counter:
    one = io.BytesIO()
    return Counter(lambda: one.write(b"."), one.tell)


def generator() -> Counter:
    def counting() -> Generator[None]:
        count = 0
        while True:
            yield
            count += 1

    one = counting()
    next(one)
    return Counter(lambda: next(one), lambda: inspect.getgeneratorlocals(one)["count"], one)


def iterator() -> Counter:
    found = []
    one = itertools.count(1)
    return Counter(lambda: found.append(next(one)), lambda: found[-1] if found else 0)


def remembered_calls() -> Counter:
    @lru_cache
    def called(number: int) -> int:
        return number

    return Counter(lambda: called(called.cache_info().currsize), lambda: called.cache_info().currsize, called)


def context() -> Counter:
    IN_A_CONTEXT.set(0)
    return Counter(lambda: IN_A_CONTEXT.set(IN_A_CONTEXT.get() + 1), lambda: IN_A_CONTEXT.get())


def module_attribute() -> Counter:
    sys.flagged = 0  # type: ignore[attr-defined]
    return Counter(
        lambda: setattr(sys, "flagged", sys.flagged + 1),  # type: ignore[attr-defined]
        lambda: sys.flagged,  # type: ignore[attr-defined]
    )


def held_module() -> Counter:
    one: Any = ModuleType("held")
    one.count = 0
    return Counter(lambda: setattr(one, "count", one.count + 1), lambda: one.count, one)


class Thing:
    """Something that can be referred to weakly."""


def weak_references() -> Counter:
    things = [Thing() for _ in range(60)]
    one: weakref.WeakSet[Thing] = weakref.WeakSet(things)
    return Counter(lambda: things.pop() if things else None, lambda: 60 - len(one))


class Database(sqlite3.Connection):
    """Closes itself; from Python 3.13 on one that nobody closes is warned about."""

    def __del__(self) -> None:
        self.close()


def database() -> Counter:
    one = sqlite3.connect(":memory:", factory=Database)
    one.execute("create table steps (number)")
    return Counter(
        lambda: one.execute("insert into steps values (1)"),
        lambda: one.execute("select count(*) from steps").fetchone()[0],
        one,
    )


def deep_nesting() -> Counter:
    inner: list[Any] = []
    outer = inner
    for _ in range(150):
        outer = [outer]
    return Counter(lambda: inner.append(None), lambda: len(inner), outer)


def many_objects() -> Counter:
    last: list[None] = []
    return Counter(lambda: last.append(None), lambda: len(last), [*([] for _ in range(10_001)), last])


def octet_array() -> Counter:
    one = bytearray()
    return Counter(lambda: one.append(0), lambda: len(one))


def number_array() -> Counter:
    one = array("i", [0])

    def step() -> None:
        one[0] += 1

    return Counter(step, lambda: one[0])


PLACES: tuple[Callable[[], Counter], ...] = (
    closure_list,
    closure_number,
    global_number,
    class_attribute,
    function_attribute,
    events,
    semaphore,
    thread_local,
    simple_queue,
    full_queue,
    text,
    octets,
    generator,
    iterator,
    remembered_calls,
    context,
    module_attribute,
    held_module,
    weak_references,
    database,
    deep_nesting,
    octet_array,
    number_array,
)
"""Every place but `many_objects`, of which a look costs too much to be taken at random."""

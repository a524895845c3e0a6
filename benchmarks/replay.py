"""Measures recording a transition beside taking it, and replaying a log beside parsing it, alternating in one run.

The log is of messages of the patched mail model, many open at once, each line one trigger; it is followed as it grows.
Seconds are those of one core.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from transitions import Machine

from lifecheck import recording
from lifecheck.replaying import following, mapping_template
from model import PATCHED

ROUNDS = 7
TRANSITIONS = 20_000
MESSAGES = 10_000
OPEN = 50
WAY = (
    "accept_infected_message",
    "attempt_delivery",
    "begin_scan",
    "request_deletion",
    "delete",
    "acknowledge",
    "remove_file",
)


class Model:
    """A model with nothing of its own."""


def machine() -> Machine:
    """Return a machine that goes to and fro."""
    rows = [["go", "here", "there"], ["come", "there", "here"]]
    return Machine(Model(), states=["here", "there"], initial="here", transitions=rows, auto_transitions=False)


def drive(one: Machine) -> float:
    """Return the microseconds that a transition takes."""
    model = one.models[0]
    before = time.process_time()
    for _ in range(TRANSITIONS // 2):
        model.go()
        model.come()
    return (time.process_time() - before) / TRANSITIONS * 1e6


def drive_recorded(one: Machine, folder: Path) -> float:
    """Return the same while it is recorded."""
    path = folder / "run.jsonl"
    path.unlink(missing_ok=True)
    with recording(one, path):
        return drive(one)


def lines() -> Iterator[str]:
    """Yield a log of many messages at once."""
    for begin in range(0, MESSAGES, OPEN):
        for trigger in WAY:
            for message in range(begin, begin + OPEN):
                yield json.dumps({"id": f"m{message}", "event": trigger, "time": float(message)})


def follow(log: Path, mapping: Path) -> float:
    """Return how many lines are followed a second."""
    with following("patched", PATCHED, log, mapping, lambda: False) as (reader, follower):
        before = time.process_time()
        answers = [answer for answer in map(follower.take, reader) if answer is not None]
        taken = time.process_time() - before
    assert not answers, "every message could have happened"
    assert follower.ended == MESSAGES, "every message came to its end"
    return reader.understood.lines / taken


def parse(text: bytes) -> float:
    """Return how many lines are parsed a second, and nothing else done with them."""
    before = time.process_time()
    count = sum(1 for line in BytesIO(text) if json.loads(line))
    return count / (time.process_time() - before)


def main() -> None:
    """Print the medians."""
    with TemporaryDirectory() as place:
        folder, one = Path(place), machine()
        log, mapping = folder / "mail.jsonl", folder / "mail.toml"
        log.write_text("".join(f"{line}\n" for line in lines()))
        mapping.write_text(mapping_template(PATCHED))
        text = log.read_bytes()
        measured: dict[str, Callable[[], float]] = {
            "a transition": lambda: drive(one),
            "a transition that is recorded": lambda: drive_recorded(one, folder),
            "lines parsed": lambda: parse(text),
            "lines followed": lambda: follow(log, mapping),
        }
        found: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(ROUNDS):
            for name, work in measured.items():
                found[name].append(work())
    plain, recorded, parsed, followed = map(statistics.median, found.values())
    print(f"a transition          {plain:6.1f} microseconds; {recorded - plain:4.1f} more where it is recorded")
    print(f"json.loads of a line  {parsed:9,.0f} a second")
    print(f"a line followed       {followed:9,.0f} a second, {parsed / followed:.1f} times as long")


if __name__ == "__main__":
    main()

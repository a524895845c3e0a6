"""Measures one leads-to on a system of 100,000 states and 500,000 transitions: time and peak memory."""

from __future__ import annotations

import resource
import sys
import time

from lifecheck import Component, Result, Row, State, System, Verdict, check, leads_to

DIGITS = 5
BASE = 10
STATES = BASE**DIGITS
TRANSITIONS = STATES * DIGITS
SECONDS = 5.0
MEGABYTES = 500.0


def counter() -> System:
    """Return five wheels of ten positions that turn independently, each one's turn weakly fair."""
    wheels = []
    for digit in range(DIGITS):
        positions = [str(number) for number in range(BASE)]
        rows = [Row(f"turn_{digit}", at, positions[(int(at) + 1) % BASE]) for at in positions]
        wheels.append(Component(f"wheel_{digit}", positions, "0", rows, {f"turn_{digit}"}))
    return System("wheels", wheels)


def started(s: State) -> bool:
    """The first wheel has left its first position."""
    return s.wheel_0 != "0"


def together(s: State) -> bool:
    """All wheels are in their first position."""
    return all(s[f"wheel_{digit}"] == "0" for digit in range(DIGITS))


def turned(s: State) -> bool:
    """The last wheel is in its last position."""
    return s.wheel_4 == "9"


PROMISES = {
    "holds": (leads_to(started, turned), Verdict.HOLDS),
    "violated": (leads_to(started, together), Verdict.VIOLATED),
}


def measured(name: str) -> tuple[Result, float, float]:
    """Check a promise on a fresh system; return the result, processor seconds, and peak megabytes so far."""
    start = time.process_time()
    result = check(counter(), PROMISES[name][0])
    seconds = time.process_time() - start
    return result, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure the promises that are named, each of them unless any is, and print what it took."""
    for name in sys.argv[1:] or PROMISES:
        result, seconds, megabytes = measured(name)
        assert (result.states, result.transitions) == (STATES, TRANSITIONS)
        assert result.verdict is PROMISES[name][1]
        print(
            f"{result.property.formula:<28} {result.verdict:<9} {result.states:,} states, {result.transitions:,} "
            f"transitions: {seconds:.1f} s (at most {SECONDS:.0f}), {megabytes:.0f} MB (at most {MEGABYTES:.0f})"
        )


if __name__ == "__main__":
    main()

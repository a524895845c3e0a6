"""Explores with CUDD the relations that it reads as JSON, group by group, lowest first; run by a Python that has dd.

Prints what was counted as JSON. The time is processor time, of making the relations and of exploring, without starting
Python and reading.
"""

import json
import sys
from importlib import metadata
from time import process_time

from dd import cudd


def main():
    """Explore, and print the counts."""
    asked = json.loads(sys.stdin.read())
    start = process_time()
    states, transitions = explore(asked["order"], asked["sizes"], asked["triggers"])
    run = {"states": states, "transitions": transitions, "errors": 0, "seconds": process_time() - start}
    print(json.dumps({"run": run, "version": metadata.version("dd")}))


def explore(order, sizes, triggers):
    """Return how many states and transitions there are."""
    diagrams = cudd.BDD()
    diagrams.configure(reordering=False)
    bits = {part: [f"b{part}_{bit}" for bit in range((sizes[part] - 1).bit_length())] for part in order}
    current = [bit for part in order for bit in bits[part]]
    diagrams.declare(*(name for bit in current for name in (bit, f"{bit}n")))

    def at(part, local, suffix=""):
        return diagrams.cube({f"{bit}{suffix}": bool(local >> place & 1) for place, bit in enumerate(bits[part])})

    groups, enabled = {}, []
    for trigger in triggers:
        relation = possible = diagrams.true
        for part, moves in ((int(part), moves) for part, moves in trigger["moves"].items()):
            one, here = diagrams.false, diagrams.false
            for source, target in moves:
                one |= at(part, source) & at(part, target, "n")
                here |= at(part, source)
            relation, possible = relation & one, possible & here
        enabled.append(possible)
        owned = [bit for part in trigger["moves"] for bit in bits[int(part)]]
        if any(source != target for moves in trigger["moves"].values() for source, target in moves):
            groups.setdefault(trigger["group"], []).append((relation, owned, {f"{bit}n": bit for bit in owned}))
    found = diagrams.true
    for part in order:
        found &= at(part, 0)
    before = None
    while found != before:
        before = found
        for _, group in sorted(groups.items(), reverse=True):
            within = None
            while found != within:
                within = found
                for relation, owned, renamed in group:
                    found |= diagrams.let(renamed, cudd.and_exists(relation, found, owned))
    count = len(current)
    return int(diagrams.count(found, count)), sum(int(diagrams.count(found & one, count)) for one in enabled)


if __name__ == "__main__":
    main()

"""Dining philosophers: five at a round table, a fork between each two, and everybody needs both of theirs.

If each takes the left fork first, they can all hold one and wait for ever: the only state without a way on. Two
classic mends: number the forks and take the lower one first (Dijkstra), so that the last philosopher takes the right
fork first; or a footman who lets at most four of them take a fork (Hoare, Communicating Sequential Processes, 2.5).
Neither is enough for a single philosopher, whose neighbours may take turns: that takes strong fairness.

With each taking the left fork first, n philosophers have (1 + √2)ⁿ + (1 - √2)ⁿ states: 82 for five.

    lifecheck verify examples.dining_philosophers:SYSTEMS
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from transitions import Machine

from lifecheck import Claim, Component, System, Verdict, can_always_reach, compose, leads_to, never, sometimes

PHILOSOPHERS = 5

MEANINGS = {
    meaning.format(who): sentence.format(who)
    for who in range(PHILOSOPHERS)
    for meaning, sentence in {
        "take_left_{}": "Philosopher {} takes the fork on the left.",
        "take_right_{}": "Philosopher {} takes the fork on the right.",
        "put_down_{}": "Philosopher {} has eaten and puts both forks down.",
    }.items()
}


def philosopher(who: int, first: str, second: str) -> Machine:
    """Return a philosopher who takes the forks in this order."""
    rows = [
        [f"take_{first}_{who}", "thinking", "has_one"],
        [f"take_{second}_{who}", "has_one", "eating"],
        [f"put_down_{who}", "eating", "thinking"],
    ]
    return Machine(
        states=["thinking", "has_one", "eating"], initial="thinking", transitions=rows, auto_transitions=False
    )


def fork(left_of: int, right_of: int) -> Machine:
    """Return the fork on the left of one philosopher and on the right of the next."""
    rows = [
        [f"take_left_{left_of}", "lying", "held"],
        [f"take_right_{right_of}", "lying", "held"],
        [f"put_down_{left_of}", "held", "lying"],
        [f"put_down_{right_of}", "held", "lying"],
    ]
    return Machine(states=["lying", "held"], initial="lying", transitions=rows, auto_transitions=False)


def footman(philosophers: int) -> Machine:
    """Return a footman who counts who holds a fork, and lets the last one wait."""
    counts = [str(count) for count in range(philosophers)]
    rows = []
    for fewer, more in pairwise(counts):
        for who in range(philosophers):
            rows += [[f"take_left_{who}", fewer, more], [f"put_down_{who}", more, fewer]]
    return Machine(states=counts, initial="0", transitions=rows, auto_transitions=False)


def table(
    name: str, *, philosophers: int = PHILOSOPHERS, ordered: bool = False, guarded: bool = False, strong: bool = False
) -> System:
    """Seat philosophers at a table; nobody has to become hungry, but who has a fork goes on."""
    everybody = range(philosophers)
    machines: dict[str, Component | partial[Machine]] = {}
    for who in everybody:
        order = ("right", "left") if ordered and who == philosophers - 1 else ("left", "right")
        machines[f"philosopher_{who}"] = partial(philosopher, who, *order)
    for place in everybody:
        machines[f"fork_{place}"] = partial(fork, place, (place - 1) % philosophers)
    if guarded:
        machines["footman"] = partial(footman, philosophers)
    takes = [f"take_{side}_{who}" for who in everybody for side in ("left", "right")]
    puts = [f"put_down_{who}" for who in everybody]
    return compose(
        machines,
        name=name,
        shared=takes + puts,
        fair=puts if strong else takes + puts,
        strong=dict.fromkeys(takes, "nobody looks away for ever when the fork lies there again") if strong else {},
        meanings={trigger: meaning for trigger, meaning in MEANINGS.items() if trigger in takes + puts},
    )


SYSTEMS = {
    "left-first": table("left-first"),
    "ordered": table("ordered", ordered=True),
    "footman": table("footman", guarded=True),
    "ordered-strong": table("ordered-strong", ordered=True, strong=True),
}

CLAIMS = (
    Claim(
        "somebody-can-eat",
        "it is always possible that somebody eats",
        can_always_reach(" or ".join(f"philosopher_{who} == 'eating'" for who in range(PHILOSOPHERS))),
        expected={name: Verdict.VIOLATED if name == "left-first" else Verdict.HOLDS for name in SYSTEMS},
    ),
    Claim(
        "neighbours",
        "neighbours never eat at once",
        never("philosopher_0 == 'eating' and philosopher_1 == 'eating'"),
        witness=sometimes("philosopher_0 == 'eating' and philosopher_2 == 'eating'"),
        expected=dict.fromkeys(SYSTEMS, Verdict.HOLDS),
    ),
    Claim(
        "nobody-starves",
        "who has taken a fork eats in the end",
        leads_to("philosopher_0 == 'has_one'", "philosopher_0 == 'eating'"),
        expected={name: Verdict.HOLDS if name == "ordered-strong" else Verdict.VIOLATED for name in SYSTEMS},
    ),
)

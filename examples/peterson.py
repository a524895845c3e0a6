"""Peterson's algorithm: two processes, two flags and a turn, and never both in the critical section.

A process raises its flag, gives the turn to the other, and waits until the other's flag is down or the turn is its
own. The order of the first two steps is what makes it work: in the variant `swapped` both processes get in. What
makes a process that waits get in is fairness: in `unfair` nothing obliges anybody to go on.

G. L. Peterson, Myths about the mutual exclusion problem, 1981. Baier and Katoen (Principles of Model Checking, 2.2)
take raising and giving as one step, which leaves ten states: the variant `one-step`.

    lifecheck verify examples.peterson:SYSTEMS
"""

from __future__ import annotations

from functools import partial

from transitions import Machine

from lifecheck import Claim, Role, System, Verdict, compose, leads_to, never, sometimes

MEANINGS = {
    meaning.format(me=me, other=1 - me): sentence.format(me=me, other=1 - me)
    for me in (0, 1)
    for meaning, sentence in {
        "request_{me}": "Process {me} raises its flag and gives the turn to {other}, in one step.",
        "raise_flag_{me}": "Process {me} raises its flag.",
        "give_turn_{me}": "Process {me} gives the turn to {other}.",
        "find_flag_down_{me}": "Process {me} finds the other's flag down, and enters.",
        "find_turn_{me}": "Process {me} finds that it is its turn, and enters.",
        "leave_{me}": "Process {me} leaves the critical section and takes its flag down.",
    }.items()
}

FIRST_STEPS = {
    "one-step": ["request"],
    "peterson": ["raise_flag", "give_turn"],
    "swapped": ["give_turn", "raise_flag"],
}


def process(me: int, first_steps: list[str]) -> Machine:
    """Return a process that takes these steps before it waits."""
    places = ["idle", *("asking" for _ in first_steps[1:]), "waiting"]
    rows = [[f"{step}_{me}", source, dest] for step, source, dest in zip(first_steps, places, places[1:], strict=False)]
    rows += [
        [f"find_flag_down_{me}", "waiting", "critical"],
        [f"find_turn_{me}", "waiting", "critical"],
        [f"leave_{me}", "critical", "idle"],
    ]
    return Machine(states=[*places, "critical"], initial="idle", transitions=rows, auto_transitions=False)


def flag(owner: int, raised_by: str) -> Machine:
    """Return the flag of a process; the other process can see it down."""
    rows = [
        [f"{raised_by}_{owner}", "down", "up"],
        [f"leave_{owner}", "up", "down"],
        [f"find_flag_down_{1 - owner}", "down", "="],
    ]
    return Machine(states=["down", "up"], initial="down", transitions=rows, auto_transitions=False)


def turn(given_by: str) -> Machine:
    """Return the turn; who has it can see that."""
    rows = [[f"{given_by}_{me}", "*", str(1 - me)] for me in (0, 1)]
    rows += [[f"find_turn_{me}", str(me), "="] for me in (0, 1)]
    return Machine(states=["0", "1"], initial="0", transitions=rows, auto_transitions=False)


def algorithm(name: str, *, first_steps: str = "", fair: bool = True) -> System:
    """Compose two processes, their flags and the turn."""
    steps = FIRST_STEPS[first_steps or name]
    raised_by, given_by = (step if step in steps else "request" for step in ("raise_flag", "give_turn"))
    triggers = [f"{step}_{me}" for me in (0, 1) for step in (*steps, "find_flag_down", "find_turn", "leave")]
    # nobody has to ask; who has begun to, goes on
    goes_on = [trigger for trigger in triggers if not trigger.startswith(steps[0])]
    return compose(
        {
            "process_0": partial(process, 0, steps),
            "process_1": partial(process, 1, steps),
            "flag_0": partial(flag, 0, raised_by),
            "flag_1": partial(flag, 1, raised_by),
            "turn": partial(turn, given_by),
        },
        name=name,
        shared=triggers,
        environment=[trigger for trigger in triggers if trigger not in goes_on],
        fair=goes_on if fair else [],
        meanings={trigger: meaning for trigger, meaning in MEANINGS.items() if trigger in triggers},
    )


SYSTEMS = {
    "peterson": algorithm("peterson"),
    "one-step": algorithm("one-step"),
    "swapped": algorithm("swapped"),
    "unfair": algorithm("unfair", first_steps="peterson", fair=False),
}


def expected(**others: Verdict) -> dict[str, Verdict]:
    """Return that a claim holds in every variant but these."""
    return {name: others.get(name, Verdict.HOLDS) for name in SYSTEMS}


CLAIMS = (
    Claim(
        "mutual-exclusion",
        "the processes are never both in the critical section",
        never("process_0 == 'critical' and process_1 == 'critical'"),
        witness=sometimes("process_0 == 'critical'"),
        expected=expected(swapped=Verdict.VIOLATED),
    ),
    Claim(
        "no-starvation",
        "a process that waits gets in",
        leads_to("process_0 == 'waiting'", "process_0 == 'critical'"),
        expected=expected(unfair=Verdict.VIOLATED),
    ),
    Claim(
        "both-wait",
        "both processes may wait at once",
        sometimes("process_0 == 'waiting' and process_1 == 'waiting'"),
        role=Role.OBSERVATION,
        expected=expected(),
    ),
)

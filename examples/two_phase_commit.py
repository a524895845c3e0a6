"""Two-phase commit: three resource managers, a transaction manager, and the set of messages ever sent.

As in Gray and Lamport, Consensus on transaction commit, 2006, and the TLA+ modules `TCommit` and `TwoPhase` made of
it: messages are never taken away, so that receiving one twice, or late, is part of it. The TLC model checker reports
34 distinct states for `TCommit` (here `specification`) and 288 for `TwoPhase` (here `two-phase`); with six resource
managers the latter has 50,816.

The protocol never contradicts itself. What it cannot survive is the loss of its manager (`manager-crashes`): who has
promised to commit, and hears nothing, can do nothing. Nor may a resource manager change its mind (`impatient`).

    lifecheck verify examples.two_phase_commit:SYSTEMS
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from transitions import Machine

from lifecheck import Claim, System, Verdict, can_always_reach, compose, eventually, never, sometimes

MANAGERS = (1, 2, 3)

MEANINGS = {
    "commit": "The transaction manager, who has heard from everybody, decides to commit.",
    "abort": "The transaction manager decides to abort.",
    "crash": "The transaction manager crashes before it has decided.",
} | {
    meaning.format(who): sentence.format(who)
    for who in MANAGERS
    for meaning, sentence in {
        "prepare_{}": "Resource manager {} promises to commit, and says so.",
        "choose_to_abort_{}": "Resource manager {} aborts on its own.",
        "receive_prepared_{}": "The transaction manager hears that resource manager {} is prepared.",
        "receive_commit_{}": "Resource manager {} is told to commit.",
        "receive_abort_{}": "Resource manager {} is told to abort.",
        "commit_{}": "Resource manager {} commits, as everybody is prepared or has committed.",
        "abort_{}": "Resource manager {} aborts, as nobody has committed.",
    }.items()
}

RESOURCE_MANAGER = ["working", "prepared", "committed", "aborted"]


def machine(states: Sequence[str], rows: Sequence[Sequence[str]]) -> Machine:
    """Return a machine that starts in the first of its states."""
    return Machine(states=list(states), initial=states[0], transitions=rows, auto_transitions=False)


def resource_manager(who: int, *, impatient: bool) -> Machine:
    """Return a resource manager; an impatient one may break its promise."""
    rows = [
        [f"prepare_{who}", "working", "prepared"],
        [f"choose_to_abort_{who}", "working", "aborted"],
        [f"receive_commit_{who}", "*", "committed"],
        [f"receive_abort_{who}", "*", "aborted"],
    ]
    if impatient:
        rows.append([f"choose_to_abort_{who}", "prepared", "aborted"])
    return machine(RESOURCE_MANAGER, rows)


def transaction_manager(managers: Sequence[int], *, crashes: bool) -> Machine:
    """Return the transaction manager."""
    rows = [["commit", "undecided", "committed"], ["abort", "undecided", "aborted"]]
    rows += [[f"receive_prepared_{who}", "undecided", "="] for who in managers]
    if crashes:
        rows.append(["crash", "undecided", "crashed"])
    return machine(["undecided", "committed", "aborted", *(["crashed"] if crashes else [])], rows)


def heard_from(who: int) -> Machine:
    """Return what the transaction manager knows of one resource manager; it commits when it knows all."""
    return machine(["no", "yes"], [[f"receive_prepared_{who}", "*", "yes"], ["commit", "yes", "="]])


def message(sent_by: str, received_by: Sequence[str]) -> Machine:
    """Return a message: once sent it can be received again and again."""
    return machine(["unsent", "sent"], [[sent_by, "unsent", "sent"], *([name, "sent", "="] for name in received_by)])


def two_phase(
    name: str, *, managers: Sequence[int] = MANAGERS, crashes: bool = False, impatient: bool = False
) -> System:
    """Compose the protocol; who is prepared is told in the end, if there is something to tell."""
    told = [f"receive_{what}_{who}" for what in ("prepared", "commit", "abort") for who in managers]
    prepares = [f"prepare_{who}" for who in managers]
    return compose(
        {
            **{f"manager_{who}": partial(resource_manager, who, impatient=impatient) for who in managers},
            "transaction": partial(transaction_manager, managers, crashes=crashes),
            **{f"heard_from_{who}": partial(heard_from, who) for who in managers},
            **{f"prepared_{who}": partial(message, f"prepare_{who}", [f"receive_prepared_{who}"]) for who in managers},
            "commit_order": partial(message, "commit", [f"receive_commit_{who}" for who in managers]),
            "abort_order": partial(message, "abort", [f"receive_abort_{who}" for who in managers]),
        },
        name=name,
        shared=["commit", "abort", *prepares, *told],
        environment=["crash"] if crashes else [],
        fair=["commit", "abort", *told],
        meanings=meanings_of(["commit", "abort", *prepares, *told, *(["crash"] if crashes else [])], managers),
    )


def meanings_of(triggers: Sequence[str], managers: Sequence[int]) -> dict[str, str]:
    """Return what each of these triggers means."""
    wanted = {*triggers, *(f"choose_to_abort_{who}" for who in managers)}
    return {trigger: meaning for trigger, meaning in MEANINGS.items() if trigger in wanted}


def decider(who: int, managers: Sequence[int]) -> Machine:
    """Return a resource manager of the specification, which sees the others."""
    rows = [
        [f"prepare_{who}", "working", "prepared"],
        [f"commit_{who}", "prepared", "committed"],
        [f"abort_{who}", "working", "aborted"],
        [f"abort_{who}", "prepared", "aborted"],
    ]
    for other in managers:
        if other != who:
            rows += [[f"commit_{other}", state, "="] for state in ("prepared", "committed")]
            rows += [[f"abort_{other}", state, "="] for state in ("working", "prepared", "aborted")]
    return machine(RESOURCE_MANAGER, rows)


def specification(name: str, managers: Sequence[int] = MANAGERS) -> System:
    """Compose what the protocol must look like from outside: decisions without messages."""
    decisions = [f"{decision}_{who}" for decision in ("commit", "abort") for who in managers]
    return compose(
        {f"manager_{who}": partial(decider, who, managers) for who in managers},
        name=name,
        shared=decisions,
        fair=decisions,
        meanings={trigger: MEANINGS[trigger] for trigger in [*decisions, *(f"prepare_{who}" for who in managers)]},
    )


SYSTEMS = {
    "specification": specification("specification"),
    "two-phase": two_phase("two-phase"),
    "manager-crashes": two_phase("manager-crashes", crashes=True),
    "impatient": two_phase("impatient", impatient=True),
}


def expected(*violated: str) -> dict[str, Verdict]:
    """Return that a claim holds in every variant but these."""
    return {name: Verdict.VIOLATED if name in violated else Verdict.HOLDS for name in SYSTEMS}


DECIDED = " and ".join(f"manager_{who} in ('committed', 'aborted')" for who in MANAGERS)

SOMEBODY_COMMITTED = " or ".join(f"manager_{who} == 'committed'" for who in MANAGERS)
SOMEBODY_ABORTED = " or ".join(f"manager_{who} == 'aborted'" for who in MANAGERS)

CLAIMS = (
    Claim(
        "consistent",
        "no manager commits where another aborts",
        never(f"({SOMEBODY_COMMITTED}) and ({SOMEBODY_ABORTED})"),
        witness=sometimes(" and ".join(f"manager_{who} == 'committed'" for who in MANAGERS)),
        expected=expected("impatient"),
    ),
    Claim(
        "decides",
        "every manager commits or aborts in the end",
        eventually(DECIDED),
        expected=expected("manager-crashes"),
    ),
    Claim(
        "can-decide",
        "it stays possible that every manager decides",
        can_always_reach(DECIDED),
        expected=expected("manager-crashes"),
    ),
)

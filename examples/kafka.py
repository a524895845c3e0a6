"""A Kafka consumer group whose consumer filters a record out, and does not commit its offset.

Kafka knows no word for a single record: a group commits the offset up to which it has read. A consumer that ignores
a record and commits only what it handled leaves the offset where it is. Nothing is retried, the group merely lags;
but at every rebalance the record is read, and ignored, again.

Public cases: spring-projects/spring-kafka#1287; reactor/reactor-kafka#155 asks what becomes of filtered records that
nobody acknowledges; allegro/hermes#515 reports a lag that grows, and records that are filtered again at every restart.
One record, the last of its partition; it is kept long enough (retention is left out).

    lifecheck verify examples.kafka:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Role, Row, State, System, Verdict, always, leads_to, sometimes

MEANINGS = {
    "write_record": "A producer appends a record that the consumer will ignore.",
    "poll": "The consumer reads the record from the committed offset on.",
    "ignore": "The consumer's filter drops the record.",
    "commit": "The group commits the offset behind the record.",
    "rebalance": "The partition is assigned anew, and reading goes on from the committed offset.",
}

PARTITION = Component(
    "partition",
    states=["empty", "holds_record"],
    initial="empty",
    rows=[Row("write_record", "empty", "holds_record"), Row("poll", "holds_record", "=")],
    alphabet={"write_record", "poll"},
)

OFFSET = Component(
    "offset",
    states=["before_record", "behind_record"],
    initial="before_record",
    rows=[
        Row("poll", "before_record", "="),
        Row("commit", "before_record", "behind_record"),
        Row("rebalance", "before_record", "="),  # what is committed is not read again
    ],
    alphabet={"poll", "commit", "rebalance"},
)

# no row commits what is ignored
FILTERS = (Row("poll", "ready", "reading"), Row("ignore", "reading", "ignored"))

COMMITS = (*FILTERS, Row("commit", "ignored", "done"))

# as automatic commits do whose interval ends before the work does
COMMITS_FIRST = (
    Row("poll", "ready", "unsafe"),
    Row("commit", "unsafe", "reading"),
    Row("ignore", "reading", "done"),
)

IGNORED = Component(
    "times_ignored",
    states=["none", "once", "again"],
    initial="none",
    rows=[Row("ignore", "none", "once"), Row("ignore", "once", "again"), Row("ignore", "again", "=")],
    alphabet={"ignore"},
)


def _system(name: str, rows: tuple[Row, ...], *, calm: bool = False) -> System:
    started = [state for state in ("reading", "ignored", "unsafe") if any(state == row.dest for row in rows)]
    consumer = Component(
        "consumer",
        states=["ready", "unsafe", "reading", "ignored", "done"],
        initial="ready",
        rows=[*rows, *(Row("rebalance", state, "ready") for state in started)],
        alphabet={"poll", "ignore", "commit", "rebalance"},
    )
    return System(
        name,
        [PARTITION, OFFSET, consumer],
        observers=[IGNORED],
        environment={"write_record", "rebalance"},
        strong=dict.fromkeys(["ignore", "commit"], "rebalances leave time for it now and then") if calm else {},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "filters": _system("a consumer that filters", FILTERS),
    "commits": _system("a consumer that commits what it ignores", COMMITS),
    "commits-strong": _system("the same, and rebalances that leave time for it", COMMITS, calm=True),
    "commits-first": _system("a consumer that commits before it has looked", COMMITS_FIRST),
}


def polled(s: State) -> bool:
    """The consumer has read the record."""
    return s.consumer != "ready"


def committed(s: State) -> bool:
    """The group's offset is behind the record."""
    return s.offset == "behind_record"


def looked_at(s: State) -> bool:
    """The consumer has looked at the record and ignored it."""
    return s.times_ignored != "none"


def ignored_again(s: State) -> bool:
    """The same record was read and ignored more than once."""
    return s.times_ignored == "again"


def dropped(s: State) -> bool:
    """The consumer has just ignored the record."""
    return s.consumer in {"ignored", "done"}


CLAIMS = (
    Claim(
        "ignored-is-committed",
        "what was ignored is committed in the end",
        leads_to(dropped, committed),
        witness=sometimes(dropped),
        assumptions="Rebalances that come before the commit each time keep even a correct group behind.",
        expected={
            "filters": Verdict.VIOLATED,
            "commits": Verdict.VIOLATED,
            "commits-strong": Verdict.HOLDS,
            "commits-first": Verdict.HOLDS,
        },
    ),
    Claim(
        "committed-was-looked-at",
        "only what was looked at is committed",
        always(looked_at, given=committed),
        witness=sometimes(committed),
        expected={
            "filters": Verdict.VACUOUS,
            "commits": Verdict.HOLDS,
            "commits-strong": Verdict.HOLDS,
            "commits-first": Verdict.VIOLATED,
        },
    ),
    Claim(
        "ignored-again",
        "a record is ignored again",
        sometimes(ignored_again),
        role=Role.OBSERVATION,
        expected={
            "filters": Verdict.HOLDS,
            "commits": Verdict.HOLDS,
            "commits-strong": Verdict.HOLDS,
            "commits-first": Verdict.VIOLATED,
        },
    ),
)

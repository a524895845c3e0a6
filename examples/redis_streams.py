"""A Redis stream whose consumer deletes what it has handled, and forgets to acknowledge it.

`XDEL` takes an entry out of the stream, `XACK` takes it off the group's list of pending entries, and neither does
the other's work. A consumer that only deletes leaves an entry pending that nobody can read any more.

Public cases: redis/redis#5754 and #13314, reported as a list that grows without end; the answer was that it works
as intended. Since Redis 7.0 whoever claims a deleted entry clears it (redis/redis#10227); since 8.2 `XACKDEL` does
both at once. One entry, one group, one consumer; nothing crashes.

    lifecheck verify examples.redis_streams:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, can_always_reach, leads_to, sometimes

MEANINGS = {
    "add_entry": "XADD: a producer adds the entry to the stream.",
    "read_entry": "XREADGROUP >: the consumer is handed the entry, which is pending from now on.",
    "handle": "The consumer does its work.",
    "delete_entry": "XDEL: the consumer deletes the entry from the stream.",
    "acknowledge": "XACK: the consumer reports the entry as handled, and it is pending no longer.",
    "read_history": "XREADGROUP 0: the consumer asks what it still owes, and is handed an identifier without content.",
    "claim_deleted": "XAUTOCLAIM, since 7.0: somebody claims what is pending too long; a deleted entry is cleared.",
}

STREAM = Component(
    "stream",
    states=["empty", "holds_entry", "deleted"],
    initial="empty",
    rows=[
        Row("add_entry", "empty", "holds_entry"),
        Row("read_entry", "holds_entry", "="),
        Row("delete_entry", "holds_entry", "deleted"),
        Row("read_history", "deleted", "="),
        Row("claim_deleted", "deleted", "="),
    ],
    alphabet={"add_entry", "read_entry", "delete_entry", "read_history", "claim_deleted"},
)

DELETES = (
    Row("read_entry", "idle", "working"),
    Row("handle", "working", "handled"),
    # no row acknowledges: this is redis/redis#5754
    Row("delete_entry", "handled", "finished"),
    Row("read_history", "finished", "="),
)

ACKNOWLEDGES = (
    Row("read_entry", "idle", "working"),
    Row("handle", "working", "handled"),
    Row("acknowledge", "handled", "acknowledged"),
    Row("delete_entry", "acknowledged", "finished"),
    Row("read_history", "finished", "="),
)


def _system(name: str, rows: tuple[Row, ...], *, claims_what_is_deleted: bool = False) -> System:
    group = Component(
        "group",
        states=["unread", "pending", "cleared"],
        initial="unread",
        rows=[
            Row("read_entry", "unread", "pending"),
            Row("acknowledge", "pending", "cleared"),
            Row("read_history", "pending", "="),
            *([Row("claim_deleted", "pending", "cleared")] if claims_what_is_deleted else []),
        ],
        alphabet={"read_entry", "acknowledge", "read_history", "claim_deleted"},
    )
    consumer = Component(
        "consumer",
        states=["idle", "working", "handled", "acknowledged", "finished"],
        initial="idle",
        rows=rows,
        alphabet={"read_entry", "handle", "delete_entry", "acknowledge", "read_history"},
    )
    return System(name, [STREAM, group, consumer], environment={"add_entry"}, meanings=MEANINGS)


SYSTEMS = {
    "deletes": _system("a consumer that deletes", DELETES),
    "deletes-7.0": _system("a consumer that deletes, and one that claims", DELETES, claims_what_is_deleted=True),
    "mended": _system("a consumer that acknowledges, then deletes", ACKNOWLEDGES),
}


def deleted(s: State) -> bool:
    """The entry is no longer in the stream."""
    return s.stream == "deleted"


def pending(s: State) -> bool:
    """The group waits for a word about the entry."""
    return s.group == "pending"


def not_pending(s: State) -> bool:
    """The group does not wait for anything."""
    return not pending(s)


def cleared(s: State) -> bool:
    """The group has had its word."""
    return s.group == "cleared"


def handled(s: State) -> bool:
    """The consumer has done its work."""
    return s.consumer in {"handled", "acknowledged", "finished"}


CLAIMS = (
    Claim(
        "deleted-is-cleared",
        "no deleted entry stays pending for ever",
        leads_to(deleted, not_pending),
        witness=sometimes(deleted),
        assumptions="Since 7.0 it holds by somebody else's claim, as long as somebody claims.",
        expected={"deletes": Verdict.VIOLATED, "deletes-7.0": Verdict.HOLDS, "mended": Verdict.HOLDS},
    ),
    Claim(
        "can-clear",
        "what is pending can always be cleared",
        can_always_reach(not_pending),
        witness=sometimes(pending),
        expected={"deletes": Verdict.VIOLATED, "deletes-7.0": Verdict.HOLDS, "mended": Verdict.HOLDS},
    ),
    Claim(
        "cleared-is-handled",
        "only what was handled is cleared",
        always(handled, given=cleared),
        # where nothing is ever cleared, it says nothing
        witness=sometimes(cleared),
        expected={"deletes": Verdict.VACUOUS, "deletes-7.0": Verdict.HOLDS, "mended": Verdict.HOLDS},
    ),
)

"""What faults add to the store: answers that are lost, copies that cannot be scanned, and crashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lifecheck import Row
from model.configuration import Configuration
from model.service import REBUILT
from model.sources import assumption, documented
from model.switches import Delivery, Scanning

ANSWERS = frozenset({"acknowledge", "acknowledge_recipient", "report_consumed", "report_failure"})
"""Triggers that tell the queue that the entry, or one recipient of it, is settled."""

AT_REST = ("absent", "settled")
"""Where the store holds no copy that a crash could take, and owes no answer."""

UNANSWERED = Row(
    "abandon_attempt", "silent", "absent", reference=documented("RFC 5321, 4.5.3.2.6: who waits in vain gives up")
)


def fault_rows(configuration: Configuration, rows: Sequence[Row], order: Sequence[str]) -> list[Row]:
    """Return the rows that the configured faults add to the store's own.

    Parameters
    ----------
    configuration
        Which faults there are.
    rows
        The store's rows without them.
    order
        Every state of the store, in the order in which a crash's rows are to stand.

    Examples
    --------
    >>> fault_rows(Configuration(), [], [])
    []
    >>> fault_rows(Configuration(scanning=Scanning.FAILS_OPEN), [], ["received", "passed"])
    [Row('fail_to_scan', 'received', 'passed')]
    """
    added: list[Row] = []
    if configuration.loses_reports:
        added += _lost_answers(configuration, rows)
    if configuration.scanning is not Scanning.RELIABLE:
        added.append(_unscanned(configuration))
    if configuration.may_fall_silent:
        added.append(UNANSWERED)
    used = states_of([*rows, *added])
    states = [state for state in order if state in used]
    if configuration.store_crashes:
        added += _crash_of_the_store(states)
    if configuration.scanner_crashes:
        added += _crash_of_the_scanner(states, rows)
    if configuration.smtp_crashes:
        added += _restart_of_smtp(states)
    return added


def states_of(rows: Iterable[Row]) -> frozenset[str]:
    """Return the states that a table uses.

    Examples
    --------
    >>> sorted(states_of([Row("deliver", "passed", "delivered")]))
    ['delivered', 'passed']
    """
    return frozenset(state for row in rows for state in (row.source, row.target))


def fault_alphabet(configuration: Configuration) -> frozenset[str]:
    """Return the triggers of crashes in which the store takes part."""
    shared = {
        "crash_store": configuration.store_crashes,
        "crash_scanner": configuration.scanner_crashes,
        "rebuild_queue": configuration.smtp_crashes,
    }
    return frozenset(trigger for trigger, is_on in shared.items() if is_on)


def _lost_answers(configuration: Configuration, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield for each row that answers the queue one in which the answer is lost, and how the attempt ends then.

    A store that answers last falls silent. One that answers first goes on with its copy, and the queue,
    which heard nothing, tries again after the store is done with it: so the model needs but one copy.
    """
    first = configuration.delivery is Delivery.ACKNOWLEDGE_FIRST
    why = documented("RFC 1047: a report of success can be lost after the work is done")
    # of one copy there is one report to be lost, whatever it says
    for source, dest in dict.fromkeys((row.source, row.dest) for row in rows if row.trigger in ANSWERS):
        yield Row("lose_acknowledgement", source, dest if first else "silent", reference=why)
    if first:
        why = assumption("the queue waits longer for an answer than the store needs for a copy")
        given_up = {row.source for row in rows if row.trigger == "abandon_attempt"}
        ends = states_of(rows) & {"delivered", "replaced", "deleted"} - given_up
        yield from (Row("abandon_attempt", state, "absent", reference=why) for state in sorted(ends))


def _unscanned(configuration: Configuration) -> Row:
    answers_first = configuration.delivery is Delivery.ACKNOWLEDGE_FIRST
    waiting = "accepted" if answers_first else "received"
    if configuration.scanning is Scanning.FAILS_OPEN:
        return Row("fail_to_scan", waiting, "passed", reference=assumption("let through unscanned"))
    if answers_first:
        why = assumption("a store that has answered for a copy keeps it, and has it scanned again")
        return Row("fail_to_scan", waiting, "=", reference=why)
    return Row("fail_to_scan", waiting, "silent", reference=documented("KB 842801, 843545: retried later"))


def _crash_of_the_store(states: Sequence[str]) -> Iterator[Row]:
    """Yield what a crash does: whatever the store was doing, no answer will come."""
    why = assumption("a crash takes what is not yet dealt with, and every answer that is still owed")
    for state in states:
        yield Row("crash_store", state, "=" if state in AT_REST else "silent", reference=why)


def _crash_of_the_scanner(states: Sequence[str], rows: Sequence[Row]) -> Iterator[Row]:
    """Yield what a crash of the scanner does: a copy that was being scanned waits to be scanned again."""
    why = assumption("the store has the copy scanned again")
    (waiting,) = (row.source for row in rows if row.trigger == "begin_scan")
    for state in states:
        yield Row("crash_scanner", state, waiting if state == "scanning" else "=", reference=why)


def _restart_of_smtp(states: Sequence[str]) -> Iterator[Row]:
    """Yield what a rebuilt queue does: the sessions are gone, and the store takes a new copy."""
    for state in states:
        yield Row("rebuild_queue", state, "absent", reference=REBUILT)

"""Stories: every kind of evidence, told step by step with the loop bracketed."""

from __future__ import annotations

import pytest

from lifecheck import (
    Component,
    Row,
    State,
    System,
    can_always_reach,
    check,
    eventually,
    leads_to,
    never,
    sometimes,
    story,
)
from lifecheck.instances import check_instances
from model import PATCHED, UNPATCHED
from properties.claims import DELETED_LEAVES_QUEUE, DELETES_AGAIN
from tests.lifecheck.toys import toy


def never_there(s: State) -> bool:
    return s.n == "9" if "9" in s.n.known else False


def test_the_headline_reads_as_the_article_tells_it() -> None:
    assert (
        story(check(UNPATCHED, DELETED_LEAVES_QUEUE.asked))
        == """\
  Start  message unknown, queue empty, queue_file absent, store absent, scanner idle, sender unaware
     1. accept_infected_message: A message with a virus arrives; the SMTP service saves and queues it.
        message: unknown -> infected, queue: empty -> queued, queue_file: absent -> present
  ┌  2. attempt_delivery: The queue hands a copy of the message to the store.
  │     queue: queued -> delivering, store: absent -> received
  │  3. begin_scan: The store has the scanner look at the copy.
  │     store: received -> scanning, scanner: idle -> scanning
  │  4. request_deletion: The scanner finds the virus and asks for the copy to be deleted.
  │     store: scanning -> condemned, scanner: scanning -> idle
  │  5. delete: The store deletes the copy.
  │     store: condemned -> deleted
  └  6. abandon_attempt: The queue, unanswered, gives up on the attempt and keeps the entry.
        queue: delivering -> queued, store: deleted -> absent
  Steps 2 to 6 can repeat for ever, and every fair trigger gets its due."""
    )


def test_a_loop_of_one_step_is_bracketed_by_itself() -> None:
    assert (
        story(check(toy("0 spin 0"), eventually(never_there)))
        == """\
  Start  n 0
  [  1. spin
        nothing changes
  Step 1 can repeat for ever, and every fair trigger gets its due."""
    )


def test_a_run_that_stays_says_so() -> None:
    assert (
        story(check(toy("0 a 2"), eventually(never_there)))
        == """\
  Start  n 0
     1. a
        n: 0 -> 2
  The run can stay here for ever: no fair trigger is possible."""
    )


def test_a_safety_violation_ends_at_the_bad_state() -> None:
    assert (
        story(check(toy("0 a 9"), never(never_there)))
        == """\
  Start  n 0
     1. a
        n: 0 -> 9"""
    )


def test_can_always_reach_shows_the_closed_set() -> None:
    assert (
        story(check(toy("0 a 2", "2 b 4", "4 c 2", "0 d 9"), can_always_reach(never_there)))
        == """\
  Start  n 0
     1. a
        n: 0 -> 2
  From here system triggers never lead to never_there; by them alone the run stays within 2 states:
    n 2
    n 4"""
    )


def test_sometimes_violated_names_the_nearest_trigger_that_is_blocked() -> None:
    told = story(check(PATCHED, DELETES_AGAIN.asked))
    assert told.splitlines()[1:] == [
        "  None of the 15 reachable states satisfies deleted_again.",
        "  The nearest trigger that is blocked: delete, by store in state deleted, after",
        "    accept_infected_message -> attempt_delivery -> begin_scan -> request_deletion -> delete",
    ]


def test_a_trigger_blocked_at_the_start_is_told_as_such() -> None:
    left = Component("n", ["0", "9"], "0", [Row("a", "0", "9")], {"a"})
    guard = Component("guard", ["asleep"], "asleep", [], {"a"})
    assert (
        story(check(System("pair", [left, guard]), sometimes(never_there)))
        == """\
  Start  n 0, guard asleep
  None of the 1 reachable state satisfies never_there.
  The nearest trigger that is blocked: a, by guard in state asleep, at the start"""
    )


def test_sometimes_violated_without_a_culprit_just_counts() -> None:
    assert (
        story(check(toy("0 a 2"), sometimes(never_there)))
        == """\
  Start  n 0
  None of the 2 reachable states satisfies never_there."""
    )


def test_what_holds_is_told_in_a_line() -> None:
    assert story(check(toy("0 a 9"), eventually(never_there))) == "eventually(never_there): holds, 2 states"


def test_a_witness_is_told_as_a_path() -> None:
    assert story(check(toy("0 a 9"), sometimes(never_there))).endswith("n: 0 -> 9")


def test_a_lasso_beyond_the_search_limit_is_marked_as_not_proven_shortest(monkeypatch: pytest.MonkeyPatch) -> None:
    import lifecheck.checking.liveness
    from lifecheck.checking.lasso import find_lasso

    monkeypatch.setattr(lifecheck.checking.liveness, "find_lasso", lambda *arguments: find_lasso(*arguments, limit=1))
    result = check(toy("0 a 2", "2 b 4", "4 c 2"), leads_to(lambda s: s.n == "4", never_there))
    assert result.evidence is not None
    assert not result.evidence.shortest
    assert story(result).endswith("(This counterexample is not proven shortest.)")


def test_the_search_for_a_blocked_trigger_stops_at_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    import lifecheck.checking.blocking

    monkeypatch.setattr(lifecheck.checking.blocking, "FORCED_STATE_LIMIT", 0)
    result = check(PATCHED, DELETES_AGAIN.asked)
    assert result.evidence is not None
    assert result.evidence.blocked is None


def test_instances_that_stand_idle_are_told_once() -> None:
    rows = [Row("ask", "out", "waiting"), Row("enter", "waiting", "in"), Row("leave", "in", "out")]
    guest = Component("guest", ["out", "waiting", "in"], "out", rows, {"ask", "enter", "leave"})
    rows = [Row("enter", "free", "taken"), Row("leave", "taken", "free")]
    room = Component("room", ["free", "taken"], "free", rows, {"enter", "leave"})
    inn = System("inn", [guest, room], copied={"guest"}, environment={"ask"}, instance="guest")
    served = leads_to("guest == 'waiting'", "guest == 'in'")
    few = check_instances(inn, served, 4, cutoff=False, engine="explicit")
    assert few.evidence is not None
    assert (
        story(few)
        == """\
  Start  guest[1] out, guest[2] out, room free
         (guests 3 and 4 begin as guest 1 does, and stand idle)
     1. ask[1]
        guest[1]: out -> waiting
  ┌  2. ask[2]
  │     guest[2]: out -> waiting
  │  3. enter[2]
  │     guest[2]: waiting -> in, room: free -> taken
  └  4. leave[2]
        guest[2]: in -> out, room: taken -> free
  Steps 2 to 4 can repeat for ever, and every fair trigger gets its due."""
    )


def test_of_a_closed_set_only_the_instances_that_move_are_listed() -> None:
    rows = [Row("begin", "new", "half"), Row("go_on", "half", "stuck")]
    task = Component("task", ["new", "half", "stuck"], "new", rows, {"begin", "go_on"})
    tool = Component("desk[1]", ["here"], "here", [Row("begin", "here", "=")], {"begin"})
    work = System("work", [task, tool], copied={"task"}, environment={"begin"}, instance="task")
    told = story(check_instances(work, can_always_reach("task == 'new'"), 3, cutoff=False, engine="explicit"))
    assert told.splitlines()[:2] == [
        "  Start  task[1] new, desk[1] here",
        "         (tasks 2 and 3 begin as task 1 does, and stand idle)",
    ]

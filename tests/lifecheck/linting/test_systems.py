"""Components wait for one another: a system is linted as a whole, its rows one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from lifecheck import Component, ComponentError, InputError, LifecheckError, Row, System, component_of, lint

SENDER = Component(
    "sender",
    ["idle", "waiting", "done"],
    "idle",
    [Row("send", "idle", "waiting"), Row("answer", "waiting", "done"), Row("give_up", "waiting", "idle")],
    {"send", "answer", "give_up"},
)
ANSWERING = Component("line", ["up"], "up", [Row("send", "up", "="), Row("answer", "up", "=")], {"send", "answer"})
SILENT = Component("line", ["up", "down"], "up", [Row("send", "up", "=")], {"send", "answer"})


def test_a_component_that_waits_for_others_is_not_stuck_and_self_loops_are_no_livelock() -> None:
    system = System("letters", [SENDER, ANSWERING])
    assert lint(system).codes == ()
    assert lint(ANSWERING).codes == ()
    assert lint(system, final={"sender": ["done"]}).codes == ()
    assert "where a run may end is not said, so it was not asked whether one gets stuck" in lint(system).remarks[0]


def test_what_others_never_let_happen_is_found_row_by_row() -> None:
    report = lint(System("letters", [SENDER, SILENT]), final={"sender": {"done"}})
    assert [(finding.code, finding.place) for finding in report.findings] == [
        ("unreachable-state", "component 'sender', state 'done'"),
        ("unused-transition", "component 'sender', transition 'answer' from 'waiting' to 'done'"),
        ("unreachable-state", "component 'line', state 'down'"),
        ("livelock", "state 'sender idle, line up' and 1 more"),
    ]
    assert report.findings[1].sentence == "it is never taken; 'line' would have to take it at the same time"
    assert report.findings[3].sentence == (
        "a run that comes there goes round for ever, and no final state can be reached; it is where the system starts"
    )


def test_stuck_states_and_states_without_a_way_out_are_told_with_the_way_there() -> None:
    rows = [Row("go", "a", "b"), Row("go", "b", "c"), Row("end", "a", "d")]
    part = Component("part", ["a", "b", "c", "d"], "a", rows, {"go", "end"})
    report = lint(part, final=["d"])
    assert [(finding.code, finding.place, finding.sentence.partition("; ")[2]) for finding in report.findings] == [
        ("stuck-state", "state 'part c'", "the way there: go -> go"),
        ("no-way-to-final", "state 'part b'", "the way there: go"),
    ]
    assert lint(part, final={"part": "d"}).codes == report.codes
    assert lint(part, final=["c", "d"]).codes == ()


def test_of_variants_only_what_is_used_in_none_is_found() -> None:
    variants = {"answering": System("a", [SENDER, ANSWERING]), "silent": System("b", [SENDER, SILENT])}
    assert [finding.place for finding in lint(variants).findings] == ["component 'line', state 'down'"]
    told = [finding.sentence for finding in lint(variants, final={"sender": ["done"]}).findings]
    assert any(", in variant 'silent'" in sentence for sentence in told)


def test_a_system_without_end_names_what_keeps_growing() -> None:
    class Queue:
        def __init__(self) -> None:
            from transitions import Machine

            self.attempts = 0
            rows = [{"trigger": "retry", "source": "queued", "dest": "=", "after": "count"}]
            Machine(self, states=["queued"], initial="queued", transitions=rows)

        def count(self) -> None:
            self.attempts += 1

    queue = component_of(Queue, "queue", attributes=["attempts"])
    report = lint(System("endless", [queue]), limit=30)
    assert report.codes == ("too-many-states",)
    assert "attribute 'attempts' of component 'queue' keeps growing" in report.findings[0].sentence
    assert report.remarks[1:] == (
        "the automatic triggers of 'queue' are left out: to_queued",
        "exploring ran the callbacks, on machines that the factories made",
    )


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"final": ["done"]}, InputError, "final state 'done': of a system it is written COMPONENT=STATE"),
        ({"final": {"sendr": ["done"]}}, InputError, "there is no component 'sendr'; did you mean 'sender'?"),
        ({"final": {"sender": ["dnoe"]}}, InputError, "has no state 'dnoe'; did you mean 'done'?"),
        ({"attributes": ["x"]}, ComponentError, "attributes of a component are declared where it is made"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest(
    options: dict[str, Any], error: type[LifecheckError], message: str
) -> None:
    with pytest.raises(error, match=re.escape(message)):
        lint(System("letters", [SENDER, ANSWERING]), **options)


WORKERS = [Row("start", "two", "one"), Row("start", "one", "none"), Row("end", "none", "one"), Row("end", "one", "two")]
POOL = Component("pool", ["two", "one", "none", "negative"], "two", WORKERS, {"start", "end"})
JOB = Component("job", ["new", "running"], "new", [Row("start", "new", "running"), Row("end", "running", "new")], {
    "start", "end"
})  # fmt: skip


def test_what_only_several_instances_do_is_not_unused() -> None:
    alone = System("jobs", [JOB, POOL])
    assert lint(alone).codes == ("unreachable-state", "unreachable-state", "unused-transition")
    together = lint(replace(alone, copied={"job"}))
    assert [(finding.code, finding.place) for finding in together.findings] == [
        ("unreachable-state", "component 'pool', state 'negative'")
    ]


def test_a_broadcast_that_an_instance_blocks_leaves_one_to_look_at() -> None:
    fire = Component("fire", ["no", "yes"], "no", [Row("end", "no", "yes")], {"end"})
    report = lint(System("jobs", [JOB, POOL, fire], copied={"job"}, broadcast={"end"}, instance="job"))
    assert len(report.findings) > 1
    assert report.remarks[-1] == (
        "what happens among several jobs could not be counted: what is said never to happen never happens to one alone"
    )

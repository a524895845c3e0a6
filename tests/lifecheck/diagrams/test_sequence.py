"""A run as a sequence: who takes part in each step, in which order, and what of it goes on for ever."""

from __future__ import annotations

import re
import sys

import pytest

from lifecheck import (
    Component,
    InputError,
    Row,
    System,
    always,
    can_always_reach,
    check,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.checking.kept_run import kept_run
from lifecheck.diagrams.dot import STRIKING
from lifecheck.diagrams.limits import STEP_LIMIT
from lifecheck.diagrams.sequence import sequence_diagram
from lifecheck.diagrams.sequence_content import read_kept_run, read_result
from lifecheck.errors import TooLargeError
from model import PATCHED, UNPATCHED, VARIANTS
from properties.claims import CAN_DRAIN, DELETED_AT_MOST_ONCE, DELETED_LEAVES_QUEUE, DELETES_AGAIN, DELETION_SETTLES
from tests.lifecheck.diagrams.svg_reader import shown
from tests.lifecheck.toys import toy

LIFELINES = {"queue": "SMTP queue", "store": "Store", "scanner": "Scanner", "sender": "Sender"}
HEADLINE = check(UNPATCHED, DELETED_LEAVES_QUEUE.asked)


def arrows(mermaid: str) -> list[str]:
    """Return the arrows of a Mermaid text with the first line of what they carry."""
    return re.findall(r"^ +(\w+-?->?>?\w+: [^<\n]*)", read(mermaid), re.MULTILINE)


def read(mermaid: str) -> str:
    """Return a Mermaid text with its numbered entities as the signs that they stand for."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), mermaid)


def part(name: str, *rows: str, alphabet: set[str] | None = None) -> Component:
    table = [Row(*row.split()) for row in rows]
    states = dict.fromkeys(state for row in table for state in (row.source, row.target))
    return Component(name, list(states), table[0].source, table, alphabet or {row.trigger for row in table})


def test_the_defect_is_told_step_by_step_between_its_lifelines() -> None:
    diagram = sequence_diagram(HEADLINE, LIFELINES, title="stuck")
    assert arrows(diagram.mermaid) == [
        "outside-->>p0: 1. accept_infected_message",
        "p0->>p1: 2. attempt_delivery",
        "p1->>p2: 3. begin_scan",
        "p2->>p1: 4. request_deletion",
        "p1->>p1: 5. delete",
        "p0->>p1: 6. abandon_attempt",
    ]
    texts = shown(diagram.svg())
    numbered = [text for text in texts if re.match(r"\d\. ", text)]
    assert numbered == [arrow.partition(": ")[2] for arrow in arrows(diagram.mermaid)]
    assert "Here the promise is made" in texts


def test_the_loop_frame_holds_the_steps_that_can_repeat_and_no_other() -> None:
    diagram = sequence_diagram(HEADLINE, LIFELINES)
    lines = [line.strip() for line in read(diagram.mermaid).splitlines()]
    start, end = lines.index("loop steps 2 to 6 can repeat for ever"), lines.index("end")
    inside = [line for line in lines[start:end] if ">>" in line]
    assert [re.search(r": (\d)\.", line)[1] for line in inside] == ["2", "3", "4", "5", "6"]  # type: ignore[index]
    texts = shown(diagram.svg())
    assert {"loop", "steps 2 to 6 can repeat for ever"} <= set(texts)
    assert diagram.description.endswith("Steps 2 to 6 can repeat for ever.")


def test_the_frame_lies_around_the_steps_of_the_loop() -> None:
    svg = sequence_diagram(HEADLINE, LIFELINES).svg()
    frame = re.search(rf'y="([\d.]+)" [^>]*height="([\d.]+)" rx="6" [^>]*stroke="{STRIKING}"', svg)
    assert frame is not None
    top, bottom = float(frame[1]), float(frame[1]) + float(frame[2])
    heights = {number: float(y) for y, number in re.findall(r'<text [^>]*\by="([\d.]+)"[^>]*>(\d)\. ', svg)}
    assert [number for number, y in heights.items() if top < y < bottom] == ["2", "3", "4", "5", "6"]


def test_states_that_lifelines_enter_and_what_changes_elsewhere_are_told() -> None:
    diagram = sequence_diagram(HEADLINE, LIFELINES)
    texts = shown(diagram.svg())
    assert [text for text in texts if text in ("empty", "queued", "delivering")] == [
        "empty",
        *("queued", "delivering", "queued"),
    ]
    assert {"message: infected", "queue_file: present"} <= set(texts)
    assert "1. accept_infected_message<br/>SMTP queue: queued<br/>message: infected<br/>queue_file: present" in (
        read(diagram.mermaid)
    )


def test_a_good_run_says_where_its_promise_is_made_and_kept_and_where_it_rests() -> None:
    run = kept_run(PATCHED, DELETED_LEAVES_QUEUE.asked)
    assert run is not None
    diagram = sequence_diagram(run, LIFELINES)
    remarks = [event.remark for event in read_kept_run(run, LIFELINES).events]
    assert remarks == ["", "", "", "", "Here the promise is made", "Here the promise is kept", ""]
    assert arrows(diagram.mermaid)[5:] == ["p1->>p0: 6. acknowledge", "p0->>p0: 7. remove_file"]
    assert "The run can stay here for ever: no fair trigger is possible" in shown(diagram.svg())
    assert "loop" not in shown(diagram.svg())
    assert diagram.title == "KB883522, patched: leads_to(deleted, not_in_queue) is kept"


def test_a_good_run_may_go_round_for_ever() -> None:
    run = kept_run(toy("0 go 1", "1 go 0"), eventually(lambda s: s.n == "1"))
    assert run is not None
    assert "loop steps 1 to 2 can repeat for ever" in sequence_diagram(run).mermaid
    at_once = kept_run(toy("0 go 1"), leads_to(lambda s: s.n == "1", lambda s: s.n == "1"))
    assert at_once is not None
    assert "Here the promise is made and kept" in shown(sequence_diagram(at_once).svg())


def test_a_run_that_stays_says_so_below_its_last_step() -> None:
    result = check(VARIANTS["unpatched-expiry"], DELETION_SETTLES.asked)
    diagram = sequence_diagram(result, LIFELINES)
    assert shown(diagram.svg())[-1] == "The run can stay here for ever: no fair trigger is possible"
    assert "loop" not in diagram.mermaid


def test_what_cannot_be_reached_any_more_is_named_below_the_path() -> None:
    diagram = sequence_diagram(check(UNPATCHED, CAN_DRAIN.asked), LIFELINES)
    assert "From here system triggers never lead to not_in_queue" in shown(diagram.svg())


def test_what_can_still_happen_there_is_told_state_by_state() -> None:
    diagram = sequence_diagram(check(UNPATCHED, CAN_DRAIN.asked), LIFELINES)
    lines = [
        "a. queue queued, store absent, scanner idle: attempt_delivery leads to b",
        "b. queue delivering, store received, scanner idle: begin_scan leads to c",
        "c. queue delivering, store scanning, scanner scanning: request_deletion leads to d",
        "d. queue delivering, store condemned, scanner idle: delete leads to e",
        "e. queue delivering, store deleted, scanner idle: abandon_attempt leads to a",
    ]
    assert shown(diagram.svg())[-5:] == lines
    assert diagram.description.endswith(". ".join(lines) + ".")
    assert "<br/>".join(lines) in read(diagram.mermaid)
    assert "No system trigger leaves these 5 states, and not_in_queue holds in none of them" in diagram.description


def test_where_nothing_can_happen_any_more_that_is_told() -> None:
    result = check(toy("0 go 1", "0 out 99"), can_always_reach(lambda s: s.n == "99"))
    assert shown(sequence_diagram(result).svg())[-1] == "a. n 1: no system trigger is possible"


def test_of_a_closed_set_that_is_too_large_the_states_are_told_together() -> None:
    ring = [f"{number} go {number % 20 + 1}" for number in range(1, 21)]
    result = check(toy("0 in 1", "0 out 99", *ring), can_always_reach(lambda s: s.n == "99"))
    told = sequence_diagram(result).description
    assert told.endswith(f"All 20 states together: n: {', '.join(str(number) for number in range(1, 21))}.")


def test_a_path_ends_in_the_state_that_offends() -> None:
    diagram = sequence_diagram(check(UNPATCHED, DELETED_AT_MOST_ONCE.asked), LIFELINES)
    assert shown(diagram.svg())[-1] == "Here the property is violated"
    assert "deletions: again" in shown(diagram.svg())


def test_what_is_reachable_is_a_run_too() -> None:
    diagram = sequence_diagram(check(UNPATCHED, DELETES_AGAIN.asked), LIFELINES)
    assert shown(diagram.svg())[-1] == "Here deleted_again holds"
    assert diagram.title.endswith("is reachable")


def test_the_initial_state_may_be_remarkable() -> None:
    diagram = sequence_diagram(check(toy("0 go 1", "7 x 7"), never(lambda s: s.n == "0")))
    assert "Here the property is violated" in shown(diagram.svg())
    assert "Note over p0: Here the property is violated" in diagram.mermaid
    diagram = sequence_diagram(check(toy("0 go 1"), leads_to(lambda s: s.n == "0", lambda s: False)))
    assert "Here the promise is made" in shown(diagram.svg())


def test_a_loop_of_one_step_is_spoken_of_alone() -> None:
    diagram = sequence_diagram(check(toy("0 go 1", "1 spin 1", "2 x 2"), eventually(lambda s: s.n == "2")))
    assert "loop step 2 can repeat for ever" in diagram.mermaid
    assert diagram.description.endswith("2. spin: at n; nothing changes. Step 2 can repeat for ever.")


def test_a_step_begins_where_its_sentence_says_and_else_has_no_head() -> None:
    left, right = part("left", "pass idle gone"), part("right", "pass waiting holding")
    asked = never(lambda s: s.left == "gone")
    for meaning, arrow in (
        ("The right takes it from the left.", "p1->>p0: 1. pass"),
        ("The LEFT hands it to the right.", "p0->>p1: 1. pass"),
        ("It is handed over, leftover or not.", "p0->p1: 1. pass"),
        ("", "p0->p1: 1. pass"),
    ):
        system = System("two", [left, right], meanings={"pass": meaning} if meaning else {})
        assert arrows(sequence_diagram(check(system, asked)).mermaid) == [arrow]
    assert "left and right together" in sequence_diagram(check(System("two", [left, right]), asked)).description


def test_what_the_environment_does_with_two_of_them_comes_from_outside_to_both() -> None:
    parts = [part("left", "fall up down"), part("right", "fall up down")]
    system = System("two", parts, environment={"fall"})
    diagram = sequence_diagram(check(system, never(lambda s: s.left == "down")))
    assert arrows(diagram.mermaid) == ["outside-->>p0: 1. fall", "outside-->>p1: 1. fall (the same step)"]
    assert "from outside to left and right" in diagram.description
    assert "stroke-dasharray" in diagram.svg()


def test_three_lifelines_take_one_step_together() -> None:
    parts = [part(name, "go here there") for name in ("one", "two", "three")]
    said = System("trio", parts, meanings={"go": "The two lets go."})
    asked = never(lambda s: s.one == "there")
    assert arrows(sequence_diagram(check(said, asked)).mermaid) == [
        "p1->>p0: 1. go",
        "p1->>p2: 1. go (the same step)",
    ]
    assert arrows(sequence_diagram(check(System("trio", parts), asked)).mermaid) == [
        "p0->p1: 1. go",
        "p0->p2: 1. go (the same step)",
    ]


def test_a_step_that_no_lifeline_takes_stands_across_them() -> None:
    parts = [part("lamp", "switch off on"), part("clock", "tick even odd")]
    for environment in (set[str](), {"tick"}):
        system = System("room", parts, environment=environment)
        diagram = sequence_diagram(check(system, never(lambda s: s.clock == "odd")), {"lamp": "The lamp"})
        assert "Note over p0: 1. tick<br/>clock: odd" in read(diagram.mermaid)
        assert "clock: odd" in shown(diagram.svg())
        assert "1. tick: clock: odd" in diagram.description


def test_nothing_is_said_of_the_environment_where_it_does_nothing() -> None:
    diagram = sequence_diagram(check(toy("0 go 1"), never(lambda s: s.n == "1")))
    assert "environment" not in diagram.svg()
    assert "outside" not in diagram.mermaid


@pytest.mark.parametrize(
    ("lifelines", "told"), [({}, "needs at least one lifeline"), ({"stroe": "Store"}, "did you mean 'store'")]
)
def test_lifelines_that_cannot_be_drawn_are_an_input_error(lifelines: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        sequence_diagram(HEADLINE, lifelines)


def test_where_there_is_no_run_to_draw_the_reason_is_one_line() -> None:
    for result, told in (
        (check(PATCHED, DELETED_LEAVES_QUEUE.asked), "the verdict is holds"),
        (check(toy("0 go 1", "2 go 2"), sometimes(lambda s: s.n == "2")), "no reachable state satisfies it"),
        (check(toy("0 go 1"), always(lambda s: s.n == "0"), limit=1), "the verdict is unknown"),
    ):
        with pytest.raises(InputError, match=told):
            sequence_diagram(result)


def test_a_large_closed_set_does_not_lengthen_the_run() -> None:
    ring = [f"{number} go {number % 20 + 1}" for number in range(1, 21)]
    result = check(toy("0 in 1", "0 out 99", *ring), can_always_reach(lambda s: s.n == "99"))
    assert len(read_result(result).events) == 1


def test_a_run_that_nobody_would_read_is_too_large() -> None:
    way = toy(*(f"{number} go {number + 1}" for number in range(STEP_LIMIT + 1)))
    run = kept_run(way, eventually(lambda s: s.n == str(STEP_LIMIT + 1)))
    assert run is not None
    with pytest.raises(TooLargeError, match=f"has {STEP_LIMIT + 1} steps, and a picture shows at most {STEP_LIMIT}"):
        sequence_diagram(run)
    shorter = kept_run(way, eventually(lambda s: s.n == "3"))
    assert shorter is not None
    assert shown(sequence_diagram(shorter).svg())[-1] == "The run goes on; it was followed no further"


def test_it_needs_no_pygraphviz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)  # makes the import fail
    assert sequence_diagram(HEADLINE).svg().startswith("<?xml")


def test_the_same_run_gives_the_same_bytes() -> None:
    again = check(UNPATCHED, DELETED_LEAVES_QUEUE.asked)
    assert sequence_diagram(again, LIFELINES) == sequence_diagram(HEADLINE, LIFELINES)

"""A counterexample's picture: each step in its order, and what goes on for ever made plain."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from transitions import Machine

from lifecheck import (
    Component,
    InputError,
    Property,
    Result,
    Row,
    Run,
    State,
    System,
    always,
    can_always_reach,
    check,
    component_of,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.diagrams.counterexample_content import CLOSED_LIMIT
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.sequence import sequence_diagram
from lifecheck.instances import check_instances
from model import PATCHED, UNPATCHED
from tests.lifecheck.diagrams.mermaid_reader import labels, thick_links
from tests.lifecheck.toys import toy


def deleted(state: State) -> bool:
    return state.store == "deleted"


def out_of_queue(state: State) -> bool:
    return state.queue not in {"queued", "delivering"}


def at(number: str) -> Callable[[State], bool]:
    def arrived(state: State) -> bool:
        return bool(state.n == number)

    return arrived


HEADLINE = check(UNPATCHED, leads_to(deleted, out_of_queue))


def thick_arrows(diagram: Diagram) -> list[str]:
    """Return the thick arrows of the DOT, each as its two nodes."""
    return [
        f"{one} {other}"
        for line in diagram.dot.splitlines()
        for one, other in re.findall(r"^  (\w+) -> (\w+) \[.*penwidth", line)
    ]


def framed(diagram: Diagram) -> list[str]:
    """Return the nodes inside the frame of the DOT."""
    found = re.search(r"subgraph cluster_frame \{ graph .*\]; ([^}]*) \}", diagram.dot)
    return found[1].split("; ") if found else []


def test_the_defect_is_told_by_its_steps() -> None:
    assert HEADLINE.evidence is not None
    diagram = counterexample_diagram(HEADLINE, title="no deleted message stays queued")
    steps = [*HEADLINE.evidence.stem, *(HEADLINE.evidence.loop or ())]
    for number, trigger in enumerate(steps, start=1):
        assert f"<b>{number}. {trigger}</b>" in diagram.dot
        assert f"{number}. {trigger}" in labels(diagram.mermaid)
    assert "Steps 2 to 6 can repeat for ever" in diagram.dot
    assert "Steps 2 to 6 can repeat for ever" in labels(diagram.mermaid)
    assert diagram.description.endswith(
        "5. delete: store deleted. Here the promise is made. "
        "6. abandon_attempt: queue queued, store absent. Steps 2 to 6 can repeat for ever."
    )


def test_the_loop_is_thick_framed_and_closed() -> None:
    diagram = counterexample_diagram(HEADLINE)
    assert thick_arrows(diagram) == [
        *("n1 t1", "t1 n2", "n2 t2", "t2 n3", "n3 t3", "t3 n4", "n4 t4", "t4 n5"),
        *("n1 t5", "t5 n5"),  # the last step leads back up: both arrows are written from above
    ]
    assert framed(diagram) == ["n1", "n2", "n3", "n4", "n5", "t1", "t2", "t3", "t4", "t5"]
    assert thick_links(diagram.mermaid) == ["n1 ==> n2", "n2 ==> n3", "n3 ==> n4", "n4 ==> n5", "n5 ==> n1"]


def test_meanings_and_what_changed_stand_in_the_picture() -> None:
    dot = counterexample_diagram(HEADLINE).dot
    assert "The store deletes the copy." in dot
    assert "<b>deleted</b>" in dot
    assert "▸ store: deleted" in counterexample_diagram(HEADLINE).mermaid


def test_components_that_never_change_are_not_shown() -> None:
    diagram = counterexample_diagram(HEADLINE)
    assert "scanner:" in diagram.dot
    assert "sender:" not in diagram.dot + diagram.mermaid


def test_where_nothing_changes_every_component_is_shown() -> None:
    diagram = counterexample_diagram(check(UNPATCHED, eventually(lambda s: s.queue == "removed")))
    assert "sender: unaware" in labels(diagram.mermaid)
    assert "Start: message unknown, queue empty" in diagram.description


def test_a_loop_of_one_step_is_an_arrow_to_itself() -> None:
    diagram = counterexample_diagram(check(toy("0 go 1", "1 spin 1", "2 x 2"), eventually(at("2"))))
    assert thick_arrows(diagram) == ["n1 n1"]
    assert "Step 2 can repeat for ever" in diagram.dot
    assert diagram.description.endswith("2. spin: nothing changes. Step 2 can repeat for ever.")
    assert thick_links(diagram.mermaid) == ["n1 ==> n1"]


def test_a_run_that_stays_says_so_on_a_dotted_arrow() -> None:
    diagram = counterexample_diagram(check(toy("0 go 1", "2 x 2"), eventually(at("2"))))
    line = next(line for line in diagram.dot.splitlines() if line.startswith("  n1 -> n1"))
    assert "stays here for ever" in line
    assert 'style="dotted"' in line
    assert 'n1 -.->|"stays here for ever<br/>as no fair trigger is possible"| n1' in diagram.mermaid
    assert diagram.description.endswith("The run stays here for ever as no fair trigger is possible.")
    assert framed(diagram) == []
    assert thick_links(diagram.mermaid) == []


@pytest.mark.parametrize("asked", [never(at("2")), always(lambda s: s.n != "2")], ids=["never", "always"])
def test_a_path_ends_in_the_state_that_offends(asked: Property) -> None:
    diagram = counterexample_diagram(check(toy("0 go 1", "1 go 2"), asked))
    marked = [line.split()[0] for line in diagram.dot.splitlines() if "Here the property is violated" in line]
    assert marked == ["//", "n2"]
    assert 'peripheries="2"' in diagram.dot
    assert 'n2["▸ n: 2<br/>Here the property is violated"]:::striking' in diagram.mermaid
    assert "for ever" not in diagram.dot


def test_an_initial_state_that_offends_is_a_picture_too() -> None:
    diagram = counterexample_diagram(check(toy("0 go 1"), never(at("0"))))
    assert diagram.description == "Start: n 0. Here the property is violated."


def test_a_promise_that_is_kept_once_is_marked_where_it_is_not() -> None:
    result = check(toy("0 go 1", "1 go 2", "2 go 3", "3 go 3"), leads_to(lambda s: s.n in {"0", "2"}, at("1")))
    diagram = counterexample_diagram(result)
    assert diagram.description == (
        "Start: n 0. 1. go: n 1. 2. go: n 2. Here the promise is made. "
        "3. go: n 3. 4. go: nothing changes. Step 4 can repeat for ever."
    )


def test_a_closed_set_is_framed_with_what_happens_inside() -> None:
    system = toy("0 go 1", "0 leave 4", "1 a 2", "2 b 1", "2 c 3", "3 d 3", "2 out 4", environment={"out", "leave"})
    diagram = counterexample_diagram(check(system, can_always_reach(at("4"))))
    assert "No system trigger leaves these 4 states, and arrived holds in none of them" in diagram.description
    assert framed(diagram) == ["n0", "n1", "n2", "n3", "t0", "t1", "t2", "t3"]
    shown = labels(diagram.mermaid)
    assert {"go", "a", "b", "c", "d"} <= set(shown)
    assert not {"out", "leave"} & set(shown)


def test_triggers_between_the_same_closed_states_share_an_arrow() -> None:
    system = toy("0 go 1", "1 a 2", "1 b 2", "2 c 1", "3 x 3")
    diagram = counterexample_diagram(check(system, can_always_reach(at("3"))))
    assert "a, b" in labels(diagram.mermaid)


def test_a_closed_state_alone_is_spoken_of_alone() -> None:
    diagram = counterexample_diagram(check(toy("0 go 1", "0 on 2"), can_always_reach(at("2"))))
    assert "No system trigger leaves this state, and arrived does not hold in it" in diagram.description
    assert framed(diagram) == ["n1"]


def test_a_large_closed_set_is_summed_up() -> None:
    size = CLOSED_LIMIT + 1
    ring = [f"{number} go {number % size + 1}" for number in range(1, size + 1)]
    diagram = counterexample_diagram(check(toy("0 in 1", "0 out 99", *ring), can_always_reach(at("99"))))
    assert framed(diagram) == ["n1", "n2"]
    assert f"All {size} states together" in diagram.dot
    assert "n: " + ", ".join(str(number) for number in range(1, size + 1)) in labels(diagram.mermaid)


def test_a_closed_set_is_drawn_from_the_evidence_and_fires_no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    result = check(toy("0 go 1", "0 leave 3", "1 a 2", "2 b 1"), can_always_reach(at("3")))
    drawn = counterexample_diagram(result), sequence_diagram(result)

    def refuse(*words: object, **options: object) -> None:
        raise AssertionError("a machine is made")

    monkeypatch.setattr(Machine, "__init__", refuse)
    assert (counterexample_diagram(result), sequence_diagram(result)) == drawn
    assert {"a", "b"} <= set(labels(drawn[0].mermaid))


def test_a_closed_set_of_several_messages_is_drawn_from_where_the_run_enters_it() -> None:
    task = Component(
        "task", ["new", "busy"], "new", [Row("take", "new", "busy"), Row("drop", "busy", "new")], {"take", "drop"}
    )
    tool = Component("tool", ["free", "lent"], "free", [Row("take", "free", "lent")], {"take"})
    asked = can_always_reach(lambda s: s.task == "busy")
    result = check_instances(System("work", [task, tool], copied={"task"}), asked, 2)
    assert result.evidence is not None
    assert result.evidence.stem == ("take[2]",)
    result = replace(result, evidence=replace(result.evidence, closed=result.evidence.closed[::-1]))
    assert result.evidence is not None
    assert result.evidence.closed[0] != result.evidence.states[-1]  # in whatever order they come
    ((trigger, before, after),) = result.evidence.closed_steps
    assert (trigger, before) == ("drop[2]", result.evidence.states[-1])
    run = Run(result.system)
    run.replay(["take[2]", "drop[2]"])
    assert run.state == after
    arrows = re.findall(r"(n\d) -->.*(drop).*\| (n\d)", counterexample_diagram(result).mermaid)
    assert arrows == [("n1", "drop", "n2")]


def test_attributes_are_part_of_the_state_shown() -> None:
    class Counter:
        tries = 0

        def count(self) -> None:
            self.tries = min(self.tries + 1, 2)

    def machine() -> Machine:
        rows = [{"trigger": "retry", "source": "on", "dest": "=", "after": "count"}]
        return Machine(Counter(), states=["on"], transitions=rows, initial="on", auto_transitions=False)

    system = System("retries", [component_of(machine, "link", attributes=["tries"])])
    diagram = counterexample_diagram(check(system, never(lambda s: s.link.tries == 2)))
    assert "link: on(tries=0)" in labels(diagram.mermaid)
    assert "▸ link: on(tries=2)" in labels(diagram.mermaid)


def test_the_title_is_the_system_and_the_property_unless_given() -> None:
    assert counterexample_diagram(HEADLINE).title == (
        "KB883522, unpatched: leads_to(deleted, out_of_queue) is violated"
    )
    assert counterexample_diagram(HEADLINE, title="Stuck").mermaid.splitlines()[1] == "    accTitle: Stuck"


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (check(PATCHED, leads_to(deleted, out_of_queue)), "the verdict is holds"),
        (check(toy("0 go 1"), sometimes(at("1"))), "the verdict is holds"),
        (check(toy("0 go 1", "2 go 2"), sometimes(at("2"))), "no reachable state satisfies it"),
        (check(toy("0 go 1"), always(at("0")), limit=1), "the verdict is unknown"),
    ],
    ids=["holds", "witness", "sometimes", "unknown"],
)
def test_where_there_is_no_run_to_draw_the_reason_is_one_line(result: Result, told: str) -> None:
    with pytest.raises(InputError, match=told) as raised:
        counterexample_diagram(result)
    assert "\n" not in str(raised.value)


def test_two_components_of_a_closed_set_move_together() -> None:
    left = Component("left", ["a", "b", "c"], "a", [Row("go", "a", "b"), Row("back", "b", "a")], {"go", "back"})
    right = Component("right", ["x", "y"], "x", [Row("go", "x", "y")], {"go"})
    diagram = counterexample_diagram(check(System("pair", [left, right]), can_always_reach(lambda s: s.left == "c")))
    assert [text for text in labels(diagram.mermaid) if ":" not in text] == ["go", "back"]


def test_the_same_result_gives_the_same_bytes() -> None:
    again = check(UNPATCHED, leads_to(deleted, out_of_queue))
    assert counterexample_diagram(again) == counterexample_diagram(HEADLINE)

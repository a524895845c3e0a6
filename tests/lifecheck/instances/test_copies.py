"""Copies written out as a plain system: names, fairness, broadcasts, observers, and machines of a factory."""

from __future__ import annotations

from transitions import Machine

from lifecheck import Component, Row, Run, System, Verdict, can_always_reach, check, component_of, never
from lifecheck.instances.copies import copies, watched
from tests.lifecheck.instances.for_instance import for_instance

TASK = Component(
    "task",
    ["new", "busy"],
    "new",
    [Row("take", "new", "busy"), Row("give", "busy", "new"), Row("halt", "new", "="), Row("halt", "busy", "new")],
    {"take", "give", "halt"},
)
TOOL = Component(
    "tool",
    ["free", "lent"],
    "free",
    [Row("take", "free", "lent"), Row("give", "lent", "free"), Row("halt", "lent", "free")],
    {"take", "give", "halt"},
)
TAKEN = Component("taken", ["no", "yes"], "no", [Row("take", "no", "yes"), Row("take", "yes", "=")], {"take"})
WORK = System(
    "work",
    [TASK, TOOL],
    observers=[TAKEN],
    environment={"take", "halt"},
    strong={"give": "the owner insists"},
    meanings={"take": "It is taken.", "halt": "All stop."},
    copied={"task", "taken"},
    broadcast={"halt"},
)


def test_a_trigger_of_an_instance_is_indexed_with_its_fairness_and_meaning_and_a_broadcast_is_not() -> None:
    pair = copies(WORK, 2)
    assert pair.triggers == ("take[1]", "give[1]", "halt", "take[2]", "give[2]")
    assert [part.name for part in pair.parts] == ["task[1]", "task[2]", "tool", "taken[1]", "taken[2]"]
    assert pair.environment == {"take[1]", "take[2]", "halt"}
    assert pair.strong == {"give[1]": "the owner insists", "give[2]": "the owner insists"}
    assert pair.meanings == {"take[1]": "It is taken.", "take[2]": "It is taken.", "halt": "All stop."}
    assert pair.instances == 2


def test_the_real_machines_of_copies_meet_what_is_shared_and_take_a_broadcast_together() -> None:
    run = Run(copies(WORK, 2))
    run.trigger("take[2]")
    assert run.blocked_by("take[1]") == (("tool", "lent"),)
    run.trigger("halt")
    assert (str(run.state["task[2]"]), str(run.state.tool), str(run.state["taken[2]"])) == ("new", "free", "yes")


def test_one_instance_can_be_watched_alone() -> None:
    assert [part.name for part in watched(WORK, 3).observers] == ["taken[1]"]


def test_a_property_of_one_instance_is_asked_of_any_copy() -> None:
    pair = copies(WORK, 2)
    for instance in (1, 2):
        asked = for_instance(never(lambda s: s.taken == "yes"), WORK, instance)
        result = check(pair, asked)
        assert result.verdict is Verdict.VIOLATED
        assert result.evidence is not None
        assert result.evidence.stem == (f"take[{instance}]",)


def test_machines_that_a_factory_makes_are_copied_too() -> None:
    def task() -> Machine:
        rows = [["take", "new", "busy"], ["give", "busy", "new"]]
        return Machine(states=["new", "busy"], initial="new", transitions=rows)

    def tool() -> Machine:
        rows = [["take", "free", "lent"], ["give", "lent", "free"]]
        return Machine(states=["free", "lent"], initial="free", transitions=rows)

    # the second may be freed by a trigger of its own, so that a lent one says nothing of who has it
    for shared, states in ((component_of(tool, "tool"), 4), (TOOL, 15)):
        system = System("work", [component_of(task, "task"), shared], fair=frozenset(), copied={"task"})
        result = check(copies(system, 3), for_instance(can_always_reach(lambda s: s.task == "busy"), system, 2))
        assert (result.verdict, result.states) == (Verdict.HOLDS, states)

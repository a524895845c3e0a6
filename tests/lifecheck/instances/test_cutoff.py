"""Where no instance can change what is shared one verdict serves any number of instances; a row that can is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecheck import Component, Row, System, Verdict, can_always_reach, check, component_of, explore, leads_to, never
from lifecheck.instances import DecidedBy, Decompositions, space_of_instances
from lifecheck.instances.checking import check_instances
from lifecheck.instances.copies import copies
from lifecheck.instances.cutoff import cutoff_of
from model import VARIANTS, configured
from properties import CLAIMS

TASK = Component(
    "task",
    ["new", "busy", "done"],
    "new",
    [
        Row("begin", "new", "busy"),
        Row("end", "busy", "done"),
        *(Row("reset", s, "new") for s in ("new", "busy", "done")),
    ],
    {"begin", "end", "reset"},
)
POWER = Component(
    "power",
    ["on", "off"],
    "on",
    [Row("begin", "on", "="), Row("cut", "on", "off"), Row("restore", "off", "on"), Row("reset", "on", "=")],
    {"begin", "cut", "restore", "reset"},
)
LAMP = System("lamp", [TASK, POWER], environment={"cut", "reset"}, copied={"task"}, broadcast={"reset"})
DONE = leads_to(lambda s: s.task == "busy", lambda s: s.task in ("done", "new"))


def broken(row: Row) -> System:
    """Return the system with another row of what is shared."""
    return replace(LAMP, components=[TASK, replace(POWER, rows=[row if r == POWER.rows[0] else r for r in POWER.rows])])


def test_the_certificate_lists_the_rows_that_were_looked_at_and_the_broadcasts() -> None:
    cutoff = cutoff_of(LAMP)
    assert cutoff.holds
    assert cutoff.certificate().splitlines() == [
        "Instances cannot influence one another: what they share is left as it is by every row of theirs.",
        "  begin: (on, =) of power",
        "All instances take at once, and none ever blocks: reset.",
    ]


def test_a_row_that_changes_what_is_shared_breaks_it_and_is_named() -> None:
    cutoff = cutoff_of(broken(Row("begin", "on", "off")))
    assert not cutoff.holds
    assert (
        cutoff.certificate() == "Instances can influence one another: (begin, on, off) of power changes what all share."
    )
    assert [str(row) for row in cutoff.breaking] == ["(begin, on, off) of power"]


def test_a_row_that_is_never_taken_breaks_nothing() -> None:
    never_taken = Component("task", ["new"], "new", [], {"begin"})
    system = System("lamp", [never_taken, replace(POWER, rows=[Row("begin", "on", "off")])], copied={"task"})
    assert cutoff_of(system).holds


def test_a_change_of_a_declared_attribute_is_a_change() -> None:
    from transitions import Machine

    class Meter:
        used = 0

        def use(self) -> None:
            self.used = 1

    def meter() -> Machine:
        rows = [{"trigger": "begin", "source": "on", "dest": "=", "after": "use"}]
        return Machine(model=Meter(), states=["on"], initial="on", transitions=rows, auto_transitions=False)

    counting = component_of(meter, "meter", attributes=["used"])
    cutoff = cutoff_of(System("lamp", [TASK, counting], copied={"task"}, fair=frozenset()))
    assert [str(row) for row in cutoff.breaking] == ["(begin, on(used=0), on(used=1)) of meter"]


def test_a_verdict_for_any_number_says_so_and_one_where_a_row_breaks_it_says_for_how_many() -> None:
    for_all = check_instances(LAMP, DONE, 4)
    assert (for_all.verdict, for_all.instances, for_all.states) == (Verdict.HOLDS, "any", check(LAMP, DONE).states)
    explored = check_instances(broken(Row("begin", "on", "off")), DONE, 2)
    assert (explored.verdict, explored.instances) == (Verdict.HOLDS, "any")
    assert explored.decided_by is DecidedBy.COUNTER_ABSTRACTION
    assert explored.cutoff is not None
    assert not explored.cutoff.holds


def test_a_verdict_for_one_instance_would_be_wrong_where_a_row_breaks_it() -> None:
    lending = [Row("begin", "on", "off"), Row("end", "off", "on")]
    one_at_a_time = Component("power", ["on", "off"], "on", lending, {"begin", "end"})
    staying = Component("task", ["new", "busy"], "new", [Row("begin", "new", "busy")], {"begin", "end"})
    system = System("lamp", [staying, one_at_a_time], copied={"task"})
    asked = can_always_reach(lambda s: s.task == "busy")
    assert check(system, asked).verdict is Verdict.HOLDS
    assert [check_instances(system, asked, instances).verdict for instances in (1, 2, 3)] == [
        Verdict.HOLDS,
        Verdict.VIOLATED,
        Verdict.VIOLATED,
    ]


def test_an_observer_that_counts_for_all_instances_breaks_it_for_the_properties_that_read_it() -> None:
    steps = [("none", "once"), ("once", "again"), ("again", "=")]
    rows = [Row("begin", *step) for step in steps]
    counter = Component("begun", ["none", "once", "again"], "none", rows, {"begin"})
    once = replace(TASK, rows=[row for row in TASK.rows if row.trigger != "reset"], alphabet={"begin", "end"})
    system = System("lamp", [once], observers=[counter], copied={"task"})
    asked = never(lambda s: s.task == "new" and s.begun == "again")
    assert check_instances(system, never(lambda s: s.task == "busy"), 3).instances == "any"
    results = [check_instances(system, asked, instances) for instances in (1, 2, 3)]
    assert [(result.verdict, result.instances) for result in results] == [
        (Verdict.HOLDS, 1),
        (Verdict.HOLDS, 2),
        (Verdict.VIOLATED, "3 or more"),
    ]


@pytest.mark.parametrize(
    ("variant", "crashes", "is_shared"),
    [
        ("unpatched", "", False),
        ("unpatched", "store_crashes", True),
        ("patched-expiry", "", False),
        ("patched-lost-once", "", False),
        ("patched", "store_crashes scanner_crashes", True),
        ("patched-expiry", "scanner_crashes", True),
        ("unpatched", "smtp_crashes", True),
        ("at-most-once-crash", "", True),
        ("patched-crashes-again-strong", "", True),
    ],
)
@pytest.mark.long
def test_one_two_and_three_instances_of_the_mail_system_agree_with_the_verdict_for_any_number(
    variant: str, crashes: str, is_shared: bool
) -> None:
    system = configured({**VARIANTS[variant].settings, **dict.fromkeys(crashes.split(), "on")})
    cutoff = cutoff_of(system)
    assert (cutoff.holds, bool(cutoff.rows), bool(cutoff.broadcasts)) == (True, is_shared, is_shared)
    known = Decompositions()
    for claim in CLAIMS:
        result = check_instances(system, claim.asked, 1, known=known)
        assert result.instances == "any", claim.name
        for instances in (1, 2, 3):
            among = check_instances(system, claim.asked, instances, cutoff=False, known=known)
            assert among.verdict is result.verdict, claim.name


@pytest.mark.parametrize("settings", [{"correction": "report-success"}, {"slots": "1"}])
@pytest.mark.long
def test_where_the_smtp_service_crashes_both_engines_agree_on_one_and_two_messages_and_three_are_counted_alike(
    settings: dict[str, str],
) -> None:
    system, known = configured({"smtp_crashes": "on", **settings}), Decompositions()
    for claim in CLAIMS:
        for instances in (1, 2):
            results = [
                check_instances(system, claim.asked, instances, cutoff=False, known=known, engine=engine)
                for engine in ("explicit", "symbolic")
            ]
            explicit, symbolic = [(one.verdict, one.states, one.transitions) for one in results]
            assert explicit == symbolic, (claim.name, instances)
    alone = system.with_observers(())
    graph = explore(copies(alone, 3))
    assert space_of_instances(alone, 3).ask(lambda one: (one.states, one.transitions)) == (
        len(graph),
        graph.transitions,
    )


@pytest.mark.parametrize("variant", [name for name, system in VARIANTS.items() if "crash_smtp" in system.triggers])
def test_every_variant_whose_smtp_service_crashes_has_one_verdict_for_any_number(variant: str) -> None:
    cutoff = cutoff_of(VARIANTS[variant].with_observers(()))
    assert cutoff.holds
    assert "crash_smtp" in cutoff.broadcasts


def test_reports_call_instances_as_their_system_does() -> None:
    children = replace(LAMP, instance="child", several="children")
    assert cutoff_of(children).certificate().startswith("Children cannot influence one another:")
    assert copies(children, 2).counted_instances(2) == "2 children"

"""Groups of triggers of which one is enough, among many instances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lifecheck import Component, CompositionError, Row, System, Verdict, eventually, never
from lifecheck.instances import check_instances
from lifecheck.instances.copies import copies


def system(*fair: object) -> System:
    rows = [Row("soon", "new", "done"), Row("late", "new", "done"), Row("again", "done", "new")]
    task = Component("task", ["new", "done"], "new", rows, {"soon", "late", "again"})
    tool = Component("tool", ["there"], "there", [Row("sharpen", "there", "=")], {"sharpen"})
    return System("work", [task, tool], fair=fair, copied={"task"})  # type: ignore[arg-type]


def lending(plain: System) -> System:
    """Return the system with a tool that is taken, so that instances can influence one another."""
    lent = Component("tool", ["there", "lent"], "there", [
        Row("sharpen", "there", "="), Row("soon", "there", "lent"), Row("again", "lent", "there")
    ], {"sharpen", "soon", "again"})  # fmt: skip
    return replace(plain, components=[plain.components[0], lent])


@pytest.mark.parametrize("engine", [None, "symbolic"])
def test_each_instance_owes_the_group_by_itself(engine: object) -> None:
    asked = eventually("task == 'done'")
    result = check_instances(system(("soon", "late")), asked, 2, cutoff=False, engine=engine)  # type: ignore[arg-type]
    assert (result.verdict, result.assumptions) == (Verdict.HOLDS, ("weak fairness of soon or late",))
    for_any = check_instances(system(("soon", "late")), asked, 2)
    assert (for_any.instances, for_any.assumptions) == ("any", ("weak fairness of soon or late",))
    assert not check_instances(system(), asked, 2, cutoff=False)


@pytest.mark.parametrize(
    "use",
    [
        lambda mixed: copies(mixed, 2),
        lambda mixed: check_instances(mixed, eventually("task == 'done'"), 2),  # of which the cutoff would decide
        lambda mixed: check_instances(lending(mixed), never("task == 'done'"), 2),  # of which one instance would
    ],
)
def test_a_group_of_what_an_instance_has_and_of_what_is_shared_is_refused(use: Callable[[System], object]) -> None:
    with pytest.raises(CompositionError) as caught:
        use(system(("soon", "sharpen")))
    assert str(caught.value) == (
        "system 'work': fairness is owed to a group of 'soon', which each instance has for itself, and 'sharpen', "
        "which they share; write a group of the one kind or of the other"
    )

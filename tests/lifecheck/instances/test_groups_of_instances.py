"""Groups of triggers of which one is enough, among many instances."""

from __future__ import annotations

import pytest

from lifecheck import Component, CompositionError, Row, System, Verdict, eventually
from lifecheck.instances import check_instances
from lifecheck.instances.copies import copies


def system(*fair: object) -> System:
    rows = [Row("soon", "new", "done"), Row("late", "new", "done"), Row("again", "done", "new")]
    task = Component("task", ["new", "done"], "new", rows, {"soon", "late", "again"})
    tool = Component("tool", ["there"], "there", [Row("sharpen", "there", "=")], {"sharpen"})
    return System("work", [task, tool], fair=fair, copied={"task"})  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", [None, "symbolic"])
def test_each_instance_owes_the_group_by_itself(engine: object) -> None:
    asked = eventually("task == 'done'")
    result = check_instances(system(("soon", "late")), asked, 2, cutoff=False, engine=engine)  # type: ignore[arg-type]
    assert (result.verdict, result.assumptions) == (Verdict.HOLDS, ("weak fairness of soon or late",))
    for_any = check_instances(system(("soon", "late")), asked, 2)
    assert (for_any.instances, for_any.assumptions) == ("any", ("weak fairness of soon or late",))
    assert not check_instances(system(), asked, 2, cutoff=False)


def test_a_group_of_what_an_instance_has_and_of_what_is_shared_is_refused() -> None:
    with pytest.raises(CompositionError) as caught:
        copies(system(("soon", "sharpen")), 2)
    assert str(caught.value) == (
        "system 'work': fairness is owed to a group of 'soon', which each instance has for itself, and 'sharpen', "
        "which they share; write a group of the one kind or of the other"
    )

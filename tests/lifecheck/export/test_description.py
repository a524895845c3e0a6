"""What an export says of fairness that is owed to groups."""

from __future__ import annotations

from transitions import Machine

from lifecheck import Claim, System, component_of, leads_to
from lifecheck.export.description import describe
from lifecheck.export.promela import promela


class Bin:
    """A machine one of whose steps is guarded and whose other one is not, by one name."""

    def __init__(self) -> None:
        rows = [
            {"trigger": "step", "source": "here", "dest": "there", "conditions": "is_full"},
            ["step", "there", "here"],
        ]
        Machine(self, states=["here", "there"], initial="here", transitions=rows, auto_transitions=False)

    def is_full(self) -> bool:
        """Answer what table mode never asks."""
        raise AssertionError


def test_a_group_that_is_called_as_one_of_its_members_is_told_from_it() -> None:
    system = System("bin", [component_of(Bin, "bin", guards="either")], fair=["step"])
    claim = Claim("leaves", "it leaves", leads_to("bin == 'here'", "bin == 'there'"))
    description = describe(system, [claim])
    (name,) = description.groups
    assert name not in system.triggers
    assert set(description.groups[name]) == {"step", "step [is_full]", "step [not is_full: refused]"}
    defined = [line.split()[1] for line in promela(description).splitlines() if line.startswith("#define enabled_")]
    assert len(defined) == len(set(defined))

"""The switches as data are those of the configuration."""

from __future__ import annotations

import contextlib
from dataclasses import fields

import pytest

from lifecheck import InputError, Switch
from lifecheck.project import SwitchKind
from model import SWITCHES, UNPATCHED, Configuration, configured
from model.lattice import KINDS, POPULATION


def test_each_switch_of_the_configuration_is_a_choice_or_a_fault_or_says_how_many_there_are() -> None:
    assert KINDS.keys() | POPULATION == {field.name for field in fields(Configuration)}
    assert not KINDS.keys() & POPULATION


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.name)
def test_the_configuration_takes_each_value_and_starts_from_the_default(switch: Switch) -> None:
    assert str(getattr(Configuration(), switch.name)) == switch.default
    for value in switch.values:
        with contextlib.suppress(InputError):  # some values ask for another switch
            assert str(getattr(Configuration.of({switch.name: value}), switch.name)) == value


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.name)
def test_the_values_are_all_that_the_configuration_knows(switch: Switch) -> None:
    with pytest.raises(InputError, match="known are") as refused:
        Configuration.of({switch.name: "0 0"})
    assert str(refused.value).partition("known are ")[2] == ", ".join(map(repr, switch.values))


def test_without_a_choice_and_without_a_fault_it_is_the_article() -> None:
    assert configured({switch.name: switch.default for switch in SWITCHES}) is UNPATCHED
    assert {switch.name for switch in SWITCHES if switch.kind is SwitchKind.CHOICE} == {
        "vsapi",
        "imf",
        "correction",
        "expiry",
        "delivery",
    }

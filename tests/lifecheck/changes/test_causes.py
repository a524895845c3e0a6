"""The causes of a claim over a lattice of settings: of toys whose answer is known."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lifecheck import Claim, Component, InputError, Row, Switch, System, Verdict, never, sometimes
from lifecheck.changes import Cause, Lattice
from lifecheck.project import SwitchKind

GUARD = Switch("guard", ("on", "off"), "on")
GAS = Switch("gas", ("none", "little", "much"), "little")
STORM = Switch("storm", ("no", "yes"), "no", SwitchKind.FAULT)
NO_FIRE = Claim(
    "no-fire", "no fire", never(lambda s: s.oven == "burning"), witness=sometimes(lambda s: s.oven != "cold")
)
SURELY = Claim("surely", "it is not cold", never(lambda s: s.oven == "cold"))


def oven(settings: Mapping[str, str]) -> System:
    """Burns without a guard and with much gas; the guard does not go with no gas; stays cold with none."""
    assert settings.keys() == {"guard", "gas"}  # faults stay as they are
    if settings == {"guard": "on", "gas": "none"}:
        raise InputError("guard=on with gas=none: there is nothing to guard")
    hot = "burning" if settings == {"guard": "off", "gas": "much"} else "warm"
    rows = [] if settings["gas"] == "none" else [Row("heat", "cold", hot)]
    return System("oven", [Component("oven", ["cold", "warm", "burning"], "cold", rows, {"heat"})])


def test_the_cause_fixes_what_matters_and_nothing_else() -> None:
    lattice = Lattice([GUARD, GAS, STORM], oven)
    found = lattice.causes_of(NO_FIRE)
    assert found.minimal == found.told == (Cause({"guard": ("off",), "gas": ("much",)}),)
    assert not found.is_always


def test_contradictory_settings_are_counted_and_are_no_points() -> None:
    found = Lattice([GUARD, GAS], oven).causes_of(NO_FIRE)
    assert (found.settings, found.refused) == (5, 1)


def test_what_is_vacuous_is_no_violation_and_is_counted_apart() -> None:
    found = Lattice([GUARD, GAS], oven).causes_of(NO_FIRE)
    assert found.verdicts == {Verdict.HOLDS: 3, Verdict.VIOLATED: 1, Verdict.VACUOUS: 1}


def test_what_is_violated_everywhere_is_caused_by_nothing_in_particular() -> None:
    found = Lattice([GUARD, GAS], oven).causes_of(SURELY)
    assert (found.minimal, found.is_always) == ((Cause({}),), True)


def test_what_holds_everywhere_has_no_cause() -> None:
    found = Lattice([GUARD, GAS], oven).causes_of(Claim("never", "never", never(lambda s: False)))
    assert (found.minimal, found.told, found.is_always) == ((), (), False)


def test_a_cause_does_not_extend_to_what_is_unknown() -> None:
    found = Lattice([GUARD, GAS], oven).causes_of(NO_FIRE, limit=1)  # what burns is beyond the limit
    assert found.verdicts[Verdict.UNKNOWN] == 4
    assert found.told == ()


def test_a_setting_that_cannot_be_judged_is_unknown_for_a_reason() -> None:
    misspelt = Claim("misspelt", "misspelt", never(lambda s: s.oven == "cold" and s.even == "cold"))
    found = Lattice([GUARD, GAS], oven).causes_of(misspelt)
    assert found.verdicts == {Verdict.UNKNOWN: 5}
    assert "there is no component 'even'; did you mean 'oven'?" in found.undecided


def test_without_a_switch_there_is_one_setting() -> None:
    def lamp(settings: Mapping[str, str]) -> System:
        assert not settings
        return System("lamp", [Component("lamp", ["off"], "off", [], {"switch_on"})])

    found = Lattice([STORM], lamp).causes_of(Claim("lit", "it is lit", never(lambda s: s.lamp == "off")))
    assert (found.settings, found.is_always) == (1, True)


def test_a_cause_as_json_lists_the_values_of_each_switch() -> None:
    assert Lattice([GUARD, GAS], oven).causes_of(NO_FIRE).as_json() == {
        "minimal": [{"guard": ["off"], "gas": ["much"]}],
        "settings": {"holds": 3, "violated": 1, "vacuous": 1, "unknown": 0},
        "refused": 1,
    }


def test_too_many_settings_are_refused_before_any_is_made() -> None:
    switches = [Switch(f"s{number}", ("off", "on"), "off") for number in range(17)]
    with pytest.raises(InputError, match="the switches have 131,072 settings, and at most 100,000 are checked"):
        Lattice(switches, oven)


def test_a_switch_is_declared_once_with_each_value_once_and_a_default_among_them() -> None:
    with pytest.raises(InputError, match="switch 'gas' is declared twice"):
        Lattice([GAS, GUARD, GAS], oven)
    with pytest.raises(InputError, match="switch 'gas': value 'much' is declared twice"):
        Switch("gas", ("much", "much"), "much")
    with pytest.raises(InputError, match="its default 'litle' is not one of its values; did you mean 'little'"):
        Switch("gas", ("none", "little"), "litle")

"""The command `lint`: findings and remarks as text or JSON, and an exit status that says which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lifecheck.cli.cli import ROOT, call

SHOP = """
from transitions import Machine
from lifecheck import Component, Row, System

class Order:
    attempts = 0
    def __init__(self):
        rows = [
            ["place", "cart", "placed"],
            {"trigger": "pay", "source": "placed", "dest": "=", "unless": "tired", "after": "count"},
            {"trigger": "pay", "source": "placed", "dest": "suspended"},
            ["ship", "placed", "shipped"],
        ]
        states = ["cart", "placed", "suspended", {"name": "shipped", "final": True}]
        self.machine = Machine(self, states=states, initial="cart", transitions=rows)
    def tired(self):
        return self.attempts >= 2
    def count(self):
        print("counted")
        self.attempts += 1

ORDER = Order()
NUMBER = 3
class Needing:
    def __init__(self, number):
        pass
def nothing():
    return None
LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
HOUSE = System("house", [LAMP])
"""


@pytest.fixture
def shop(elsewhere: Path) -> None:
    """Move to a folder that holds the module."""
    (elsewhere / "shop.py").write_text(SHOP)


@pytest.mark.usefixtures("shop")
def test_findings_are_told_with_place_remedy_and_origin() -> None:
    called = call("lint", "shop:Order")
    assert called.status == 1
    assert called.out == (
        "shop:Order: 3 findings, 3 states explored\n"
        "  stuck-state: state 'suspended': nothing can happen there, and it is not final\n"
        "    declare it as final if a run may end there (final=True in the library, or --final STATE here), or add a "
        "transition that leaves it (from the definition)\n"
        "  undeclared-attribute: trigger 'pay' in state 'placed': a callback changes 'attempts', "
        "which is not declared\n"
        "    name it with --attribute if anything depends on it, or write --ignored attempts if nothing does "
        "(from exploring)\n"
        "  outcome-differs: trigger 'pay' in state 'placed': two firings differ, to 'placed' and, on a fresh machine "
        "after place, pay, pay, to 'suspended'\n"
        "    remove what is random, and name with --attribute what the outcome depends on; or do not fire it: "
        "--guards either runs no callback, and lets each guard answer either way (from exploring)\n"
        "Note: the automatic triggers are left out: to_cart, to_placed, to_suspended, to_shipped.\n"
        "Note: exploring ran the callbacks, on machines that the factory made.\n"
        "Note: what is said about ways comes from the definition, because exploring did not show all that can happen.\n"
    )
    assert "counted" in called.err  # what callbacks print is kept out of the report


@pytest.mark.usefixtures("shop")
def test_nothing_found_is_status_0() -> None:
    called = call("lint", "shop:Order", "--attribute", "attempts", "--final", "suspended")
    assert called.status == 0
    assert called.out.startswith("shop:Order: no findings, 8 states explored\n")


@pytest.mark.usefixtures("shop")
def test_a_model_is_read_and_not_run() -> None:
    called = call("lint", "shop:ORDER")
    assert called.status == 1
    assert "counted" not in called.err
    assert "Note: only the definition was read and no callback was run; to explore, give a function" in called.out


@pytest.mark.usefixtures("shop")
def test_json_is_one_object() -> None:
    called = call("lint", "shop:Order", "--json", "--attribute", "attempts")
    found = json.loads(called.out)
    assert list(found) == ["name", "findings", "remarks", "states"]
    assert [finding["code"] for finding in found["findings"]] == ["stuck-state"]
    assert found["findings"][0]["origin"] == "definition"
    assert (called.status, found["states"]) == (1, 8)


@pytest.mark.usefixtures("shop")
def test_components_and_systems_are_linted_too() -> None:
    assert call("lint", "shop:HOUSE").status == 0
    assert call("lint", "shop:HOUSE", "--final", "lamp=on").status == 0
    assert call("lint", "shop:LAMP", "--final", "on").status == 0
    assert "livelock" not in call("lint", "shop:LAMP", "--final", "off").out
    assert call("lint", "shop:LAMP", "--final", "off").status == 1


def test_without_a_name_the_projects_variants_are_linted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    called = call("lint")
    assert "30 variants were explored; what is said never to happen happens in none of them" in called.out
    by_name = call("lint", "model:VARIANTS")
    assert by_name.out == called.out


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["shop:NUMBER"], "'shop:NUMBER' is int; expected a System, a mapping of names to systems, a Component, "),
        (["shop:Ordr"], "module 'shop' has no 'Ordr'; did you mean 'Order'"),
        (["shop"], "'shop' is not of the form package.module:name"),
        (["shop:nothing"], "component 'shop:nothing': its factory returned NoneType, not a transitions machine or a m"),
        (["shop:Needing"], "missing 1 required positional argument: 'number'; give a function without arguments that"),
        (["shop:Order", "--final", "shiped"], "final state 'shiped' is not one of its states; did you mean 'shipped'?"),
        (["shop:HOUSE", "--final", "=on"], "final state '=on': of a system it is written COMPONENT=STATE"),
        (
            ["shop:HOUSE", "--final", "lmap=on"],
            "final state 'lmap=on': there is no component 'lmap'; did you mean 'lamp'?",
        ),
        (["shop:Order", "--limit", "0"], "Invalid value for '--limit'"),
        ([], "there is no pyproject.toml in the current folder or above it; name a system as package.module:name"),
    ],
)
def test_a_wrong_call_is_refused_in_one_line(words: list[str], message: str) -> None:
    called = call("lint", *words)
    assert called.status == 2
    assert called.out == ""
    assert called.err.startswith("lifecheck: ")
    assert called.err.count("\n") == 1
    assert message in called.err


HOSTILE = 'a"b\n→ [x]'


def test_hostile_names_are_told_on_one_line_each(elsewhere: Path) -> None:
    (elsewhere / "hostile.py").write_text(
        "from transitions import Machine\n"
        f"NAME = {HOSTILE!r}\n"
        "MACHINE = Machine(states=[NAME, 'end'], initial=NAME, transitions=[[NAME, NAME, 'end']])\n"
    )
    called = call("lint", "hostile:MACHINE", "--final", HOSTILE)
    assert called.status == 1
    assert "stuck-state: state 'end'" in called.out
    assert all(line.startswith(("hostile:", "  ", "Note:")) for line in called.out.splitlines())


@pytest.mark.usefixtures("shop")
def test_a_misspelt_attribute_is_refused_once_it_was_in_no_state() -> None:
    called = call("lint", "shop:Order", "--attribute", "atempts")
    assert called.status == 2
    assert called.out == ""
    last = called.err.splitlines()[-1]  # callbacks have run, and printed
    assert last.startswith("lifecheck: ")
    assert "its model has no attribute 'atempts'; set it when the model is made" in last


@pytest.mark.usefixtures("shop")
def test_what_is_ignored_is_no_finding_where_nothing_depends_on_it() -> None:
    called = call("lint", "shop:Order", "--ignored", "attempts", "--final", "suspended")
    assert called.status == 1
    assert "undeclared-attribute" not in called.out
    assert "outcome-differs: trigger 'pay' in state 'placed': two firings differ, " in called.out


@pytest.mark.usefixtures("shop")
def test_definition_only_runs_no_callback_of_what_a_function_makes() -> None:
    called = call("lint", "shop:Order", "--definition-only", "--final", "suspended")
    assert called.status == 0
    assert called.err == ""
    assert "Note: only the definition was read and no callback was run, as was asked for." in called.out
    assert call("lint", "shop:HOUSE", "--definition-only").status == 2


BOT = """
from transitions import Machine

class Bot:
    def __init__(self):
        rows = [
            {"trigger": "say", "source": "idle", "dest": "menu", "conditions": "is_menu"},
            {"trigger": "say", "source": "idle", "dest": "="},
        ]
        Machine(self, states=["idle", "menu"], initial="idle", transitions=rows, auto_transitions=False)
    def is_menu(self, text):
        return text == "menu"
"""


def test_triggers_are_fired_with_arguments_that_are_named_and_a_missing_one_says_so(elsewhere: Path) -> None:
    (elsewhere / "bot.py").write_text(BOT)
    without = call("lint", "bot:Bot")
    assert without.status == 1
    assert "say what it is fired with: --arguments say=..." in " ".join(without.out.split())
    asked = ["lint", "bot:Bot", "--arguments", "say='menu'", "--arguments", "say='bye'"]
    given = call(*asked)
    assert given.status == 0
    assert "bot:Bot: 1 question, 2 states explored" in given.out
    assert "if so, write --final menu" in " ".join(given.out.split())
    assert call(*asked, "--strict").status == 1
    assert call(*asked, "--strict", "--final", "menu").status == 0
    verified = call("verify", "bot:Bot", *asked[2:], "--final", "menu")
    assert verified.status == 0


def test_arguments_that_are_no_python_values_are_refused_in_one_line(elsewhere: Path) -> None:
    (elsewhere / "bot.py").write_text(BOT)
    for wrong in ("say=menu", "say", "=5", "say=f(3)"):
        refused = call("lint", "bot:Bot", "--arguments", wrong)
        assert refused.status == 2
        assert f"arguments {wrong!r} cannot be read; write trigger=VALUE" in " ".join(refused.err.split())

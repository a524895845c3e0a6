"""Wrong calls: one line that says what is wrong and what to do, exit status 2, nothing on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lifecheck.cli.cli import call

LAMP = """
from lifecheck import Claim, Component, Row, System, never
LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
HOUSE = System("house", [LAMP], environment={"switch"})
CLAIMS = [Claim("dark", "it stays dark", never(lambda s: s.lamp == "on"))]
TYPO = [Claim("dark", "it stays dark", never(lambda s: s.lamp == "onn"))]
WRONG = [3]
"""


def refused(*words: str) -> str:
    """Call with these words, check the manner of the refusal, and return what it says."""
    called = call(*words)
    assert called.status == 2
    assert called.out == ""
    assert called.err.startswith("lifecheck: ")
    assert called.err.count("\n") == 1
    return called.err.removeprefix("lifecheck: ").strip()


@pytest.mark.usefixtures("in_the_checkout")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["verify", "--variant", "unpached"],
            "there is no variant 'unpached'; did you mean 'unpatched' or 'patched' or ",
        ),
        (["verify", "--property", "can-drian"], "there is no property 'can-drian'; did you mean 'can-drain'?"),
        (["explain", "zzz"], "there is no property 'zzz'; known are 'deleted-leaves-queue', 'can-drain', "),
        (["explain", "can-drain", "--variant", "x"], "there is no variant 'x'; known are 'unpatched', "),
        (["verify", "modle:VARIANTS"], "module 'modle' cannot be imported: No module named 'modle'; run this in the "),
        (["verify", "model:VARIANT"], "module 'model' has no 'VARIANT'; did you mean 'VARIANTS'"),
        (["verify", "model"], "'model' is not of the form package.module:name"),
        (["verify", "model:VARIANTS"], "nothing is claimed of 'model:VARIANTS'; name the claims with --properties"),
        (["verify", "--set", "imf=of"], "switch 'imf' cannot be 'of'; did you mean 'off'?"),
        (["verify", "--set", "ifm=off"], "there is no switch 'ifm'; did you mean 'imf'"),
        (["verify", "--set", "imf"], "'imf' is not of the form key=value"),
        (["verify", "--set", "imf=off"], "variant 'patched': correction=report-success with imf=off: without"),
        (
            ["verify", "--set", "expiry=on", "--set", "expiry=off"],
            "switch 'expiry' is set twice, to 'on' and to 'off'; leave one of them out",
        ),
        (["verify", "--set", "fairness=strong"], "fairness=strong without a fault or a limit that"),
        (["verify", "--limit", "0"], "Invalid value for '--limit': 0 is not in the range x>=1; see lifecheck verify"),
        (["verify", "--limit", "many"], "Invalid value for '--limit': 'many' is not a valid integer range; see"),
        (["verifi"], "No such command 'verifi'"),
        (["verify", "--colour"], "--colour"),
        (["explain"], "Missing argument 'PROPERTY'; see lifecheck explain --help"),
        (["verify", "--properties", "properties.claims:HOLDS"], "'properties.claims:HOLDS' holds str; expected claims"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_refused_in_one_line(words: list[str], message: str) -> None:
    assert message in refused(*words)


def test_a_strangers_system_is_checked_where_it_lies(elsewhere: Path) -> None:
    (elsewhere / "home.py").write_text(LAMP)
    called = call("verify", "home:HOUSE")
    assert called.status == 1  # nothing is expected, and a requirement does not hold
    assert "it stays dark" in called.out
    assert "lamp: off -> on" in called.out
    assert call("verify", "home:LAMP", "--properties", "home:CLAIMS").status == 1
    assert call("explain", "home:HOUSE", "dark").status == 1


@pytest.mark.parametrize(
    ("code", "words", "message"),
    [
        (LAMP, ["home:WRONG"], "'home:WRONG' is list; expected a System, a mapping of names to systems, a Component, "),
        (
            LAMP,
            ["home:HOUSE", "--properties", "home:WRONG"],
            "'home:WRONG' holds int; expected claims: lifecheck.Claim",
        ),
        (LAMP, ["home:HOUSE", "--properties", "home:TYPO"], "component 'lamp' has no state 'onn'; did you mean 'on'?"),
        (LAMP, ["home:HOUSE", "--set", "a=b"], "'home:HOUSE' has no switches to set; [tool.lifecheck] names no 'con"),
        (LAMP + "CLAIMS = []", ["home:HOUSE"], "there is no property to check on 'home:HOUSE'; add a Claim"),
        ("1 / 0", ["home:X"], "module 'home' cannot be imported: ZeroDivisionError: division by zero"),
        ("def f(:", ["home:X"], "module 'home' cannot be imported: SyntaxError: invalid syntax"),
        ("import nonesuch", ["home:X"], "module 'home' cannot be imported: No module named 'nonesuch'"),
        (
            LAMP + "System('house', [LAMP], environment={'swich'})",
            ["home:HOUSE"],
            "importing 'home' failed: system 'house': environment names 'swich', which is no trigger of its "
            "components; did you mean 'switch'?",
        ),
    ],
)
def test_a_module_that_cannot_be_used_is_refused_with_the_reason(
    elsewhere: Path, code: str, words: list[str], message: str
) -> None:
    (elsewhere / "home.py").write_text(code)
    assert message in refused("verify", *words)


ORDER = """
import enum, json
from collections import deque
import json
from pathlib import Path
from transitions import Machine
from lifecheck import Claim, never
class Order:
    tries = 0
    def __init__(self):
        again = {"trigger": "pay", "source": "placed", "dest": "=", "unless": "tired", "after": "count"}
        self.machine = Machine(self, states=["placed", "lost"], initial="placed", auto_transitions=False,
                               transitions=[again, ["pay", "placed", "lost"]])
    def tired(self): return self.tries >= 2
    def count(self): self.tries += 1
def order(): return Order()
CLAIMS = [Claim("kept", "it is not lost", never("state == 'lost'"))]
"""


def test_an_attribute_that_belongs_to_the_state_is_named_by_an_option(elsewhere: Path) -> None:
    (elsewhere / "shop.py").write_text(ORDER)
    told = "it changes 'tries', which is hidden state; write --attribute tries: what a condition reads belongs to the "
    assert told in refused("verify", "shop:order")
    option = ["--attribute", "tries"]
    told = call("verify", "shop:order", *option)
    assert told.status == 1
    assert "placed(tries=2) -> lost(tries=2)" in told.out
    assert "lost(tries=2)" in call("explain", "shop:order", "kept", *option).out
    assert json.loads(call("export", "shop:order", "--to", "json", *option).out)["states"] == 4
    assert call("draw", "shop:order", *option, "--kind", "lifecycle", "--out", str(elsewhere / "out")).status == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["home:HOUSE"], "--attribute a: 'home:HOUSE' is no single machine, and declares its own; pass attributes=["),
        (["home:LAMP"], "--attribute a: 'home:LAMP' is no single machine, and declares its own"),
        ([], "there is no pyproject.toml in the current folder or above it; name a system as package.module:name"),
    ],
)
def test_an_attribute_beside_what_declares_its_own_is_refused(elsewhere: Path, words: list[str], message: str) -> None:
    (elsewhere / "home.py").write_text(LAMP)
    assert message in refused("verify", *words, "--attribute", "a")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["shpo.py:order"], "there is no file 'shpo.py'; did you mean 'shop.py'?"),
        (["no/where.py:order"], "there is no file 'no/where.py'; there are none"),
        (["shop.py"], "'shop.py' says no name; write shop.py:name of what to take of the file"),
        (["shop"], "'shop' is not of the form package.module:name, module:object.attribute or path/file.py:name"),
        (["shop.py:ordre"], "module 'shop' has no 'ordre'; did you mean 'order'"),
        (["shop:Order.coutn"], "'Order' of 'shop:Order.coutn' has no 'coutn'; did you mean 'count'?"),
        (["shop.order:x"], "'shop' is not a package; run this in the folder that holds it"),
        (
            ["spop:order"],
            "No module named 'spop'; run this in the folder that holds it, or name a file",
        ),
        (
            ["needy.py:order"],
            "No module named 'nonesuch'; the module needs 'nonesuch', so install that where",
        ),
    ],
)
def test_a_name_of_which_there_is_nothing_says_what_is_near(elsewhere: Path, words: list[str], message: str) -> None:
    (elsewhere / "shop.py").write_text(ORDER)
    (elsewhere / "needy.py").write_text("import nonesuch")
    for command in ("verify", "lint", "draw", "mutate"):
        assert message in refused(command, *words)


def test_every_command_takes_a_system_in_each_form_and_at_one_place(elsewhere: Path) -> None:
    (elsewhere / "lib" / "shop").mkdir(parents=True)
    (elsewhere / "lib" / "shop" / "__init__.py").write_text("")
    (elsewhere / "lib" / "shop" / "orders.py").write_text(ORDER + "class Orders:\n    build = staticmethod(order)\n")
    (elsewhere / "queue.py").write_text(ORDER)  # a module of Python's has the name
    for form in (
        "lib/shop/orders.py:order",
        "lib/shop/orders:Orders.build",
        "shop.orders:Orders.build",
        "queue.py:order",
    ):
        option = ["--attribute", "tries"]
        assert call("verify", form, *option).status == 1, form
        assert "it is not lost" in call("explain", form, "kept", *option).out, form
        assert call("lint", form, *option, "--strict").status == 1, form
        assert call("mutate", form, *option).status in (0, 1), form
        assert call("export", form, "--to", "json", *option).status == 0, form
        assert call("draw", form, *option, "--kind", "component", "--out", str(elsewhere / "out")).status == 0, form


def test_final_states_alone_are_a_claim(elsewhere: Path) -> None:
    (elsewhere / "lights.py").write_text(
        "from transitions import Machine\n"
        "def light():\n"
        "    rows = [['go', 'red', 'green'], ['break_down', 'red', 'dark']]\n"
        "    return Machine(states=['red', 'green', 'dark'], initial='red', transitions=rows)\n"
    )
    found = json.loads(call("verify", "lights:light", "--final", "green", "--json").out)["verdicts"]
    assert [(one["property"], one["verdict"]) for one in found] == [("can-end", "violated")]
    assert call("verify", "lights:light", "--final", "green", "--final", "dark").status == 0
    assert "has no state 'gren'; did you mean 'green'?" in refused("verify", "lights:light", "--final", "gren")
    assert "nothing is claimed of 'lights:light'" in refused("verify", "lights:light")


def test_only_what_a_module_makes_itself_is_listed(elsewhere: Path) -> None:
    (elsewhere / "shop.py").write_text(ORDER)
    assert refused("lint", "shop:nope") == "module 'shop' has no 'nope'; known are 'Order', 'order', 'CLAIMS'"
    assert refused("lint", "shop:Odrer") == "module 'shop' has no 'Odrer'; did you mean 'Order' or 'order'?"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no pyproject.toml in the current folder or above it; name a system as package.module:name"),
        ("[project]\n", "pyproject.toml has no section [tool.lifecheck], and none above it has; name a system"),
        ("tool = [", "pyproject.toml cannot be read: "),
        ("[tool.lifecheck]\nsystms = 'a:b'\n", "has an unknown key 'systms'; did you mean 'systems'?"),
        ("[tool.lifecheck]\nsystems = 'home:HOUSE'\n", "does not name its properties as 'package.module:name'"),
        (
            "[tool.lifecheck]\nsystems = 'home:HOUSE'\nproperties = 'home:CLAIMS'\nshown = ['hut']\n",
            "there is no variant 'hut'; known are 'HOUSE'",
        ),
    ],
)
def test_a_project_file_that_cannot_be_used_is_refused_with_the_reason(
    elsewhere: Path, content: str | None, message: str
) -> None:
    (elsewhere / "home.py").write_text(LAMP)
    if content is not None:
        (elsewhere / "pyproject.toml").write_text(content)
    assert message in refused("verify")


def test_an_existing_machine_is_checked_as_it_is_and_nothing_in_it_is_fair(elsewhere: Path) -> None:
    (elsewhere / "lamps.py").write_text(
        "from transitions import Machine\n"
        "from lifecheck import Claim, eventually, never\n"
        "def lamp():\n"
        "    return Machine(states=['off', 'on'], initial='off', transitions=[['switch', 'off', 'on']])\n"
        "LAMP = lamp()\n"
        "CLAIMS = [Claim('lit', 'it is lit in the end', eventually(lambda s: s.state == 'on'))]\n"
    )
    for name in ("lamp", "LAMP"):
        called = call("verify", f"lamps:{name}")
        assert called.status == 1
        assert "The run can stay here for ever" in called.out
        assert "Left out of 'lamp': the automatic to_off, to_on." in called.out


def test_models_factories_of_models_and_hierarchical_machines_are_checked_as_they_are(elsewhere: Path) -> None:
    (elsewhere / "nested.py").write_text(
        "from transitions.extensions import HierarchicalMachine\n"
        "from lifecheck import Claim, never\n"
        "class Lamp:\n"
        "    def __init__(self):\n"
        "        states = ['off', {'name': 'on', 'children': ['dim'], 'initial': 'dim'}]\n"
        "        rows = [['switch', 'off', 'on']]\n"
        "        HierarchicalMachine(self, states=states, initial='off', transitions=rows)\n"
        "LAMP = Lamp()\n"
        "CLAIMS = [Claim('dark', 'it stays dark', never(lambda s: s.state.within('on')))]\n"
    )
    for name in ("Lamp", "LAMP"):
        called = call("verify", f"nested:{name}")
        assert called.status == 1
        assert "lamp: off -> on_dim" in called.out
        assert "Left out of 'lamp': the automatic to_off, to_on, to_on_dim." in called.out


def test_an_interrupted_run_says_so_in_one_line(elsewhere: Path) -> None:
    (elsewhere / "slow.py").write_text("raise KeyboardInterrupt")
    called = call("verify", "slow:X")
    assert (called.status, called.err.strip()) == (130, "lifecheck: interrupted while loading")


def test_without_a_command_the_help_is_shown() -> None:
    called = call()
    assert called.status == 2
    assert "Commands:" in called.err

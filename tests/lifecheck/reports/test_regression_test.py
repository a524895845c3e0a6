"""A counterexample as a pytest file: it fails while the bug is there, passes once mended, and says what is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from transitions import Machine

from lifecheck import (
    Component,
    InputError,
    Property,
    Row,
    System,
    can_always_reach,
    check,
    component_of,
    compose,
    eventually,
    leads_to,
    never,
    regression_test,
    sometimes,
)
from lifecheck.checking import missing

ROOT = Path(__file__).parents[3]

BELL = """
from transitions import Machine

def bell():
    rows = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"], ["break_down", "quiet", "broken"]]
    rows += [["answer", "broken", "answered"]]
    return Machine(states=["quiet", "rung", "answered", "broken"], initial="quiet", transitions=rows)
"""
ANSWERED = leads_to("state == 'rung'", "state == 'answered'")
NEVER_RUNG = never("state == 'rung'")
CAN_ANSWER = can_always_reach("state == 'quiet'")


@pytest.fixture
def shop(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the module of a stranger, which can be imported while the test runs."""
    monkeypatch.syspath_prepend(elsewhere)
    (elsewhere / "strangers_bell.py").write_text(BELL)
    return elsewhere


def outcome(folder: Path, *files: str) -> str:
    """Run files by plain pytest in a process of its own, and return what it says in the end."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.stdout.splitlines()[-1]


def mend(folder: Path, old: str, new: str) -> None:
    module = folder / "strangers_bell.py"
    assert old in module.read_text()
    module.write_text(module.read_text().replace(old, new))


def written(folder: Path) -> None:
    """Write a test file for each kind of counterexample."""
    from strangers_bell import bell  # type: ignore[import-not-found]

    for name, asked in {"answered": ANSWERED, "rung": NEVER_RUNG, "quiet": CAN_ANSWER}.items():
        regression_test(check(bell, asked, fair=["ring", "answer"]), folder / f"test_{name}.py")


def test_each_file_fails_while_the_bug_is_there_and_passes_when_it_is_mended(shop: Path) -> None:
    written(shop)
    assert outcome(shop).startswith("3 failed")

    mend(shop, '["ring", "quiet", "rung"], ["give_up", "rung", "quiet"]', '["ring", "broken", "rung"], ["give_up"')
    mend(shop, '["give_up"', '["give_up", "rung", "answered"]')
    mend(shop, '["answer", "broken", "answered"]', '["answer", "broken", "quiet"]')
    assert outcome(shop).startswith("3 passed")


def test_a_loop_that_a_fair_trigger_now_leads_out_of_is_mended(shop: Path) -> None:
    written(shop)
    mend(shop, '["answer", "broken", "answered"]', '["answer", "*", "answered"]')
    assert outcome(shop, "test_answered.py").startswith("1 passed")


def test_a_trap_with_a_way_out_is_mended_although_the_run_still_happens(shop: Path) -> None:
    written(shop)
    mend(shop, '["answer", "broken", "answered"]', '["answer", "broken", "answered"], ["ring", "answered", "quiet"]')
    assert outcome(shop, "test_quiet.py").startswith("1 passed")


def test_a_run_that_stays_for_ever_is_mended_where_a_fair_trigger_leads_on(shop: Path) -> None:
    from strangers_bell import bell

    result = check(bell, eventually("state == 'answered'"), fair=["answer"])
    assert result.evidence is not None
    assert result.evidence.loop == ()
    regression_test(result, shop / "test_stays.py")
    assert outcome(shop).startswith("1 failed")
    mend(shop, '["answer", "broken", "answered"]', '["answer", "quiet", "answered"]')
    assert outcome(shop).startswith("1 passed")


def test_a_renamed_trigger_or_state_is_no_mend_and_the_test_says_what_is_gone(shop: Path) -> None:
    written(shop)
    mend(shop, "break_down", "fall_silent")
    mend(shop, '"rung"', '"rang"')
    assert outcome(shop, "test_answered.py", "test_quiet.py").startswith("2 skipped")


def test_the_file_is_the_same_every_time_and_formatted(shop: Path) -> None:
    from strangers_bell import bell

    first, second = (regression_test(check(bell, ANSWERED, fair=["ring"])) for _ in range(2))
    assert first == second
    (shop / "test_it.py").write_text(first)
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "--isolated", "--line-length=120", "test_it.py"],
        cwd=shop,
        check=True,
    )
    assert 'SYSTEM = compose(\n    {"machine": bell},\n    name="machine",\n    fair=["ring"],\n)' in first
    assert '    ("ring", {"machine": "rung"}),\n' in first
    assert "# fair: what is taken in the end" in first
    assert "# fair:" not in regression_test(check(bell, NEVER_RUNG))


def test_machines_that_share_triggers_are_composed_again(shop: Path) -> None:
    (shop / "strangers_door.py").write_text(
        BELL.replace("def bell", "def bell() -> Machine:\n    return door()\n\ndef door")
    )
    from strangers_bell import bell
    from strangers_door import bell as door  # type: ignore[import-not-found]

    together = compose(
        {"bell": bell, "door": door},
        shared=["ring", "give_up", "break_down", "answer"],
        fair=["ring"],
        strong={"answer": 'they "say" so'},
    )
    text = regression_test(check(together, leads_to("bell == 'rung'", "door == 'answered'")), shop / "test_both.py")
    assert "import strangers_bell\nimport strangers_door\n" in text  # both functions are called bell
    assert outcome(shop).startswith("1 failed")


def test_attributes_and_alphabets_are_declared_again(shop: Path) -> None:
    (shop / "strangers_job.py").write_text(
        """
from transitions import Machine

class Job:
    tries = 0
    def count(self):
        self.tries = 1

def job():
    rows = [{"trigger": "try_it", "source": "waiting", "dest": "=", "after": "count"}]
    return Machine(Job(), states=["waiting", "done"], initial="waiting", transitions=rows)
"""
    )
    from strangers_job import job  # type: ignore[import-not-found]

    system = compose(
        {"job": job}, attributes={"job": ["tries"]}, alphabets={"job": ["try_it", "finish"]}, fair=["finish"]
    )
    result = check(system, never("tries == 1"))
    text = regression_test(result, shop / "test_tries.py")
    assert '"job": "waiting(tries=1)"' in text
    assert 'alphabets={"job": ["try_it", "finish"]}' in text
    assert outcome(shop).startswith("1 failed")


def test_hostile_names_cannot_break_out_of_the_file(shop: Path) -> None:
    hostile = 'x"""\nimport os  # \\'
    part = Component("la\"mp'", ["off", hostile], "off", [Row(hostile, "off", hostile)], {hostile})
    (shop / "strangers_lamp.py").write_text(
        "from lifecheck import Component, Row, System\n"
        f"HOSTILE = {hostile!r}\n"
        """LAMP = Component("la\\"mp'", ["off", HOSTILE], "off", [Row(HOSTILE, "off", HOSTILE)], {HOSTILE})\n"""
        "SYSTEM = System(HOSTILE, [LAMP], meanings={HOSTILE: HOSTILE})\n"
    )
    system = System(hostile, [part], meanings={hostile: hostile})
    regression_test(
        check(system, never(lambda s: s["la\"mp'"] == hostile)),
        shop / "test_lamp.py",
        source="strangers_lamp:SYSTEM",
        title=hostile,
    )
    assert outcome(shop).startswith("1 failed")


def lamp() -> Machine:
    return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])


@pytest.mark.parametrize(
    ("factory", "message"),
    [
        (lambda: lamp(), "component 'machine': its factory is a lambda, which cannot be imported; define it by def"),
        (lamp(), "was not made by a function that a test file could import; give check a function"),
        (partial(lamp), "has no name to import; define it by def at the top of a module"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_the_reason(factory: object, message: str) -> None:
    with pytest.raises(InputError, match=r"^component 'machine'") as raised:
        regression_test(check(factory, never("state == 'on'")))
    assert message in str(raised.value)


def test_a_factory_inside_a_function_or_in_the_program_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def inner() -> Machine:
        return lamp()

    with pytest.raises(InputError, match=r"'test_a_factory.*<locals>.inner' is defined inside a function"):
        regression_test(check(inner, never("state == 'on'")))
    monkeypatch.setattr(lamp, "__module__", "__main__")
    with pytest.raises(InputError, match=r"is defined in the program that runs, .*; move it to a module that"):
        regression_test(check(lamp, never("state == 'on'")))
    monkeypatch.setattr(lamp, "__module__", "json")
    with pytest.raises(InputError, match="module 'json' has no 'lamp'"):
        regression_test(check(lamp, never("state == 'on'")))
    monkeypatch.setattr(lamp, "__qualname__", "loads")
    with pytest.raises(InputError, match=r"its factory is not what json\.loads is"):
        regression_test(check(lamp, never("state == 'on'")))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere", "'nowhere' is not of the form package.module:name"),
        ("no_such_module:x", "module 'no_such_module' cannot be imported: ModuleNotFoundError"),
        ("json:nothing", "module 'json' has no 'nothing'"),
        ("os:environ", "'os:environ' holds no variant 'patched' that a test file could import"),
    ],
)
def test_a_source_that_leads_nowhere_is_refused(source: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        regression_test(check(lamp, never("state == 'on'")), source=source, variant="patched")


@pytest.mark.parametrize("asked", [never("state == 'off' and state == 'on'"), sometimes("state not in ('off', 'on')")])
def test_where_there_is_no_run_to_replay_there_is_no_test(asked: Property) -> None:
    with pytest.raises(InputError, match="there is no run that a test could replay"):
        regression_test(check(lamp, asked))


def test_an_observer_made_of_rows_needs_a_system_to_import() -> None:
    counter = Component(
        "count", ["none", "once"], "none", [Row("switch", "none", "once"), Row("switch", "once", "=")], {"switch"}
    )
    system = System("lamp", [component_of(lamp, "lamp")], observers=[counter])
    with pytest.raises(InputError, match="component 'count' was not made by a function"):
        regression_test(check(system, never("count == 'once'")))


def test_a_file_that_cannot_be_written_leaves_nothing_behind(shop: Path) -> None:
    from strangers_bell import bell

    with pytest.raises(InputError, match=r"cannot write .*No such file or directory"):
        regression_test(check(bell, NEVER_RUNG), shop / "nowhere" / "test_it.py")
    (shop / "folder.py").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        regression_test(check(bell, NEVER_RUNG), shop / "folder.py")
    assert [path.name for path in shop.iterdir() if path.name.startswith(".")] == []


def test_a_component_that_is_not_there_any_more_is_named() -> None:
    system = System("lamp", [component_of(lamp, "lamp")])
    assert missing(system, {"lamp": "off", "count": "none"}, []) == "component 'count'"
    assert missing(system, {"lamp": "off"}, [("press", {})]) == "trigger 'press'"
    assert missing(system, {"lamp": "off"}, [("switch", {"lamp": "on"})]) is None


def test_observers_that_the_property_reads_are_composed_again(shop: Path) -> None:
    (shop / "strangers_count.py").write_text(
        """
from transitions import Machine

def count():
    rows = [["ring", "none", "once"], ["ring", "once", "again"], ["ring", "again", "="]]
    return Machine(states=["none", "once", "again"], initial="none", transitions=rows)
"""
    )
    from strangers_bell import bell
    from strangers_count import count  # type: ignore[import-not-found]

    machines = {"bell": bell, "count": count, "other": count}
    system = compose(machines, shared=["ring"], observers=["count", "other"])
    text = regression_test(check(system, never("count == 'again'")), shop / "test_count.py")
    assert 'observers=["count"]' in text
    assert "other" not in text
    assert outcome(shop).startswith("1 failed")

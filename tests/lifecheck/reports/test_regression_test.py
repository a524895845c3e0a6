"""A counterexample as a pytest file: it fails while the bug is there, passes once mended, and says what is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
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
    always,
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
from lifecheck.errors import ForeignFileError
from lifecheck.system import Arguments

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


def told(folder: Path, *files: str) -> str:
    """Run files by plain pytest in a process of its own, and return what it prints."""
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", *files]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "400"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def outcome(folder: Path, *files: str) -> str:
    """Run files like that, and return how it ends."""
    return told(folder, *files).splitlines()[-1]


def mend(folder: Path, old: str, new: str) -> None:
    module = folder / "strangers_bell.py"
    assert old in module.read_text()
    module.write_text(module.read_text().replace(old, new))


def written(folder: Path) -> None:
    """Write a test file for each kind of counterexample."""
    from strangers_bell import bell  # type: ignore[import-not-found]

    for name, asked in {"answered": ANSWERED, "rung": NEVER_RUNG, "quiet": CAN_ANSWER}.items():
        regression_test(check(bell, asked, fair=["ring", "answer"]), folder / f"test_{name}.py")


def test_each_file_fails_with_the_story_while_the_bug_is_there(shop: Path) -> None:
    written(shop)
    said = told(shop)
    assert said.splitlines()[-1].startswith("3 failed")
    assert said.count("violated, by the recorded run:") == 3
    assert "   1. ring\n" in said
    assert "   bell: quiet -> rung\n" in said
    assert "lifecheck/checking" not in said  # the story, and not how it was found


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("answered", '["give_up", "rung", "quiet"]', '["give_up", "rung", "answered"], ["answer", "rung", "answered"]'),
        ("rung", '["ring", "quiet", "rung"]', '["ring", "quiet", "="]'),
        (
            "quiet",
            '["answer", "broken", "answered"]',
            '["answer", "broken", "answered"], ["ring", "answered", "quiet"]',
        ),
    ],
)
def test_each_file_passes_when_it_is_mended(shop: Path, name: str, old: str, new: str) -> None:
    written(shop)
    mend(shop, old, new)
    assert outcome(shop, f"test_{name}.py").startswith("1 passed")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("answered", '["answer", "broken", "answered"]', '["answer", "rung", "quiet"]'),
        ("rung", '["ring", "quiet", "rung"]', '["ring", "broken", "rung"]'),
        ("quiet", '["break_down", "quiet", "broken"]', '["break_down", "rung", "broken"]'),
    ],
)
@pytest.mark.long
def test_a_bug_that_comes_back_by_another_run_fails(shop: Path, name: str, old: str, new: str) -> None:
    written(shop)
    mend(shop, old, new)
    said = told(shop, f"test_{name}.py")
    assert said.splitlines()[-1].startswith("1 failed")
    assert "violated, by another run than the recorded:" in said


@pytest.mark.long
def test_a_run_that_stays_for_ever_is_mended_where_fair_triggers_lead_on(shop: Path) -> None:
    from strangers_bell import bell

    result = check(bell, eventually("state == 'answered'"), fair=["answer"])
    assert result.evidence is not None
    assert result.evidence.loop == ()
    regression_test(result, shop / "test_stays.py")
    assert outcome(shop).startswith("1 failed")
    mend(shop, '["answer", "broken", "answered"]', '["answer", "quiet", "answered"]')
    assert "violated, by another run than the recorded:" in told(shop)  # it rings and gives up for ever
    mend(shop, '["answer", "quiet", "answered"]', '["answer", "*", "answered"]')
    assert outcome(shop).startswith("1 passed")


def test_a_mend_that_removes_a_trigger_of_the_run_is_skipped_with_the_reason(shop: Path) -> None:
    from strangers_bell import bell

    regression_test(check(bell, ANSWERED, fair=["ring", "give_up", "answer"]), shop / "test_answered.py")
    mend(shop, '["give_up", "rung", "quiet"], ', '["answer", "rung", "answered"], ')
    said = told(shop)
    assert said.splitlines()[-1].startswith("1 skipped")
    assert "there is no trigger 'give_up' any more, and leads_to(state == 'rung', state == 'answered') holds" in said


@pytest.mark.long
def test_a_trigger_that_is_gone_while_the_bug_is_not_fails(shop: Path) -> None:
    from strangers_bell import bell

    regression_test(check(bell, ANSWERED, fair=["ring", "give_up"]), shop / "test_answered.py")
    mend(shop, "give_up", "hang_up")
    said = told(shop)
    assert said.splitlines()[-1].startswith("1 failed")
    assert "by another run than the recorded (there is no trigger 'give_up' any more):" in said


@pytest.mark.long
def test_a_state_that_the_property_names_is_gone_and_the_reason_says_so(shop: Path) -> None:
    written(shop)
    mend(shop, '"rung"', '"rang"')
    said = told(shop, "test_answered.py", "test_rung.py")
    assert said.splitlines()[-1].startswith("2 skipped")
    assert "there is no state 'rung' of 'bell' any more, and never(state == 'rung') cannot be asked: predicate" in said


@pytest.mark.long
def test_a_property_that_says_nothing_any_more_is_skipped(shop: Path) -> None:
    written(shop)
    mend(shop, '["ring", "quiet", "rung"]', '["ring", "quiet", "="]')
    said = told(shop, "test_answered.py")
    assert said.splitlines()[-1].startswith("1 skipped")
    assert "leads_to(state == 'rung', state == 'answered') is vacuous: what it is about never happens any more" in said


PREDICATES = """
def is_rung(state):
    return state.state == "rung"

def is_answered(state):
    return state.state == "answered"
"""


def test_predicates_that_are_functions_of_a_module_are_imported(shop: Path) -> None:
    (shop / "strangers_words.py").write_text(PREDICATES)
    from strangers_bell import bell
    from strangers_words import is_answered, is_rung  # type: ignore[import-not-found]

    text = regression_test(check(bell, leads_to(is_rung, is_answered)), shop / "test_it.py")
    assert "from strangers_words import is_answered, is_rung\n" in text
    assert "PROPERTY = leads_to(is_rung, is_answered)\n" in text
    assert outcome(shop).startswith("1 failed")


def test_a_given_of_always_and_long_predicates_are_written_and_formatted(shop: Path) -> None:
    from strangers_bell import bell

    long = "state == 'quiet' or state == 'rung' and not (state == 'answered' or state == 'broken' or state == 'quiet')"
    text = regression_test(check(bell, always(f"not ({long})", given=long)), shop / "test_it.py")
    assert f'PROPERTY = always(\n    "not ({long})",\n    given="{long}",\n)' in text
    command = [sys.executable, "-m", "ruff", "format", "--check", "--isolated", "--line-length=130", "test_it.py"]
    subprocess.run(command, cwd=shop, check=True)
    assert outcome(shop).startswith("1 failed")


CLAIMS = """
from lifecheck import Claim, never

CLAIMS = [Claim("not-rung", "it does not ring", never(lambda s: s.state == "rung"))]
"""


def test_a_lambda_comes_with_the_claim_of_its_table(shop: Path) -> None:
    (shop / "strangers_claims.py").write_text(CLAIMS)
    from strangers_bell import bell
    from strangers_claims import CLAIMS as TABLE  # type: ignore[import-not-found]

    (claim,) = TABLE
    text = regression_test(check(bell, claim.asked), shop, claim=claim, claims="strangers_claims:CLAIMS")
    assert text.splitlines()[0] == '"""A counterexample as a regression test, written by lifecheck: it does not ring.'
    assert "\nThe property is that of the claim 'not-rung' of strangers_claims:CLAIMS.\n" in text
    assert "def test_not_rung() -> None:\n" in text
    assert 'claim_named(CLAIMS, "not-rung").asked,\n' in text
    assert outcome(shop, "test_not_rung.py").startswith("1 failed")
    mend(shop, '["ring", "quiet", "rung"]', '["ring", "broken", "rung"]')
    assert "violated, by another run" in told(shop, "test_not_rung.py")
    other = check(bell, never(lambda s: s.state == "broken"))
    with pytest.raises(InputError, match="claim 'not-rung' of 'strangers_claims:CLAIMS' asks something else than"):
        regression_test(other, claim=claim, claims="strangers_claims:CLAIMS")


@pytest.mark.long
def test_a_lambda_without_a_claim_is_replayed_alone_and_the_file_says_so(shop: Path) -> None:
    from strangers_bell import bell

    asked = {
        "rung": never(lambda s: s.state == "rung"),
        "answered": leads_to(lambda s: s.state == "rung", lambda s: s.state == "answered"),
        "quiet": can_always_reach(lambda s: s.state == "quiet"),
    }
    for name, one in asked.items():
        text = regression_test(check(bell, one, fair=["ring", "answer"]), shop / f"test_{name}.py")
        assert "\nIt replays the run only: predicate lambda s: " in text
        assert (
            "is a lambda, which cannot be imported; define it by def at the top of a module, or write it as text"
            in text
        )
    said = told(shop)
    assert said.splitlines()[-1].startswith("3 failed")
    assert "the recorded run still happens: The run can stay here for ever: no fair trigger is possible." in said
    assert "the recorded run still happens, and no system trigger leads out of where it is caught" in said

    mend(shop, '["answer", "broken", "answered"]', '["answer", "*", "answered"], ["ring", "answered", "quiet"]')
    assert outcome(shop, "test_answered.py", "test_quiet.py").startswith("2 passed")
    mend(shop, '"ring"', '"call"')
    assert outcome(shop, "test_answered.py", "test_rung.py").startswith("2 skipped")


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
    assert 'SYSTEM = RecordedSystem(\n    {"bell": bell},\n    name="bell",\n    fair=["ring"],\n)' in first
    assert '            ("ring", {"bell": "rung"}),\n' in first
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
    with pytest.raises(InputError, match=r"^component '(machine|lamp)'") as raised:
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
    (shop / "test_never_state_rung.py").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        regression_test(check(bell, NEVER_RUNG), shop)
    assert [path.name for path in shop.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_lifecheck_wrote_is_replaced_and_any_other_is_not(shop: Path) -> None:
    from strangers_bell import bell

    place = shop / "test_it.py"
    regression_test(check(bell, NEVER_RUNG), place)
    regression_test(check(bell, ANSWERED), place)
    assert "leads_to" in place.read_text()
    place.write_text("def test_it() -> None: ...\n")
    with pytest.raises(ForeignFileError, match="lifecheck did not write it; choose another name"):
        regression_test(check(bell, NEVER_RUNG), place)
    assert place.read_text() == "def test_it() -> None: ...\n"
    regression_test(check(bell, NEVER_RUNG), place, force=True)
    assert "never" in place.read_text()


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


def test_a_test_of_triggers_with_arguments_fires_them_again(shop: Path) -> None:
    (shop / "strangers_order.py").write_text(
        "from transitions import Machine\n\n\n"
        "class Order:\n"
        "    def __init__(self):\n"
        '        row = {"trigger": "pay", "source": "open", "dest": "paid", "conditions": "is_enough"}\n'
        '        rows = [row, ["wait", "open", "="]]\n'
        '        Machine(self, states=["open", "paid"], initial="open", transitions=rows, auto_transitions=False)\n\n'
        '    def is_enough(self, amount, by="card"):\n'
        '        return amount >= 5 and by == "card"\n'
    )
    from strangers_order import Order

    choices = [(5,), {"amount": 7}, Arguments((0,), {"by": "cash"})]
    result = check(Order, eventually("order == 'paid'"), arguments={"pay": choices}, fair=["wait"])
    text = regression_test(result, shop / "test_paid.py")
    assert "arguments={\"order\": {\"pay\": [(5,), {'amount': 7}, Arguments((0,), {'by': 'cash'})]}}" in text
    assert outcome(shop, "test_paid.py").startswith("1 failed")
    (shop / "test_paid.py").write_text(text.replace('fair=["wait"]', 'fair=["pay(5)"]'))
    assert outcome(shop, "test_paid.py").startswith("1 passed")
    result = check(Order, eventually("order == 'paid'"), arguments={"pay": [(Fraction(9),)]})
    with pytest.raises(
        InputError, match=r"component 'order': pay\(.*which cannot be written into a file; fire it with"
    ):
        regression_test(result)

"""Nothing that went wrong looks like a success or like a finding: each is one line and a status of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lifecheck import Claim, ComponentError, InputError, PredicateError, check, never, verify
from lifecheck.machines import component_of
from lifecheck.system import Component, Row, System
from tests.interrupts import on_interrupt
from tests.lifecheck.cli.cli import ROOT, call
from tests.lifecheck.cli.test_bad_input import refused

DOOR = """
import atexit, os, subprocess, sys
from transitions import Machine
from lifecheck import Claim, never
print("importing")
atexit.register(print, "at exit")
class Door:
    def __init__(self):
        print("making")
        rows = [{"trigger": "push", "source": "shut", "dest": "open", "conditions": "asked", "after": "pushed"},
                ["pull", "open", "shut"]]
        self.machine = Machine(self, states=["shut", "open"], initial="shut", transitions=rows, auto_transitions=False)
    def asked(self):
        print("asked")
        return True
    def pushed(self):
        print("pushed", file=sys.__stdout__, flush=True)
        os.write(1, b"written\\n")
        subprocess.run(["echo", "said"], check=True)
def door(): return Door()
def seen(state):
    print("seen")
    return state.state == "open"
CLAIMS = [Claim("shut", "it stays shut", never(seen))]
"""
PRINTED = {"importing", "making", "asked", "pushed", "written", "said", "seen", "at exit"}


def run(folder: Path, *words: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """Run ``python -m lifecheck`` as a program."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.run(program(*words), cwd=folder, env=environment(), text=True, check=False, **pipes)  # type: ignore[call-overload,no-any-return]


def program(*words: str) -> list[str]:
    return [sys.executable, "-B", "-m", "lifecheck", *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def doors(tmp_path: Path) -> Path:
    (tmp_path / "doors.py").write_text(DOOR)
    return tmp_path


EXITS = {
    "sys.exit()": "SystemExit",
    "sys.exit(0)": "SystemExit: 0",
    "sys.exit(1)": "SystemExit: 1",
    "sys.exit(130)": "SystemExit: 130",
    "sys.exit('over')": "SystemExit: over",
    "raise SystemExit": "SystemExit",
    "import click; click.get_current_context().exit(0)": "Exit: 0",
    "import click; raise click.Abort": "Abort: ",
    "input()": "EOFError: ",
}


@pytest.mark.parametrize("code", EXITS)
def test_a_module_that_exits_at_import_is_one_line_and_status_2(elsewhere: Path, code: str) -> None:
    (elsewhere / "gone.py").write_text(f"import sys\n{code}\n")
    for words in (["verify", "gone:X"], ["lint", "gone:X"], ["export", "gone:X", "--to", "json"], ["draw", "gone:X"]):
        assert refused(*words).startswith(f"module 'gone' cannot be imported: {EXITS[code]}".strip())


def test_an_exit_where_a_module_makes_a_name_only_when_asked_is_one_line_and_status_2(elsewhere: Path) -> None:
    (elsewhere / "late.py").write_text("import sys\ndef __getattr__(name): sys.exit(0)\n")
    assert refused("verify", "late:door") == "late:door cannot be had: SystemExit: 0"


EXITING = """
import sys
from transitions import Machine
from lifecheck import Claim, Component, Row, System, never
ROWS = [dict(trigger="push", source="shut", dest="open", {callback})]
class Door:
    def __init__(self):
        self.machine = Machine(self, states=["shut", "open"], initial="shut", transitions=ROWS)
    def leave(self): sys.exit({code})
    @property
    def width(self): sys.exit({code})
def door():
    {factory}
    return Door()
class Leaving:
    def __init__(self): sys.exit({code})
MODEL = Component("door", ["shut", "open"], "shut", [Row("push", "shut", "open")], {{"push"}}, model=Leaving)
CLAIMS = [Claim("shut", "it stays shut", never({predicate}))]
"""
QUIET = {"callback": "", "factory": "", "predicate": "lambda s: s.state == 'open'", "code": "0"}
EXITING_PARTS = {
    "factory": ({"factory": "sys.exit({code})"}, "component 'door': its factory raised SystemExit: {code}"),
    "condition": ({"callback": "conditions='leave'"}, "trigger 'push' in state 'shut': SystemExit: {code}"),
    "prepare": ({"callback": "prepare='leave'"}, "trigger 'push' in state 'shut': SystemExit: {code}"),
    "before": ({"callback": "before='leave'"}, "trigger 'push' in state 'shut': SystemExit: {code}"),
    "after": ({"callback": "after='leave'"}, "SystemExit: {code}; it is left in state 'open'"),
    "predicate": ({"predicate": "lambda s: sys.exit({code})"}, "raised SystemExit: {code}, in "),
    "attribute": ({}, "component 'door': reading attribute 'width' raised SystemExit: {code}"),
    "model": ({}, "component 'door': its model raised SystemExit: {code}"),
}


@pytest.mark.parametrize("code", ["0", "1", "2"])
@pytest.mark.parametrize("part", EXITING_PARTS)
def test_what_exits_while_it_is_checked_is_one_line_and_status_2(elsewhere: Path, part: str, code: str) -> None:
    changed, message = EXITING_PARTS[part]
    parts = QUIET | {name: text.format(code=code) for name, text in changed.items()} | {"code": code}
    (elsewhere / "leaving.py").write_text(EXITING.format(**parts))
    subject = "leaving:MODEL" if part == "model" else "leaving:door"
    option = ["--attribute", "width"] if part == "attribute" else []
    assert message.format(code=code) in refused("verify", subject, *option)


def test_in_the_library_what_exits_is_an_error_of_its_kind() -> None:
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    with pytest.raises(PredicateError, match=r"predicate exit raised SystemExit: .*, in "):
        check(lamp, never(sys.exit))
    with pytest.raises(ComponentError, match=r"component 'lamp': its factory raised SystemExit: 4"):
        component_of(lambda: sys.exit(4), "lamp")


def test_switches_whose_setting_exits_or_fails_are_one_line_and_status_2(elsewhere: Path) -> None:
    (elsewhere / "pyproject.toml").write_text(
        '[tool.lifecheck]\nsystems = "house:HOUSE"\nproperties = "house:CLAIMS"\nconfigure = "house:configure"\n'
    )
    (elsewhere / "house.py").write_text(
        "import sys\n"
        "from lifecheck import Claim, Component, Row, System, never\n"
        "HOUSE = System('house', [Component('lamp', ['off', 'on'], 'off', [Row('switch', 'off', 'on')], {'switch'})])\n"
        "CLAIMS = [Claim('dark', 'it stays dark', never(lambda s: s.lamp == 'on'))]\n"
        "def configure(settings): return sys.exit(0) if settings['a'] == 'leave' else settings['b']\n"
    )
    told = "variant 'HOUSE': what sets its switches raised"
    assert refused("verify", "--set", "a=leave") == f"{told} SystemExit: 0"
    assert refused("verify", "--set", "a=fail") == f"{told} KeyError: 'b'"


def test_two_claims_of_one_name_are_one_line_and_status_2(elsewhere: Path) -> None:
    (elsewhere / "house.py").write_text(
        "from lifecheck import Claim, Component, Row, never\n"
        "LAMP = Component('lamp', ['off', 'on'], 'off', [Row('switch', 'off', 'on')], {'switch'})\n"
        "ONE = Claim('dark', 'it stays dark', never(lambda s: s.lamp == 'on'))\n"
        "CLAIMS = [ONE, Claim('dark', 'it is never off', never(lambda s: s.lamp == 'off'))]\n"
        "TWICE = [ONE, ONE]\n"
    )
    assert refused("verify", "house:LAMP") == (
        "'house:CLAIMS': two claims are called 'dark' (it stays dark; it is never off); rename one"
    )
    assert refused("verify", "house:LAMP", "--properties", "house:TWICE") == (
        "'house:TWICE': claim 'dark' is listed twice; leave one of them out"
    )


def test_in_the_library_two_claims_of_one_name_are_an_error() -> None:
    lamp = System("lamp", [Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})])
    claims = [Claim("dark", words, never("lamp == 'on'")) for words in ("it stays dark", "nobody switches")]
    with pytest.raises(InputError, match=r"two claims are called 'dark' \(it stays dark; nobody switches\)"):
        verify({"lamp": lamp}, claims)


@pytest.mark.usefixtures("in_the_checkout")
def test_a_property_that_is_asked_for_twice_is_checked_once() -> None:
    asked = ("verify", "--variant", "patched", "--json", "--property", "can-drain")
    assert call(*asked, "--property", "can-drain").out == call(*asked).out


@pytest.mark.usefixtures("in_the_checkout")
def test_two_forms_of_one_answer_are_one_line_and_status_2() -> None:
    for words in (["--json", "--markdown"], ["--markdown", "--json"]):
        assert refused("verify", *words) == "--json and --markdown are two forms of one answer; leave one of them out"


def test_an_ignored_name_that_nothing_has_is_one_line_and_status_2(elsewhere: Path) -> None:
    (elsewhere / "leaving.py").write_text(EXITING.format(**QUIET))
    assert "ignored names 'lgo', which neither its machine nor its model has in any state; known are 'machine'" in (
        refused("lint", "leaving:door", "--ignored", "lgo")
    )


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("never\nto be")

    monkeypatch.setattr("lifecheck.project.load_project", fail)


@pytest.mark.usefixtures("failing")
def test_a_failure_of_lifecheck_itself_is_one_line_and_status_3() -> None:
    called = call("verify")
    assert (called.status, called.out, called.err.count("\n")) == (3, "", 1)
    assert called.err.startswith("lifecheck: failed: ZeroDivisionError: never to be (test_silent_success.py, line ")
    assert called.err.endswith(", in fail); --traceback shows more\n")


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize("words", [["verify", "--traceback"], ["--traceback", "verify"]])
def test_where_a_failure_came_from_is_shown_if_asked_for(words: list[str]) -> None:
    called = call(*words)
    first, *_, last = called.err.splitlines()
    assert (called.status, called.out, first) == (3, "", "Traceback (most recent call last):")
    assert last.startswith("lifecheck: failed: ZeroDivisionError")
    assert "shows more" not in last


def test_where_an_error_of_the_reader_came_from_is_shown_if_asked_for(elsewhere: Path) -> None:
    (elsewhere / "broken.py").write_text("1 / 0")
    called = call("verify", "broken:X", "--traceback")
    assert called.status == 2
    assert f'File "{elsewhere / "broken.py"}", line 1' in called.err
    assert called.err.splitlines()[-1] == (
        "lifecheck: module 'broken' cannot be imported: ZeroDivisionError: division by zero (in line 1 of broken.py)"
    )


def test_a_failure_outside_of_any_command_is_one_line_and_status_3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["lifecheck.cli.main"], "COMMANDS", None)
    called = call("--help")
    assert (called.status, called.out, called.err.count("\n")) == (3, "", 1)
    assert called.err.startswith("lifecheck: failed: AttributeError: ")


def test_a_module_that_closes_standard_error_hides_no_status(tmp_path: Path) -> None:
    (tmp_path / "closing.py").write_text("import sys\nsys.stderr.close()\n1 / 0\n")
    called = run(tmp_path, "verify", "closing:X")
    assert (called.returncode, called.stdout) == (2, "")


def test_an_exit_that_nobody_foresaw_is_no_exit_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lifecheck.project.load_project", lambda *_, **__: sys.exit(0))
    called = call("verify")
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith("lifecheck: test_silent_success.py, line ")
    assert "exits (SystemExit: 0), and no answer is had" in called.err


@pytest.mark.parametrize("words", [["verify"], ["explain"], ["lint"], ["export", "--to", "json"]])
def test_what_machines_print_goes_to_standard_error(doors: Path, words: list[str]) -> None:
    named = ["shut"] if words[0] == "explain" else []
    form = [] if words[0] == "export" else ["--json"]
    called = run(doors, *words, "doors:door", *named, *form)
    assert called.returncode == (0 if words[0] == "export" else 1 if words[0] != "lint" else 0)
    assert isinstance(json.loads(called.stdout), dict)
    assert set(called.stderr.splitlines()) == PRINTED - ({"seen"} if words[0] == "lint" else set())


def test_what_machines_print_is_no_part_of_a_story(doors: Path) -> None:
    called = run(doors, "verify", "doors:door")
    assert PRINTED & set(called.stdout.splitlines()) == set()
    assert "door: shut -> open" in called.stdout


@pytest.mark.parametrize("words", [["verify", "doors:door"], ["verify", "--help"], ["--version"], ["--help"]])
def test_a_full_disk_is_one_line_and_status_3(doors: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        called = run(doors, *words, stdout=full)
    assert called.returncode == 3
    said = [line for line in called.stderr.splitlines() if line not in PRINTED]
    assert said == ["lifecheck: standard output cannot be written: No space left on device"]


def test_a_full_disk_under_standard_error_hides_no_status(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        assert run(tmp_path, "verify", "nowhere:X", stderr=full).returncode != 0


@pytest.mark.parametrize("words", ["verify doors:door", "--help"])
def test_a_closed_standard_output_is_one_line_and_status_3(doors: Path, words: str) -> None:
    command = f'"$0" -B -m lifecheck {words} >&-'
    called = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=doors, env=environment(), capture_output=True, text=True, check=False
    )
    said = [line for line in called.stderr.splitlines() if line not in PRINTED]
    assert (called.returncode, said) == (3, ["lifecheck: standard output cannot be written: it is closed"])


def test_a_closed_standard_error_changes_nothing(doors: Path) -> None:
    called = subprocess.run(
        ["sh", "-c", '"$0" -B -m lifecheck verify doors:door --json 2>&-', sys.executable],
        cwd=doors,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (called.returncode, called.stderr) == (1, "")
    assert json.loads(called.stdout)["system"] == "doors:door"


def test_a_reader_that_went_away_is_quiet_and_neither_success_nor_finding(doors: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        called = run(doors, "verify", "doors:door", stdout=writing)
    finally:
        os.close(writing)
    assert called.returncode == 141
    assert set(called.stderr.splitlines()) == PRINTED


FILE = "doors.py"  # a folder that not even root may write to: it is a file


@pytest.mark.parametrize("place", [f"{FILE}/out.json", "/proc/out.json", "none/out.json", "/dev/full", "/", "."])
def test_an_export_that_cannot_be_written_is_one_line_and_status_2(elsewhere: Path, place: str) -> None:
    (elsewhere / FILE).write_text(EXITING.format(**QUIET))
    assert refused("export", "doors:door", "--to", "json", "--out", place).startswith(f"cannot write {place!r}: ")
    assert {path.name for path in elsewhere.iterdir()} == {FILE}
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("place", ["-", "/dev/stdout"])
def test_standard_output_is_no_place_to_name(elsewhere: Path, place: str) -> None:
    (elsewhere / FILE).write_text(EXITING.format(**QUIET))
    for words in (["export", "doors:door", "--to", "json"], ["draw", "doors:door"]):
        assert f"{place} is standard output; name a place, or leave the option out" in refused(*words, "--out", place)


@pytest.mark.parametrize("place", [FILE, f"{FILE}/out", "/proc/out"])
def test_pictures_that_cannot_be_written_are_one_line_and_status_2(elsewhere: Path, place: str) -> None:
    (elsewhere / FILE).write_text(EXITING.format(**QUIET))
    said = refused("draw", "doors:door", "--kind", "lifecycle", "--out", place)
    assert said.startswith(f"cannot write diagrams to {place!r}: ")


def test_a_folder_that_is_gone_is_one_line_and_status_2(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = 'rmdir "$PWD" && exec "$0" -B -m lifecheck verify a:b'
    called = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=gone, env=environment(), capture_output=True, text=True, check=False
    )
    assert (called.returncode, called.stdout) == (2, "")
    assert called.stderr == "lifecheck: the current folder cannot be used: No such file or directory\n"


SLOW = "import time\nprint('importing', flush=True)\ntime.sleep(60)\n"


def test_an_interrupt_while_importing_is_one_line_and_status_130(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with (
        on_interrupt(),
        subprocess.Popen(program("verify", "slow:X"), cwd=tmp_path, env=environment(), text=True, **pipes) as process,
    ):
        assert process.stderr is not None
        assert process.stderr.readline() == "importing\n"
        process.send_signal(signal.SIGINT)
        told, said = process.communicate(timeout=60)
    assert (process.returncode, told, said) == (130, "", "lifecheck: interrupted while loading\n")


def test_an_interrupt_while_the_command_itself_is_imported_is_one_line_and_status_130(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'lifecheck.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from lifecheck.__main__ import main\n"
        "main()\n"
    )
    called = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert (called.returncode, called.stdout, called.stderr) == (130, "", "lifecheck: interrupted\n")


def test_where_interrupts_are_ignored_the_command_goes_on(doors: Path) -> None:
    with (doors / "doors.py").open("a") as file:
        file.write("import signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    with on_interrupt(signal.SIG_IGN):
        called = run(doors, "verify", "doors:door", "--json")
    assert (called.returncode, json.loads(called.stdout)["system"]) == (1, "doors:door")


def test_a_name_that_cannot_be_encoded_is_still_told(elsewhere: Path) -> None:
    called = run(elsewhere, "verify", os.fsdecode(b"a\xff:b"))
    assert called.returncode == 2
    assert called.stderr.startswith("lifecheck: ")
    assert called.stderr.count("\n") == 1

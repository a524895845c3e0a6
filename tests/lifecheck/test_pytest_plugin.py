"""The pytest plugin, in projects of its own: each claim is a test, the story is the failure, and it is opt-in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lifecheck.project.loading import load_project
from tests.cross_check import not_compared

ROOT = Path(__file__).parents[2]

pytest_plugins = ["pytester"]

PROJECT = """
[tool.lifecheck]
systems = "bells:SYSTEMS"
properties = "bells:CLAIMS"
[tool.pytest.ini_options]
addopts = ["--strict-markers", "--strict-config", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
"""
BELLS = """
from transitions import Machine
from lifecheck import Claim, Verdict, compose, leads_to, never, sometimes

def bell():
    rows = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"], ["answer", "rung", "answered"]]
    return Machine(states=["quiet", "rung", "answered"], initial="quiet", transitions=rows)

HEARD = {"answer": "somebody hears it in the end"}
SYSTEMS = {
    "alone": compose({"bell": bell}, fair=["ring"]),
    "heard": compose({"bell": bell}, fair=["ring"], strong=HEARD),
}
EXPECTED = {"alone": Verdict.VIOLATED, "heard": Verdict.HOLDS}
CLAIMS = [
    Claim("answered", "whoever rings is heard", leads_to("bell == 'rung'", "bell == 'answered'"), expected=EXPECTED),
    Claim("silent", "it never rings", never("bell == 'rung'")),
]
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyprojecttoml(PROJECT)
    pytester.makepyfile(bells=BELLS)
    pytester.makepyfile(test_ordinary="def test_ordinary(): pass")
    return pytester


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    """Run pytest inside this process with the plugin, and forget afterwards what it imported."""
    pytester.syspathinsert()
    return pytester.runpytest_inprocess(*words)


def change(project: pytest.Pytester, old: str, new: str) -> None:
    bells = project.path / "bells.py"
    assert old in bells.read_text()
    bells.write_text(bells.read_text().replace(old, new))


def test_without_the_option_nothing_is_added(project: pytest.Pytester) -> None:
    run(project).assert_outcomes(passed=1)


def test_each_claim_on_each_variant_is_a_test_and_its_story_the_failure(project: pytest.Pytester) -> None:
    result = run(project, "--lifecheck", "-v")
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines(["pyproject.toml::answered?alone? PASSED*", "pyproject.toml::answered?heard? PASSED*"])
    result.stdout.fnmatch_lines(
        ["it never rings: violated on alone", "  never(bell == 'rung')", "*  1. ring", "        bell: quiet -> rung"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*lifecheck/pytest_plugin.py*")


def test_a_surprising_pass_fails(project: pytest.Pytester) -> None:
    change(project, 'compose({"bell": bell}, fair=["ring"]),', 'compose({"bell": bell}, fair=["ring"], strong=HEARD),')
    result = run(project, "--lifecheck", "-k", "answered")
    result.assert_outcomes(passed=1, failed=1, deselected=3)
    result.stdout.fnmatch_lines(["whoever rings is heard: holds on alone, expected violated"])


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        (["-m", "lifecheck"], {"passed": 2, "failed": 2, "deselected": 1}),
        (["-m", "not lifecheck"], {"passed": 1, "deselected": 4}),
        (["test_ordinary.py"], {"passed": 3, "failed": 2}),
        (["."], {"passed": 3, "failed": 2}),
        (["pyproject.toml"], {"passed": 2, "failed": 2}),
        (["pyproject.toml::silent[alone]"], {"failed": 1}),
        (["test_ordinary.py", "pyproject.toml::answered[heard]"], {"passed": 2}),
    ],
)
def test_they_are_chosen_as_any_test(project: pytest.Pytester, words: list[str], outcomes: dict[str, int]) -> None:
    run(project, "--lifecheck", *words).assert_outcomes(**outcomes)


def test_junit_has_each_with_its_verdict_and_story(project: pytest.Pytester) -> None:
    run(project, "--lifecheck", "--junitxml=junit.xml", "-m", "lifecheck", "-o", "junit_family=xunit1")
    cases = {case.get("name"): case for case in ElementTree.parse(project.path / "junit.xml").iter("testcase")}
    assert list(cases) == ["answered[alone]", "answered[heard]", "silent[alone]", "silent[heard]"]
    verdicts = [case.find("properties/property[@name='verdict']").get("value") for case in cases.values()]  # type: ignore[union-attr]
    assert verdicts == ["violated", "holds", "violated", "violated"]
    assert "bell: quiet -> rung" in (cases["silent[alone]"].findtext("failure") or "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bells:SYSTEMS", "bells:SYSTEM", "lifecheck: module 'bells' has no 'SYSTEM'; did you mean 'SYSTEMS'?"),
        (
            'systems = "bells:SYSTEMS"',
            "",
            "lifecheck: [[]tool.lifecheck[]] in pyproject.toml does not name its systems *",
        ),
        ("tool.lifecheck", "tool.lifechek", "lifecheck: pyproject.toml has no section [[]tool.lifecheck[]], *"),
    ],
)
def test_a_project_that_cannot_be_used_is_told_in_one_line(
    project: pytest.Pytester, old: str, new: str, message: str
) -> None:
    project.makepyprojecttoml(PROJECT.replace(old, new))
    result = run(project, "--lifecheck", "pyproject.toml")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])
    result.stdout.no_fnmatch_line("*Traceback*")
    also = run(project, "--lifecheck")
    assert also.ret == pytest.ExitCode.USAGE_ERROR
    also.stderr.fnmatch_lines([f"ERROR: {message}"])
    assert "Traceback" not in also.stdout.str() + also.stderr.str()


def test_a_typo_in_a_predicate_fails_its_test_without_a_traceback(project: pytest.Pytester) -> None:
    change(project, """never("bell == 'rung'")""", """never("bell == 'rugn'")""")
    result = run(project, "--lifecheck", "-k", "silent and alone")
    result.assert_outcomes(failed=1, deselected=4)
    result.stdout.fnmatch_lines(
        ["predicate bell == 'rugn': component 'bell' has no state 'rugn'; did you mean 'rung'?"]
    )


def test_a_limit_and_an_error_of_the_plugin_itself_are_not_hidden(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
import importlib

checking = importlib.import_module("lifecheck.checking")
judge = checking.judge

def limited(variant, system, claim, limit):
    if variant == "heard":
        raise ZeroDivisionError("a mistake")
    return judge(variant, system, claim, limit=1)

checking.judge = limited
"""
    )
    result = project.runpytest_subprocess("--lifecheck", "-k", "silent")
    result.assert_outcomes(failed=2, deselected=3)
    result.stdout.fnmatch_lines(["it never rings: unknown on alone", "  the limit of 1 states was met: *"])
    result.stdout.fnmatch_lines(["*raise ZeroDivisionError*"])


COUNTER = """
from transitions import Machine

class Counter(Machine):
    def __init__(self):
        rows = [dict(trigger="go", source="on", dest="on", conditions="may", after="count"), ["stop", "on", "off"]]
        super().__init__(states=["on", "off"], initial="on", transitions=rows, auto_transitions=False)
        self.tries = 0

    def may(self):
        return self.tries < 3

    def count(self):
        self.tries += 1
"""


def test_what_the_command_takes_about_a_machine_the_plugin_takes(project: pytest.Pytester) -> None:
    project.makepyfile(counters=COUNTER)
    words = ["--lifecheck", "-m", "lifecheck", "--lifecheck-system=counters:Counter", "--lifecheck-final=off"]
    undeclared = run(project, *words)
    undeclared.assert_outcomes(failed=1, deselected=1)
    undeclared.stdout.fnmatch_lines(["*it changes 'tries', which is hidden state; write --lifecheck-attribute tries:*"])
    run(project, *words, "--lifecheck-attribute=tries").assert_outcomes(passed=1, deselected=1)
    either_way = run(project, *words, "--lifecheck-guards=either")  # a run may go on for ever, if the guard says so
    either_way.assert_outcomes(failed=1, deselected=1)
    either_way.stdout.fnmatch_lines(["a run can always end: counter off: unknown on Counter"])
    limited = run(project, *words, "--lifecheck-attribute=tries", "--lifecheck-limit=2")
    limited.assert_outcomes(failed=1, deselected=1)
    limited.stdout.fnmatch_lines(["a run can always end: counter off: unknown on Counter"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--lifecheck-final=off"], "--lifecheck-final says what --lifecheck tests; add --lifecheck"),
        (["--lifecheck", "--lifecheck-limit=0"], "--lifecheck-limit 0: write a number of states, at least 1"),
        (["--lifecheck", "--lifecheck-attribute=x"], "lifecheck: --lifecheck-attribute x is about a machine that *"),
        (["--lifecheck", "--lifecheck-set=a=b"], "lifecheck: 'bells:SYSTEMS' has no switches to set; *"),
    ],
)
def test_a_wrong_option_is_told_by_its_name(project: pytest.Pytester, words: list[str], message: str) -> None:
    result = run(project, *words)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {message}"])


@pytest.mark.long
def test_processes_of_xdist_share_them(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--lifecheck", "-n", "2", "-q")
    result.assert_outcomes(passed=3, failed=2)


def test_at_the_start_of_pytest_nothing_heavy_is_imported() -> None:
    program = "import sys, lifecheck.pytest_plugin; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {
        "networkx",
        "oxidd",
        "pygraphviz",
        "hypothesis",
        "rich",
        "click",
        "lifecheck.cli",
        "lifecheck.diagrams",
    }
    assert heavy & set(run.stdout.split()) == set()
    assert "lifecheck.pytest_plugin" in run.stdout.split()


@pytest.mark.long
def test_the_claims_of_this_project_are_tested_by_it_as_it_is_installed() -> None:
    words = ["--lifecheck", "-q", "-m", "lifecheck", "-n", "0", "-p", "no:cacheprovider", "tests/test_kb883522.py"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        env=not_compared(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    project = load_project(folder=ROOT)
    assert run.stdout.splitlines()[-1].startswith(f"{len(project.claims) * len(project.shown)} passed")

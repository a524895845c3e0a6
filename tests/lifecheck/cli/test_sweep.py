"""What the command ``sweep`` prints, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from lifecheck.errors import InputError
from lifecheck.sweeps import import_path
from tests.lifecheck.cli.cli import call
from tests.lifecheck.sweeps.shop import written

SMALL = ("--over", "expiry=off,on", "--over", "imf=off,on", "--over", "correction=none,report-success", "--jobs", "1")
TWO = ("--property", "can-drain", "--property", "deletes-again")


def test_it_counts_verdicts_and_says_where_each_property_fails() -> None:
    called = call("sweep", *SMALL, *TWO)
    assert called.status == 0
    assert "can-drain fails where\n  expiry off, imf on, correction none\n" in called.out
    assert "6 systems, 4 of them different, and 2 of 8 are none: they contradict themselves." in called.out


def test_json_is_an_object_a_line_and_ends_with_the_summary() -> None:
    called = call("sweep", *SMALL, *TWO, "--json")
    *answers, summary = map(json.loads, called.out.splitlines())
    assert [one["kind"] for one in answers] == ["answer"] * 8
    assert [bool(one["refused"]) for one in answers].count(True) == 2
    assert (summary["kind"], summary["complete"], summary["verdicts"]["can-drain"]["violated"]) == ("summary", True, 1)
    assert summary["fails"]["can-drain"] == {
        "exact": True,
        "where": [{"expiry": ["off"], "imf": ["on"], "correction": ["none"]}],
    }


def test_csv_has_a_column_for_each_switch_and_each_property() -> None:
    called = call("sweep", *SMALL, *TWO, "--csv")
    rows = list(csv.DictReader(io.StringIO(called.out)))
    assert [row["variant"] for row in rows if row["variant"]] == [
        "without-imf", "unpatched", "patched", "without-imf-expiry", "unpatched-expiry", "patched-expiry"
    ]  # fmt: skip
    assert {row["can-drain"] for row in rows} == {"holds", "violated", ""}


def test_a_page_shows_each_property_and_is_not_written_over_what_somebody_else_wrote(tmp_path: Path) -> None:
    page = tmp_path / "lattice.html"
    assert call("sweep", *SMALL, *TWO, "--page", str(page)).status == 0
    text = page.read_text()
    pictures = re.findall(r"<svg.*?</svg>", text)
    assert pictures
    for picture in pictures:  # each column says what it stands for, and no two the same
        columns = re.findall(r'rotate\(-90\)">([^<]+)<', picture)
        assert len(set(columns)) == len(columns) == len(set(re.findall(r'<rect x="(\d+)"', picture)))
    assert "violated in 1 of 6 settings: expiry off, imf on, correction none" in text
    assert text.count("<svg") == 2
    page.write_text("mine")
    called = call("sweep", *SMALL, *TWO, "--page", str(page))
    assert called.status == 2
    assert page.read_text() == "mine"


def test_the_settings_of_one_variant_are_a_lattice_too(tmp_path: Path) -> None:
    page = tmp_path / "lattice.html"
    words = ["--variant", "unpatched", "--over", "expiry=off,on", "--over", "imf=off,on", "--page", str(page)]
    called = call("sweep", *words, *TWO, "--jobs", "1")
    assert called.status == 0, called.err
    assert "can-drain fails where\n  expiry off, imf on\n" in called.out
    assert "violated in 1 of 4 settings" in page.read_text()
    called = call("sweep", *words, *TWO, "--jobs", "1", "--variant", "patched", "--force")
    assert (called.status, "--page shows settings of switches alone" in called.err) == (2, True)
    both = call("sweep", *words[:-2], *TWO, "--jobs", "1", "--variant", "patched")
    assert "can-drain" in both.out
    assert "fails where" not in both.out  # each has settings of its own, which are no points of one lattice


UNSAID = """
from lifecheck import Claim, Component, Row, System, never
from lifecheck.errors import InputError

def configured(settings):
    if "bulb" in settings:
        raise InputError("there is no bulb")
    row = Row("burn", "lit", "dark") if settings.get("burns") != "no" else Row("burn", "dark", "lit")
    return System("lamp", [Component("lamp", ["lit", "dark"], "lit", [row], {"burn"})])

SYSTEMS = {"plain": configured({}), "safe": configured({"burns": "no"})}
CLAIMS = [Claim("lit", "it stays lit", never("lamp == 'dark'"))]
"""


def test_what_would_be_another_system_or_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "unsaid.py").write_text(UNSAID)
    named = {"systems": "SYSTEMS", "properties": "CLAIMS", "configure": "configured"}
    lines = [f"{key} = 'unsaid:{name}'\n" for key, name in named.items()]
    (tmp_path / "pyproject.toml").write_text("[tool.lifecheck]\n" + "".join(lines))
    monkeypatch.chdir(tmp_path)
    called = call("sweep", "--variant", "safe", "--over", "size=1,2")  # it would burn
    assert called.status == 2
    assert "variant 'safe' does not say what it is set to" in called.err
    called = call("verify", "--variant", "safe", "--set", "size=1")
    assert (called.status, "variant 'safe' does not say what it is set to" in called.err) == (2, True)
    assert call("verify", "--variant", "plain", "--set", "size=1").status == 1  # it burns
    assert call("sweep", "--variant", "plain", "--over", "size=1,2", "--jobs", "1").status == 0
    called = call("sweep", "--over", "bulb=old,new", "--jobs", "1")
    told = "lifecheck: there is no system in all 2 settings; of the first: there is no bulb\n"
    assert (called.status, called.err) == (2, told)


def test_who_is_refused_is_told_how_many_systems_and_mutants_there_are_in_all() -> None:
    words = ["sweep", "--variant", "patched", "--variant", "unpatched", "--mutants", "1", "--limit"]
    wanted = re.search(r"--limit (\d+)", call(*words, "10").err)
    assert wanted is not None
    less = call(*words, str(int(wanted[1]) - 1))
    assert (less.status, f"with --limit {wanted[1]}" in less.err) == (2, True)


def test_status_says_how_far_a_store_is(tmp_path: Path) -> None:
    store = str(tmp_path / "verdicts")
    assert call("sweep", *SMALL, *TWO, "--store", store).status == 0
    called = call("sweep", "--status", "--store", store)
    assert called.status == 0
    assert "8 of 8" in called.out
    assert "ended" in called.out


def test_a_function_is_swept_over_its_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "counter.py").write_text(
        "from transitions import Machine\n"
        "from lifecheck import Claim, sometimes\n"
        "def counter(limit=2):\n"
        "    names = [str(n) for n in range(limit + 1)]\n"
        "    rows = [['count', one, other] for one, other in zip(names, names[1:])]\n"
        "    return Machine(states=names, initial='0', transitions=rows, auto_transitions=False)\n"
        "CLAIMS = [Claim('gets-far', 'it gets to two', sometimes(lambda s: str(s.counter) == '2'))]\n"
    )
    monkeypatch.chdir(tmp_path)
    called = call("sweep", "counter.py:counter", "--over", "limit=1..4", "--json", "--jobs", "1")
    assert called.status == 0, called.err
    *answers, summary = map(json.loads, called.out.splitlines())
    assert [one["verdicts"]["gets-far"] for one in answers] == ["violated", "holds", "holds", "holds"]
    assert [one["states"]["gets-far"] for one in answers] == [2, 3, 4, 5]
    assert summary["fails"]["gets-far"]["where"] == [{"limit": ["1"]}]


LAMP = """
from enum import Enum
from lifecheck import Claim, never
from transitions import Machine

class Bulb(Enum):
    OLD, NEW = 1, 2

def machine(burns=False, tries=2, *, bulb: "Bulb" = Bulb.OLD, **others):
    rows = [["burn", "lit", "dark"]] if burns and tries > 1 and bulb is Bulb.OLD and others.get("wet") != 1 else []
    model = type("Lamp", (), {"tries": tries})()
    Machine(model, states=["lit", "dark"], initial="lit", transitions=[["stay", "lit", "lit"], *rows],
            auto_transitions=False)
    return model

CLAIMS = [Claim("lit", "it stays lit", never("lamp == 'dark' and lamp.tries == 2"))]
"""


def test_a_parameter_is_what_is_written_and_nothing_that_counts_as_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bulbs.py").write_text(LAMP.replace("def machine", "def lamp"))
    (tmp_path / "pyproject.toml").write_text(
        '[tool.lifecheck]\nsystems = "bulbs:lamp"\nproperties = "bulbs:CLAIMS"\nattributes = ["tries"]\n'
    )
    monkeypatch.chdir(tmp_path)
    words = ("--over", "burns=true,False", "--over", "bulb=OLD,NEW", "--over", "wet=0,1", "--jobs", "1")
    called = call("sweep", *words)
    assert called.status == 0, called.err
    assert "lit fails where\n  burns true, bulb OLD, wet 0\n" in called.out
    for value, told in (
        ("burns=no", "parameter 'burns' cannot be 'no'; write True or False"),
        ("burns=0", "parameter 'burns' cannot be '0'; write True or False"),
        ("tries=two", "parameter 'tries' cannot be 'two', which is no number"),
        ("tries=True", "parameter 'tries' cannot be 'True', which is no number"),
        ("bulb=NEV", "parameter 'bulb' cannot be 'NEV'; did you mean 'NEW'?"),
    ):
        called = call("sweep", "--over", value)
        assert (called.status, called.err) == (2, f"lifecheck: {told}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--over", "expiry"], "--over expiry: write switch=a,b,c or limit=1..10"),
        (["--over", "expiry=off,"], "a value is empty"),
        (["--over", "expiry=off,off"], "'off' is there twice"),
        (["--over", "expiry=off", "--over", "expiry=on"], "'expiry' is there twice"),
        (["--over", "expiry=3..1"], "there is no number from 3 to 1"),
        (["--over", "expiry=maybe"], "switch 'expiry' cannot be 'maybe'"),
        (["--over", "exipry=on"], "there is no switch 'exipry'; did you mean 'expiry'?"),
        (["--over", "expiry=on", "--set", "expiry=off"], "switch 'expiry' is both set and gone over"),
        (["--all", "--limit", "10"], "the sweep is of 55,296 settings, and at most 10 are judged"),
        (["--mutants", "2", "--variant", "patched", "--limit", "10"], "mutants, and at most 10 are judged"),
        (["--set", "imf=on", "--set", "imf=off"], "switch 'imf' is set twice, to 'on' and to 'off'"),
        (["--dask", "http://127.0.0.1:1", "--over", "imf=on"], "this is no address; write tcp://host:8786"),
        (["--page", "page.html", "--over", "imf=on,off", "--mutants", "1"], "--page shows settings of switches alone"),
        (["--variant", "pached"], "there is no variant 'pached'; did you mean 'patched'"),
        (["--property", "can-drian"], "did you mean 'can-drain'?"),
        (["--json", "--csv"], "are two ways to print the same"),
        (["--jobs", "2", "--dask", "local:2"], "are two places to run"),
        (["--status"], "name it with --store"),
        (["--status", "--store", "no such store"], "there is no store 'no such store'"),
        (["--dask", "local:none", "--over", "imf=on"], "write local:4 for four processes"),
        (["--dask", "scheduler", "--over", "imf=on"], "this is no address; write tcp://host:8786"),
        (["--over", "expiry=1..3,2"], "'2' is there twice"),
        (
            ["--all", "--limit", "1000000", "--page", "no/such/folder/page.html"],
            "cannot write 'no/such/folder/page.html'",
        ),
        (["nowhere:nothing", "--over", "a=1"], "cannot be imported"),
        (["--page", "/tmp/page.html", "--variant", "patched", "--jobs", "1"], "--page shows settings of switches"),
    ],
)
def test_what_cannot_be_swept_is_told_in_one_line(words: list[str], told: str) -> None:
    called = call("sweep", *words)
    assert called.status == 2
    assert told in called.err
    assert len(called.err.splitlines()) == 1


def test_what_has_no_import_path_is_refused() -> None:
    def inner() -> None: ...

    for one in (inner, lambda: None, object()):
        with pytest.raises(InputError, match="cannot be imported by path"):
            import_path(one)


@pytest.mark.long
def test_hypothesis_finds_what_is_violated_with_most_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    words = ["--over", "gives_up=yes", "--property", "is-kept", "--seeds", "5", "--jobs", "1"]
    called = call("sweep", *words)
    assert called.status == 0, called.err
    assert "is-kept was found with 5 of 5 seeds" in called.out
    assert "a minimal example has 3 steps" in called.out  # tried twice, and given up
    called = call("sweep", "--over", "gives_up=no", "--property", "is-kept", "--seeds", "5", "--jobs", "1")
    assert called.status == 2
    assert "no requirement that a run refutes is" in called.err

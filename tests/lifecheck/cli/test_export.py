"""`lifecheck export`: a system for another checker, on standard output or in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lifecheck.cli.cli import call
from tests.lifecheck.cli.test_bad_input import refused

LAMP = """
from lifecheck import Claim, Component, Row, System, never
LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
HOUSE = System("house", [LAMP])
CLAIMS = [Claim("dark", "it stays dark", never(lambda s: s.lamp == "on"))]
"""

MACHINE = """
from transitions import Machine
def door():
    return Machine(states=["open", "shut"], initial="open", transitions=[["slam", "open", "shut"]])
"""


@pytest.mark.usefixtures("in_the_checkout")
def test_without_a_variant_the_first_shown_is_exported() -> None:
    called = call("export", "--to", "json")
    assert called.status == 0
    assert json.loads(called.out)["system"] == "KB883522, unpatched"


@pytest.mark.usefixtures("in_the_checkout")
def test_variant_property_and_settings_choose_what_is_exported() -> None:
    words = ["--variant", "patched", "--set", "acknowledgements=lost-again", "--property", "can-drain"]
    found = json.loads(call("export", "--to", "json", *words).out)
    assert found["settings"]["acknowledgements"] == "lost-again"
    assert [one["name"] for one in found["properties"]] == ["can-drain"]
    assert not any(part["observer"] for part in found["components"])


@pytest.mark.usefixtures("in_the_checkout")
def test_the_same_call_gives_the_same_bytes() -> None:
    for form in ("promela", "tla", "json"):
        first, second = (call("export", "--to", form, "--variant", "patched") for _ in range(2))
        assert first.status == 0
        assert first.out == second.out


@pytest.mark.usefixtures("in_the_checkout")
def test_a_file_holds_what_would_be_printed_and_a_module_is_called_as_its_file(tmp_path: Path) -> None:
    for form, name in (("promela", "any name.pml"), ("json", "x.json"), ("tla", "Queue.tla")):
        path = tmp_path / name
        called = call("export", "--to", form, "--out", str(path))
        beside = f"{path.with_suffix('.cfg')}\n" if form == "tla" else ""
        assert (called.status, called.out) == (0, f"{path}\n{beside}")
        printed = call("export", "--to", form).out
        if form != "tla":
            assert path.read_text() == printed
    module = (tmp_path / "Queue.tla").read_text()
    assert " MODULE Queue " in module
    assert "Queue.cfg" in module
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Queue.cfg", "Queue.tla", "any name.pml", "x.json"]
    assert "SPECIFICATION Spec\nINVARIANT TypeOK\n" in (tmp_path / "Queue.cfg").read_text()


def test_a_machine_without_claims_is_exported_as_it_is(elsewhere: Path) -> None:
    (elsewhere / "machines_without_claims.py").write_text(MACHINE)
    found = json.loads(call("export", "machines_without_claims:door", "--to", "json").out)
    assert found["properties"] == []
    assert [one["fairness"] for one in found["triggers"]] == [None]
    assert "never" not in call("export", "machines_without_claims:door", "--to", "promela").out


@pytest.mark.usefixtures("in_the_checkout")
def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    assert refused("export", "--to", "promella") == "there is no format 'promella'; did you mean 'promela'?"
    assert refused("export", "--to", "smv").startswith("there is no format 'smv'; known are 'promela', 'tla', 'json'")
    assert "--to" in refused("export")


@pytest.mark.usefixtures("in_the_checkout")
def test_unknown_variants_and_properties_are_refused() -> None:
    assert "there is no variant 'pached'; did you mean 'patched" in refused(
        "export", "--to", "tla", "--variant", "pached"
    )
    assert "there is no property 'drain'" in refused("export", "--to", "tla", "--property", "drain")


@pytest.mark.usefixtures("in_the_checkout")
def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "model.pml"
    message = refused("export", "--to", "promela", "--out", str(path))
    assert message == f"cannot write {str(path)!r}: No such file or directory"
    (tmp_path / "folder.pml").mkdir()
    assert "cannot write" in refused("export", "--to", "promela", "--out", str(tmp_path / "folder.pml"))
    assert [one.name for one in tmp_path.iterdir()] == ["folder.pml"]


@pytest.mark.usefixtures("in_the_checkout")
def test_a_file_that_cannot_be_a_module_is_refused(tmp_path: Path) -> None:
    for name in ("my-model.tla", "model.txt", "1.tla"):
        message = refused("export", "--to", "tla", "--out", str(tmp_path / name))
        assert "must be called as its file is; choose a name of letters, digits and underscores" in message


@pytest.mark.usefixtures("in_the_checkout")
def test_a_system_that_is_too_large_is_refused() -> None:
    message = refused("export", "--to", "promela", "--variant", "unpatched", "--limit", "5")
    assert message == (
        "system 'KB883522, unpatched' has more than 5 states, too many to write its predicates out; "
        "export a smaller one, or raise the limit"
    )

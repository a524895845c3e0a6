"""Whatever names a system has, every export of it is legal, and the names can still be recognised."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lifecheck import Component, Row, System, always
from lifecheck.export.description import describe
from lifecheck.export.export import export
from lifecheck.export.names import legal, plain
from lifecheck.export.promela import promela
from lifecheck.export.tla import tla
from tests import needs
from tests.lifecheck.export.agreement import agree_with_spin, own_verdicts
from tests.lifecheck.export.hostile import KEYWORDS, keywords_system, other_system, properties_of
from tests.lifecheck.export.tlc import Tlc, jar

SYSTEMS = pytest.mark.parametrize("system", [keywords_system(), other_system()], ids=["keywords", "other"])


@SYSTEMS
def test_spin_reads_the_model_and_agrees(system: System, tmp_path: Path) -> None:
    needs.program("spin")
    description, split = agree_with_spin(system, properties_of(system), tmp_path)
    assert description.states > 2
    assert split.total() == 2


@SYSTEMS
@pytest.mark.long
def test_tlc_reads_the_module_and_agrees(system: System, tmp_path: Path) -> None:
    jar()
    description = describe(system, properties_of(system))
    tlc = Tlc(description, tmp_path)
    assert tlc.count() == description.states
    question = description.questions[-1]
    assert tlc.verdict(question) is own_verdicts(system, description)[question.name]


@SYSTEMS
def test_json_keeps_every_name_as_it_is(system: System) -> None:
    found = json.loads(export(system, properties_of(system), to="json").encode())
    assert found["system"] == system.name
    assert [part["name"] for part in found["components"]] == [part.name for part in system.components]
    assert [one["name"] for one in found["triggers"]] == list(system.triggers)
    for part, component in zip(found["components"], system.components, strict=True):
        assert {state["name"] for state in part["states"]} <= set(component.states)
        assert set(part["alphabet"]) == component.alphabet


@SYSTEMS
def test_the_texts_are_ascii_and_tell_each_name_that_was_changed(system: System) -> None:
    description = describe(system, ())
    for text in (promela(description), tla(description)):
        assert not re.search(r"[^\n -~]", text)
        for trigger in description.possible:
            assert (trigger if legal(trigger, "trigger") == trigger else plain(repr(trigger))) in text


def test_names_that_become_alike_stay_apart() -> None:
    rows = [Row(trigger, "on", "off") for trigger in ("a b", "a-b", "a_b", "a  b")] + [Row("ä", "off", "on")]
    lamp = Component("a_b", ["on", "off"], "on", rows, {row.trigger for row in rows})
    text = export(System("lamp", [lamp]), {"a b": always(lambda s: s.a_b == "on")}, to="tla")
    defined = re.findall(r"^(\w+) ==", text, flags=re.MULTILINE)
    assert len(defined) == len(set(defined))
    assert {"a_b_trigger", "a_b_trigger_2", "a_b_trigger_3", "a_b_trigger_4", "a"} <= set(defined)


@pytest.mark.parametrize("name", KEYWORDS)
def test_a_legal_name_is_made_of_anything(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", legal(name, "state"))

"""musil counts the same states of exported systems, and gives the same verdicts, can_always_reach included."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from lifecheck import Verdict
from lifecheck.export.description import describe
from lifecheck.properties import Kind
from tests.cross_check import sized
from tests.lifecheck.export import musil_answers as musil
from tests.lifecheck.export.agreement import Split, own_verdicts, shown
from tests.lifecheck.random_systems import random_properties, random_systems

COUNT = sized(50, 100, 1_000)


def test_random_systems_are_counted_and_judged_alike() -> None:
    musil.python()  # skips without it
    random = Random(5)
    systems = list(random_systems(5, COUNT))
    asked = [
        {f"{one.kind} {at}": one for at, one in enumerate(random_properties(random, system))} for system in systems
    ]
    descriptions = [describe(system, properties) for system, properties in zip(systems, asked, strict=True)]
    split: Split = Counter()
    for system, description, answer in zip(systems, descriptions, musil.answers(descriptions), strict=True):
        own = own_verdicts(system, description)
        assert answer["states"] == description.states
        assert answer["verdicts"] == own, (system, description.questions)
        split.update((one.asked.kind, own[one.name]) for one in description.questions)
    print("\n" + shown(split))
    for kind in Kind:
        assert min(split[kind, Verdict.HOLDS], split[kind, Verdict.VIOLATED]) >= COUNT / 25, kind


def test_a_python_that_has_it_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def python(path: str, has_it: bool) -> str:
        program = tmp_path / path
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\nexit {int(not has_it)}\n")
        program.chmod(0o755)
        return str(program)

    pyenv = python("home/.pyenv/versions/3.12.1/bin/python", True)
    monkeypatch.delenv("MUSIL_PYTHON", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(musil.sys, "executable", python("none/python", False))
    monkeypatch.setattr(musil, "MADE", tmp_path / "made")
    assert musil.python.__wrapped__() == pyenv
    on_the_path = python("path/python3.13", True)
    assert musil.python.__wrapped__() == on_the_path
    monkeypatch.setattr(musil, "MADE", tmp_path / "made/python")
    assert musil.python.__wrapped__() == on_the_path
    made = python("made/python", True)
    assert musil.python.__wrapped__() == made


def test_a_python_without_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSIL_PYTHON", "false")
    with pytest.raises(ModuleNotFoundError, match="false, which MUSIL_PYTHON names, has no musil"):
        musil.python.__wrapped__()

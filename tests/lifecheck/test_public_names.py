"""Every public name is documented with an example that runs; pytest runs the examples as doctests."""

from __future__ import annotations

import doctest
import importlib
import inspect
from typing import Any

import pytest

import lifecheck
from docs.generate.reference import APART, first_sentence, names
from lifecheck import Claim, Run

MODULES = ("lifecheck", *APART)
NAMES = [(module, name) for module in MODULES for name in names(module)]
CONSTANTS = {("lifecheck.export", "EXPORT_LIMIT"), ("lifecheck.export", "FORMATS")}
FIRST = [Run.trigger, Run.replay, Run.state, Claim.is_met]
"""What a reader calls first on what they are given."""


def has_an_example(documented: Any) -> bool:
    examples = doctest.DocTestParser().get_examples(inspect.getdoc(documented) or "")
    return any(example.want for example in examples)


@pytest.mark.parametrize(("module", "name"), [one for one in NAMES if one not in CONSTANTS])
def test_a_public_name_is_documented_with_an_example_that_shows_something(module: str, name: str) -> None:
    value = getattr(importlib.import_module(module), name)
    assert has_an_example(value), f"the docstring of {module}.{name} has no example with an answer"
    inherited = [inspect.getdoc(base) for base in getattr(value, "__mro__", ())[1:]]
    assert inspect.getdoc(value) not in inherited


@pytest.mark.parametrize("method", FIRST, ids=lambda method: getattr(method, "__qualname__", "Run.state"))
def test_what_is_called_first_has_an_example_of_its_own(method: object) -> None:
    assert has_an_example(method)


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_the_reference_has_a_sentence_for_every_public_name(module: str, name: str) -> None:
    assert first_sentence(module, name).endswith(".")


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert sorted(lifecheck.__all__) == lifecheck.__all__
    assert all(getattr(lifecheck, name) is not None for name in lifecheck.__all__)
    assert len(lifecheck.__all__) <= 45, "a newcomer reads the list"

"""Every public name is documented with an example that runs; pytest runs the examples as doctests."""

from __future__ import annotations

import doctest
import inspect

import pytest

import lifecheck


@pytest.mark.parametrize("name", lifecheck.__all__)
def test_a_public_name_is_documented_with_an_example_that_shows_something(name: str) -> None:
    text = inspect.getdoc(getattr(lifecheck, name)) or ""
    examples = doctest.DocTestParser().get_examples(text)
    assert any(example.want for example in examples), f"the docstring of lifecheck.{name} has no example with an answer"
    inherited = [inspect.getdoc(base) for base in getattr(getattr(lifecheck, name), "__mro__", ())[1:]]
    assert text not in inherited


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert sorted(lifecheck.__all__) == lifecheck.__all__
    assert all(getattr(lifecheck, name) is not None for name in lifecheck.__all__)

"""Which systems of a project are asked about, and which switches can be set in them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lifecheck import Component, InputError, Row, System
from lifecheck.project import Project


def test_switches_are_not_set_in_a_variant_that_says_none_where_something_has_to_be_set() -> None:
    def configured(settings: Mapping[str, str]) -> System:
        if "bulb" not in settings:
            raise InputError("there is no bulb")
        return lamp

    lamp = System("lamp", [Component("lamp", ["lit", "dark"], "lit", [Row("burn", "lit", "dark")], {"burn"})])
    with pytest.raises(InputError, match="variant 'plain' does not say what it is set to"):
        Project("lamps", {"plain": lamp}, (), configured).chosen(["plain"], ["bulb=old"])

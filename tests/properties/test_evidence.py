"""Every step of the article has a carrier or is out of scope for a reason; every citation names a step."""

from __future__ import annotations

from dataclasses import fields

from model import VARIANTS, Configuration
from model.sources import place_in_article
from properties import CLAIMS
from properties.evidence import STEPS, rows_of


def test_every_step_has_a_carrier_or_a_reason_to_be_out_of_scope_and_never_both() -> None:
    for step in STEPS:
        carried = bool(rows_of(step.place) or step.switches or step.claims)
        assert carried is not bool(step.out_of_scope), step.place


def test_every_citation_of_the_article_names_a_step() -> None:
    places = {step.place for step in STEPS}
    for system in VARIANTS.values():
        for part in system.parts:
            for row in part.rows:
                assert place_in_article(row.reference) in {None, *places}, (part.name, row)


def test_every_behaviour_that_the_article_numbers_is_carried_by_a_row() -> None:
    for place in ("Cause, step 1", "Cause, step 2", "Cause, step 3", "Cause, step 4", "Cause, after step 4"):
        assert rows_of(place), place


def test_switches_and_properties_are_named_as_they_are_called() -> None:
    switches = {field.name for field in fields(Configuration)}
    names = {claim.name for claim in CLAIMS}
    for step in STEPS:
        assert set(step.switches) <= switches
        assert set(step.claims) <= names

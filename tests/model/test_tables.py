"""The tables of the mail model: sourced, explained, and different only where the variants differ."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lifecheck import Component, Row, Run, System, Verdict, check, explore, sometimes
from lifecheck.system.state import local_states
from model import PATCHED, UNPATCHED, VARIANTS, WITH_VSAPI_2_0, WITHOUT_IMF
from model.store import AS_SHIPPED, CORRECTION
from model.store import WITHOUT_IMF as ROW_WITHOUT_IMF
from model.triggers import ENVIRONMENT, MEANINGS


def rows_of(system: System) -> Iterator[tuple[Component, Row]]:
    for component in system.parts:
        for row in component.rows:
            yield component, row


@pytest.mark.parametrize("name", VARIANTS)
def test_every_row_has_a_source(name: str) -> None:
    for component, row in rows_of(VARIANTS[name]):
        standing, _, place = row.reference.partition(": ")
        assert standing in {"article", "documented", "assumption"}, (component.name, row)
        assert place, (component.name, row)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_trigger_has_one_sentence_and_every_sentence_a_trigger(name: str) -> None:
    assert VARIANTS[name].meanings.keys() == set(VARIANTS[name].triggers)
    assert all(meaning.endswith(".") and meaning.count(".") == 1 for meaning in MEANINGS.values())


def test_every_sentence_belongs_to_a_trigger_of_some_variant() -> None:
    assert {trigger for system in VARIANTS.values() for trigger in system.triggers} == set(MEANINGS)


def test_only_the_arrival_of_mail_and_faults_owe_nothing() -> None:
    for system in VARIANTS.values():
        assert system.environment == ENVIRONMENT & set(system.triggers)
        assert system.weakly_fair | system.strongly_fair == set(system.triggers) - ENVIRONMENT
    assert UNPATCHED.strongly_fair == frozenset()


@pytest.mark.parametrize(
    ("variant", "gone", "come"),
    [
        (PATCHED, {AS_SHIPPED}, {CORRECTION}),
        (WITHOUT_IMF, {AS_SHIPPED}, {ROW_WITHOUT_IMF}),
    ],
    ids=["patched", "without-imf"],
)
def test_a_variant_differs_from_the_shipped_system_by_one_row(variant: System, gone: set[Row], come: set[Row]) -> None:
    shipped, other = ({row for _, row in rows_of(system)} for system in (UNPATCHED, variant))
    assert (shipped - other, other - shipped) == (gone, come)


def test_no_variant_loses_a_trigger_from_an_alphabet_so_that_a_missing_row_blocks() -> None:
    shipped = {component.name: component.alphabet for component in UNPATCHED.components}
    for system in VARIANTS.values():
        for part in system.components:
            expected = shipped.get(part.name, frozenset())
            if any(other.name == "recipient" for other in system.components):
                expected -= {"deliver"}  # one trigger for each recipient stands in its place
            assert expected <= part.alphabet, (system.name, part.name)


def test_expiry_adds_the_age_of_the_entry_and_three_rows() -> None:
    for name in ("unpatched", "patched", "without-imf", "with-vsapi-2.0"):
        without, with_expiry = VARIANTS[name], VARIANTS[f"{name}-expiry"]
        added = {part.name for part in with_expiry.components} - {part.name for part in without.components}
        assert added == {"age"}
        rows = {row for part, row in rows_of(with_expiry) if part.name != "age"} - {row for _, row in rows_of(without)}
        assert sorted(row.trigger for row in rows) == ["expire", "grow_old", "grow_old"]


def test_version_2_0_of_the_interface_cannot_delete() -> None:
    assert check(WITH_VSAPI_2_0, sometimes(lambda s: s.store == "deleted")).verdict is Verdict.VIOLATED
    assert check(WITH_VSAPI_2_0, sometimes(lambda s: s.store == "replaced")).verdict is Verdict.HOLDS


def test_every_state_of_every_component_is_reached_in_some_variant() -> None:
    # observers are apart: that a message is delivered again takes a fault
    declared = {
        (part.name, state) for system in VARIANTS.values() for part in system.components for state in part.states
    }
    reached = set()
    for system in VARIANTS.values():
        graph = explore(system)
        for number in range(len(graph)):
            reached |= {(name, str(local)) for name, local in local_states(graph.view(number)).items()}
    assert declared - reached == set()


def test_clean_mail_is_delivered_acknowledged_and_its_file_removed() -> None:
    run = Run(UNPATCHED)
    run.replay(
        [
            "accept_clean_message",
            "attempt_delivery",
            "begin_scan",
            "find_clean",
            "deliver",
            "acknowledge",
            "remove_file",
        ]
    )
    assert (run.state.queue, run.state.store, run.state.queue_file) == ("removed", "settled", "absent")
    assert run.possible() == ()


def test_an_overdue_entry_is_not_attempted_again_but_bounces() -> None:
    run = Run(VARIANTS["unpatched-expiry"])
    run.replay(["accept_infected_message", "grow_old"])
    assert not run.may("attempt_delivery")
    run.replay(["expire", "remove_file"])
    assert (run.state.queue, run.state.sender) == ("expired", "bounced")

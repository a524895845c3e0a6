"""What the museum shows of a correction is the rows, or the switches, that differ, and nothing else."""

from __future__ import annotations

from docs.generate.differences import changed, rows_of
from docs.generate.exhibits import EXHIBITS, Exhibit


def exhibit(name: str) -> Exhibit:
    return next(one for one in EXHIBITS if one.name == name)


def shown(one: Exhibit) -> list[str]:
    return changed(one.systems[one.defect], one.systems[one.corrected])


def test_a_row_that_is_added_or_replaced_is_shown_with_its_component() -> None:
    assert shown(exhibit("rq_started")) == ["  job", "+     clean_up: started -> failed"]
    assert shown(exhibit("nexspence_lock")) == [
        "  lock",
        "-     release_first: second -> free",
        "+     release_first: second stays",
    ]


def test_a_component_that_is_added_is_shown_whole() -> None:
    one = exhibit("rabbitmq_requeue")
    counter = next(part for part in one.systems[one.corrected].parts if part.name == "deliveries")
    assert shown(one)[2:] == ["  deliveries", *(f"+     {row}" for row in rows_of(counter))]


def test_fairness_that_is_granted_besides_is_shown() -> None:
    assert shown(exhibit("kafka"))[-2:] == ["+     strongly fair: ignore", "+     strongly fair: commit"]


def test_of_a_setting_the_switch_is_shown_that_is_set_otherwise_its_default_included() -> None:
    assert shown(exhibit("exchange_2022")) == ["-     scanning: fails-closed", "+     scanning: reliable"]


def test_nothing_is_shown_of_what_is_the_same() -> None:
    for one in EXHIBITS:
        assert changed(one.systems[one.defect], one.systems[one.defect]) == []

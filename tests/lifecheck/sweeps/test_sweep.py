"""A sweep says of each system what `check` says of it, whatever is stored, shared or left out on the way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lifecheck import Claim, Component, InputError, Row, System, Verdict, judge, leads_to
from lifecheck.errors import LifecheckError
from lifecheck.statespace import Explorer
from lifecheck.sweeps import (
    Answer,
    Digests,
    Grid,
    Item,
    Origin,
    Progress,
    Running,
    Store,
    Summary,
    asked_about,
    digest,
    opened,
    sweep,
)
from lifecheck.sweeps.workers import Here
from model import SWITCHES, configured
from properties import CLAIMS
from tests.cross_check import sized
from tests.lifecheck.sweeps.shop import written

LATTICE = Grid(
    {
        **{switch.name: switch.values for switch in SWITCHES},
        "recipients": ("1", "2", "3"),
        "acknowledged_per": ("message", "recipient"),
    }
)


def settings(number: int, seed: int) -> list[dict[str, str]]:
    """Return some settings of the mail model, and each that is strongly fair once more with weak fairness."""
    drawn = random.Random(seed)
    found = []
    while len(found) < number:
        one = dict(LATTICE[drawn.randrange(len(LATTICE))].settings)
        try:
            configured(one)
        except InputError:
            continue
        found.append(one)
        if one["fairness"] == "strong":
            found.append({**one, "fairness": "weak"})
    return found


def differences(some: list[dict[str, str]], **options: object) -> list[str]:
    """Return where a sweep and `judge`, which fires and explores anew, do not say the same."""
    found = []
    for answer in sweep(settings=some, jobs=1, **options):  # type: ignore[arg-type]
        system, explorer = configured(dict(answer.item.settings)), Explorer()
        for claim in CLAIMS:
            alone, swept = judge("alone", system, claim, explorer=explorer), answer.found[claim.name]
            if (alone.verdict, alone.result.states, alone.result.note) != (swept.verdict, swept.states, swept.note):
                found.append(f"{answer.item}: {claim.name} {alone.verdict}, and {swept.verdict} in the sweep")
    return found


def test_a_sweep_says_of_random_settings_what_judge_says_of_each(tmp_path: Path) -> None:
    some = settings(sized(2, 60, 2_000), seed=sized(1, 2, 3))
    assert differences(some, store=tmp_path / "verdicts") == []
    assert differences(some[:2], store=tmp_path / "verdicts") == []  # and so does what is stored


@pytest.mark.parametrize("left_out", ["_owed", "_answers"], ids=["who owes fairness", "what the predicates answer"])
def test_a_digest_that_lacks_what_decides_is_caught_by_the_comparison(
    left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lossy = {"acknowledgements": "lost-again", "correction": "report-success", "fairness": "strong"}
    some = [lossy, {**lossy, "fairness": "weak"}]
    assert differences(some) == []
    wrong = {"_owed": lambda system, decided_by: iter(()), "_answers": lambda predicate, parts: ((), b"")}
    monkeypatch.setattr(digest, left_out, wrong[left_out])
    try:
        caught = differences(some)
    except InputError as error:  # two batches at a time found both
        caught = [str(error)]
    assert caught != []


def test_a_stored_verdict_that_contradicts_what_is_found_now_is_an_error(tmp_path: Path) -> None:
    from lifecheck.sweeps import Stored

    with Store(tmp_path / "verdicts") as store:
        store.add({b"key": Stored("violated", 2, 1, "explicit", "")})
        with pytest.raises(InputError, match="says violated where holds was found now"):
            store.add({b"key": Stored("holds", 2, 1, "explicit", ""), b"other": Stored("holds", 2, 1, "explicit", "")})
        assert len(store) == 1  # all or nothing


def test_equal_systems_under_other_names_are_checked_once(tmp_path: Path) -> None:
    # an update for deleted copies changes nothing where the scanner cannot delete
    some = [{"vsapi": "2.0", "correction": correction} for correction in ("none", "report-success")]
    told = []
    list(sweep(settings=some, jobs=1, store=tmp_path / "verdicts", progress=told.append))
    alone = []
    list(sweep(settings=some[:1], jobs=1, store=tmp_path / "other", progress=alone.append))
    assert told[-1].judged == alone[-1].judged
    assert told[-1].reused > alone[-1].reused


def test_what_was_found_is_not_looked_for_again(tmp_path: Path) -> None:
    told: list[object] = []
    first = list(sweep(variants=["patched", "unpatched"], jobs=1, store=tmp_path / "verdicts"))
    again = list(sweep(variants=["patched", "unpatched"], jobs=1, store=tmp_path / "verdicts", progress=told.append))
    assert first == again
    assert (told[-1].judged, told[-1].reused > 0) == (0, True)  # type: ignore[attr-defined]


class Beside(Here):
    """Begins several calls before the first is answered, as several processes do."""

    size = 4


def test_what_two_find_at_the_same_time_is_counted_as_one_process_counts_it() -> None:
    # an update for deleted copies changes nothing where the scanner cannot delete
    over = {"vsapi": ("2.0",), "correction": ("none", "report-success", "report-failure")}
    counted = []
    for workers in (Here(), Beside()):
        plan = asked_about(Origin(), over=over)
        with opened(None) as store:
            running = Running(plan.question, plan.items, workers, store, plan.told)
            assert len(list(running.answers())) == 3
            counted.append((running.progress.judged, running.progress.reused, len(store)))
    assert counted[0] == counted[1]
    assert counted[0][0] == counted[0][2]


def test_what_has_no_digest_is_found_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "ANSWERS", 0)
    told: list[Progress] = []
    list(sweep(variants=["patched"], names=["can-drain"], jobs=1, progress=told.append))
    assert (told[-1].judged, told[-1].reused) == (2, 0)  # with its witness


def test_a_named_variant_is_compared_with_the_verdict_recorded_of_it() -> None:
    summary = Summary(CLAIMS, {"expiry": ("off", "on")}, 2)
    for answer in sweep(over={"expiry": ["off", "on"]}, jobs=1):
        summary.add(answer)
    assert summary.unexpected == []
    wrong = [
        Claim(one.name, one.words, one.asked, expected=dict.fromkeys(one.expected, Verdict.VACUOUS)) for one in CLAIMS
    ]
    summary = Summary(wrong, {"expiry": ("off", "on")}, 2)
    for answer in sweep(over={"expiry": ["off", "on"]}, jobs=1):
        summary.add(answer)
    assert len(summary.unexpected) > len(CLAIMS)


def test_nothing_is_said_of_the_whole_while_answers_are_missing() -> None:
    summary = Summary(CLAIMS, {"expiry": ("off", "on")}, 2)
    summary.add(Answer(Item(settings=(("expiry", "off"),)), refused="contradicts itself"))
    with pytest.raises(LifecheckError, match="did not come to its end: 1 answer of 2"):
        summary.conditions(CLAIMS[0])
    with pytest.raises(LifecheckError, match="did not come to its end"):
        print(summary.digest)
    assert summary.as_json()["complete"] is False
    assert "fails" not in summary.as_json()


def test_mutants_and_pairs_of_them_are_judged_like_the_systems_that_they_are(tmp_path: Path) -> None:
    written(tmp_path)
    answers = list(sweep(mutants=2, jobs=1, folder=tmp_path))
    alone, pairs = [[one for one in answers if len(one.item.mutants) == number] for number in (1, 2)]
    assert len(pairs) == len(alone) * (len(alone) - 1) // 2
    assert answers[0].item.mutants == ()
    assert answers[0].found["can-be-paid"].verdict is Verdict.HOLDS
    unpaid = [
        "order: row pay, tried1 -> paid removed",
        "order: row pay, tried2 -> paid removed",
    ]
    (both,) = [one for one in pairs if list(one.item.mutants) == unpaid]
    assert both.found["can-be-paid"].verdict is Verdict.VIOLATED


def test_a_predicate_that_reads_too_much_or_a_machine_too_large_is_checked_without_a_digest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [Row("go", "here", "there"), Row("go", "there", "here")]
    system = System("walk", [Component(name, ["here", "there"], "here", rows, {"go"}) for name in ("one", "two")])
    asked = leads_to("one == 'here'", lambda s: s.one == "there" and s.two == "there")
    assert Digests().of(system, asked) is not None
    monkeypatch.setattr(digest, "ANSWERS", 3)
    assert Digests().of(system, asked) is None
    monkeypatch.setattr(digest, "ANSWERS", 4)
    monkeypatch.setattr(digest, "LOCAL_STATES", 1)
    assert Digests().of(system, asked) is None


GATED = """
from lifecheck import Claim, Component, Row, System, never

door = Component("door", ["shut", "open"], "shut", [Row("push", "shut", "open"), Row("push", "open", "open")], {"push"})
gate = Component("gate", ["free", "locked"], "free", [Row("push", "free", "locked")], {"push"})

SYSTEMS = {"component": System("house", [door, gate]), "observer": System("house", [door], observers=[gate])}
CLAIMS = [Claim("free", "the gate is never locked twice", never(lambda s: s.gate == "locked" and s.door == "shut"))]
"""


def test_an_observer_that_blocks_is_refused_where_a_component_of_the_same_rows_has_a_verdict(tmp_path: Path) -> None:
    (tmp_path / "house.py").write_text(GATED)
    answers = sweep("house:SYSTEMS", "house:CLAIMS", jobs=1, folder=tmp_path, store=tmp_path / "verdicts")
    found = [answer.found["free"] for answer in answers]
    assert [one.verdict for one in found] == [Verdict.HOLDS, Verdict.UNKNOWN]
    assert "observer 'gate' blocks trigger 'push'" in found[1].note

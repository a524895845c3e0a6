"""SPIN counts the same states of exported random systems whose components meet, and gives the same verdicts."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from lifecheck import Property, System, Verdict, check, eventually, leads_to
from lifecheck.export.description import describe
from lifecheck.export.export import export
from lifecheck.export.promela import promela
from lifecheck.properties import Kind
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.export.agreement import Split, agree_with_spin, shown
from tests.lifecheck.export.spin import Spin
from tests.lifecheck.random_systems import LARGER, random_properties, random_systems, sharing_systems
from tests.lifecheck.toys import toy

needs.program("spin")
needs.program("cc")

SEED = 21
BLOCK = 25
BLOCKS = sized(1, 2, 40)


def named(properties: list[Property]) -> dict[str, Property]:
    return {f"{one.kind} {number}": one for number, one in enumerate(properties)}


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.long
def test_states_and_verdicts_are_the_same(block: int, tmp_path: Path) -> None:
    random = Random(SEED + block)
    split: Split = Counter()
    strong = weak = 0
    larger = BLOCK * 2 // 5
    systems = [*sharing_systems(SEED + block, BLOCK - larger), *sharing_systems(SEED + block, larger, LARGER, least=7)]
    sizes = []
    for number, system in enumerate(systems):
        properties = named(random_properties(random, system))
        description, verdicts = agree_with_spin(system, properties, tmp_path / str(number))
        sizes.append(description.states)
        split += verdicts
        weak += bool(system.weakly_fair)
        strong += bool(system.strongly_fair)
    print(f"\n{BLOCK} systems that share, {weak} with weakly and {strong} with strongly fair triggers, states: {sizes}")
    print(shown(split))
    assert len(systems) == BLOCK
    assert min(weak, strong) >= 3
    assert sum(size > 6 for size in sizes) >= larger
    for kind in Kind:
        if kind is not Kind.CAN_ALWAYS_REACH:
            assert split[kind, Verdict.HOLDS] >= 3, kind
            assert split[kind, Verdict.VIOLATED] >= 3, kind
    assert split[Kind.LEADS_TO, Verdict.VACUOUS]


@pytest.mark.parametrize("block", range(sized(1, 1, BLOCKS)))
def test_fairness_of_groups_is_the_same(block: int, tmp_path: Path) -> None:
    random = Random(SEED + block)
    split: Split = Counter()
    count = sized(6, 6, BLOCK)
    systems = list(sharing_systems(SEED + block, count, groups=True))
    for number, system in enumerate(systems):
        asked = named([one for one in random_properties(random, system) if one.kind.is_liveness])
        split += agree_with_spin(system, asked, tmp_path / str(number))[1]
    assert sum(bool(describe(system, ()).groups) for system in systems) >= count / 3
    assert sum(split[kind, Verdict.HOLDS] for kind in Kind) >= 3
    assert sum(split[kind, Verdict.VIOLATED] for kind in Kind) >= 3


def few_fair_triggers(seed: int, count: int) -> list[System]:
    """Return systems whose fairness SPIN can translate in no time, some with groups."""
    found = (one for groups in (False, True) for one in random_systems(seed, 25 * count, groups=groups))
    wanted = []
    for system in found:
        weak, strong = describe(system, ()).fair("weak"), describe(system, ()).fair("strong")
        if 1 <= len(weak) + len(strong) <= 2 and len(strong) <= 1:
            wanted.append(system)
    plain = [system for system in wanted if not describe(system, ()).groups]
    grouped = [system for system in wanted if describe(system, ()).groups]
    return [*plain[: count // 2], *grouped[: count - count // 2]]


def test_the_claims_say_what_the_formulas_say(tmp_path: Path) -> None:
    """SPIN translates the formulas itself, so that this compares our translation of fairness with its own."""
    random = Random(SEED)
    verdicts: Counter[bool] = Counter()
    systems = few_fair_triggers(SEED, sized(2, 6, 60))
    assert any(system.strongly_fair for system in systems)
    for number, system in enumerate(systems):
        asked = named([one for one in random_properties(random, system) if one.kind.is_liveness])
        spin = Spin(describe(system, asked), tmp_path / str(number))
        pan = spin.compile("formulas", spin=["-DFORMULAS"], compiler=[])
        for question in spin.description.questions:
            violated = check(system, question.asked).verdict is Verdict.VIOLATED
            assert spin.has_error(pan, spin.names.claim(question)) == violated
            assert spin.has_error(pan, spin.names.formula(question)) == violated
            verdicts[violated] += 1
    assert min(verdicts[True], verdicts[False]) >= 3


@pytest.mark.parametrize(
    ("system", "asked", "expected"),
    [
        # fairness is owed by name: here `left` is taken again and again, `right` does the same and never is
        (toy("0 left 0", "0 right 0", "0 out 1", fair={"left", "right"}), "n is 1", Verdict.VIOLATED),
        (toy("0 left 0", "0 right 0", "0 out 1", fair={"out"}), "n is 1", Verdict.HOLDS),
        # a run may stand still only where no fair trigger is possible
        (toy("0 go 1", environment={"go"}), "n is 1", Verdict.VIOLATED),
        (toy("0 go 1"), "n is 1", Verdict.HOLDS),
        # weak fairness is not enough for what is possible only now and then
        (toy("0 out 1", "0 flip 2", "2 flop 0"), "n is 1", Verdict.VIOLATED),
        (toy("0 out 1", "0 flip 2", "2 flop 0", strong={"out"}), "n is 1", Verdict.HOLDS),
        # one member of a group is enough, whichever is possible at the time
        (toy("0 soon 0", "0 late 0", "0 out 1", fair={("soon", "late")}), "n is 1", Verdict.VIOLATED),
        (toy("0 soon 0", "0 out 1", "1 late 1", fair={("soon", "out")}), "n is 1", Verdict.VIOLATED),
        (
            toy("0 one 2", "2 two 3", "0 flip 4", "4 flop 0", "4 three 3", fair={("one", "three")}),
            "n is 3",
            Verdict.VIOLATED,
        ),
        (toy("0 one 3", "0 flip 4", "4 flop 0", "4 three 3", fair={("one", "three")}), "n is 3", Verdict.HOLDS),
        (toy("0 one 3", "0 flip 4", "4 flop 0", "4 three 3", fair={"one", "three"}), "n is 3", Verdict.VIOLATED),
        (
            toy("0 one 3", "0 flip 4", "4 flop 5", "5 flap 0", "4 two 3", strong={("one", "two")}),
            "n is 3",
            Verdict.HOLDS,
        ),
        # a strongly fair trigger need not be taken where it is never possible again
        (toy("0 out 1", "0 flip 2", "2 stay 2", strong={"out"}), "n is 1", Verdict.VIOLATED),
    ],
)
def test_stuttering_and_fairness_mean_the_same(system: System, asked: str, expected: Verdict, tmp_path: Path) -> None:
    wanted = asked.removeprefix("n is ")
    properties = {asked: eventually(lambda s: s.n == wanted)}
    assert agree_with_spin(system, properties, tmp_path / "spin")[1] == {(Kind.EVENTUALLY, expected): 1}


def test_a_wrong_export_is_noticed(tmp_path: Path) -> None:
    system = toy("0 ring 1", "1 answer 2", "1 ignore 0", fair={"answer", "ignore"})
    promise = {"answered": leads_to(lambda s: s.n == "1", lambda s: s.n == "2")}
    description = describe(system, promise)
    right = Spin(description, tmp_path / "right").answers()
    assert right.states == 3
    assert right.verdicts == {"answered": Verdict.VIOLATED}
    for number, (found, put, states, verdict) in enumerate(
        [
            ("  n_now = n_0;", "  n_now = n_2;", 3, Verdict.HOLDS),  # to ignore it answers it
            ("weakly(enabled_answer, answer)", "false", 3, Verdict.HOLDS),  # no run is fair
            ("(n_now == n_2)", "(n_now == n_1)", 3, Verdict.HOLDS),  # another promise
            ("  n_now = n_1;", "  n_now = n_2;", 2, Verdict.VACUOUS),  # nobody rings
        ]
    ):
        wrong = Spin(description, tmp_path / str(number))
        changed = promela(description).replace(found, put)
        assert changed != promela(description), found
        (wrong.folder / "model.pml").write_text(changed)
        answers = wrong.answers()
        assert (answers.states, answers.verdicts["answered"]) == (states, verdict), found


def test_a_model_that_spin_cannot_read_is_an_error(tmp_path: Path) -> None:
    spin = Spin(describe(toy("0 go 1"), ()), tmp_path / "spin")
    (spin.folder / "model.pml").write_text("active proctype system() { do od")
    with pytest.raises(AssertionError, match="syntax error"):
        spin.count()
    assert subprocess.run(["spin", "-V"], capture_output=True, check=True).stdout


def test_the_commands_that_a_model_names_work(tmp_path: Path) -> None:
    system = toy("0 ring 1", "1 answer 2", "1 ignore 0")
    text = export(system, {"answered": leads_to(lambda s: s.n == "1", lambda s: s.n == "2")}, to="promela")
    (tmp_path / "model.pml").write_text(text)
    commands = [line.removeprefix(" *   ") for line in text.splitlines() if line.startswith(" *   spin")]
    told = [
        subprocess.run(
            command.replace("FILE", "model.pml"), shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout
        for command in commands
    ]
    assert len(told) == 2
    assert "acceptance cycle" in told[0]
    assert "3 states, stored" in told[1]

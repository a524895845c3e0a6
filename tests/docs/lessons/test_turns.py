"""The nine lessons can be played: one choice is right, every adversary can win, and every table can be mended."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from lifecheck.browser import closed_loop
from lifecheck.lessons import Adversary, Designer, Hints, Lesson, Prediction, lessons_of, next_row, source_of
from tests.cross_check import sized
from tests.lifecheck.cli.cli import call

ROOT = Path(__file__).parents[3]
LESSONS = lessons_of(ROOT)
PREDICTIONS = [
    pytest.param(prediction, id=f"{one.name}-{number}")
    for one in LESSONS.values()
    for number, prediction in enumerate(one.predictions, 1)
]
BY_NAME = pytest.mark.parametrize("played", LESSONS.values(), ids=LESSONS)
EXERCISES = {1: "SERVER_ROWS", 2: "RECEIVER_ROWS", 7: "STORE_ROWS", 8: "CONSUMER_ROWS"}


def rows_in(path: Path, name: str) -> list[list[str]]:
    spec = importlib.util.spec_from_file_location(f"rows_of_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[list[str]] = getattr(module, name)
    return found


def designer_of(played: Lesson) -> Designer:
    assert played.designer is not None
    return played.designer


def adversary_of(played: Lesson) -> Adversary:
    assert played.adversary is not None
    return played.adversary


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_exactly_one_choice_is_true(prediction: Prediction) -> None:
    assert len(prediction.true) == 1
    assert prediction.right in prediction.letters


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_every_choice_says_why_and_no_two_the_same(prediction: Prediction) -> None:
    assert len({choice.words for choice in prediction.choices}) == len(prediction.choices)
    for choice in prediction.choices:
        assert choice.why[-1] in ".?!", choice


def test_the_right_answers_are_no_letter_that_can_be_guessed() -> None:
    right = [prediction.right for one in LESSONS.values() for prediction in one.predictions]
    assert max(map(right.count, right)) <= len(right) // 2


@BY_NAME
def test_a_lesson_has_every_turn_and_its_page_is_there(played: Lesson) -> None:
    assert played.predictions
    assert played.adversary
    assert played.designer
    assert (ROOT / played.page).is_file()
    machines = [*played.machines, *played.adversary.machines, *played.designer.machines]
    assert max(map(len, source_of(machines).splitlines())) <= 80


def attacks(task: Adversary, steps: int) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield every run of the adversary's, up to so many steps, and whether it breaks the requirement."""
    runs: list[tuple[str, ...]] = [()]
    for _ in range(steps + 1):
        longer = []
        for run in runs:
            attack = task.begin()
            for trigger in run:
                attack.take(trigger)
            yield run, attack.is_won
            if not attack.is_won:
                offered = dict.fromkeys([*attack.choices, *filter(None, [attack.answer])])
                longer += [(*run, trigger) for trigger in offered]
        runs = longer


@pytest.mark.parametrize("name", [*LESSONS][:: sized(3, 1, 1)])
def test_the_adversary_can_win_and_no_run_wins_sooner_than_the_shortest(name: str) -> None:
    task = adversary_of(LESSONS[name])
    won = [run for run, is_won in attacks(task, task.shortest) if is_won]
    assert min(map(len, won)) == task.shortest


@pytest.mark.parametrize("name", [*LESSONS][:: sized(9, 1, 1)])
def test_another_judge_agrees_about_every_attack(name: str) -> None:
    task = adversary_of(LESSONS[name])
    for run, is_won in attacks(task, task.shortest):
        refuting = [
            start
            for start in range(len(run) + 1)
            if closed_loop(task.system, [task.asked], run[:start], run[start:]).said[0].refutes
        ]
        assert bool(refuting) is is_won, run


@BY_NAME
def test_the_table_as_it_is_handed_out_does_not_meet_a_requirement(played: Lesson) -> None:
    failure = designer_of(played).failure(designer_of(played).rows)
    assert failure is not None
    assert failure.requirement is not None


@pytest.mark.parametrize("name", [name for name in LESSONS if name != "lesson-7"][:: sized(8, 1, 1)])
def test_a_single_row_mends_the_table_and_is_what_the_hints_end_with(name: str) -> None:
    designer = designer_of(LESSONS[name])
    found = next_row(designer, designer.rows)
    assert found is not None
    row = f"{found.row.trigger} {found.row.source} {found.row.target}"
    assert designer.failure(designer.edited(f"{found.instead or ''} {row}")) is None
    assert row in found.steps[-1]
    assert len({*found.steps}) == 4


@pytest.mark.parametrize("name", ["lesson-2", "lesson-7"])
def test_what_is_asked_of_a_designer_fits_a_small_window_below_the_machines(name: str, tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("g\n")
    shown = call("play", name, "--turn", "designer", "--answers", str(tmp_path / "answers")).out
    task = designer_of(LESSONS[name]).task.split()
    below = shown.rpartition("Machine(")[2].partition("\n> g")[0]
    assert " ".join(task) in " ".join(below.split())
    assert len(below[below.index(" ".join(task[:3])) :].splitlines()) < 24


@pytest.mark.long
def test_lesson_7_takes_two_rows_of_which_the_second_is_hinted_at_once_the_first_is_there() -> None:
    designer = designer_of(LESSONS["lesson-7"])
    assert next_row(designer, designer.rows) is None
    first = designer.edited("5 acknowledge suspected quarantined")
    assert Hints(designer).next(first) == "One row is missing in store."


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("lesson-3", "2 delete received absent", "stays in the queue for ever"),
        ("lesson-3", "2 delete received settled", "stays in the queue for ever"),
        ("lesson-4", "1 acknowledge up down", "lines break"),
        ("lesson-6", "crash unwritten worked", "the rows of crash are not yours"),
        ("lesson-6", "crash unwritten unwritten", "the rows of crash are not yours"),
    ],
)
def test_a_row_that_goes_round_the_task_does_not_mend_it(name: str, typed: str, told: str) -> None:
    designer = designer_of(LESSONS[name])
    assert told in str(designer.failure(designer.edited(typed)))


MENDED = {
    "lesson-1": {"bounce gone empty", "bounce gone gone", "5 bounce accepted empty", "5 bounce accepted gone"},
    "lesson-2": {
        "4 ignore reading handled",
        *(f"5 answer ignored {to}" for to in ["idle", "handled", "ignored", "finished"]),
    },
    "lesson-3": {f"3 acknowledge deleted {to}" for to in ("absent", "deleted", "settled")},
    "lesson-4": {"acknowledge up up", "acknowledge up down"},
    "lesson-5": {
        "recognise received delivered",
        "5 recognise listening delivered",
        *(f"5 reply_250 listening {to}" for to in ("listening", "received", "delivered")),
    },
    "lesson-6": {f"3 work_and_remember got {to}" for to in ("idle", "got", "worked")},
    "lesson-8": {"5 reject failed idle"},
    "lesson-9": {"send_back shipped returned"},
}
"""Which changes of one row mend each table; in lesson 5 a server may also repeat its reply instead of waiting."""


@pytest.mark.parametrize("name", sized(["lesson-4"], ["lesson-3", "lesson-4", "lesson-5"], [*MENDED]))
def test_of_all_changes_of_one_row_only_those_mend_it_that_do_what_is_asked(name: str) -> None:
    designer = designer_of(LESSONS[name])
    (changed,) = (part for part in designer.system(designer.rows).components if part.name == designer.component)
    rows = [
        f"{trigger} {source} {to}"
        for trigger in sorted(changed.alphabet)
        for source, to in product(changed.states, changed.states)
    ]
    replaced = [
        f"{number} {row}"
        for number, (_, source, _) in enumerate(designer.rows, 1)
        for row in rows
        if row.split()[1] == source
    ]
    assert {one for one in (*rows, *replaced) if designer.failure(designer.edited(one)) is None} == MENDED[name]


@BY_NAME
def test_a_hint_of_a_requirement_ends_a_sentence(played: Lesson) -> None:
    for requirement in designer_of(played).requirements:
        for hint in filter(None, [requirement.hint, requirement.stays]):
            assert hint[-1] in ".?!"
            assert hint[0].islower(), "it follows what is not yet"


@pytest.mark.parametrize("number", [*EXERCISES][:: sized(3, 1, 1)])
def test_the_exercise_begins_with_the_rows_of_the_lesson_and_its_solution_mends_them(number: int) -> None:
    designer = designer_of(LESSONS[f"lesson-{number}"])
    name = EXERCISES[number]
    assert designer.answer == f"docs/lessons/exercises/lesson_{number}/answer.py:{name}"
    assert [[*row] for row in designer.rows] == rows_in(ROOT / designer.answer.partition(":")[0], name)
    assert designer.failure(rows_in(ROOT / f"docs/lessons/solutions/lesson_{number}.py", name)) is None


@pytest.mark.parametrize("name", [*LESSONS][:: sized(4, 1, 1)])
def test_no_row_can_be_taken_away(name: str) -> None:
    designer = designer_of(LESSONS[name])
    for number in range(1, len(designer.rows) + 1):
        assert designer.failure(designer.edited(f"-{number}")) is not None

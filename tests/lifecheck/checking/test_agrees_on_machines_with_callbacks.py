"""On systems of real machines with callbacks the checker answers as a naive judge on what an interpreter makes of them.

Neither the interpreter nor the judge runs `transitions` or lifecheck: they read descriptions, of which the machines are
made too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from random import Random

import pytest

from lifecheck import ComponentError, Result, Verdict, check
from lifecheck.checking.check import check_by, settled
from lifecheck.machines import Tables
from lifecheck.machines.conformance import Drive
from lifecheck.statespace import Explorer
from tests.cross_check import sized
from tests.lifecheck.callback_judge import Compared, JudgedSystem, drive, shown
from tests.lifecheck.described_machines import system_of, with_fairness_of
from tests.lifecheck.described_predicates import compared_names
from tests.lifecheck.machine_descriptions import MachineDescription, SystemDescription
from tests.lifecheck.machine_interpreter import Mistake, Table, table_of
from tests.lifecheck.naive_judge import Fairness
from tests.lifecheck.random_callback_systems import (
    Described,
    Question,
    random_callback_systems,
    random_questions,
    random_raising_systems,
)

SYSTEMS = sized(150, 300, 300)
RAISING = sized(30, 100, 100)
CHUNKS = sized(1, 4, 170)
MIXTURES = 3  # of fairness on the same machines, which share what was fired: firing is the slow part
DRIVEN = 10
"""Of so many sets of machines one is driven along its table as well, as far as is promised: none hides anything."""

KINDS = ("always", "always given", "never", "sometimes", "can_always_reach", "eventually", "leads_to")
NOTHING_OWED = Fairness(frozenset(), frozenset())


@dataclass(frozen=True)
class Answered:
    """What lifecheck answers to some questions about one system."""

    described: Described
    questions: list[Question]
    results: list[Result]

    @cached_property
    def right(self) -> JudgedSystem:
        """The comparison with the interpreter that makes no mistake."""
        return JudgedSystem(self.described.description, self.described.tables)

    def compared(self, mistake: Mistake | None = None, fairness: Fairness | None = None) -> list[Compared]:
        """Compare with the interpreter, or with one that makes a mistake; nothing where that one comes to no end."""
        if mistake is None and fairness is None:
            return list(self.right.compared(self.questions, self.results))
        tables: dict[str, Table] = dict(self.described.tables)
        if mistake is not None:
            for part in self.described.description.parts:
                table = table_of(part, mistake)
                if table is None or table.broken:
                    return []
                tables[part.name] = table
            if tables == self.described.tables:  # it makes no difference here
                return []
        comparison = JudgedSystem(self.described.description, tables, fairness)
        return list(comparison.compared(self.questions, self.results))


def answered(seed: int, count: int, mixtures: int = MIXTURES) -> Iterator[Answered]:
    random = Random(seed)
    for number, described in enumerate(random_callback_systems(seed, count, mixtures)):
        description, questions = described.description, random_questions(random, described)
        if number % mixtures == 0:
            system, tables = system_of(description), Tables()
        else:
            system = with_fairness_of(description, system)
        explorer = Explorer(tables)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("lifecheck.machines.conformance._BESIDES", 0)
            if number // mixtures % DRIVEN:
                patch.setattr("lifecheck.machines.table.drive", not_driven)
            results = [settled(check_by(explorer, system, one.asked)) for one in questions]
        yield Answered(described, questions, results)


def not_driven(*_: object, **__: object) -> Drive:
    return Drive(difference=None, firings=0, is_whole=True)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_verdicts_counts_and_evidence_are_those_of_the_judge(chunk: int) -> None:
    split: Counter[tuple[str, Verdict]] = Counter()
    reached: Counter[str] = Counter()
    for one in answered(chunk, SYSTEMS):
        compared = one.compared()
        for answer in compared:
            assert answer.faults == (), (one.described.description, answer.asked.asked, answer.result)
            split[answer.kind, answer.expected] += 1
        replay(one)
        reached += reached_by(one, compared)
    for kind in KINDS:
        assert split[kind, Verdict.HOLDS] >= SYSTEMS / 10, kind
        assert split[kind, Verdict.VIOLATED] >= SYSTEMS / 10, kind
        assert (split[kind, Verdict.VACUOUS] >= SYSTEMS / 10) == (kind in ("always given", "leads_to")), kind
    for what, least in LEAST_REACHED.items():
        assert reached[what] >= least * sized(0.1, 1, 1), (what, reached)


def replay(one: Answered) -> None:
    """Drive machines of the library by their own methods along the longest evidence."""
    found = [result for result in one.results if result.evidence is not None]
    if not found:
        return
    result = max(found, key=lambda result: len(result.evidence.states))
    triggers = (*result.evidence.stem, *(result.evidence.loop or ()))
    assert drive(one.described.description, result.system, triggers) == shown(result.evidence.states)


LEAST_REACHED = {
    "hierarchical": 100,
    "parallel regions active": 20,
    "child entered with its parent": 60,
    "hierarchical beside others": 50,
    "attribute changed": 120,
    "observer": 45,
    "observer left out": 40,
    "several components": 90,
    "trigger taken together": 80,
    "rendezvous blocked": 90,
    "weak fairness": 90,
    "strong fairness": 80,
    "fairness matters": 30,
    "nested state compared with ==": 75,
    "every row refused by its conditions": 90,
    "later row taken": 75,
}


def reached_by(one: Answered, compared: list[Compared]) -> Counter[str]:
    """Return what a system shows, so that no test passes because nothing was tried."""
    description, tables = one.described.description, one.described.tables
    hierarchical = [part for part in description.machines if part.hierarchical]
    locals_ = {
        part.name: {state[at] for state in one.described.whole.moves} for at, part in enumerate(description.parts)
    }
    met = {
        "hierarchical": bool(hierarchical),
        "parallel regions active": any("|" in local.text for found in locals_.values() for local in found),
        "child entered with its parent": any(
            any(one.dest is not None and one.dest in parents(part) for one in part.rows) for part in hierarchical
        ),
        "hierarchical beside others": bool(hierarchical) and len(description.machines) > 1,
        "attribute changed": any(len({local.kept for local in found}) > 1 for found in locals_.values()),
        "observer": bool(description.observers),
        "observer left out": any(result.system.left_out for result in one.results),
        "several components": len(description.machines) > 1,
        "trigger taken together": any(
            trigger in description.shared for moves in one.described.whole.moves.values() for trigger in moves
        ),
        "rendezvous blocked": one.described.whole.blocked_together,
        "weak fairness": bool(description.weak),
        "strong fairness": bool(description.strong),
        "fairness matters": any(
            answer.asked.judged.kind.is_liveness
            and answer.expected is Verdict.HOLDS
            and one.right.whole.verdict(answer.asked.judged, NOTHING_OWED) is Verdict.VIOLATED
            for answer in compared
        ),
        "nested state compared with ==": any(
            "_" in name
            for question in one.questions
            for formula in (question.judged.goal, question.judged.given)
            for name in compared_names(formula)
        ),
        "every row refused by its conditions": any(refuses(part, tables[part.name]) for part in description.machines),
        "later row taken": any(takes_a_later_row(part, tables[part.name]) for part in description.machines),
    }
    return Counter([what for what, is_met in met.items() if is_met])


def parents(machine: MachineDescription) -> set[str]:
    return {"_".join(path) for path, state in machine.by_path.items() if state.entered_children}


def refuses(machine: MachineDescription, table: Table) -> bool:
    """Whether somewhere there are rows for a trigger, and conditions refuse them all."""
    return any(
        (local, row.trigger) not in table.moves and local.within(row.source)
        for local in table.states
        for row in machine.rows
    )


def takes_a_later_row(machine: MachineDescription, table: Table) -> bool:
    """Whether somewhere a row whose conditions refuse leaves it to a later one, which is taken."""
    return any(
        row.guards and not all((local.value(one.attribute) in one.values) == one.wanted for one in row.guards)
        for local, trigger in table.moves
        for row in machine.rows
        if row.trigger == trigger and local.within(row.source)
    )


@pytest.fixture(scope="module")
def sample() -> list[Answered]:
    kinds_of_fairness_matter = (where_it_matters(883522, 3, fairness) for fairness in (all_weak, all_strong))
    return [*answered(883522, 150, mixtures=1), *chain.from_iterable(kinds_of_fairness_matter)]


def all_weak(system: SystemDescription) -> Fairness:
    return Fairness(system.weak | system.strong, frozenset())


def all_strong(system: SystemDescription) -> Fairness:
    return Fairness(frozenset(), system.weak | system.strong)


def where_it_matters(seed: int, count: int, told: Callable[[SystemDescription], Fairness]) -> Iterator[Answered]:
    """Yield systems with a verdict that another fairness would change; they are too rare to be met."""
    random = Random(seed)
    for described in random_callback_systems(seed + 1, 10_000):
        system = described.description
        other = told(system)
        judge = JudgedSystem(system, described.tables).whole
        for question in random_questions(random, described) if system.strong or system.weak else ():
            if question.judged.kind.is_liveness and judge.verdict(question.judged) is not judge.verdict(
                question.judged, other
            ):
                yield Answered(described, [question], [check(system_of(system), question.asked)])
                count -= 1
                break
        if not count:
            return
    raise AssertionError("which fairness it is never matters")


@pytest.mark.long
def test_nothing_differs_in_the_sample_that_mistakes_are_tried_on(sample: list[Answered]) -> None:
    assert not [answer.faults for one in sample for answer in one.compared() if answer.faults]


@pytest.mark.parametrize(
    "mistake",
    [
        *(Mistake(without=role) for role in ("prepare", "before", "after", "on_enter", "on_exit")),
        *(Mistake(without=role) for role in ("before_state_change", "after_state_change")),
        Mistake(ignores_guards=True),
        Mistake(ignores_unless=True),
        Mistake(last_row_first=True),
        Mistake(parents_first=True),
        Mistake(initial_child_forgotten=True),
        Mistake(internal_leaves=True),
    ],
    ids=str,
)
@pytest.mark.long
def test_an_interpreter_that_makes_a_mistake_is_noticed(mistake: Mistake, sample: list[Answered]) -> None:
    assert any(answer.faults for one in sample for answer in one.compared(mistake))


@pytest.mark.parametrize(
    "wrong", ["nothing is owed", "all of it is weak", "all of it is strong", "the environment owes"]
)
@pytest.mark.long
def test_a_judge_that_is_told_another_fairness_is_noticed(wrong: str, sample: list[Answered]) -> None:
    def told(one: Answered) -> Fairness:
        system = one.described.description
        return {
            "nothing is owed": NOTHING_OWED,
            "all of it is weak": all_weak(system),
            "all of it is strong": all_strong(system),
            "the environment owes": Fairness(system.weak | system.environment, system.strong),
        }[wrong]

    assert any(answer.faults for one in sample for answer in one.compared(fairness=told(one)))


@pytest.mark.parametrize("chunk", range(sized(1, 2, 20)))
@pytest.mark.long
def test_where_a_condition_raises_the_system_is_refused_and_else_judged(chunk: int) -> None:
    came: Counter[str] = Counter()
    random = Random(chunk)
    for described in random_raising_systems(chunk, RAISING):
        questions = random_questions(random, described)
        expected = raising(described)
        try:
            results = check(system_of(described.description), *(one.asked for one in questions))
        except ComponentError as error:
            assert "BrokenError: " in str(error)  # noqa: PT017 - whether it is raised depends on the system
            assert expected != "judged", described.description
            came["refused"] += expected == "refused"
        else:
            assert expected != "refused", described.description
            compared = Answered(described, questions, list(results)).compared()
            assert not [answer.faults for answer in compared if answer.faults], described.description
            came["judged"] += expected == "judged"
    assert min(came["refused"], came["judged"]) >= RAISING * 0.15, came


def raising(described: Described) -> str:
    """Return whether a condition that raises is met: surely, surely not, or perhaps, where another machine blocks."""
    description, tables = described.description, described.tables
    perhaps = False
    for state in described.whole.moves:
        for at, part in enumerate(description.parts):
            for local, trigger in tables[part.name].raising:
                if state[at] == local:
                    perhaps = True
                    others = zip(description.parts, state, strict=True)
                    if all(
                        other is part or trigger not in other.alphabet or (its, trigger) in tables[other.name].moves
                        for other, its in others
                    ):
                        return "refused"
    return "perhaps" if perhaps else "judged"

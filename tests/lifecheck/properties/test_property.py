"""A property says itself what it means: which state settles it, what a run shows, and how that is told."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

from lifecheck import Property, State, always, can_always_reach, check, eventually, leads_to, never, sometimes
from lifecheck.errors import PredicateError
from lifecheck.properties import Decisive, Kind, Verdict
from lifecheck.system import LocalState
from tests.lifecheck.toys import toy

LIFECHECK = Path(__file__).parents[3] / "lifecheck"
OPEN, SHUT = (State({"door": LocalState(name, "door", ("shut", "open"))}) for name in ("open", "shut"))
ONE_OF_EACH = {
    Kind.ALWAYS: always("n == '2'"),
    Kind.NEVER: never("n == '2'"),
    Kind.SOMETIMES: sometimes("n == '2'"),
    Kind.EVENTUALLY: eventually("n == '2'"),
    Kind.LEADS_TO: leads_to("n == '0'", "n == '2'"),
    Kind.CAN_ALWAYS_REACH: can_always_reach("n == '2'"),
}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_asked_by_a_function_of_its_name(kind: Kind) -> None:
    asked = ONE_OF_EACH[kind]
    assert asked.kind is kind
    assert asked.formula.startswith(f"{kind}(")


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_its_word_and_comes_back_from_it_as_the_same(kind: Kind) -> None:
    assert Kind(str(kind)) is kind
    assert pickle.loads(pickle.dumps(kind)) is kind
    assert str(kind) == kind.value == kind.name.lower()


# beside each kind a graph on which a run decides it, and one on which none does
@pytest.mark.parametrize(
    ("kind", "decided", "other"),
    [
        (Kind.ALWAYS, ["2 a 1"], ["2 a 2"]),
        (Kind.NEVER, ["0 a 2"], ["0 a 1", "2 b 2"]),
        (Kind.SOMETIMES, ["0 a 2"], ["0 a 1", "2 b 2"]),
        (Kind.EVENTUALLY, ["0 a 1", "1 b 0", "2 c 2"], ["0 a 2"]),
        (Kind.LEADS_TO, ["0 a 1", "1 b 0", "2 c 2"], ["0 a 2"]),
        (Kind.CAN_ALWAYS_REACH, ["0 a 2", "0 b 1"], ["0 a 2"]),
    ],
)
def test_a_run_shows_the_verdict_and_ends_as_its_kind_says(kind: Kind, decided: list[str], other: list[str]) -> None:
    asked = ONE_OF_EACH[kind]
    result, opposite = check(toy(*decided), asked), check(toy(*other), asked)
    assert result.verdict is kind.run_shows
    assert opposite.verdict is not kind.run_shows
    assert result.evidence is not None
    assert (result.evidence.loop is not None) is (kind.decided_by is Decisive.LOOP)
    assert bool(result.evidence.closed) is (kind.decided_by is Decisive.CLOSED_SET)
    if kind.decided_by is Decisive.STATE:
        assert [asked.is_settled_in(state) for state in result.evidence.states] == [False, True]
    assert result.counterexample is (None if kind.is_reachability else result.evidence)
    assert opposite.counterexample is None


def test_that_nothing_satisfies_a_sometimes_is_shown_by_no_run() -> None:
    result = check(toy("0 a 1", "2 b 2"), ONE_OF_EACH[Kind.SOMETIMES])
    assert result.verdict is Verdict.VIOLATED
    assert result.evidence is not None
    assert result.counterexample is None


def test_every_kind_is_of_one_sort_alone() -> None:
    for kind in Kind:
        closes = kind.decided_by is Decisive.CLOSED_SET
        assert sum([kind.is_safety, kind.is_liveness, kind.is_reachability, closes]) == 1
        assert kind.is_judged_on_runs is (kind.is_safety or kind.is_liveness)


@pytest.mark.parametrize(
    ("asked", "settled"),
    [
        (always("door == 'open'"), {SHUT}),
        (never("door == 'open'"), {OPEN}),
        (sometimes("door == 'open'"), {OPEN}),
        (eventually("door == 'open'"), {OPEN}),
        (leads_to("door == 'shut'", "door == 'open'"), {OPEN}),  # kept also where no promise is made
        (can_always_reach("door == 'open'"), {OPEN}),
        (always("door == 'open'", given="door == 'open'"), set()),
        (always("door == 'open'", given="door == 'shut'"), {SHUT}),
    ],
    ids=lambda value: value.formula if isinstance(value, Property) else "",
)
def test_the_state_that_settles_a_property(asked: Property, settled: set[State]) -> None:
    assert {state for state in (OPEN, SHUT) if asked.is_settled_in(state)} == settled


def test_an_obligation_without_a_condition_arises_everywhere_and_one_with_it_where_that_holds() -> None:
    everywhere, here = always("door == 'open'"), always("door == 'open'", given="door == 'shut'")
    assert [everywhere.arises_in(OPEN), everywhere.arises_in(SHUT)] == [True, True]
    assert [here.arises_in(OPEN), here.arises_in(SHUT)] == [False, True]


def test_a_predicate_is_not_asked_where_the_obligation_does_not_arise() -> None:
    def asked_too_early(state: State) -> bool:
        raise ZeroDivisionError

    assert not always(asked_too_early, given="door == 'shut'").is_settled_in(OPEN)
    with pytest.raises(PredicateError, match="ZeroDivisionError"):
        always(asked_too_early, given="door == 'shut'").is_settled_in(SHUT)


def test_predicates_are_as_many_as_were_given_and_all_are_changed() -> None:
    assert [len(asked.predicates) for asked in ONE_OF_EACH.values()] == [1, 1, 1, 1, 2, 1]
    for asked in (*ONE_OF_EACH.values(), always("n == '2'", given="n == '1'")):
        changed = asked.with_predicates(lambda predicate: lambda state: not predicate(state))
        assert changed.kind is asked.kind
        assert len(changed.predicates) == len(asked.predicates)
        assert not set(changed.predicates) & set(asked.predicates)


def test_only_properties_name_single_kinds() -> None:
    """Whoever else branches on one kind would have to be found again for the next."""

    def named(path: Path) -> list[str]:
        tree = ast.parse(path.read_text())
        taken = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in Kind.__members__]
        return [ast.unparse(node) for node in taken if ast.unparse(node.value) == "Kind"]

    paths = [path for path in sorted(LIFECHECK.rglob("*.py")) if path.parent.name != "cli"]
    assert {path.name for path in paths if named(path)} == {"property.py"}

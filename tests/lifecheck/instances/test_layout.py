"""States that fill one narrow word, several words, or several words for what is shared alone are laid out alike."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest

from tests import needs

needs.package("numpy")

from lifecheck import Component, Row, System, Verdict, can_always_reach, check, explore, never  # noqa: E402
from lifecheck.instances.checking import check_instances  # noqa: E402
from lifecheck.instances.copies import copies, for_instance  # noqa: E402
from lifecheck.instances.decomposition import decompose  # noqa: E402
from lifecheck.instances.exploration import explore_instances  # noqa: E402
from lifecheck.instances.layout import Layout  # noqa: E402
from lifecheck.instances.memory import refuse_what_does_not_fit  # noqa: E402
from lifecheck.properties.property import leads_to  # noqa: E402


def ring(own: int, shared: int) -> System:
    """Return tasks that go round in so many states; each third step turns a shared wheel, which stops at 0."""
    steps = ["turn" if state % 3 == 0 else "go" for state in range(own)]
    rows = [Row(step, str(state), str((state + 1) % own)) for state, step in enumerate(steps)]
    task = Component("task", [str(state) for state in range(own)], "0", rows, {"go", "turn"})
    turns = [Row("turn", str(state), str((state + 1) % shared)) for state in range(1, shared)]
    wheel = Component(
        "wheel", [str(s) for s in range(shared)], "1", [*turns, Row("reset", "0", "1")], {"turn", "reset"}
    )
    return System("ring", [task, wheel], copied={"task"})


@pytest.mark.parametrize(
    ("own", "shared", "width", "words"),
    [(4, 2, 8, 1), (5, 3, 16, 1), (9, 3, 32, 1), (9, 7, 64, 1), (7, 10, 64, 2), (9, 40, 64, 9), (6, 70, 64, 12)],
)
def test_states_and_transitions_are_the_same_however_many_words_they_fill(
    own: int, shared: int, width: int, words: int
) -> None:
    system = ring(own, shared)
    found, graph = explore_instances(system, 2), explore(copies(system, 2))
    assert (found.layout.word.itemsize * 8, found.layout.shape) == (width, (words, own))
    assert (found.states, found.transitions, found.depth) == (len(graph), graph.transitions, graph.depth)


@pytest.mark.parametrize(("own", "shared"), [(5, 3), (7, 10), (6, 70)])
@pytest.mark.long
def test_a_broadcast_is_followed_back_also_from_a_word_to_one_of_which_more_bits_are_used(
    own: int, shared: int
) -> None:
    task, wheel = ring(own, shared).components
    task = replace(
        task, rows=[*task.rows, *(Row("halt", s, "0") for s in task.states)], alphabet={*task.alphabet, "halt"}
    )
    wheel = replace(
        wheel, rows=[*wheel.rows, *(Row("halt", s, "=") for s in wheel.states)], alphabet={*wheel.alphabet, "halt"}
    )
    system = System("ring", [task, wheel], environment={"halt"}, copied={"task"}, broadcast={"halt"})
    late = str(own - 1)
    for asked in (
        never(lambda s: s.task == late and s.wheel == "2"),
        leads_to(lambda s: s.task == late, lambda s: s.task == "1"),
        can_always_reach(lambda s: s.task == "1" and s.wheel == "0"),
    ):
        result = check_instances(system, asked, 2, cutoff=False)
        expected = check(copies(system, 2), for_instance(asked, system, 1))
        assert (result.verdict, result.states) == (expected.verdict, expected.states)


@pytest.mark.parametrize(("own", "shared"), [(4, 2), (9, 7), (7, 10), (6, 70)])
def test_each_state_has_a_place_of_its_own(own: int, shared: int) -> None:
    layout = Layout(decompose(ring(own, shared)), 2)
    assert len(layout.pairs) == own * shared
    for point in ((0, 0, 0), (shared - 1, own - 1, 0), (1, 2, 3)):
        states = layout.one(point)
        assert list(layout.points(states)) == [point]
        assert layout.holds(states, point)
        assert not layout.holds(layout.empty(), point)


@pytest.mark.parametrize(
    ("own", "shared", "instances", "goal", "verdict"),
    [(9, 7, 6, "2", Verdict.HOLDS), (9, 7, 6, "8", Verdict.VIOLATED), (60, 2, 3, "59", Verdict.VIOLATED)],
)
@pytest.mark.long
def test_a_check_takes_no_more_memory_than_is_announced_however_long_the_run(
    own: int, shared: int, instances: int, goal: str, verdict: Verdict
) -> None:
    system, asked = ring(own, shared), leads_to(lambda s: s.task == "1", lambda s: s.task == goal)
    assert check_instances(system, asked, 2).verdict is verdict
    tracemalloc.start()
    result = check_instances(system, asked, instances)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.verdict is verdict
    assert peak < refuse_what_does_not_fit(system, instances, 1 << 30, checking=True)
    assert result.evidence is None or len(result.evidence.stem) + len(result.evidence.loop or ()) > own - 10

"""Closing group after group finds what going round every trigger finds, and leaves out no group that matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random

import pytest

from tests import needs
from tests.cross_check import sized

needs.package("oxidd")

from examples.dining_philosophers import table  # noqa: E402
from lifecheck import Component, Row, System  # noqa: E402
from lifecheck.symbolic import SymbolicSpace, fire, order, relation, saturation  # noqa: E402
from lifecheck.symbolic.encoding import Diagram  # noqa: E402
from lifecheck.symbolic.relation import Relation  # noqa: E402
from lifecheck.symbolic.saturation import Saturation  # noqa: E402
from tests.lifecheck.random_systems import LARGER, random_systems  # noqa: E402

SYSTEMS = sized(40, 300, 5_000)


@pytest.fixture(autouse=True)
def _many_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small systems fall apart into as many neighbourhoods as they can."""
    monkeypatch.setattr(order, "LARGE", 1)


def plain(
    space: SymbolicSpace, found: Diagram, within: Diagram, step: Callable[[Relation, Diagram], Diagram]
) -> Diagram:
    """Return a closure by going round every trigger."""
    before = None
    while found != before:
        before = found
        for one in space.relations:
            found |= step(one, found) & within
    return found


def some_states(space: SymbolicSpace, random: Random) -> Diagram:
    """Return a random set: now one that says nothing of some components together with others, now any."""
    encoding = space.encoding
    sizes = [len(one.states) for one in encoding.tables]
    if random.random() < 0.5:
        chosen = encoding.everything
        for part, size in enumerate(sizes):
            chosen &= encoding.current(part, random.sample(range(size), random.randint(1, size)))
        return chosen
    return encoding.union(encoding.state(tuple(map(random.randrange, sizes))) for _ in range(random.randint(1, 12)))


def spaces(count: int) -> Iterator[SymbolicSpace]:
    for system in random_systems(271828, count, shapes=[*LARGER, (2, 2, 2)]):
        yield SymbolicSpace(system, fire(system))


def differing(count: int) -> Counter[str]:
    """Return how many closures were compared, were larger than what they began with, and differ."""
    random, met = Random(count), Counter[str]()
    for space in spaces(count):
        everything = space.encoding.current(0, range(len(space.encoding.tables[0].states)))
        for part, one in enumerate(space.encoding.tables):
            everything &= space.encoding.current(part, range(len(one.states)))
        closing = Saturation(space.relations)
        met["groups"] += len(closing._groups) > 1
        start = space.encoding.state(space.initial)
        met["differ"] += closing.forwards(start) != plain(space, start, everything, Relation.image)
        for _ in range(4):
            within = some_states(space, random) & everything
            start = some_states(space, random) & within
            for closed, step in ((closing.forwards, Relation.image), (closing.backwards, Relation.preimage)):
                found = closed(start, within)
                met["compared"] += 1
                met["grown"] += found != start
                met["differ"] += found != plain(space, start, within, step)
    return met


def test_every_closure_is_that_of_going_round_all_triggers() -> None:
    met = differing(SYSTEMS)
    print("\n", dict(met))
    assert met["differ"] == 0
    assert min(met["groups"], met["grown"]) > SYSTEMS / 4


def test_a_group_that_is_left_out_though_it_does_not_commute_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saturation, "_affected", lambda groups: [set() for _ in groups])
    assert differing(20)["differ"] > 0


def test_what_is_closed_by_itself_though_it_depends_on_others_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(self: object, states: Diagram, parts: tuple[int, ...]) -> tuple[Diagram, Diagram]:
        others = set(range(len(self.tables))) - set(parts)  # type: ignore[attr-defined]
        of_parts, of_others = (self.variables(some, following=False) for some in (parts, others))  # type: ignore[attr-defined]
        return states.exists(of_others), states.exists(of_parts)

    monkeypatch.setattr("lifecheck.symbolic.encoding.Encoding.apart", torn)
    assert differing(40)["differ"] > 0


def chain(random: Random, length: int) -> System:
    """Return components in a row: each moves by itself, and with its neighbour."""
    alphabets: list[set[str]] = [{f"alone_{number}"} for number in range(length)]
    for number in range(length - 1):
        for part in alphabets[number : number + 2]:
            part.add(f"together_{number}")
    return System(
        "chain",
        [
            Component(
                f"c{number}",
                ["0", "1", "2"],
                "0",
                [
                    Row(trigger, source, random.choice("012"))
                    for trigger in sorted(alphabet)
                    for source in "012"
                    if random.random() < 0.6
                ],
                alphabet,
            )
            for number, alphabet in enumerate(alphabets)
        ],
    )


def differing_from_one_on(count: int) -> Counter[str]:
    """Return the same of closures that begin with the group of one trigger, in long chains."""
    random, met = Random(314), Counter[str]()
    doubtful = Saturation._doubtful
    with pytest.MonkeyPatch.context() as patch:

        def told(self: Saturation, numbers: Sequence[int], found: Diagram, within: Diagram) -> list[int]:
            answer = doubtful(self, numbers, found, within)
            met["spared"] += len(numbers) > 1 and not answer
            return answer

        patch.setattr(Saturation, "_doubtful", told)
        for _ in range(count):
            system = chain(random, 8)
            space = SymbolicSpace(system, fire(system))
            encoding, closing = space.encoding, Saturation(space.relations)
            everything = encoding.everything
            for part, one in enumerate(encoding.tables):
                everything &= encoding.current(part, range(len(one.states)))
            for begun in random.sample(space.relations, 4):
                within = (apart(space, random, 3) | apart(space, random, 2)) & everything
                start = (apart(space, random, 2) | apart(space, random, 2)) & within
                found = closing.backwards(start, within, because_of=begun)
                met["grown"] += found not in (start, within)
                met["differ"] += found != plain(space, start, within, Relation.preimage)
    return met


def apart(space: SymbolicSpace, random: Random, told_of: int) -> Diagram:
    """Return the states where a few components are not in some local state."""
    found = space.encoding.everything
    for part in random.sample(range(len(space.encoding.tables)), told_of):
        size = len(space.encoding.tables[part].states)
        found &= space.encoding.current(part, random.sample(range(size), max(1, size - 1)))
    return found


def test_a_closure_that_begins_with_one_trigger_is_that_of_going_round_all() -> None:
    met = differing_from_one_on(sized(25, 250, 3_000))
    print("\n", dict(met))
    assert met["differ"] == 0
    assert min(met["grown"], met["spared"]) > sized(10, 100, 1_000)


def test_sparing_groups_that_may_add_something_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Saturation, "_doubtful", lambda self, numbers, found, within: [])
    assert differing_from_one_on(25)["differ"] > 0


def test_guarded_assignments_lead_where_the_whole_begunleads(monkeypatch: pytest.MonkeyPatch) -> None:
    random, compared = Random(7), 0
    for space in spaces(sized(15, 150, 2_000)):
        states = [some_states(space, random) for _ in range(3)]
        found = []
        for few in (0, 1_000):
            monkeypatch.setattr(relation, "FEW_TARGETS", few)
            for one in space.relations:
                one.__dict__.pop("_assignments", None)
            found.append(
                [
                    step(one, some)
                    for one in space.relations
                    for some in states
                    for step in (Relation.image, Relation.preimage)
                ]
            )
        assert found[0] == found[1]
        compared += sum(one.satisfiable() for one in found[0])
    assert compared > sized(50, 500, 5_000)


def test_an_instance_is_a_neighbourhood_where_all_meet_one_component_and_a_ring_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(order, "LARGE", 4)
    ring = table("ring", philosophers=15)
    alphabets = [part.alphabet for part in ring.parts]
    placed = order.side_by_side(alphabets)
    assert sorted(order.neighbourhoods(alphabets, placed)) == list(range(len(alphabets)))
    star = [{f"take_{number}" for number in range(9)}, *({f"take_{number}", f"work_{number}"} for number in range(9))]
    star += [{f"work_{number}"} for number in range(9)]
    order_of_star = order.side_by_side(star)
    found = order.neighbourhoods(star, order_of_star)
    assert found[0] == order.SHARED_BY_ALL
    assert all(found[1 + number] == found[10 + number] for number in range(9))
    assert len(set(found)) == 10


def test_what_others_have_no_part_in_is_closed_without_them() -> None:
    parts = [
        Component(
            f"c{number}",
            ["0", "1", "2"],
            "0",
            [Row(f"up_{number}", "0", "1"), Row(f"up_{number}", "1", "2")],
            {f"up_{number}"},
        )
        for number in range(40)
    ]
    system = System("apart", parts)
    space = SymbolicSpace(system, fire(system))
    sizes = []
    right = Relation.image

    def noted(self: Relation, states: Diagram) -> Diagram:
        sizes.append(states.node_count())
        return right(self, states)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Relation, "image", noted)
        assert space.states == 3**40
    assert max(sizes) < 10


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_one_trigger_reads_and_another_changes_is_tried_again_in_either_order(is_turned: bool) -> None:
    # the guest enters while the door is open; the door is shut at any time: whoever is closed first, both come to be
    guest = Component("guest", ["out", "in"], "out", [Row("enter", "out", "in")], {"enter"})
    door = Component("door", ["open", "shut"], "open", [Row("enter", "open", "="), Row("shut", "open", "shut")], {
        "enter", "shut"
    })  # fmt: skip
    parts = [door, guest] if is_turned else [guest, door]
    system = System("house", parts)
    assert SymbolicSpace(system, fire(system)).states == 4


def test_all_that_can_be_reached_is_what_going_round_every_trigger_reaches() -> None:
    compared = 0
    for space in spaces(sized(40, 300, 3_000)):
        start = space.encoding.state(space.initial)
        assert space.reachable == plain(space, start, space.encoding.everything, Relation.image), space.system.name
        compared += len(set(space.encoding.neighbourhoods)) > 1
    assert compared > sized(20, 150, 1_500)


def test_a_component_that_waited_with_less_is_placed_once_and_counted_once() -> None:
    alphabets = [{"a", "d"}, {"a", "c", "e"}, {"a", "d"}, {"b", "c", "e"}, {"a", "b", "c"}, {"d"}]
    assert order.side_by_side(alphabets) == [5, 0, 2, 1, 3, 4]


def test_what_is_told_while_a_set_grows_lies_in_what_is_found_and_in_all_that_is_told_later() -> None:
    random = Random(31)
    by_itself = 0
    for space in spaces(sized(25, 150, 1_000)):
        goal, within = some_states(space, random), space.encoding.everything
        told: list[Diagram] = [goal]
        found = space.backwards(goal, within, grown=lambda _, known, told=told: told.append(known))  # type: ignore[misc]
        for before, after in pairwise([*told, found]):
            assert before | after == after, space.system.name
        by_itself += not all(saturation._affected([[one] for one in space.relations]))
    assert by_itself

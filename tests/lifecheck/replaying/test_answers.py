"""What an answer says: silent steps, what is blocked by whom, what is owed, what is violated, and the loop so far."""

from __future__ import annotations

from random import Random

import pytest

from lifecheck import (
    Component,
    InputError,
    Row,
    Run,
    System,
    always,
    component_of,
    eventually,
    explore,
    leads_to,
    never,
    replay,
)
from lifecheck.replaying import (
    LogEvent,
    Outcome,
    StepKind,
    answer_story,
    assert_explained,
    replay_story,
    replay_variants,
)
from lifecheck.replaying.loop import Repetition, repetition_of
from tests.cross_check import sized
from tests.lifecheck.random_systems import SHAPES, random_systems
from tests.lifecheck.replaying.brute_force import Where, fired
from tests.lifecheck.replaying.doors import BELL, DOOR, HOUSE
from tests.lifecheck.replaying.recorded_machines import hierarchical


def test_silent_steps_are_told_where_they_had_to_happen_and_nowhere_else() -> None:
    answer = replay(HOUSE, ["ring", "open", "ring"], visible=["ring", "open"]).answer
    assert [str(step.kind) for step in answer.steps] == ["shown", "shown", "shown"]
    answer = replay(HOUSE, ["ring", "open", "ring", "open"], visible=["ring", "open"]).answer
    assert answer.triggers == ("ring", "open", "ring", "close", "open") or answer.triggers[2] == "close"
    assert answer.count(StepKind.SILENT) == 1


def test_of_runs_that_cost_the_same_the_first_in_row_order_is_told() -> None:
    rows = [Row("a", "0", "1"), Row("b", "0", "1"), Row("c", "1", "2")]
    machine = System("fork", [Component("one", ["0", "1", "2"], "0", rows, {"a", "b", "c"})])
    assert replay(machine, ["c"], visible=["c"]).answer.triggers == ("a", "c")
    swapped = [rows[1], rows[0], rows[2]]
    machine = System("fork", [Component("one", ["0", "1", "2"], "0", swapped, {"a", "b", "c"})])
    assert replay(machine, ["c"], visible=["c"]).answer.triggers == ("b", "c")


def test_an_impossible_line_says_what_could_have_been_and_who_blocks_what_was() -> None:
    answer = replay(HOUSE, ["ring", "open", "open"]).answer
    assert (answer.outcome, answer.line) == (Outcome.IMPOSSIBLE, 3)
    assert answer.possible == ("ring", "close")
    (refusal,) = answer.refused
    assert refusal.by == (("bell", "quiet"), ("door", "ajar"))
    told = answer_story(answer)
    assert "Line 3 says open, which cannot be: it is blocked by bell in state quiet and door in state ajar." in told
    assert "What could have written a line there: ring, close." in told


def test_where_nothing_can_happen_any_more_that_is_said() -> None:
    smashed = System(
        "pane", [Component("pane", ["whole", "gone"], "whole", [Row("smash", "whole", "gone")], {"smash"})]
    )
    answer = replay(smashed, ["smash", "smash"]).answer
    assert answer.possible == ()
    assert "Nothing could have written a line there." in answer_story(answer)


def test_what_was_seen_of_the_state_decides() -> None:
    assert replay(HOUSE, [("ring", {"bell": "rung"})])
    answer = replay(HOUSE, [("ring", {"bell": "quiet"})]).answer
    assert answer.refused[0].elsewhere == (("bell", "rung", "quiet"),)
    assert "bell is rung there, and not quiet" in answer_story(answer)
    answer = replay(HOUSE, [LogEvent("ring", before={"door": "ajar"})]).answer
    assert answer.refused[0].elsewhere == (("door", "shut", "ajar"),)


def test_a_line_may_only_tell_where_components_are() -> None:
    seen = LogEvent(seen={"door": "ajar"})
    answer = replay(HOUSE, [LogEvent("ring"), seen], visible=["ring"]).answer
    assert [str(step.kind) for step in answer.steps] == ["shown", "silent", "observed"]
    answer = replay(HOUSE, [seen]).answer
    assert (answer.outcome, answer.line) == (Outcome.IMPOSSIBLE, 1)
    assert "Line 1 says that door ajar, which cannot be: door is shut there, and not ajar." in answer_story(answer)
    observed = replay(HOUSE, [LogEvent(seen={"door": "shut"})]).answer
    assert "line 1 tells where components are" in answer_story(observed)


def test_one_of_several_triggers_may_be_meant() -> None:
    either = LogEvent(("open", "give_up"))
    answer = replay(HOUSE, [LogEvent("ring"), either, LogEvent("close")]).answer
    assert answer.triggers == ("ring", "open", "close")
    answer = replay(HOUSE, [either]).answer
    assert {one.trigger for one in answer.refused} == {"open", "give_up"}
    assert "(give_up)" in answer_story(answer)


def test_a_trigger_that_the_system_does_not_have_is_impossible() -> None:
    answer = replay(HOUSE, ["knock"]).answer
    assert answer.refused[0].unknown
    assert "the system has no trigger 'knock'" in answer_story(answer)


def test_lines_may_lack_or_be_surplus_at_a_price() -> None:
    log = ["open", "close"]
    assert not replay(HOUSE, log)
    lost = replay(HOUSE, log, lost=1).answer
    assert lost.told == "explained with 1 lost line"
    assert [str(step.kind) for step in lost.steps] == ["lost", "shown", "shown"]
    surplus = replay(HOUSE, log, surplus=2).answer
    assert surplus.told == "explained with 2 surplus lines"
    assert "line 1 is surplus" in answer_story(surplus)
    assert replay(HOUSE, log, lost=1, surplus=2).answer.told == lost.told
    assert "(its line is lost)" in answer_story(lost)
    assert not replay(HOUSE, ["close", "close"], lost=1)


def test_an_obligation_is_owed_where_the_log_ends_and_never_violated() -> None:
    answered = leads_to("bell == 'rung'", "bell == 'quiet'")
    (owed,) = replay(HOUSE, ["ring", "open", "ring"], properties=[answered]).answer.owed
    assert (owed.property, owed.line, owed.surely) == (answered, 3, True)
    assert not replay(HOUSE, ["ring", "open"], properties=[answered]).answer.owed
    answer = replay(HOUSE, ["ring"], visible=["ring"], properties=[answered]).answer
    assert [(one.line, one.surely) for one in answer.owed] == [(1, False)]
    assert "Owed since line 1" in answer_story(answer)
    assert "unless it was kept in silence" in answer_story(answer)


def test_what_is_promised_from_the_start_is_kept_once_and_for_all() -> None:
    opened = eventually("door == 'ajar'")
    (owed,) = replay(HOUSE, ["ring"], properties=[opened]).answer.owed
    assert owed.line is None
    assert "Owed since the start" in answer_story(replay(HOUSE, ["ring"], properties=[opened]).answer)
    assert not replay(HOUSE, ["ring", "open", "close"], properties=[opened]).answer.owed


def test_a_safety_property_is_violated_on_the_line_that_leads_there() -> None:
    whole, shut = never("door == 'broken'"), always("door == 'shut'", given="bell == 'quiet'")
    broken = replay(HOUSE, ["ring", "open", "close", "smash"], properties=[whole, shut]).answer.broken
    assert [(one.property, one.line, one.surely) for one in broken] == [(whole, 4, True), (shut, 2, True)]
    told = answer_story(replay(HOUSE, ["smash"], properties=[whole]).answer)
    assert "It violates never(door == 'broken') on line 1." in told
    at_once = replay(HOUSE, ["smash"], properties=[never("door == 'shut'")]).answer
    assert "at the start" in answer_story(at_once)


def test_that_another_explanation_spares_a_property_is_said() -> None:
    rows = [Row("left", "0", "1"), Row("right", "0", "2"), Row("end", "1", "3"), Row("end", "2", "3")]
    fork = System("fork", [Component("one", ["0", "1", "2", "3"], "0", rows, {"left", "right", "end"})])
    (broken,) = replay(fork, ["end"], visible=["end"], properties=[never("one == '1'")]).answer.broken
    assert not broken.surely
    told = answer_story(replay(fork, ["end"], visible=["end"], properties=[never("one == '1'")]).answer)
    assert "another explanation may not" in told


def test_a_loop_is_told_with_its_rounds_and_shown_once() -> None:
    answer = replay(HOUSE, ["ring", "open", "close"] * 3 + ["ring"]).answer
    assert answer.loop is not None
    assert (answer.loop.begins, answer.loop.length, answer.loop.rounds, answer.loop.line) == (0, 3, 3, 1)
    told = answer_story(answer)
    assert "Steps 1 to 3 went round so far: 3 rounds, and 1 step of the next, since line 1." in told
    assert told.count("ring (line") == 1
    assert replay(HOUSE, ["ring", "open", "close", "ring"]).answer.loop is None


def test_an_observer_that_counts_hides_no_loop() -> None:
    rows = [Row("ring", "none", "once"), Row("ring", "once", "again"), Row("ring", "again", "=")]
    counting = Component("rings", ["none", "once", "again"], "none", rows, {"ring"})
    watched = System("house", [BELL, DOOR], observers=[counting])
    answer = replay(watched, ["ring", "open", "close"] * 3).answer
    assert answer.loop is not None
    assert answer.loop.rounds == 3


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("", None),
        ("aaa", Repetition(0, 1, 3)),
        ("abab", Repetition(0, 2, 2)),
        ("xaabaab", Repetition(1, 3, 2)),
        ("abcab", None),
        ("abacabac", Repetition(0, 4, 2)),
        ("aabaab", Repetition(0, 3, 2)),
    ],
)
def test_the_shortest_round_that_repeats_at_the_end_is_found(steps: str, found: Repetition | None) -> None:
    assert repetition_of(steps) == found


def test_a_log_that_begins_in_the_middle_may_begin_anywhere() -> None:
    assert not replay(HOUSE, ["close", "ring"])
    answer = replay(HOUSE, ["close", "ring"], anywhere=True).answer
    assert answer
    assert str(answer.states[0]) == "State(bell=quiet, door=ajar)"
    assert not replay(HOUSE, ["smash", "close"], anywhere=True)


def test_cases_are_followed_apart_and_grouped_by_story() -> None:
    def of(case: str, *triggers: str) -> list[LogEvent]:
        return [LogEvent(trigger, case) for trigger in triggers]

    log = [*of("a", "ring"), *of("b", "ring"), *of("c", "open"), *of("a", "open"), *of("b", "open"), *of("c", "ring")]
    found = replay(HOUSE, log)
    assert [(group.cases, str(group.answer.outcome)) for group in found.groups] == [
        (("a", "b"), "explained"),
        (("c",), "impossible"),
    ]
    assert str(found) == "2 cases explained, 1 case impossible from line 3"
    assert any("1 line after one that no run has" in remark for remark in found.remarks)
    assert found.group_of("b").answer.case == "a"
    with pytest.raises(InputError, match="there is no case 'd'"):
        found.group_of("d")
    with pytest.raises(InputError, match="3 cases; ask groups"):
        _ = found.answer
    assert "2 cases explained: a, b" in replay_story(found)


def test_loops_of_different_rounds_are_one_story() -> None:
    rounds = ["ring", "open", "close"]
    log = [LogEvent(trigger, case) for case, times in (("a", 2), ("b", 5)) for trigger in rounds * times]
    (group,) = replay(HOUSE, log).groups
    assert (group.cases, group.rounds) == (("a", "b"), (2, 5))
    assert "2 to 5 rounds" in replay_story(replay(HOUSE, log))


def test_rows_that_no_case_takes_are_told() -> None:
    found = replay(HOUSE, ["ring", "open"])
    assert [(name, row.trigger) for name, row in found.never_exercised] == [
        ("bell", "give_up"),
        ("door", "close"),
        ("door", "smash"),
    ]
    assert not replay(HOUSE, ["ring", "open", "close", "smash", "ring", "give_up"]).never_exercised


def test_variants_say_which_of_them_could_have_written_a_log() -> None:
    mended = System(
        "house", [BELL, Component("door", ["shut", "ajar"], "shut", DOOR.rows[:2], {"open", "close", "smash"})]
    )
    found = replay_variants({"as it is": HOUSE, "mended": mended}, ["ring", "open", "close", "smash"])
    assert [(name, str(one)) for name, one in found.items()] == [
        ("as it is", "1 case explained"),
        ("mended", "1 case impossible from line 4"),
    ]


def test_beyond_a_limit_nothing_is_called_impossible() -> None:
    assert len(explore(HOUSE)) == 6
    answer = replay(HOUSE, ["ring", "open", "close", "smash", "smash"], limit=2).answer
    assert answer.outcome is Outcome.UNKNOWN
    assert not replay(HOUSE, ["ring", "open", "close", "smash", "smash"], limit=2)
    assert "states beyond the limit were not looked at" in answer_story(answer)
    assert replay(HOUSE, ["ring"], limit=4)


def test_states_of_a_hierarchical_machine_may_be_named_by_an_ancestor() -> None:
    job = component_of(hierarchical, "job")
    house = System("jobs", [job])
    assert replay(house, [("take", {"job": "busy"}), ("go_on", {"job": "busy_half"})])
    assert not replay(house, [("take", {"job": "done"})])
    with pytest.raises(InputError, match="'busi', which is none of its states; did you mean 'busy'"):
        replay(house, [("take", {"job": "busi"})])


def test_a_trigger_that_takes_arguments_may_be_called_without_them() -> None:
    from transitions import Machine

    class Order:
        def __init__(self) -> None:
            rows = [{"trigger": "pay", "source": "open", "dest": "paid", "conditions": "enough"}]
            Machine(self, states=["open", "paid"], initial="open", transitions=rows, auto_transitions=False)

        def enough(self, amount: int) -> bool:
            return amount >= 5

    asked = {"pay": [(0,), (5,)]}
    assert replay(Order, ["pay"], arguments=asked).answer.triggers == ("pay(5)",)
    assert not replay(Order, ["pay(0)"], arguments=asked)
    assert not replay(Order, ["pay", "pay"], arguments=asked)


def test_a_test_that_is_not_explained_fails_with_the_story() -> None:
    assert_explained(HOUSE, ["ring"])
    with pytest.raises(AssertionError, match="impossible from line 1"):
        assert_explained(HOUSE, ["open"])


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(InputError, match="neither a trigger nor a state"):
        LogEvent()
    with pytest.raises(InputError, match="the log has no events"):
        replay(HOUSE, [])
    with pytest.raises(InputError, match="lost is -1"):
        replay(HOUSE, ["ring"], lost=-1)
    with pytest.raises(InputError, match="visible names 'rign', which is no trigger; did you mean 'ring'"):
        replay(HOUSE, ["ring"], visible=["rign"])
    with pytest.raises(InputError, match="visible is the text 'ring'"):
        replay(HOUSE, ["ring"], visible="ring")
    with pytest.raises(InputError, match="'dor', which is no component; did you mean 'door'"):
        replay(HOUSE, [("ring", {"dor": "shut"})])
    with pytest.raises(InputError, match="'door' is 'shutt', which is none of its states; did you mean 'shut'"):
        replay(HOUSE, [("ring", {"door": "shutt"})])
    with pytest.raises(InputError, match="a mapping is how the lines of a file are read"):
        replay(HOUSE, ["ring"], mapping=lambda text: LogEvent(text))


def test_beyond_a_limit_nothing_is_sure() -> None:
    whole = never("door == 'broken'")
    answered = leads_to("bell == 'rung'", "bell == 'quiet'")
    log = ["smash", "ring"]
    known = replay(HOUSE, log, properties=[whole, answered]).answer
    assert [one.surely for one in (*known.broken, *known.owed)] == [True, True]
    limited = replay(HOUSE, log, properties=[whole, answered], limit=4).answer
    if limited:
        assert [one.surely for one in (*limited.broken, *limited.owed)] == [False, False]


def test_of_random_obligations_it_is_said_whether_every_run_owes_them() -> None:
    """A judge that knows the rows alone follows every run with what it owes."""
    random, compared, spared = Random(20), 0, 0
    for system in random_systems(200, sized(120, 200, 3_000), shapes=SHAPES):
        system = system.with_observers([])
        visible = {trigger for trigger in system.triggers if random.random() < 0.6}
        run, log = Run(system), []
        for _ in range(8):
            possible = run.possible()
            if not possible:
                break
            taken = random.choice(possible)
            run.trigger(taken)
            log += [taken] if taken in visible else []
        if not log:
            continue
        name = random.choice([part.name for part in system.components])
        states = next(part for part in system.components if part.name == name).states
        given, goal = random.choice(states), random.choice(states)
        asked = leads_to(f"{name} == {given!r}", f"{name} == {goal!r}")
        answer = replay(system, log, visible=visible, properties=[asked]).answer
        position = [part.name for part in system.components].index(name)
        ends = ends_of(system, visible, log, position, given, goal)
        if answer.owed:
            compared += 1
            assert answer.owed[0].surely is (ends == {True})
            spared += not answer.owed[0].surely
        else:
            assert False in ends
    assert compared > 10
    assert spared


def ends_of(system: System, visible: set[str], log: list[str], position: int, given: str, goal: str) -> set[bool]:
    """Return whether the obligation can be open, and whether it can be kept, at the end of a run with these lines."""

    def judged(where: Where, is_open: bool) -> tuple[Where, bool]:
        return where, (is_open or where[position] == given) and where[position] != goal

    def silently(found: set[tuple[Where, bool]]) -> set[tuple[Where, bool]]:
        while True:
            more = {
                judged(target, is_open)
                for where, is_open in found
                for trigger in system.triggers
                if trigger not in visible and (target := fired(system, where, trigger)) is not None
            }
            if more <= found:
                return found
            found = found | more

    found = silently({judged(tuple(part.initial for part in system.components), False)})
    for shown in log:
        found = silently(
            {judged(target, is_open) for where, is_open in found if (target := fired(system, where, shown)) is not None}
        )
    return {is_open for _, is_open in found}


def test_cases_that_could_not_be_from_different_lines_are_one_story() -> None:
    log = [LogEvent("open", case) for case in ("a", "b", "c")]
    told = replay_story(replay(HOUSE, log))
    assert told.startswith("3 cases impossible from line 1, the last from line 3: a, b, c")
    many = replay_story(replay(HOUSE, [LogEvent("ring", str(number)) for number in range(8)]))
    assert many.startswith("8 cases explained: 0, 1, 2, 3, 4 and 3 more")


def test_a_line_that_tells_where_components_were_and_are_is_said_so() -> None:
    told = answer_story(replay(HOUSE, [LogEvent("ring", seen={"bell": "quiet"}, before={"bell": "quiet"})]).answer)
    assert "Line 1 says ring from bell quiet to bell quiet, which cannot be" in told


def test_what_firing_does_not_see_is_said_with_the_answer() -> None:
    from transitions import Machine

    is_open = [True]

    class Gate:
        def __init__(self) -> None:
            rows = [{"trigger": "pass_through", "source": "here", "dest": "there", "conditions": "may_pass"}]
            Machine(self, states=["here", "there"], initial="here", transitions=rows, auto_transitions=False)

        def may_pass(self) -> bool:
            return is_open[0]

    found = replay(Gate, ["pass_through"])
    assert found
    assert "is_open" in found.note
    assert replay(HOUSE, ["ring"]).note == ""


def test_a_variant_that_lacks_what_a_line_tells_of_cannot_have_written_it() -> None:
    bell = System("bell", [BELL])
    log = ["ring", ("open", {"door": "ajar"})]
    found = replay_variants({"bell": bell, "house": HOUSE}, log)
    assert found["house"]
    assert found["bell"].answer.line == 2
    assert found["bell"].answer.refused[0].elsewhere == (("door", "", "ajar"),)
    assert "Line 2 says open, with door ajar, which cannot be: the system has no component 'door'." in replay_story(
        found["bell"]
    )
    for wrong in ({"gate": "ajar"}, {"door": "ajr"}):
        with pytest.raises(InputError, match="line 2 of the log tells"):
            replay_variants({"bell": bell, "house": HOUSE}, ["ring", ("open", wrong)])


def test_a_name_that_would_break_a_line_is_told_in_quotes() -> None:
    found = replay(HOUSE, [LogEvent("ring", case=case) for case in ("7", "", "a\nb", "\x1b[31m")])
    assert replay_story(found).startswith(r"4 cases explained: 7, '', 'a\nb', '\x1b[31m'")
    assert r"Line 1 says 'ri\nng', which cannot be" in replay_story(replay(HOUSE, ["ri\nng"]))

"""The model's triggers on the real programs: what is seen agrees after each, and another variant's model is refuted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from lifecheck import System
from mail.conformance import ANSWERS, Conformance, DifferenceError, with_everything
from mail.instance import Instance
from mail.judgement import variants
from tests.cross_check import sized
from tests.mail import needed

VARIANTS = sized(("unpatched",), (*ANSWERS,), (*ANSWERS,))

STEPS = sized(8, 36, 60)
"""How many steps an example has."""

EXAMPLES = sized(1, 2, 20)

INTERRUPTS = {"crash_smtp", "crash_store", "crash_scanner", "grow_old"}
AT_MOST = 2
"""How often a message is interrupted: the rest of its way is to be seen as well."""

HOW = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def programs() -> Iterator[Instance]:
    """Postfix, clamd and the small store, one step at a time."""
    needed.mail_programs()
    with Instance(one_by_one=True) as instance:
        yield instance


def driven(programs: Instance, system: System, taken: Counter[str]) -> type[RuleBasedStateMachine]:
    """Return the machine that takes the model's triggers on the programs and compares."""

    class Driven(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.both = Conformance(programs, system)
            self.interrupted = 0

        def possible(self) -> list[str]:
            """Return what may be drawn: what was taken least, so that nothing is left out."""
            may = [
                trigger for trigger in self.both.possible() if self.interrupted < AT_MOST or trigger not in INTERRUPTS
            ]
            return sorted(may, key=lambda trigger: taken[trigger])[:3]

        @precondition(lambda self: self.possible())
        @rule(data=st.data())
        def take(self, data: st.DataObject) -> None:
            trigger = data.draw(st.sampled_from(self.possible()))
            self.interrupted += trigger in INTERRUPTS
            taken[trigger] += 1
            self.both.take(trigger)

        @precondition(lambda self: self.both.is_settled)
        @rule()
        def next_message(self) -> None:
            self.both.next_message()
            self.interrupted = 0

        def teardown(self) -> None:
            self.both.reset()

    return Driven


STRAIGHT = ("accept_infected_message", "attempt_delivery", "begin_scan", "request_deletion", "delete")
ENDS = {
    "unpatched": ("abandon_attempt", *STRAIGHT[1:], "abandon_attempt", "grow_old", "expire"),
    "patched": ("lose_acknowledgement", "abandon_attempt", *STRAIGHT[1:], "acknowledge"),
    "consuming": ("report_consumed",),
    "bouncing": ("report_failure",),
    "remembering": ("abandon_attempt", "attempt_delivery", "recognise", "acknowledge"),
}
"""How an infected message fares after that."""

INTERRUPTED = (
    *("accept_clean_message", "crash_smtp", "restart_smtp", "attempt_delivery", "crash_store", "restart_store"),
    *("abandon_attempt", "attempt_delivery", "begin_scan", "crash_scanner", "restart_scanner", "begin_scan"),
    *("find_clean", "crash_smtp", "restart_smtp", "attempt_delivery", "begin_scan", "find_clean", "deliver"),
    *("acknowledge", "crash_smtp", "restart_smtp"),
)
"""How a clean message fares where everything crashes."""


def take_all(both: Conformance, triggers: Iterable[str]) -> None:
    """Take triggers on both; after a difference, leave the programs as another test can use them."""
    try:
        for trigger in triggers:
            both.take(trigger)
    except BaseException:
        both.reset()
        raise


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_way_of_an_infected_message_is_the_same_on_both(programs: Instance, variant: str) -> None:
    programs.small_store.become(variant)
    both = Conformance(programs, with_everything(variant))
    take_all(both, [*STRAIGHT, *ENDS[variant]])
    assert both.is_settled


def test_the_way_of_a_message_among_crashes_is_the_same_on_both(programs: Instance) -> None:
    programs.small_store.become("patched")
    both = Conformance(programs, with_everything("patched"))
    take_all(both, INTERRUPTED)
    assert both.is_settled


def test_every_trigger_that_the_programs_can_be_brought_to_is_on_one_of_these_ways() -> None:
    # what they cannot: other versions of the interface, other signatures, a scanner that only hesitates; and what
    # Postfix does in one go with what comes before it
    elsewhere = {"replace", "request_replacement", "update_signatures", "fail_to_scan", "remove_file", "rebuild_queue"}
    on_a_way = {trigger for way in (STRAIGHT, *ENDS.values(), INTERRUPTED) for trigger in way}
    known = {trigger for variant in ANSWERS for trigger in with_everything(variant).triggers}
    assert known == on_a_way | elsewhere


def test_what_can_be_seen_of_the_real_programs_agrees_with_the_model_after_each_step(programs: Instance) -> None:
    taken: Counter[str] = Counter()
    for variant in VARIANTS:
        programs.small_store.become(variant)
        run_state_machine_as_test(driven(programs, with_everything(variant), taken), settings=HOW)
    assert taken.total() >= sized(6, 300, 3_000)


OTHERS = (
    ("unpatched", "patched"),
    ("patched", "unpatched"),
    ("patched", "consuming"),
    ("consuming", "patched"),
    ("bouncing", "consuming"),
    ("remembering", "unpatched"),
    ("unpatched", "remembering"),
)


@pytest.mark.parametrize(("store", "model"), sized(OTHERS[:2], OTHERS, OTHERS))
def test_the_model_of_another_variant_is_refuted(programs: Instance, store: str, model: str) -> None:
    programs.small_store.become(store)
    both = Conformance(programs, variants(losing=True)[model])
    with pytest.raises(DifferenceError, match=r"the store|queue is|sender is"):
        take_all(both, [*STRAIGHT, *ENDS[model]])


@pytest.mark.long
def test_hypothesis_refutes_the_model_of_another_variant(programs: Instance) -> None:
    programs.small_store.become("unpatched")
    machine = driven(programs, variants()["patched"], Counter())
    with pytest.raises(DifferenceError, match="the store says nothing"):
        run_state_machine_as_test(machine, settings=settings(HOW, max_examples=20, stateful_step_count=20))
    programs.small_store.become("patched")
    run_state_machine_as_test(machine, settings=settings(HOW, max_examples=3, stateful_step_count=20))

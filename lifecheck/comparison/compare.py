"""Compares two variants of a system: replays the evidence of one on both, and lets the other go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from lifecheck.checking import EXPLICIT_STATES, Judgement, Monitor, Walk, judge, sets_of, way_in_sets, way_to
from lifecheck.comparison.comparison import Comparison, Divergence, End, VariantRun
from lifecheck.errors import InputError
from lifecheck.properties import Claim, Decisive, Predicate, Property, Verdict
from lifecheck.statespace import STATE_LIMIT, Explorer, with_needed_observers
from lifecheck.symbolic import SymbolicLimitError
from lifecheck.system import System, local_states


def compare(
    systems: Mapping[str, System], claim: Claim, *, limit: int = STATE_LIMIT, explorer: Explorer | None = None
) -> Comparison:
    """Take the evidence of one variant and replay it step by step on the real machines of both.

    The story is that of the variant that violates the claim (for `sometimes`, of the one that does not,
    because there the evidence is a path); of the first where both have one. Steps are common while the
    other variant can take them too and the components that both have are in the same states. From then
    on it goes on by itself: to what the claim asks for, on the shortest way of system triggers, or else
    fairly until it can stay or repeat its steps for ever.

    Parameters
    ----------
    systems
        Two variants by name.
    claim
        What is claimed of them.
    limit
        The largest number of states to visit of each.
    explorer
        Owns what is explored, where more is asked of the same systems; without it, they are explored anew.

    Raises
    ------
    InputError
        If there are not two, or they have no component in common.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, comparison_story, eventually
    >>> def bell(name, *rows):
    ...     part = Component("bell", ["rung", "answered"], "rung", rows, {"wait", "answer"})
    ...     return System(name, [part])
    >>> deaf, heard = bell("deaf", Row("wait", "rung", "=")), bell("heard", Row("answer", "rung", "answered"))
    >>> def answered(state): return state.bell == "answered"
    >>> claim = Claim("answered", "it is answered", eventually(answered))
    >>> print(comparison_story(compare({"deaf": deaf, "heard": heard}, claim)))
      Start  bell rung
    <BLANKLINE>
        deaf:
      [  1. wait
            nothing changes
      Step 1 can repeat for ever, and every fair trigger gets its due.
    <BLANKLINE>
        heard: wait is blocked by bell in state rung.
         1. answer
            bell: rung -> answered
      Here answered holds.
    """
    check_comparable(systems)
    (first, one), (second, two) = systems.items()
    explorer = explorer or Explorer()
    judgements = (
        judge(first, one, claim, limit=limit, explorer=explorer),
        judge(second, two, claim, limit=limit, explorer=explorer),
    )
    if not any(has_a_story(judgement) for judgement in judgements):
        return Comparison(judgements)
    told, other = judgements if has_a_story(judgements[0]) else judgements[::-1]
    # both are walked with every observer that the claim reads on either, so that they can be compared
    read = {part.name for judgement in judgements for part in judgement.result.system.observers}

    def compared(read: frozenset[str]) -> Comparison:
        walks = Walk(systems[told.variant].with_observers(read)), Walk(systems[other.variant].with_observers(read))
        return _compare(judgements, told, other, walks, partial(_nearest, explorer, limit=limit))

    return with_needed_observers(compared, read)


def check_comparable(systems: Mapping[str, System]) -> None:
    """Verify that these are two variants that have something in common.

    Raises
    ------
    InputError
        If they are not.
    """
    if len(systems) != 2:
        raise InputError(f"two different variants are compared, not {len(systems)}; name two")
    (first, one), (second, two) = systems.items()
    if not {part.name for part in one.parts} & {part.name for part in two.parts}:
        raise InputError(
            f"{first!r} and {second!r} have no component in common, so that nothing can be compared; "
            "name two variants of one system"
        )


def has_a_story(judgement: Judgement) -> bool:
    """Whether there is a run to tell: a counterexample or, of `sometimes`, the run that shows it."""
    return judgement.result.verdict is judgement.claim.asked.kind.run_shows


_END_OF_EVIDENCE = {
    Decisive.STATE: End.DECIDED,
    Decisive.CLOSED_SET: End.CLOSED,
    Decisive.LOOP: End.REPEATED,
}


Way = Callable[[Walk, Predicate], tuple[tuple[str, ...] | None, bool]]
"""Returns the fewest system triggers that lead from the end of a walk to a goal, and whether there surely are none."""


def _nearest(explorer: Explorer, walk: Walk, goal: Predicate, *, limit: int) -> tuple[tuple[str, ...] | None, bool]:
    """Return the way to a goal, by the engine that fits; and whether all states were seen, so that none means none."""
    graph = explorer.explore(walk.system, min(limit, EXPLICIT_STATES))
    if not graph.complete and limit > EXPLICIT_STATES:
        try:
            return sets_of(explorer, walk.system).ask(lambda space: way_in_sets(space, walk.taken, goal)), True
        except SymbolicLimitError:
            graph = explorer.explore(walk.system, limit)
    return way_to(graph, walk.taken, goal), graph.complete


def _compare(
    judgements: tuple[Judgement, Judgement],
    told: Judgement,
    other: Judgement,
    walks: tuple[Walk, Walk],
    way: Way,
) -> Comparison:
    """Walk both, the first along its evidence, the second beside it while it can."""
    story, beside = walks
    asked, evidence = told.claim.asked, told.result.evidence
    assert evidence is not None
    triggers = (*evidence.stem, *(evidence.loop or ()))
    common, divergence = _walk_together(story, beside, triggers)
    for trigger in triggers[len(story.taken) :]:
        story.take(trigger)
    stem = len(evidence.stem) if asked.kind.is_liveness else None
    end = _END_OF_EVIDENCE[asked.kind.decided_by]
    variant_run = _variant_run(told, story, end, stem)
    if divergence is None and _ends_alike(asked, beside, stem, way):
        return Comparison(judgements, (variant_run, _variant_run(other, beside, end, stem)), common, is_same=True)
    owed: tuple[str, ...] = ()
    if divergence is None and stem is not None and beside.states[stem] == beside.states[-1]:
        owed = beside.owed(stem)
    return Comparison(judgements, (variant_run, _go_on(other, beside, way)), common, divergence, owed)


def _walk_together(story: Walk, beside: Walk, triggers: Sequence[str]) -> tuple[int, Divergence | None]:
    """Take the triggers on both until they part; return the number of common steps, and what parts them."""
    differing = _differing(story, beside)
    if differing:
        return 0, Divergence(None, differing=differing)
    for number, trigger in enumerate(triggers):
        story.take(trigger)
        if trigger not in beside.system.triggers:
            return number, Divergence(trigger)
        blocked_by = beside.run.blocked_by(trigger)
        if blocked_by:
            return number, Divergence(trigger, blocked_by)
        beside.take(trigger)
        differing = _differing(story, beside)
        if differing:
            return number, Divergence(trigger, differing=differing)
    return len(triggers), None


def _differing(story: Walk, beside: Walk) -> tuple[tuple[str, str, str], ...]:
    """Return the components that both have and that are in different states."""
    there = local_states(beside.states[-1])
    return tuple(
        (name, local.label, there[name].label)
        for name, local in local_states(story.states[-1]).items()
        if name in there and there[name].key != local.key
    )


def _ends_alike(asked: Property, beside: Walk, stem: int | None, way: Way) -> bool:
    """Whether the walk, which has taken every step of the story, is evidence as the story is."""
    if stem is not None and (beside.states[stem] != beside.states[-1] or beside.owed(stem)):
        return False  # the loop of the story is none here, or not a fair one
    if asked.kind.decided_by is Decisive.STATE:
        return asked.is_settled_in(beside.states[-1])
    if asked.kind.decided_by is Decisive.CLOSED_SET:
        found, is_certain = way(beside, asked.goal)
        return found is None and is_certain
    monitor = Monitor.of(beside.system, asked)
    refutation = monitor.visit(beside.states[0], beside.possible[0])
    for trigger, state, possible in zip(beside.taken, beside.states[1:], beside.possible[1:], strict=True):
        refutation = monitor.visit(state, possible, trigger)
    return refutation is not None


def _go_on(judgement: Judgement, walk: Walk, way: Way) -> VariantRun:
    """Let a walk go on by itself to its end."""
    found = None
    asked = judgement.claim.asked
    if asked.kind.is_safety or judgement.result.verdict is not Verdict.VIOLATED:
        found, _ = way(walk, asked.is_settled_in)
    if found is None:
        stem = walk.go_on()
        return _variant_run(judgement, walk, End.UNTOLD if stem is None else End.REPEATED, stem)
    for trigger in found:
        walk.take(trigger)
    return _variant_run(judgement, walk, End.DECIDED)


def _variant_run(judgement: Judgement, walk: Walk, end: End, stem: int | None = None) -> VariantRun:
    return VariantRun(judgement, walk.system, walk.states[0], walk.steps, end, stem)

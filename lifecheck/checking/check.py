"""Checks properties on a system: explores, decides, and replays the evidence on the real machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, overload

from lifecheck.checking.either_way import about_states_alone, as_far_as_proven
from lifecheck.checking.engines import Engine, Engines
from lifecheck.checking.result import Evidence, Result
from lifecheck.checking.results import Results
from lifecheck.checking.several_starts import decide_for_every_start
from lifecheck.errors import BlockedError, LifecheckError, PredicateError
from lifecheck.machines import LOCAL_STATE_LIMIT, Run, Subject, Tables, runs_code, system_of
from lifecheck.properties import Final, Property, can_end
from lifecheck.statespace import STATE_LIMIT, Explorer, with_needed_observers
from lifecheck.symbolic import DEFAULT_MEMORY, refuse_memory
from lifecheck.system import Guards, Owing, System


@overload
def check(
    subject: Subject,
    asked: Property,
    /,
    *,
    fair: Iterable[Owing] | None = None,
    strong: Mapping[Owing, str] | None = None,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    guards: Guards | None = None,
    final: None = None,
    limit: int = STATE_LIMIT,
    local_limit: int = LOCAL_STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
) -> Result: ...


@overload
def check(
    subject: Subject,
    /,
    *,
    fair: Iterable[Owing] | None = None,
    strong: Mapping[Owing, str] | None = None,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    guards: Guards | None = None,
    final: Final,
    limit: int = STATE_LIMIT,
    local_limit: int = LOCAL_STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
) -> Result: ...


@overload
def check(
    subject: Subject,
    asked: Property,
    /,
    *more: Property,
    fair: Iterable[Owing] | None = None,
    strong: Mapping[Owing, str] | None = None,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    guards: Guards | None = None,
    final: Final | None = None,
    limit: int = STATE_LIMIT,
    local_limit: int = LOCAL_STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
) -> Results: ...


def check(
    subject: Subject,
    /,
    *asked: Property,
    fair: Iterable[Owing] | None = None,
    strong: Mapping[Owing, str] | None = None,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    guards: Guards | None = None,
    final: Final | None = None,
    limit: int = STATE_LIMIT,
    local_limit: int = LOCAL_STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
) -> Result | Results:
    """Check properties on every reachable state.

    The states are visited one by one; where they grow to more than `EXPLICIT_STATES`, sets of them are held as
    decision diagrams instead, if ``oxidd`` is there to hold them. A system is checked with those observers alone that
    the property reads, because observers lengthen lassos. Whatever evidence is found has been replayed on the real
    machines. A machine's conditions and callbacks run, on fresh instances of it.

    Parameters
    ----------
    subject
        A system, a component, or what `component_of` takes: a `transitions` machine, or a function that returns a
        fresh one.
    asked
        The properties; none only where `final` asks.
    fair
        Triggers that are weakly fair: one that stays possible is taken in the end. Of a group, written as a tuple
        ``("retry_soon", "retry_late")``, some member is taken while some member stays possible. Without it, a system
        keeps its own, and in a machine nothing is fair.
    strong
        Triggers that are strongly fair (one possible again and again is taken in the end), each with the reason.
    attributes
        Names of the machine's attributes that belong to its state.
    ignored
        Names of what may change in the machine although it belongs to no state, as a log does, because nothing
        depends on it: its attributes, and with dots what their objects hold. Where something does depend on it, and
        firing shows that, it is an error.
    arguments
        What triggers are fired with that take arguments; each choice is a trigger of its own, see `component_of`.
    guards
        "either" to ask no condition and run no callback: each guard may answer either way, which makes steps of their
        own, ``pay [enough]``. That allows more runs than the machine has, so that it proves what holds in all of them,
        and that a `sometimes` is nowhere; the other way the verdict is `unknown`, with what is possible, if the guards
        answer so, as evidence. A trigger is owed fairness as it is named in the machine, where it is not refused.
    final
        States in which a run may end, as for `lint`: asks also, after the others, whether a run always can.
    limit
        The largest number of states to visit one by one; beyond it the verdict is `unknown`, unless what was
        covered already decides. One of at most `EXPLICIT_STATES` leaves nothing to the symbolic engine.
    local_limit
        The largest number of local states of one component that has attributes, which may make them without end;
        beyond it likewise. A component without declares all that it can have: of those `limit` alone decides.
    engine
        "explicit" to visit states one by one however many there are, "symbolic" to hold sets of them from the start.
    memory
        How many bytes the sets may take; beyond it the verdict is `unknown`, unless visiting states one by one decides.

    Returns
    -------
    Result or Results
        Verdict, scope, assumptions and evidence; for several properties one after the other.

    Raises
    ------
    LifecheckError
        If the system or a predicate cannot be used; the text says where and what to do.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import can_always_reach, leads_to
    >>> def bell():
    ...     rows = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"], ["answer", "rung", "answered"]]
    ...     return Machine(states=["quiet", "rung", "answered"], initial="quiet", transitions=rows)
    >>> result = check(bell, leads_to("state == 'rung'", "state == 'answered'"), fair=["answer"])
    >>> result.verdict, result.evidence.stem, result.evidence.loop
    (<Verdict.VIOLATED: 'violated'>, (), ('ring', 'give_up'))
    >>> also = can_always_reach("state == 'answered'")
    >>> check(bell, result.property, also, fair=["ring"], strong={"answer": "somebody hears it in the end"})
    <Results: leads_to(state == 'rung', state == 'answered') holds, can_always_reach(state == 'answered') holds>
    >>> check(bell, final=["answered"])
    <Result: can_always_reach(bell.within('answered')) holds>
    """
    for one in asked:
        if not isinstance(one, Property):
            raise PredicateError(f"asked is {one!r}, not a property; write never(...), leads_to(...) or their like")
    system = system_of(
        subject,
        fair=fair,
        strong=strong,
        attributes=attributes,
        ignored=ignored,
        arguments=arguments,
        guards=guards,
    )
    ending = [claim.asked for claim in can_end([system], () if final is None else final)]
    if not asked and not ending:
        raise PredicateError("nothing is asked; write never(...), leads_to(...) or their like, or final=[...]")
    explorer = Explorer()
    results = Results(
        settled(check_by(explorer, system, one, limit=limit, local_limit=local_limit, engine=engine, memory=memory))
        for one in (*asked, *ending)
    )
    return results if len(results) > 1 else results[0]


def check_by(
    explorer: Explorer,
    system: System,
    asked: Property,
    *,
    limit: int = STATE_LIMIT,
    local_limit: int = LOCAL_STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
    evidence: bool = True,
) -> Result:
    """Check a property on what an explorer knows, or explores now; as `check` does.

    Parameters
    ----------
    explorer
        Owns what is explored, so that several questions may share it.
    system, asked, limit, local_limit, engine, memory
        As for `check`.
    evidence
        Whether evidence is wanted. Where a machine runs code it is found and replayed in any case, because that would
        show that the machine hides something; of rows alone the verdict is the same without.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> str(check_by(Explorer(), System("lamp", [lamp]), never("lamp == 'on'")).verdict)
    'violated'
    """
    if system.has_several_starts:
        again = partial(
            check_by, explorer, limit=limit, local_limit=local_limit, engine=engine, memory=memory, evidence=evidence
        )
        return decide_for_every_start(system, asked, lambda one: again(one, asked))
    refuse_memory(memory)
    wanted = evidence or any(runs_code(part) for part in system.parts)
    engines = Engines(explorer, asked, limit, local_limit, memory, wanted)
    decide = engines.named(engine)
    with about_states_alone(system):
        result = with_needed_observers(lambda read: decide(system.with_observers(read)))
    if result.evidence is not None:
        replay(result.system, result.evidence, explorer.tables)
    return as_far_as_proven(result)


def settled(result: Result) -> Result:
    """Return a result of which nothing is left to be fired later, when the machines may do something else.

    What is found without code of the user's, in rows alone, stays the same, and may wait until somebody asks.
    """
    if result.evidence is not None and any(runs_code(part) for part in result.system.parts):
        result.evidence.blocked  # noqa: B018 - found now, and kept
    return result


def replay(system: System, evidence: Evidence, tables: Tables | None = None) -> None:
    """Drive the real machines along the evidence, and refuse to report what they do not do.

    Parameters
    ----------
    system, evidence
        What is replayed, and on what.
    tables
        As for `Run`.

    Raises
    ------
    LifecheckError
        If they block a step, or are elsewhere than the evidence says.
    """
    run = Run(system, tables)
    states = [run.state]
    try:
        for trigger in (*evidence.stem, *(evidence.loop or ())):
            run.trigger(trigger)
            states.append(run.state)
    except BlockedError as error:
        raise LifecheckError(f"system {system.name!r}: {_DOES_NOT_REPLAY}: {error}") from error
    closes = evidence.loop is None or states[-1] == states[len(evidence.stem)]
    if tuple(states) != evidence.states or not closes:
        raise LifecheckError(f"system {system.name!r}: {_DOES_NOT_REPLAY}: it ends in {states[-1]!r}")


_DOES_NOT_REPLAY = (
    "the evidence does not replay on the real machines, so no verdict is given; a condition or callback depends on "
    "more than the declared state, or lifecheck is wrong"
)

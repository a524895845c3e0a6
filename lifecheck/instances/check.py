"""What the library is asked: properties of a machine or a system, of one instance or of one among many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, overload

from lifecheck.checking import Engine, Result, Results, check_by, settled
from lifecheck.errors import InputError, PredicateError
from lifecheck.instances.checking import Instances, check_instances
from lifecheck.instances.decomposition import Decompositions
from lifecheck.machines import LOCAL_STATE_LIMIT, Subject, system_of
from lifecheck.properties import Final, Property, can_end
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.symbolic import DEFAULT_MEMORY
from lifecheck.system import Guards, Owing


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
    instances: Instances | None = None,
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
    instances: Instances | None = None,
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
    instances: Instances | None = None,
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
    instances: Instances | None = None,
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
        beyond it likewise; not with `instances`. A component without declares all that it can have: of those `limit`
        alone decides.
    engine
        "explicit" to visit states one by one however many there are, "symbolic" to hold sets of them from the start.
    memory
        How many bytes the sets may take; beyond it the verdict is `unknown`, unless visiting states one by one decides.
    instances
        Ask about one instance among so many, or among "any" number, of a system that says what each has for itself
        (`copied`); see `check_instances`. The result says for how many its verdict is, and why.

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
    >>> from lifecheck import Component, Row, System, never
    >>> task = Component("task", ["new", "busy"], "new", [Row("take", "new", "busy")], {"take"})
    >>> tool = Component("tool", ["free", "lent"], "free", [Row("take", "free", "lent")], {"take"})
    >>> work = System("work", [task, tool], copied={"task"})
    >>> result = check(work, never("task == 'busy' and tool == 'free'"), instances="any")
    >>> result, result.instances
    (<Result: never(task == 'busy' and tool == 'free') holds>, 'any')
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
    if instances is not None and local_limit != LOCAL_STATE_LIMIT:
        raise InputError(
            f"instances and local_limit are both given; of a population each component is fired whole, up to "
            f"{LOCAL_STATE_LIMIT:,} local states: leave local_limit out"
        )
    answers: Iterator[Result]
    if instances is None:
        explorer = Explorer()
        answers = (
            check_by(explorer, system, one, limit=limit, local_limit=local_limit, engine=engine, memory=memory)
            for one in (*asked, *ending)
        )
    else:
        known = Decompositions()
        answers = (
            check_instances(system, one, instances, limit=limit, engine=engine, memory=memory, known=known)
            for one in (*asked, *ending)
        )
    results = Results(map(settled, answers))
    return results if len(results) > 1 else results[0]

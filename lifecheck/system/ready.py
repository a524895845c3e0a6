"""Components ready to be put beside others, made of ordinary rows: a limit, a counter, an order of two triggers."""

from __future__ import annotations

from itertools import pairwise

from lifecheck.errors import ComponentError
from lifecheck.system.component import Component
from lifecheck.system.row import SAME, Row


def at_most(times: int, *triggers: str, name: str = "limit") -> Component:
    """Return a component that lets some triggers happen so many times, all together, and then blocks them.

    Its states are the numbers of times so far, from ``"0"`` on. Put it among the components of a system: "the
    acknowledgement is lost at most twice".

    Parameters
    ----------
    times
        How many times.
    triggers
        The triggers, as the system calls them.
    name
        What predicates and reports call it.

    Raises
    ------
    ComponentError
        If there is no trigger or no such number.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, can_always_reach, check, eventually
    >>> rows = [Row("lose", "sent", "sent"), Row("get", "sent", "got")]
    >>> line = Component("line", ["sent", "got"], "sent", rows, {"lose", "get"})
    >>> losses = System("line", [line, at_most(2, "lose")], environment={"lose"})
    >>> result = check(losses, eventually("line == 'got'"))
    >>> str(result.verdict), [row.trigger for row in losses.components[1].rows], losses.components[1].states
    ('holds', ['lose', 'lose'], ('0', '1', '2'))
    """
    _refuse("at_most", times, triggers, least=0)
    rows = [Row(trigger, str(count), str(count + 1)) for count in range(times) for trigger in triggers]
    return Component(name, [str(count) for count in range(times + 1)], "0", rows, frozenset(triggers))


def counter(*triggers: str, name: str, most: int = 2) -> Component:
    """Return an observer that counts how often some triggers happened, all together, and stops counting.

    Its states are ``"0"``, ``"1"`` and so on, the last one ``"2 or more"``. Put it among the observers of a system.

    Parameters
    ----------
    triggers
        The triggers, as the system calls them.
    name
        What predicates and reports call it.
    most
        Where it stops.

    Raises
    ------
    ComponentError
        If there is no trigger or no such number.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, never
    >>> store = Component("store", ["full", "empty"], "full", [Row("delete", "full", "full")], {"delete"})
    >>> shop = System("shop", [store], observers=[counter("delete", name="deletions")])
    >>> result = check(shop, never("deletions == '2 or more'"))
    >>> str(result.verdict), result.evidence.stem
    ('violated', ('delete', 'delete'))
    """
    _refuse("counter", most, triggers, least=1)
    states = [*(str(count) for count in range(most)), f"{most} or more"]
    rows = [Row(trigger, before, after) for before, after in pairwise(states) for trigger in triggers]
    rows += [Row(trigger, states[-1], SAME) for trigger in triggers]
    return Component(name, states, "0", rows, frozenset(triggers))


def precedes(first: str, then: str, *, name: str = "order") -> Component:
    """Return an observer that tells whether one trigger happened before another was ever taken.

    It starts in ``"neither"``, and is ``"in order"`` for ever once `first` came, and ``"out of order"`` for ever if
    `then` came before it. Put it among the observers of a system, and ask that it never is out of order.

    Parameters
    ----------
    first, then
        The triggers, as the system calls them.
    name
        What predicates and reports call it.

    Raises
    ------
    ComponentError
        If the two are one.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, never
    >>> rows = [Row("pay", "new", "paid"), Row("ship", "paid", "sent"), Row("ship", "new", "sent")]
    >>> order = Component("order", ["new", "paid", "sent"], "new", rows, {"pay", "ship"})
    >>> shop = System("shop", [order], observers=[precedes("pay", "ship", name="payment")])
    >>> check(shop, never("payment == 'out of order'")).evidence.stem
    ('ship',)
    """
    if first == then:
        raise ComponentError(f"precedes: {first!r} cannot come before itself; name two triggers")
    rows = [Row(first, "neither", "in order"), Row(then, "neither", "out of order")]
    rows += [Row(trigger, state, SAME) for state in ("in order", "out of order") for trigger in (first, then)]
    return Component(name, ["neither", "in order", "out of order"], "neither", rows, {first, then})


def _refuse(called: str, number: object, triggers: tuple[str, ...], *, least: int) -> None:
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise ComponentError(f"{called}: {number!r} is no number of times from {least} on")
    if not triggers or not all(isinstance(trigger, str) for trigger in triggers):
        raise ComponentError(f"{called}: its triggers are {triggers!r}; name at least one, as the system calls it")

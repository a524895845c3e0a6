"""Arguments of triggers, given as data: each choice of them is a trigger of its own."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lifecheck.errors import ComponentError, InputError, did_you_mean


@dataclass(frozen=True)
class Arguments:
    """What a trigger is fired with.

    Parameters
    ----------
    positional
        The arguments in their order.
    named
        The arguments by name.

    Examples
    --------
    >>> Arguments((5,), {"by": "card"}).told("pay")
    "pay(5, by='card')"
    """

    positional: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def told(self, trigger: str) -> str:
        """Return the trigger as it is fired."""
        listed = [*map(repr, self.positional), *(f"{name}={value!r}" for name, value in self.named.items())]
        return f"{trigger}({', '.join(listed)})"


def choices_of(
    component: str, arguments: Mapping[str, Iterable[Any]], triggers: Collection[str]
) -> dict[str, dict[str, Arguments]]:
    """Return for each trigger that takes arguments its choices, by the names of the triggers that they become.

    Parameters
    ----------
    component
        How messages call the component.
    arguments
        For each trigger what it is fired with: tuples of arguments, mappings of names to them, or one argument each.
    triggers
        The triggers that there are.

    Raises
    ------
    ComponentError
        If there is no such trigger, or no choice, or one is given twice.

    Examples
    --------
    >>> choices = choices_of("order", {"pay": [(5,), {"amount": 0}, "all"]}, ["pay", "cancel"])
    >>> list(choices["pay"])
    ['pay(5)', 'pay(amount=0)', "pay('all')"]
    """
    if not isinstance(arguments, Mapping):
        raise ComponentError(
            f"component {component!r}: arguments is {arguments!r}; write triggers with a list of choices: "
            "{'pay': [(5,), (0,)]}"
        )
    found: dict[str, dict[str, Arguments]] = {}
    for trigger, given in arguments.items():
        if trigger not in triggers:
            raise ComponentError(
                f"component {component!r}: arguments names {trigger!r}, which is none of its triggers; "
                + did_you_mean(trigger, triggers)
            )
        if isinstance(given, str | bytes | Mapping) or not isinstance(given, Sequence | set | frozenset):
            raise ComponentError(
                f"component {component!r}: the arguments of {trigger!r} are {given!r}; write a list of choices: "
                f"[({given!r},)]"
            )
        choices = {one.told(trigger): one for one in map(_choice, given)}
        if len(choices) < len(list(given)) or not choices:
            problem = "are given twice" if choices else "are none"
            told = ", ".join(one.told(trigger) for one in map(_choice, given)) or repr(given)
            raise ComponentError(f"component {component!r}: the arguments of {trigger!r} {problem}: {told}")
        found[trigger] = choices
    return found


def written_arguments(texts: Iterable[str]) -> dict[str, list[Arguments]]:
    """Return the arguments of triggers that are written as ``trigger=5`` or ``trigger=5, by='card'``.

    Raises
    ------
    InputError
        If one is not written so, or is no plain Python value.

    Examples
    --------
    >>> written_arguments(["pay=5", "pay=0, by='card'"])
    {'pay': [Arguments(positional=(5,), named={}), Arguments(positional=(0,), named={'by': 'card'})]}
    """
    found: dict[str, list[Arguments]] = {}
    for text in texts:
        trigger, _, values = text.partition("=")
        try:
            call = ast.parse(f"f({values})", mode="eval").body
            assert isinstance(call, ast.Call)
            positional = tuple(map(ast.literal_eval, call.args))
            named = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
            if not trigger or not (positional or named):
                raise ValueError
        except (SyntaxError, ValueError, AssertionError):
            raise InputError(
                f"arguments {text!r} cannot be read; write trigger=VALUE with plain Python values, several with commas"
                ": pay=5, and text in quotes that the shell leaves there: \"say='menu'\""
            ) from None
        found.setdefault(trigger, []).append(Arguments(positional, named))
    return found


def _choice(given: Any) -> Arguments:
    if isinstance(given, Arguments):
        return given
    if isinstance(given, Mapping):
        return Arguments((), dict(given))
    return Arguments(given if isinstance(given, tuple) else (given,))

"""Whether code moves a machine other than by a trigger, as far as code shows; reads, runs nothing."""

from __future__ import annotations

import dis
from types import CodeType
from typing import Any

_SETS_THE_STATE = "sets the state itself"
_CHANGES = frozenset(
    {"add_transition", "add_transitions", "add_ordered_transitions", "add_state", "add_states", "remove_transition"}
)
_BY_NAME = frozenset({"setattr", "__setattr__", "__dict__", "vars"})


def moved_by(code: CodeType, attribute: str, *, may_have_model: bool = True) -> str:
    """Return in words how code moves a machine other than by a trigger; nothing where it does not.

    Parameters
    ----------
    code
        Of a function that may run.
    attribute
        Under which name a model has its state.
    may_have_model
        Whether its first argument may be the model; otherwise it is an object with a state of its own.

    Examples
    --------
    >>> def jump(door): door.state = "open"
    >>> moved_by(jump.__code__, "state"), moved_by(jump.__code__, "mode")
    ('sets the state itself', '')
    """
    names = set(code.co_names)
    if names & _CHANGES:
        return "changes the machine's own table"
    if names & {"exec", "eval"}:
        return "runs text as code"
    if "set_state" in names or (names & _BY_NAME and attribute in code.co_consts):
        return _SETS_THE_STATE
    first = "" if may_have_model or not code.co_argcount else code.co_varnames[0]
    before: dis.Instruction | None = None
    for instruction in dis.get_instructions(code):
        if instruction.opname == "STORE_ATTR" and instruction.argval == attribute and _is_at_hand(before, first):
            return _SETS_THE_STATE
        before = instruction
    inner = (
        moved_by(constant, attribute, may_have_model=True)
        for constant in code.co_consts
        if isinstance(constant, CodeType)
    )
    return next(filter(None, inner), "")


def _is_at_hand(loaded: dis.Instruction | None, left_out: str) -> bool:
    """Whether this is something that code has at hand, and not something that a model holds, as in self.lamp.state."""
    if loaded is None:
        return False
    named: Any = loaded.argval
    name = named[-1] if isinstance(named, tuple) else named  # two loads in one
    if loaded.opname.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_GLOBAL", "LOAD_CLOSURE")):
        return bool(name != left_out)
    return bool(name == "model")

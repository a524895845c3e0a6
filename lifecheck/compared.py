"""What a predicate compares a state with where Python does not ask the state, read from the running line's bytecode.

``is``, a look-up in a set, and text on the left that has a comparison of its own are decided without the state's
``__eq__``, so that a misspelt name there would make a predicate silently false.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

IDENTITY = "is"
MEMBERSHIP = "in"
EQUALITY = "=="

_LONGEST = 200  # instructions of one operand; what is longer is not looked at
_OWN = str(Path(__file__).parent)
_UNSEEN = object()


@dataclass(frozen=True)
class Compared:
    """An operator and its other operand, of which not more is known than how to find its value in a frame."""

    operator: str
    other: _Operand | None

    def value(self, frame: FrameType) -> Any:
        """Return the other operand's value; None where it cannot be told without running anything."""
        found = None if self.other is None else self.other.value(frame)
        return None if found is _UNSEEN else found


def looked_up_in(frame: FrameType) -> Compared | None:
    """Return what the frame's instruction looks something up in, where it is an ``in``."""
    found = _LOOKED_UP.get((id(frame.f_code), frame.f_lasti))
    return _find(frame, _LOOKED_UP, _found_looked_up) if found is None else found[1]


def compared_with(frame: FrameType) -> Compared | None:
    """Return what the frame is going to compare the value with that its instruction is loading.

    Told are an ``is`` and, where text of an enumeration could be in it, what stands right of ``in`` or left of ``==``.
    """
    found = _LOADED.get((id(frame.f_code), frame.f_lasti))
    return _find(frame, _LOADED, _found_compared) if found is None else found[1]


@dataclass(frozen=True)
class _Operand:
    """How to find a value: a constant, a name, an attribute of another, or a display of others."""

    kind: str
    what: Any = None
    parts: tuple[_Operand, ...] = ()

    def value(self, frame: FrameType) -> Any:
        match self.kind:
            case "constant":
                return self.what
            case "global":
                builtins = frame.f_builtins
                return frame.f_globals.get(self.what, builtins.get(self.what, _UNSEEN))
            case "local":
                return frame.f_locals.get(self.what, _UNSEEN)
            case "attribute":
                return _attribute(self.parts[0].value(frame), self.what)
            case "display":
                return tuple(part.value(frame) for part in self.parts)
            case _:
                return _UNSEEN


def _attribute(owner: Any, name: str) -> Any:
    """Return an attribute without running code of the owner's."""
    if isinstance(owner, ModuleType):
        return vars(owner).get(name, _UNSEEN)
    if isinstance(owner, type) and issubclass(owner, Enum):
        return owner.__members__.get(name, _UNSEEN)
    found = inspect.getattr_static(owner, name, _UNSEEN)
    return found if isinstance(found, str | Enum | set | frozenset | tuple | list | Mapping) else _UNSEEN


_Places = dict[tuple[int, int], tuple[CodeType, Compared | None]]

_LOOKED_UP: _Places = {}
_LOADED: _Places = {}
_MOST = 10_000


def _find(frame: FrameType, places: _Places, find: Callable[[CodeType, int], Compared | None]) -> Compared | None:
    """Find once for each place in the code; codes are told apart by identity, as their hash costs much more."""
    code = frame.f_code
    if len(places) >= _MOST:
        places.clear()
    own = code.co_filename.startswith(_OWN)  # our own code looks states up in tables all the time
    found = None if own else find(code, frame.f_lasti)
    places[id(code), frame.f_lasti] = code, found  # with the code, so that its id stays its own
    return found


def _found_looked_up(code: CodeType, offset: int) -> Compared | None:
    steps = _steps(code)
    at = _index(steps, offset)
    if at is None or steps[at].opname != "CONTAINS_OP":
        return None
    start = _start_of(steps, at)
    group = None if start is None else _run(steps[start:at])
    return None if group is None else Compared(MEMBERSHIP, group[0])


def _found_compared(code: CodeType, offset: int) -> Compared | None:
    steps = _steps(code)
    at = _index(steps, offset)
    if at is None:
        return None
    end = next((end for end in range(at + 1, min(at + _LONGEST, len(steps))) if not _is_load(steps[end])), at + 1)
    if end >= len(steps) or any(step.is_jump_target for step in steps[at + 1 : end + 1]):
        return None
    operator = steps[end]
    right = _run(steps[at + 1 : end])
    if right is None or len(right) > 1:
        return None
    if operator.opname == "IS_OP" or ("NONE" in operator.opname and not right):
        return Compared(IDENTITY, None)
    if right and operator.opname == "CONTAINS_OP":
        return None if right[0].kind == "constant" else Compared(MEMBERSHIP, right[0])
    if not right and operator.opname == "COMPARE_OP" and operator.argrepr.removeprefix("bool(")[:2] in ("==", "!="):
        own = _start_of(steps, at + 1)
        start = None if own is None else _start_of(steps, own)
        left = None if start is None else _run(steps[start:own])
        return None if left is None or left[0].kind == "constant" else Compared(EQUALITY, left[0])
    return None


def _steps(code: CodeType) -> list[dis.Instruction]:
    return [step for step in dis.get_instructions(code) if step.opname not in ("EXTENDED_ARG", "NOP", "CACHE")]


def _index(steps: Sequence[dis.Instruction], offset: int) -> int | None:
    return next((at for at, step in enumerate(steps) if step.offset == offset), None)


def _start_of(steps: Sequence[dis.Instruction], end: int) -> int | None:
    """Return where the loading of the one value starts that is on top when step `end` is reached."""
    if end < len(steps) and steps[end].is_jump_target:
        return None  # two ways lead here, each with another value
    for start in range(end - 1, max(-1, end - _LONGEST), -1):
        loaded = _run(steps[start:end])
        if loaded is not None and len(loaded) == 1:
            return start
        if steps[start].is_jump_target:
            return None
    return None


def _is_load(step: dis.Instruction) -> bool:
    return step.opname.startswith(("LOAD_", "BUILD_", "LIST_EXTEND", "SET_UPDATE", "BINARY_SUBSCR"))


def _run(steps: Sequence[dis.Instruction]) -> list[_Operand] | None:
    """Return what these steps leave on the stack; None where they take more than they give, or are something else."""
    stack: list[_Operand] = []
    for step in steps:
        name, argument = step.opname, step.argval
        try:
            if name in ("LOAD_CONST", "LOAD_SMALL_INT"):
                stack.append(_Operand("constant", argument))
            elif name in ("LOAD_GLOBAL", "LOAD_NAME"):
                stack.append(_Operand("global", argument))
            elif name.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_CLASSDEREF")):
                names = argument if isinstance(argument, tuple) else (argument,)
                stack.extend(_Operand("local", one) for one in names)
            elif name == "LOAD_ATTR":
                stack.append(_Operand("attribute", argument, (stack.pop(),)))
            elif name == "BINARY_SUBSCR":
                stack.pop()
                stack[-1] = _Operand("unseen")
            elif name in ("BUILD_TUPLE", "BUILD_LIST", "BUILD_SET"):
                if len(stack) < argument:
                    return None
                parts = tuple(stack[len(stack) - argument :])
                del stack[len(stack) - argument :]
                stack.append(_Operand("display", None, parts))
            elif name in ("LIST_EXTEND", "SET_UPDATE"):
                more = stack.pop()
                parts = tuple(_Operand("constant", one) for one in more.what) if more.kind == "constant" else (more,)
                stack[-1] = _Operand("display", None, (*stack[-1].parts, *parts))
            else:
                return None
        except (IndexError, TypeError):
            return None
    return stack


def members(group: Any) -> Iterator[Any]:
    """Yield the members of a group that can be told without running anything, those that can be seen."""
    if isinstance(group, set | frozenset | tuple | list | dict):
        yield from (one for one in group if one is not _UNSEEN)

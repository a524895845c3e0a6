"""What a predicate compares a state with where Python does not ask the state, read from the line that is running.

``is``, a look-up in a set, and text on the left that has a comparison of its own are decided without the state's
``__eq__``, so that a misspelt name there would make a predicate silently false.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, EnumType
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # imported where a predicate runs first: most commands run none
    from pure_eval import Evaluator

IDENTITY, MEMBERSHIP, EQUALITY = (ast.Is, ast.IsNot), (ast.In, ast.NotIn), (ast.Eq, ast.NotEq)

_GROUPS = (set, frozenset, tuple, list, dict)


@dataclass(frozen=True)
class Comparison:
    """An operator that a frame is executing, or about to execute, and the operand beside the state."""

    operator: ast.cmpop
    other: ast.expr

    @cached_property
    def literal(self) -> frozenset[Any] | None:
        """The other operand's members, or its one value, where the line spells them out."""
        with suppress(ValueError, TypeError):
            value = ast.literal_eval(self.other)
            return frozenset(value if isinstance(value, _GROUPS) else (value,))
        return None

    def values(self, frame: FrameType) -> Collection[Any]:
        """Return the members of a group, or the one value: as far as it can be told without running anything."""
        if self.literal is not None:
            return self.literal
        from pure_eval import Evaluator

        tell = _members if isinstance(self.operator, MEMBERSHIP) else _value
        return tell(self.other, Evaluator.from_frame(frame))


def looked_up_in(frame: FrameType) -> tuple[Comparison, ...]:
    """Return the ``in`` that the frame is executing."""
    found = _LOOKED_UP.get((id(frame.f_code), frame.f_lasti))
    return _find(frame, _LOOKED_UP, _executed) if found is None else found[1]


def compared_with(frame: FrameType) -> tuple[Comparison, ...]:
    """Return the operators beside what the frame is reading that do not ask it: ``is``, ``in``, and ``==`` on its left.

    Left out is what only holds names that the line spells out, because none of them decides for itself.
    """
    found = _READ.get((id(frame.f_code), frame.f_lasti))
    return _find(frame, _READ, _beside) if found is None else found[1]


_Places = dict[tuple[int, int], tuple[CodeType, tuple[Comparison, ...]]]

_LOOKED_UP: _Places = {}
_READ: _Places = {}
_MOST = 10_000
_OWN = str(Path(__file__).parent)


def _find(frame: FrameType, places: _Places, find: Callable[[Any], Iterator[Comparison]]) -> tuple[Comparison, ...]:
    """Find once for each place in the code; codes are told apart by identity, as their hash costs much more."""
    code = frame.f_code
    found: tuple[Comparison, ...] = ()
    if not code.co_filename.startswith(_OWN):  # our own code looks states up in tables all the time
        from executing import Source

        found = tuple(find(Source.executing(frame).node))
    if len(places) >= _MOST:
        places.clear()
    places[id(code), frame.f_lasti] = code, found  # with the code, so that its id stays its own
    return found


def _executed(node: Any) -> Iterator[Comparison]:
    pairs = zip(node.ops, node.comparators, strict=True) if isinstance(node, ast.Compare) else ()
    found = [Comparison(operator, right) for operator, right in pairs if isinstance(operator, MEMBERSHIP)]
    if len(found) == 1:  # which of several in a chain it is cannot be told
        yield from found


def _beside(node: Any) -> Iterator[Comparison]:
    match node, getattr(node, "parent", None):
        case ((ast.Attribute() | ast.Subscript() | ast.Call(func=ast.Name(id="getattr"))), ast.Compare() as whole):
            pass
        case _:
            return
    for operator, (left, right) in zip(whole.ops, pairwise([whole.left, *whole.comparators]), strict=True):
        if node is left and isinstance(operator, IDENTITY + MEMBERSHIP):
            found = Comparison(operator, right)
        elif node is right and isinstance(operator, IDENTITY + EQUALITY):
            found = Comparison(operator, left)
        else:
            continue
        if isinstance(operator, IDENTITY) or found.literal is None:
            yield found


def _members(node: ast.expr, evaluator: Evaluator) -> Collection[Any]:
    """Return those members of a group that can be told."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.Dict(keys=parts):
            return [one for part in parts if part is not None for one in _value(part, evaluator)]
    return next((group for group in _value(node, evaluator) if isinstance(group, _GROUPS)), ())


def _value(node: ast.expr, evaluator: Evaluator) -> Collection[Any]:
    """Return the value of an expression, alone; nothing where it cannot be told."""
    from pure_eval import CannotEval

    match node:
        case ast.Name():  # asked for in every state, and the evaluator tries other things first
            return (evaluator.names[node.id],) if node.id in evaluator.names else ()
        case ast.Starred():
            return _members(node.value, evaluator)
        case ast.Attribute():  # before Python 3.12 the members of an enumeration are no plain attributes
            for owner in _value(node.value, evaluator):
                if isinstance(owner, EnumType) and node.attr in owner.__members__:
                    return (owner.__members__[node.attr],)
                if isinstance(owner, Enum) and node.attr == "name":
                    return (owner._name_,)
    with suppress(CannotEval):
        return (evaluator[node],)
    return ()

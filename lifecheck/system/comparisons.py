"""What a predicate compares a state with where Python does not ask the state, read from the line that is running.

``is`` and a look-up by hash, in a set or a mapping, are decided without the state's ``__eq__``, so that a misspelt name
there would make a predicate silently false.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from dis import opmap
from enum import Enum, EnumType
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # imported where a predicate runs first: most commands run none
    from pure_eval import Evaluator

Found = TypeVar("Found")

_GROUPS = (set, frozenset, tuple, list, dict)
_NOTHING: Collection[Any] = ()


@dataclass(frozen=True)
class Lookup:
    """A look-up by hash that a frame is executing.

    Parameters
    ----------
    group
        What is looked up in; None where nothing is.
    keys
        The parts of the tuple that is looked up; none where it is the state alone.
    lenient
        Whether a name that is not found raises anyway, as a mapping's ``[...]`` does, unless it has defaults.
    """

    group: ast.expr | None
    keys: tuple[ast.expr, ...] = ()
    lenient: bool = False

    @cached_property
    def literal(self) -> frozenset[Any] | None:
        """The members, where the line spells them out."""
        assert self.group is not None
        with suppress(ValueError, TypeError):
            value = ast.literal_eval(self.group)
            return frozenset(value) if isinstance(value, _GROUPS) else None
        return None

    def members(self, frame: FrameType, looked_up: Any) -> Collection[Any] | None:
        """Return what may be found in the place of the state that is looked up; None if that cannot be told."""
        assert self.group is not None
        if self.literal is not None:
            found: Collection[Any] | None = self.literal
            has_defaults = False
        else:
            from pure_eval import Evaluator

            evaluator = Evaluator.from_frame(frame)
            owner = _value(self.group, evaluator) if self.lenient else _NOTHING
            has_defaults = any(hasattr(type(one), "__missing__") for one in owner)
            found = _members(self.group, evaluator)
        if found is None:
            return None
        if self.lenient and not has_defaults:
            return _NOTHING
        return self._parts(found, frame, looked_up) if self.keys else found

    def _parts(self, found: Collection[Any], frame: FrameType, looked_up: Any) -> Collection[Any] | None:
        """Return the members' parts that stand where the state stands in the tuple."""
        positions = [number for number, key in enumerate(self.keys) if _is_read(key, frame, looked_up)]
        tuples = [member for member in found if isinstance(member, tuple) and len(member) == len(self.keys)]
        if len(positions) == 0 or len(tuples) < len(found):
            return None
        return [member[position] for member in tuples for position in positions]


OWN = Lookup(None)
"""A look-up in code of lifecheck's own."""

_UNSEEN = Lookup(None)


def looked_up_in(frame: FrameType) -> Lookup | None:
    """Return the look-up by hash that the frame is executing, None if it cannot be told."""
    found = _LOOKED_UP.get((id(frame.f_code), frame.f_lasti))
    lookup = _find(frame, _LOOKED_UP, _lookup, OWN) if found is None else found[1]
    return None if lookup is _UNSEEN else lookup


def is_compared_by_identity(frame: FrameType) -> bool:
    """Whether the frame reads something in order to compare it by ``is``."""
    found = _READ.get((id(frame.f_code), frame.f_lasti))
    if found is None and _IDENTITY.isdisjoint(frame.f_code.co_code[::2]):  # most code: no need to find the line
        if len(_READ) >= _MOST:
            _READ.clear()
        _READ[id(frame.f_code), frame.f_lasti] = frame.f_code, False
        return False
    return _find(frame, _READ, _is_beside_identity, False) if found is None else found[1]


def is_own(frame: FrameType) -> bool:
    """Whether this is lifecheck's own code, which looks states up in tables all the time."""
    return frame.f_code.co_filename.startswith(_OWN_FOLDER)


_LOOKED_UP: dict[tuple[int, int], tuple[CodeType, Lookup]] = {}
_READ: dict[tuple[int, int], tuple[CodeType, bool]] = {}
_MOST = 10_000
_IDENTITY = frozenset(code for name, code in opmap.items() if name == "IS_OP" or name.endswith("NONE"))
"""Instructions that compare by identity; a jump does so with None."""
_OWN_FOLDER = str(Path(__file__).parents[1])


def _find(
    frame: FrameType, places: dict[tuple[int, int], tuple[CodeType, Found]], find: Callable[[Any], Found], own: Found
) -> Found:
    """Find once for each place in the code; codes are told apart by identity, as their hash costs much more."""
    code = frame.f_code
    found = own
    if not is_own(frame):
        from executing import Source

        found = find(Source.executing(frame).node)
    if len(places) >= _MOST:
        places.clear()
    places[id(code), frame.f_lasti] = code, found  # with the code, so that its id stays its own
    return found


def _lookup(node: Any) -> Lookup:
    match node:
        case ast.Compare():
            sides = zip(pairwise([node.left, *node.comparators]), node.ops, strict=True)
            found = [pair for pair, operator in sides if isinstance(operator, ast.In | ast.NotIn)]
            if len(found) == 1:  # which of several in a chain it is cannot be told
                left, right = found[0]
                return Lookup(right, tuple(left.elts) if isinstance(left, ast.Tuple) else ())
        case ast.Subscript(value=owner, slice=key, ctx=ast.Load()):
            return Lookup(owner, tuple(key.elts) if isinstance(key, ast.Tuple) else (), lenient=True)
        case ast.Call(func=ast.Attribute(value=owner, attr="get"), args=[key, *_]):
            return Lookup(owner, tuple(key.elts) if isinstance(key, ast.Tuple) else ())
    return _UNSEEN


def _is_beside_identity(node: Any) -> bool:
    match node, getattr(node, "parent", None):
        case ((ast.Attribute() | ast.Subscript() | ast.Call(func=ast.Name(id="getattr"))), ast.Compare() as whole):
            sides = zip(pairwise([whole.left, *whole.comparators]), whole.ops, strict=True)
            return any(node in pair for pair, operator in sides if isinstance(operator, ast.Is | ast.IsNot))
    return False


def _is_read(node: ast.expr, frame: FrameType, looked_up: Any) -> bool:
    """Whether a part of a tuple is the state that is looked up: read there, or kept under that name."""
    match node:
        case ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=name)):
            return bool(name == looked_up.component)
        case ast.Name(id=name):
            return frame.f_locals.get(name) is looked_up
    return False


def _members(node: ast.expr, evaluator: Evaluator) -> Collection[Any] | None:
    """Return the members of a group, None if one of them cannot be told."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            pass
        case ast.Dict(keys=keys, values=values):
            parts = [key or ast.Starred(value) for key, value in zip(keys, values, strict=True)]
        case _:
            held = (one for one in _value(node, evaluator) if isinstance(one, Collection) and not isinstance(one, str))
            return next((list(one) if isinstance(one, Mapping) else one for one in held), None)
    members: list[Any] = []
    for part in parts:
        found = _members(part.value, evaluator) if isinstance(part, ast.Starred) else _value(part, evaluator) or None
        if found is None:
            return None
        members += found
    return members


def _value(node: ast.expr, evaluator: Evaluator) -> Collection[Any]:
    """Return the value of an expression, alone; nothing where it cannot be told."""
    from pure_eval import CannotEval

    match node:
        case ast.Name():  # asked for in every state, and the evaluator tries other things first
            return (evaluator.names[node.id],) if node.id in evaluator.names else ()
        case ast.Attribute():  # before Python 3.12 the members of an enumeration are no plain attributes
            for owner in _value(node.value, evaluator):
                if isinstance(owner, EnumType) and node.attr in owner.__members__:
                    return (owner.__members__[node.attr],)
                if isinstance(owner, Enum) and node.attr == "name":
                    return (owner._name_,)
                if isinstance(owner, Enum) and node.attr == "value":
                    return (owner._value_,)
    with suppress(CannotEval):
        return (evaluator[node],)
    return ()

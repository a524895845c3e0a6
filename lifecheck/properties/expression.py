"""Predicates as short text, ``"queue == 'queued'"``: parsed into a small language, never run as Python."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any, NoReturn

from lifecheck.errors import PredicateError
from lifecheck.properties.named import attribute_of, component_named, named, refuse_unknown_members
from lifecheck.system import LocalState, State, known_components

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, group: any(item == one for one in group),  # a set would not ask a state
    ast.NotIn: lambda item, group: all(item != one for one in group),
}
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_HINTS = {
    ast.Is: "write == instead of is",
    ast.IsNot: "write != instead of is not",
    ast.Call: "nothing but within(...) can be called; give a function as the predicate instead",
    ast.NamedExpr: "nothing can be assigned; compare with ==",
    ast.Subscript: "nothing can be indexed; give a function as the predicate instead",
}


class Expression:
    """A predicate written as text.

    It may compare (``==``, ``!=``, ``in``, ``not in``, and for attributes ``<``, ``<=``, ``>``, ``>=``), combine
    (``and``, ``or``, ``not``, parentheses), and name

    * a component: its state, to be compared with text;
    * ``component.attribute``: a declared attribute, or the attribute alone where one component has it;
    * ``state``: the state of the only component, where there is one;
    * ``component.within('state')``: whether a state of a hierarchical machine, or one inside it, is active;
    * text, numbers, ``True``, ``False``, ``None``, and tuples, lists or sets of them.

    An enumeration's member is read as its name. A component whose name is not an identifier is read by a function
    instead: ``lambda s: s["my queue"] == "queued"``. Every name and every state in the text is compared with
    what there is, also in a part that need not be decided: so no typo makes a predicate silently false.

    Parameters
    ----------
    text
        What to read.

    Raises
    ------
    PredicateError
        If the text is not of this form; when it is asked, if it names what does not exist.

    Examples
    --------
    >>> from lifecheck.system.state import LocalState, State
    >>> state = State({"door": LocalState("open", "door", ("closed", "open"), {"pushes": 2})})
    >>> Expression("door == 'open' and pushes in (2, 3)")(state)
    True
    >>> Expression("door == 'opne' and pushes == 1")(state)
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: component 'door' has no state 'opne'; did you mean 'open'?
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.__name__ = " ".join(text.split())  # how formulas and messages call a predicate
        self._source = f"({text})" if "\n" in text.strip() else text.strip()  # lines go on inside parentheses alone
        try:
            self._tree = ast.parse(self._source, mode="eval").body
            self._check_form(self._tree)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            hint = "; compare with ==" if "=" in text.replace("==", "").replace("!=", "") else ""
            raise PredicateError(f"predicate {text!r} cannot be read: {getattr(error, 'msg', error)}{hint}") from None
        self._looked_at: tuple[object, ...] = ()

    def __call__(self, state: State) -> bool:
        """Ask it about a state; the answer is a truth value, or `evaluate` refuses it."""
        self._check_names(state)
        answer: bool = self._value(self._tree, state)
        return answer

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Expression) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def _check_form(self, node: ast.expr) -> None:
        match node:
            case ast.BoolOp(values=parts):
                pass
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                parts = [operand]
            case ast.Compare(left=left, ops=operators, comparators=others):
                for sign in operators:
                    if type(sign) not in _COMPARISONS:
                        self._refuse(sign, node)
                parts = [left, *others]
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                if not all(_is_constant(part) for part in parts):
                    self._refuse(node, node)
            case ast.Name() | ast.Attribute(value=ast.Name()):
                return
            case ast.Call() if _is_within(node):
                return
            case _ if _is_constant(node):
                return
            case _:
                self._refuse(node, node)
        for part in parts:
            self._check_form(part)

    def _refuse(self, what: ast.AST, place: ast.expr) -> NoReturn:
        hint = _HINTS.get(type(what), "it may compare names with text or numbers, and combine with and, or, not")
        part = ast.get_source_segment(self._source, place) or ""
        raise PredicateError(f"predicate {self.text!r} cannot be read at {part!r}: {hint}")

    def _check_names(self, state: State) -> None:
        """Compare every name and every state's name with what there is; once for each set of components."""
        known = tuple(local.known for local in known_components(state).values())
        if len(known) == len(self._looked_at) and all(map(operator.is_, known, self._looked_at)):
            return
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Compare):
                operands = [node.left, *node.comparators]
                for left, sign, right in zip(operands, node.ops, operands[1:], strict=False):
                    self._check_comparison(left, sign, right, state)
            elif isinstance(node, ast.Call | ast.Attribute | ast.Name) and not _is_inside(node, self._tree):
                self._value(node, state)
        self._looked_at = known

    def _check_comparison(self, left: ast.expr, sign: ast.cmpop, right: ast.expr, state: State) -> None:
        here, there = (self._value(side, state) for side in (left, right))
        for one, other, node in ((here, there, right), (there, here, left)):
            if not isinstance(one, LocalState) or isinstance(other, LocalState):
                continue
            if isinstance(sign, _ORDERS):
                raise PredicateError(f"the states of component {one.component!r} have no order; compare them with ==")
            for name in other if isinstance(sign, ast.In | ast.NotIn) and _is_group(other) else (other,):
                if not isinstance(name, str):
                    written = ast.get_source_segment(self._source, node)
                    raise PredicateError(f"a state of component {one.component!r} is text, and {written} is not")
                one == name  # noqa: B015 - raises if there is no such state
        if isinstance(sign, ast.In | ast.NotIn) and not _is_group(there):
            raise PredicateError(f"what stands right of 'in' is {there!r}, and not a group such as ('a', 'b')")

    def _value(self, node: ast.expr, state: State) -> Any:
        match node:
            case ast.BoolOp(op=ast.And(), values=parts):
                return all(self._truth(part, state) for part in parts)
            case ast.BoolOp(values=parts):
                return any(self._truth(part, state) for part in parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self._truth(operand, state)
            case ast.Compare(left=left, ops=operators, comparators=others):
                values = [self._value(part, state) for part in (left, *others)]
                return all(
                    _compare(sign, one, other) for sign, one, other in zip(operators, values, values[1:], strict=False)
                )
            case ast.Name(id=name):
                return named(name, state)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[ast.Constant(value=str(asked))]):
                return component_named(name, state).within(asked)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                self._refuse_member(name, attribute, state)
                return attribute_of(component_named(name, state), attribute)
            case _:
                return ast.literal_eval(node)

    def _refuse_member(self, name: str, attribute: str, state: State) -> None:
        """Raise if this is the member of an enumeration, which text does not know: it is read as its name."""
        known = known_components(state)
        states = {one for local in known.values() for one in local.known}
        if name not in known and name != "state" and (attribute in states or name[:1].isupper()):
            raise PredicateError(
                f"there is no component {name!r}; in text a member of an enumeration is written as its name: "
                f"{attribute!r} instead of {name}.{attribute}"
            )

    def _truth(self, node: ast.expr, state: State) -> bool:
        value = self._value(node, state)
        if not isinstance(value, bool):
            written = ast.get_source_segment(self._source, node)
            raise PredicateError(f"{written} is {value!r}, which is not True or False; compare it with ==")
        return value


@dataclass(frozen=True)
class Combination:
    """What a text combines, so that each part can be asked by itself.

    Parameters
    ----------
    sign
        ``and``, ``or`` or ``not``.
    parts
        What is combined, in the order in which it is asked.
    """

    sign: str
    parts: tuple[Combination | Callable[[State], bool], ...]


def structure_of(predicate: Callable[[State], bool]) -> Combination | Callable[[State], bool]:
    """Return how a text combines others, each of them a predicate; what combines none is returned as it is.

    Examples
    --------
    >>> structure_of(Expression("door == 'open' and not (bell == 'rung')")).sign
    'and'
    >>> alone = Expression("door == 'open'")
    >>> structure_of(alone) is alone
    True
    """
    if not isinstance(predicate, Expression):
        return predicate
    found = _structure(predicate, predicate._tree)
    return found if isinstance(found, Combination) else predicate


def _structure(whole: Expression, node: ast.expr) -> Combination | Callable[[State], bool]:
    match node:
        case ast.BoolOp(op=operator_, values=parts):
            sign = "and" if isinstance(operator_, ast.And) else "or"
            return Combination(sign, tuple(_structure(whole, part) for part in parts))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Combination("not", (_structure(whole, operand),))
    return _Part(whole, node)


class _Part:
    """A part of a text, which is called as the whole is; the names in it have been compared with what there is."""

    def __init__(self, whole: Expression, node: ast.expr) -> None:
        self.__name__ = whole.__name__
        self._whole, self._node = whole, node

    def __call__(self, state: State) -> bool:
        """Ask it about a state."""
        return self._whole._truth(self._node, state)


def _is_constant(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError):
        return False
    return not isinstance(node, ast.Dict | ast.BinOp)


def _is_within(node: ast.expr) -> bool:
    """Whether this is ``component.within('state')``."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(), attr="within"), args=[ast.Constant(value=str())], keywords=[]
        ):
            return True
    return False


def _is_inside(part: ast.expr, tree: ast.expr) -> bool:
    """Whether this is the component of some ``component.attribute``, or the ``component.within`` of a call."""
    return any(
        (isinstance(node, ast.Attribute) and node.value is part) or (isinstance(node, ast.Call) and node.func is part)
        for node in ast.walk(tree)
    )


def _is_group(value: object) -> bool:
    return isinstance(value, Container) and not isinstance(value, str)


def _compare(sign: ast.cmpop, one: Any, other: Any) -> bool:
    refuse_unknown_members(one, other)
    if isinstance(sign, ast.Eq | ast.NotEq) and not isinstance(one, LocalState) and not isinstance(other, LocalState):
        kinds = isinstance(one, str), isinstance(other, str)
        if kinds[0] != kinds[1] and isinstance(other if kinds[0] else one, int | float):
            raise PredicateError(f"{one!r} is compared with {other!r}: text never equals a number")
    return bool(_COMPARISONS[type(sign)](one, other))

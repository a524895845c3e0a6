"""Random predicates over machines whose states are enumerations, against a judge that knows members by identity alone.

A predicate is drawn as a tree. It is written out as Python, in one of many ways for each comparison, and run by
lifecheck; the judge walks the tree. Whatever was written, the answer is the judge's, or an error.
"""

from __future__ import annotations

import linecache
import random
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum
from itertools import product
from types import ModuleType

from transitions import Machine

from lifecheck import PredicateError, check, never
from lifecheck.properties import evaluate
from lifecheck.system import LocalState, State
from tests.cross_check import sized

SEEDS = sized(5, 20, 50)
PARTS = ("first", "second")
NAMES = ("OPEN", "SHIPPED", "LOST", "open", "lost", "RED", "1", "True", "None")


class Mixed(str, Enum):  # noqa: UP042 - a kind of its own: its text is its value, its str() is not
    pass


KINDS = {
    Enum: (1, True, 2, "OPEN", "open", "SHIPPED", None, (1,), "x"),
    IntEnum: (0, 1, 2, 3, -1),
    StrEnum: ("open", "shipped", "OPEN", "LOST", "1", "x"),
    Mixed: ("open", "shipped", "OPEN", "LOST", "1", "x"),
    Flag: (1, 2, 4, 8),
    IntFlag: (1, 2, 4, 8),
}
Tree = tuple[object, ...]
"""``("and" | "or", left, right)``, ``("not", inner)``, ``("in", part, all)``, ``("same",)``, ``("pair", pairs)``."""


def judge(tree: Tree, at: Sequence[Enum]) -> bool:
    """Say whether the tree is true where the parts are at these members."""
    match tree:
        case ("and", left, right):
            return judge(left, at) and judge(right, at)
        case ("or", left, right):
            return judge(left, at) or judge(right, at)
        case ("not", inner):
            return not judge(inner, at)
        case ("in", int(part), members):
            return any(at[part] is member for member in members)
        case ("same",):
            return at[0] is at[1]
        case ("pair", pairs):
            return any(at[0] is one and at[1] is other for one, other in pairs)
    raise AssertionError(tree)


@dataclass
class Writer:
    """Writes trees as Python; what stands before the predicates is collected."""

    random: random.Random
    kind: type[Enum]
    before: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def write(self, tree: Tree) -> str:
        match tree:
            case ("and" | "or" as word, left, right):
                return f"({self.write(left)} {word} {self.write(right)})"
            case ("not", inner):
                return f"(not {self.write(inner)})"
            case ("in", int(part), members):
                return self._membership(PARTS[part], members)
            case ("same",):
                return self.random.choice(("s.first == s.second", "s.second in (s.first,)", "not s.first != s.second"))
            case ("pair", pairs):
                return self._pairs(pairs)
        raise AssertionError(tree)

    def _membership(self, part: str, members: Sequence[Enum]) -> str:
        state = f"s.{part}" if self.random.random() < 0.8 else f's["{part}"]'
        place = self.random.randrange(4)
        if place == 1:
            self.inside.append(f"kept{len(self.inside)} = {state}")
            state = f"kept{len(self.inside) - 1}"
        inner = "x" if place == 2 else state
        asked = f"({self._equality(inner, members[0]) if len(members) == 1 else self._group(inner, members)})"
        if place == 2:
            if self.random.random() < 0.5:
                return f"(lambda x: {asked})({state})"
            return f"{self._helper([f'    return {asked}'])}({state})"
        if place == 3 and all(member.name.isidentifier() and member.name not in ("True", "None") for member in members):
            cases = " | ".join(f"E.{member.name}" for member in members)
            lines = ["    match x:", f"        case {cases}:", "            return True", "    return False"]
            return f"{self._helper(lines)}({state})"
        return asked

    def _equality(self, state: str, member: Enum) -> str:
        one = self._member(member)
        ways = [f"{state} == {one}", f"{one} == {state}", f"not {state} != {one}", f"not ({one} != {state})"]
        ways += [f"{state} in ({one},)", f"{state} in {{{one}}}", f"{state}.within({one})", f"{state} is {one}"]
        ways += [f"str({state}) == {member.name!r}", f"f'{{{state}}}' == {member.name!r}", f"{{{one}: True}}[{state}]"]
        ways += [f"{state}.name == {member.name!r}", f"{state}.value == {member.value!r}", f"{state} in {one}"]
        if member.value not in self.kind.__members__ or member.value == member.name:  # else it is another state's name
            ways += [f"{state} == {member.value!r}"]
        ways += [f"not ({state} and {one} != {state})"]
        ways += [f"any({one} == each for each in [{state}])", f"[{one}].count({state}) == 1", f"[{state}] == [{one}]"]
        return self.random.choice(ways)

    def _group(self, state: str, members: Sequence[Enum]) -> str:
        # all in one way: {"1", E.OPEN} is a set of one where E.OPEN is itself the text "1"
        written = ", ".join(self._members(members))
        groups = [f"({written},)", f"[{written}]", f"{{{written}}}", f"{{{written}, {written}}}"]
        table = "{" + ", ".join(f"{one}: True" for one in self._members(members)) + "}"
        match self.random.randrange(6):
            case 0:
                name = self._named(self.random.choice([*groups, table, f"frozenset(({written},))"]))
                return f"{state} in {name}"
            case 1:
                return f"{state} in {self._helper([f'    return {self.random.choice(groups)}'])}()"
            case 2:
                return f"{self._named(table)}.get({state}, False)"
            case 3:
                return f"not {state} not in {self.random.choice(groups)}"
            case 4:
                return " or ".join(self._equality(state, member) for member in members)
        return f"{state} in {self.random.choice([*groups, table])}"

    def _pairs(self, pairs: Sequence[tuple[Enum, Enum]]) -> str:
        way = self.random.randrange(5)
        written = [f"({self._member(one, way)}, {self._member(other, way)})" for one, other in pairs]
        group = ", ".join(written)
        ways = [f"(s.first, s.second) in [{group}]", f"(s.first, s.second) in {{{group}}}"]
        ways += [" or ".join(f"{one} == (s.first, s.second)" for one in written)]
        ways += [f"(s.first, s.second) in {self._named('{' + group + '}')}"]
        return f"({self.random.choice(ways)})"

    def _members(self, members: Sequence[Enum]) -> list[str]:
        way = self.random.randrange(5)
        return [self._member(member, way) for member in members]

    def _member(self, member: Enum, way: int | None = None) -> str:
        dotted = member.name.isidentifier() and member.name not in ("True", "None")
        by_class = f"E.{member.name}" if dotted else f"E[{member.name!r}]"
        ways = (by_class, by_class, by_class, repr(member.name), f"{by_class}.name")
        return self.random.choice(ways) if way is None else ways[way]

    def _named(self, value: str) -> str:
        name = f"GROUP{len(self.before)}"
        self.before.append(f"{name} = {value}")
        return name

    def _helper(self, lines: list[str]) -> str:
        name = f"helper{len(self.before)}"
        self.before.append("\n".join([f"def {name}(x=None):", *lines]))
        return name


def drawn_kind(draw: random.Random) -> type[Enum]:
    """Return an enumeration whose values are often not its names, and often other members' names."""
    base, values = draw.choice(list(KINDS.items()))
    names = draw.sample(NAMES, draw.randint(2, 4))
    return base("E", list(zip(names, draw.sample(values, len(names)), strict=True)), module=__name__)  # type: ignore[call-overload,no-any-return]


def drawn_tree(draw: random.Random, members: Sequence[Enum], depth: int = 2) -> Tree:
    if depth and draw.random() < 0.5:
        parts = [drawn_tree(draw, members, depth - 1) for _ in range(2)]
        return draw.choice((("and", *parts), ("or", *parts), ("not", parts[0])))
    match draw.randrange(8):
        case 0:
            return ("same",)
        case 1:
            return ("pair", [(draw.choice(members), draw.choice(members)) for _ in range(draw.randint(1, 2))])
    return ("in", draw.randrange(2), draw.sample(members, draw.randint(1, len(members))))


Drawn = tuple[type[Enum], str, Tree, Callable[[State], bool]]


def drawn_predicates(seed: int, count: int) -> Iterator[Drawn]:
    """Yield predicates over one enumeration, with their source; of every fifth enumeration Python has no source."""
    draw = random.Random(seed)
    kind = drawn_kind(draw)
    trees, texts = [], []
    writer = Writer(draw, kind)
    for number in range(count):
        trees.append(drawn_tree(draw, list(kind)))
        writer.inside = []
        answer = writer.write(trees[-1])
        lines = [f"def predicate{number}(s):", *(f"    {line}" for line in writer.inside), f"    return {answer}"]
        texts.append("\n".join(lines))
    text = "\n".join([*writer.before, *texts]) + "\n"
    filename = f"<predicates drawn from {seed}>"
    if seed % 5:
        linecache.cache[filename] = len(text), None, text.splitlines(keepends=True), filename
    module = ModuleType(f"drawn_{seed}")
    vars(module)["E"] = kind
    with warnings.catch_warnings(action="ignore", category=SyntaxWarning):  # it writes "is" beside text, too
        exec(compile(text, filename, "exec"), vars(module))
    for number, (tree, source) in enumerate(zip(trees, texts, strict=True)):
        yield kind, source, tree, vars(module)[f"predicate{number}"]


def test_a_random_predicate_means_what_the_judge_says_or_is_an_error_in_every_state() -> None:
    counted: Counter[str] = Counter()
    for seed in range(SEEDS):
        for kind, source, tree, predicate in drawn_predicates(seed, 40):
            known = tuple(member.name for member in kind)
            seen = set()
            for at in product(kind, repeat=2):
                state = State(
                    {part: LocalState(member.name, part, known) for part, member in zip(PARTS, at, strict=True)}
                )
                try:
                    answer = evaluate(predicate, state)
                except PredicateError:
                    seen.add("an error")
                else:
                    assert answer is judge(tree, at), f"seed {seed}, {list(kind)}, {at}:\n{source}"
                    seen.add(str(answer))
            counted.update(seen)
            counted["all"] += 1
    assert counted["all"] == 40 * SEEDS
    assert min(counted["True"], counted["False"]) > 14 * SEEDS
    assert 6 * SEEDS < counted["an error"] < 28 * SEEDS


def test_a_random_predicate_has_the_judges_verdict_on_a_real_machine_or_is_an_error() -> None:
    counted: Counter[str] = Counter()
    for seed in range(1001, 1011):
        for kind, source, tree, predicate in drawn_predicates(seed, 8):
            verdict = expected = None

            def machine(kind: type[Enum] = kind) -> Machine:
                members = list(kind)
                rows = [["go", one, other] for one, other in zip(members, [*members[1:], members[0]], strict=True)]
                return Machine(states=kind, initial=members[0], transitions=rows, auto_transitions=False)

            def of_both(s: State, predicate: Callable[[State], bool] = predicate) -> bool:
                return predicate(State(dict.fromkeys(PARTS, s.machine)))

            try:
                verdict = str(check(machine, never(of_both)).verdict)
            except PredicateError:
                verdict = "an error"
            else:
                expected = "violated" if any(judge(tree, (member, member)) for member in kind) else "holds"
                assert verdict == expected, f"seed {seed}, {list(kind)}:\n{source}"
            counted[verdict] += 1
    assert min(counted[verdict] for verdict in ("violated", "holds", "an error")) > 5, counted

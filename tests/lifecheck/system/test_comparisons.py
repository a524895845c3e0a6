"""Whatever a predicate compares a state with, it is the state's name, or an error: never silently false."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum, auto
from functools import lru_cache
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import PredicateError, State, check, never
from lifecheck.system import LocalState


class Colour(Enum):
    GREEN = 1
    RED = 2
    BLUE = 3


class Number(IntEnum):
    GREEN = 1
    RED = 2


class Text(StrEnum):
    GREEN = auto()  # the text "green", while transitions calls the state GREEN
    RED = auto()


class Same(StrEnum):
    GREEN = "GREEN"
    RED = "RED"


KNOWN = ("GREEN", "RED")
STATE = State(
    {"light": LocalState("GREEN", "light", KNOWN, {"mode": Colour.RED}), "other": LocalState("RED", "other", KNOWN)}
)
LIT = {"GREEN", "REDD"}
COLOURS = (Colour.GREEN, Colour.RED)
TEXTS = (Text.GREEN, Text.RED)
RANK = {"GREN": 1}
RANKS = {"GREEN": 0, "RED": 1}
MISSPELT = {"GREEN": 0, "REDD": 1}
TEXT_RANKS = {Text.GREEN: 1}
PAIRS = {("GREEN", "RED"): True, ("RED", "GREEN"): False}
LENIENT = defaultdict(int, {"GREN": 1})


class Settings:
    lit = frozenset({"GREEEN"})


settings = Settings()
Ask = Callable[[Any], bool]


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.light == Colour.GREEN,
        lambda s: Colour.GREEN == s.light,  # noqa: SIM300
        lambda s: not s.light != Colour.GREEN,  # noqa: SIM202
        lambda s: s.light != Colour.RED,
        lambda s: s.light in (Colour.GREEN,),
        lambda s: s.light in [Colour.RED, Colour.GREEN],
        lambda s: s.light in {Colour.GREEN, Colour.RED},
        lambda s: s.light not in {Colour.RED},
        lambda s: s.light in COLOURS,
        lambda s: s.light == Number.GREEN and s.light in (Number.GREEN, Number.RED),
        lambda s: s.light == Text.GREEN,
        lambda s: s.light == Same.GREEN and s.light in {Same.GREEN} and s.light in (Same.GREEN,),
        lambda s: s["light"] == Colour.GREEN,
    ],
)
def test_a_member_of_an_enumeration_is_the_state_of_its_name(ask: Ask) -> None:
    assert ask(STATE) is True


def test_a_machine_whose_states_are_an_enumeration_is_asked_in_its_words() -> None:
    def light() -> Machine:
        return Machine(states=Colour, initial=Colour.RED, transitions=[["go", Colour.RED, Colour.GREEN]])

    asked = [lambda s: s.state == Colour.GREEN, lambda s: s.state in {Colour.GREEN}, "state == 'GREEN'"]
    assert [str(check(light, never(one)).verdict) for one in asked] == ["violated"] * 3


@pytest.mark.parametrize("other", [3, None, ["GREEN"], {"GREEN"}, 1.5, b"GREEN", ("GREEN",)], ids=repr)
def test_what_is_no_text_is_refused_rather_than_unequal(other: object) -> None:
    for ask in (lambda s: s.light == other, lambda s: s.light != other, lambda s: s.light in [other]):
        with pytest.raises(PredicateError, match=r"a state of component 'light' is text, and .* is not"):
            ask(STATE)


@pytest.mark.parametrize("member", [Colour.BLUE, Text.GREEN, Number.RED], ids=repr)
def test_a_member_without_a_state_of_its_name_is_refused(member: Enum) -> None:
    lamp = LocalState("off", "lamp", ("off", "on"))
    with pytest.raises(PredicateError, match=f"component 'lamp' has no state '{member.name}'"):
        lamp == member  # noqa: B015


def test_a_member_that_could_be_two_states_is_refused() -> None:
    lamp = LocalState("GREEN", "lamp", ("GREEN", "green"))
    with pytest.raises(PredicateError, match=r"'GREEN' and a state 'green', and .* could be either"):
        lamp == Text.GREEN  # noqa: B015


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.light is Colour.GREEN,
        lambda s: s.light is not Colour.GREEN,
        lambda s: Colour.GREEN is s.light,
        lambda s: s["light"] is Colour.GREEN,
        lambda s: getattr(s, "light") is Colour.GREEN,  # noqa: B009
        lambda s: s.light is None,
        lambda s: True if s.light is None else False,  # noqa: SIM210
        lambda s: s.light is s.other,
        lambda s: any(one.light is Colour.GREEN for one in [s]),
    ],
)
def test_identity_is_refused_because_a_state_is_never_the_member_itself(ask: Ask) -> None:
    with pytest.raises(PredicateError, match=r"component 'light' is compared by 'is'.*; write =="):
        ask(STATE)


def test_identity_of_an_attribute_is_the_attributes_own_business() -> None:
    assert (lambda s: s.light.mode is Colour.RED)(STATE)


def test_identity_of_an_answer_about_the_state_is_the_answers_own_business() -> None:
    assert (lambda s: hasattr(s, "light") is True)(STATE)


def test_a_look_up_by_hash_that_cannot_be_seen_is_refused() -> None:
    def lit() -> set[str]:
        return {"GREN"}

    @lru_cache
    def is_lit(state: object) -> bool:
        return state == "GREEN"

    asked: list[Ask] = [
        lambda s: eval("s.light in {'GREN'}", {"s": s}),
        lambda s: s.light in lit(),
        lambda s: s.light in (LIT if s else COLOURS),
        lambda s: {s.light} == {"GREN"},
        lambda s: len({s.light, s.other}) == 1,
        lambda s: {s.light, s.other} <= LIT,
        lambda s: {"GREEN"}.issuperset([s.light]),
        lambda s: (s.light, 1) in {("GREEN", 1), "GREEN"},
        lambda s: (str(s), s.light.component, (s.light,)) in {("a", "b", ("GREEN",))},
        lambda s: is_lit(s.light),
        lambda s: frozenset([s.light]) == frozenset(["GREN"]),
        lambda s: lit().__contains__(s.light),
    ]
    for ask in asked:
        with pytest.raises(PredicateError, match=r"looked up by its hash where lifecheck cannot see.*; write == or"):
            ask(STATE)


def test_what_has_no_source_is_asked_where_the_state_is() -> None:
    assert eval("s.light in ('RED', 'GREEN') and 'RED' != s.light", {"s": STATE}) is True
    with pytest.raises(PredicateError, match="no state 'GREN'"):
        eval("s.light in ['GREN']", {"s": STATE})


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: bool({"GREEN": 1, "GREN": 2}[s.light]),  # what is not found raises, so that no typo is silent
        lambda s: RANKS[s.light] == 0,
        lambda s: RANKS.get(s.light, 1) == 0,
        lambda s: (s.light, s.other) in {("GREEN", "RED"), ("RED", Colour.RED)},
        lambda s: (s["light"], 3) in {("GREEN", 3)},
        lambda s: PAIRS[s.light, s.other],
        lambda s: [one for one in (s.light,) if (one, s.other) in PAIRS] == [s.light],
    ],
)
def test_a_mapping_and_a_set_of_tuples_find_a_state_by_its_name(ask: Ask) -> None:
    assert ask(STATE) is True


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: defaultdict(int, {"GREN": 1})[s.light],
        lambda s: LENIENT[s.light],
        lambda s: {"GREN": 1}.get(s.light, 0),
        lambda s: MISSPELT.get(s.light, 0),
        lambda s: (s.light, s.other) in {("GREEN", "RED"), ("RED", "REED")},
        lambda s: (s.light, s.other) in {("GREEN", Text.RED)},
        lambda s: TEXT_RANKS.get(s.light),
        lambda s: s.light in {Text.RED.value},
    ],
)
def test_a_mapping_that_would_miss_a_state_silently_is_refused(ask: Ask) -> None:
    with pytest.raises(PredicateError, match=r"has no state|finds Text|cannot see"):
        ask(STATE)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: bool(s.light), "component 'light' is neither true nor false"),
        (lambda s: not s.light, "component 'light' is neither true nor false"),
        (lambda s: "GREEN" in s.light, r"holds nothing to look through; .* within\('...'\)"),
        (lambda s: [*s.light], "holds nothing to look through"),
        (lambda s: s.light == s, "a state of component 'light' is text"),
        (lambda s: s.light == s.door, "'light' and 'door' have no state in common|'door' and 'light' have no state"),
        (lambda s: s.light in (s.door,), "have no state in common"),
    ],
)
def test_a_state_taken_for_something_else_is_refused(ask: Ask, message: str) -> None:
    state = State(
        {"light": LocalState("GREEN", "light", KNOWN), "door": LocalState("open", "door", ("open", "closed"))}
    )
    with pytest.raises(PredicateError, match=message):
        ask(state)


def test_the_methods_of_text_are_named_with_their_remedy() -> None:
    with pytest.raises(AttributeError, match=r"declares no attribute 'startswith'; of its name as text: str"):
        STATE.light.startswith("G")
    assert str(STATE.light).startswith("G")
    assert f"{STATE.light:>6}" == " GREEN"
    assert int(LocalState("3", "number", ("3",))) == 3
    with pytest.raises(TypeError):
        STATE.light < "RED"  # noqa: B015


def test_one_and_true_are_two_values_of_an_attribute() -> None:
    class Flag:
        flag: object = 0

        def set_one(self) -> None:
            self.flag = 1

        def set_true(self) -> None:
            self.flag = True

        def is_true(self) -> bool:
            return self.flag is True

    def machine() -> Machine:
        rows = [
            {"trigger": "one", "source": "a", "dest": "a", "after": "set_one"},
            {"trigger": "true", "source": "a", "dest": "a", "after": "set_true"},
            {"trigger": "go", "source": "a", "dest": "b", "conditions": "is_true"},
        ]
        return Machine(Flag(), states=["a", "b"], initial="a", auto_transitions=False, transitions=rows)

    result = check(machine, never("state == 'b'"), attributes=["flag"])
    assert (str(result.verdict), result.states, result.evidence.stem) == ("violated", 4, ("true", "go"))


def test_values_that_python_takes_for_equal_make_states_of_their_own() -> None:
    values = [0, False, 0.0, -0.0, 1, True, 1.0, (1,), (True,), ((1,),), ((1.0,),), frozenset({1}), frozenset({True})]
    values += [None, "1", Colour.GREEN, Number.GREEN]
    keys = [LocalState("on", "lamp", ("on",), {"value": value}).key for value in values]
    assert len(set(keys)) == len(values)
    assert keys == [LocalState("on", "lamp", ("on",), {"value": value}).key for value in values]


def test_starting_the_command_imports_nothing_of_what_reads_the_running_line() -> None:
    text = "import lifecheck.__main__, sys; sys.exit(bool({'executing', 'pure_eval'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", text], check=True)


def local_name() -> Ask:
    lit = {"GREN"}
    return lambda s: s.light in lit


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.light in {"GREN"},
        lambda s: s.light not in {"GREEN", "GREN"},
        lambda s: s.light in {"RED", Colour.GREEN, "GREN"},
        lambda s: s.light in {"REDD", "GREEEN", "GREENN", Colour.RED},
        lambda s: s["light"] in {"GREN"},
        lambda s: any(one in {"GREN"} for one in (s.light, s.other)),
        lambda s: s.light in LIT,
        lambda s: s.light in RANK,
        lambda s: s.light in {Colour.BLUE: 1},
        lambda s: s.light in {*LIT, "RED"},
        lambda s: s.light in LIT | {"RED"},
        lambda s: s.light in {Colour.BLUE.name},
        lambda s: "GREEN" == s.light in {"GREN"},
        lambda s: s.light in settings.lit,
        lambda s: s.light in {Colour.BLUE},
        lambda s: s.light in {None},
        lambda s: s.light in {3},
        local_name(),
    ],
)
def test_a_set_is_looked_through_for_what_is_no_state(ask: Ask) -> None:
    for _ in range(2):  # also where it was looked at before
        with pytest.raises(PredicateError, match=r"component 'light' (has no state|is text)"):
            ask(STATE)


def test_a_misspelt_state_in_a_set_names_the_nearest() -> None:
    def light() -> Machine:
        return Machine(states=["RED", "GREEN"], initial="RED", transitions=[["go", "RED", "GREEN"]])

    with pytest.raises(PredicateError, match=r"component 'light' has no state 'GREN'; did you mean 'GREEN'?"):
        check(light, never(lambda s: s.state in {"GREN"}))
    assert str(check(light, never(lambda s: s.state in {"GREEN"})).verdict) == "violated"


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: str(s.light) in {"GREEN", "of whichever machine"},
        lambda s: s.light.mode in {Colour.RED, Colour.BLUE},
        lambda s: s.light.mode.name in {"REDD", "RED"},
        lambda s: os.name in {"posix", "nt", "GREN"} and s.light == "GREEN",
        lambda s: (s.light, s.other) in {("GREEN", "RED")},
        lambda s: s.light in {"GREEN"} and s.other in {"RED"},
    ],
)
def test_a_set_that_no_state_is_looked_up_in_raises_no_false_alarm(ask: Ask) -> None:
    assert ask(STATE) is True


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.light in (Text.GREEN, Text.RED),
        lambda s: s.light in [Text.GREEN],
        lambda s: s.light in TEXTS,
        lambda s: Text.GREEN == s.light,  # noqa: SIM300
        lambda s: s["light"] not in (Text.RED,),
        lambda s: s.light in (*TEXTS, "RED"),
        lambda s: (lambda one: Text.GREEN == one and one in TEXTS)(s.light),  # noqa: SIM300
        lambda s: matched(s.light),
        lambda s: (s.light, s.other) in [(Text.GREEN, Text.RED)],
    ],
)
def test_a_member_that_is_other_text_is_the_state_wherever_it_stands(ask: Ask) -> None:
    assert ask(STATE) is True


def matched(state: object) -> bool:
    match state:
        case Text.RED:
            return False
        case Text.GREEN:
            return True
    raise AssertionError(state)


@pytest.mark.parametrize("member", [Number.RED, Text.RED], ids=repr)
def test_a_member_that_a_set_finds_by_its_value_is_refused(member: Enum) -> None:
    with pytest.raises(PredicateError, match=rf"a set finds {type(member).__name__}.RED by its value.*: write .*.name"):
        (lambda s: s.light in {member})(STATE)


def player() -> HierarchicalMachine:
    regions = [
        {"name": "sound", "children": ["on", "off"], "initial": "on"},
        {"name": "disc", "children": ["turning", "paused"], "initial": "turning"},
    ]
    return HierarchicalMachine(
        states=["idle", {"name": "playing", "parallel": regions}],
        initial="idle",
        transitions=[["start", "idle", "playing"], ["mute", "playing_sound_on", "playing_sound_off"]],
    )


@pytest.mark.parametrize(
    "asked",
    [
        "state == 'playing_sound_off'",
        "state in {'playing_sound_off'}",
        "not (state != 'playing_sound_off')",
        lambda s: s.state == "playing_sound_off",
        lambda s: s.state in {"playing_sound_off"},
    ],
)
def test_one_region_among_several_is_not_the_state_and_says_what_to_ask(asked: Any) -> None:
    with pytest.raises(PredicateError, match=r"'playing_sound_off' is active beside .*; ask within\('playing_"):
        check(player, never(asked))


def test_a_text_can_ask_for_what_is_active_inside() -> None:
    assert check(player, never("state.within('playing_sound_off')")).evidence.stem == ("start", "mute")
    assert check(player, never("not state.within('idle') and state.within('playing')")).evidence.stem == ("start",)
    assert str(check(player, never("state == 'playing_sound_on|playing_disc_turning'")).verdict) == "violated"
    with pytest.raises(PredicateError, match=r"has no state 'playing_sound_of'; did you mean 'playing_sound_off'"):
        check(player, never("state == 'idle' and state.within('playing_sound_of')"))


@pytest.mark.parametrize(
    "text", ["state.within()", "state.within('a', 'b')", "state.within(state)", "state.count('a')"]
)
def test_nothing_else_can_be_called_in_a_text(text: str) -> None:
    with pytest.raises(PredicateError, match=r"nothing but within\(...\) can be called"):
        never(text)

"""``lifecheck draw``: writes what changed, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lifecheck.cli.draw import LIMIT
from lifecheck.cli.picture_kinds import PICTURE_FORMATS
from lifecheck.diagrams.diagram import ENDINGS
from lifecheck.diagrams.state_space import PICTURE_LIMIT
from tests import needs
from tests.lifecheck.cli.cli import ROOT, call
from tests.lifecheck.diagrams.mermaid_reader import labels

needs.package("pygraphviz")


PICTURES = {
    *(f"component-{name}" for name in ("message", "queue", "queue_file", "scanner", "sender")),
    *("component-store-unpatched", "component-store-patched"),
    *("lifecycle-unpatched", "lifecycle-patched", "pair-unpatched-patched"),
    "counterexample-deleted-leaves-queue-unpatched",
    *(
        f"sequence-{name}-unpatched"
        for name in ("deleted-leaves-queue", "can-drain", "deletion-settles", "deleted-at-most-once")
    ),
    "sequence-outage-only-delays-unpatched",
    *("good-run-nothing-vanishes-unpatched", "good-run-deleted-leaves-queue-patched"),
    *("state-space-deleted-leaves-queue-unpatched", "state-space-deleted-leaves-queue-patched"),
    "verdicts",
}
"""Of the two variants: every counterexample has a sequence, and each promise that is kept a good run."""


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_it_writes_every_picture_and_the_second_time_nothing(tmp_path: Path) -> None:
    first = call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path / "new"))
    assert first.status == 0
    assert (
        first.out.splitlines()[-1]
        == f"{len(PICTURES)} pictures in {tmp_path / 'new'}, {len(first.out.splitlines()) - 1} files written."
    )
    assert {path.stem for path in (tmp_path / "new").glob("*.svg")} == PICTURES
    again = call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path / "new"))
    assert again.out == f"{len(PICTURES)} pictures in {tmp_path / 'new'}, 0 files written.\n"


def test_a_component_in_which_variants_differ_has_a_picture_for_each(tmp_path: Path) -> None:
    call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path))
    names = {path.stem for path in tmp_path.iterdir() if path.name.startswith("component")}
    assert {"component-store-unpatched", "component-store-patched", "component-queue"} <= names


def test_the_row_that_differs_stands_out_in_both_lifecycles_and_says_from_what(tmp_path: Path) -> None:
    words = ["--variant", "unpatched", "--variant", "patched", "--kind", "lifecycle", "--format", "mermaid"]
    call("draw", *words, "--out", str(tmp_path))
    for variant, other in (("unpatched", "patched"), ("patched", "unpatched")):
        told = (tmp_path / f"lifecycle-{variant}.mmd").read_text()
        assert told.count(f"not in {other}") == 2  # once in the words


def test_one_variant_alone_has_nothing_to_differ_from(tmp_path: Path) -> None:
    assert call("draw", "--variant", "patched", "--kind", "lifecycle", "--out", str(tmp_path)).status == 0
    assert "not in" not in (tmp_path / "lifecycle-patched.svg").read_text()


def test_no_other_format_is_written_than_those_asked_for(large: Path) -> None:
    words = ["large_to_draw:WHEEL", "--kind", "component", "--kind", "sequence"]
    assert call("draw", *words, "--out", "svg").err == ""
    assert {path.suffix for path in (large / "svg").iterdir()} == {".svg"}
    assert call("draw", *words, "--out", "both", "--format", "mermaid", "--format", "svg").err == ""
    names = ("component-ring", "component-bell", "sequence-near-WHEEL")
    assert {path.name for path in (large / "both").iterdir()} == {
        f"{name}{suffix}" for name in names for suffix in (".mmd", ".svg")
    }


def test_what_cannot_be_had_in_a_format_is_named_with_those_in_which_it_can(large: Path) -> None:
    words = ["large_to_draw:WHEEL", "--kind", "component", "--kind", "sequence", "--format", "dot", "--out", "pictures"]
    called = call("draw", *words)
    assert called.status == 0
    assert called.err == "lifecheck: sequence-near-WHEEL cannot be had as dot; ask for svg and mermaid\n"
    assert called.out.splitlines()[-1] == "2 pictures in pictures, 2 files written."
    assert {path.name for path in (large / "pictures").iterdir()} == {"component-ring.dot", "component-bell.dot"}


def test_where_nothing_can_be_had_in_the_format_that_is_an_error(large: Path) -> None:
    called = call("draw", "large_to_draw:WHEEL", "--kind", "matrix", "--format", "dot", "--out", "pictures")
    assert (called.status, called.out) == (2, "")
    assert called.err == "lifecheck: verdicts cannot be had as dot; ask for svg and mermaid\n"
    assert not (large / "pictures").exists()


def test_the_formats_that_the_command_offers_are_those_of_pictures() -> None:
    assert tuple(ENDINGS) == PICTURE_FORMATS


def test_a_strangers_system_is_drawn_with_a_lane_for_each_component(elsewhere: Path) -> None:
    (elsewhere / "lamps_to_draw.py").write_text(
        "from lifecheck import Component, Row, System\n"
        "LAMP = Component('lamp', ['off', 'on'], 'off', [Row('switch', 'off', 'on')], {'switch'})\n"
        "HOUSE = System('house', [LAMP])\nCLAIMS = []\n"
    )
    assert call("draw", "lamps_to_draw:HOUSE", "--out", "pictures").status == 0
    assert {path.name for path in (elsewhere / "pictures").glob("*.svg")} == {
        "component-lamp.svg",
        "lifecycle-HOUSE.svg",
    }


LARGE = """
from lifecheck import Claim, Component, Row, System, always, eventually
SIZE = 60
ROWS = [Row("go", str(number), str((number + 1) % SIZE)) for number in range(SIZE)]
RING = Component("ring", [str(number) for number in range(SIZE)], "0", ROWS, {"go"})
BELL = Component("bell", ["on"], "on", [], set())
WHEEL = System("wheel", [RING, BELL])
CLAIMS = [Claim("near", "it stays near", always(lambda s: s.ring != "3"))]
"""


@pytest.fixture
def large(elsewhere: Path) -> Path:
    (elsewhere / "large_to_draw.py").write_text(LARGE)
    return elsewhere


def test_a_state_space_too_large_for_a_page_is_left_out_with_a_word(large: Path) -> None:
    called = call("draw", "large_to_draw:WHEEL", "--out", "pictures")
    assert called.status == 0
    assert called.err == (
        "lifecheck: state-space-near-WHEEL is not drawn: system 'wheel' has more than 40 states, too many for a "
        "picture of them all; draw its lifecycle or a counterexample instead\n"
    )
    assert {path.stem for path in (large / "pictures").glob("*.svg")} == {
        *("component-ring", "component-bell", "lifecycle-WHEEL", "counterexample-near-WHEEL"),
        *("sequence-near-WHEEL", "verdicts"),
    }


def test_every_picture_that_is_too_large_is_left_out_with_a_word(large: Path) -> None:
    module = large / "larger_to_draw.py"
    module.write_text(LARGE.replace("SIZE = 60", "SIZE = 300").replace('!= "3"', '!= "299"'))
    called = call("draw", "larger_to_draw:WHEEL", "--out", "pictures")
    assert called.status == 0
    assert [line.partition(" is not drawn: ")[::2] for line in called.err.splitlines()] == [
        (
            "lifecheck: component-ring",
            "component 'ring' has 300 states, and a picture shows at most 80; draw a counterexample instead, which "
            "shows what happens in one run",
        ),
        (
            "lifecheck: lifecycle-WHEEL",
            "the lifecycle of 'wheel' has 301 states, and a picture shows at most 80; name fewer components as lanes, "
            "or draw a counterexample",
        ),
        (
            "lifecheck: counterexample-near-WHEEL",
            'always(lambda s: s.ring != "299") has 299 steps, and a picture shows at most 200; read it as a story '
            "instead, as lifecheck explain tells it",
        ),
        (
            "lifecheck: sequence-near-WHEEL",
            'always(lambda s: s.ring != "299") has 299 steps, and a picture shows at most 200; read it as a story '
            "instead, as lifecheck explain tells it",
        ),
        (
            "lifecheck: state-space-near-WHEEL",
            "system 'wheel' has more than 40 states, too many for a picture of them all; draw its lifecycle or a "
            "counterexample instead",
        ),
    ]
    assert {path.stem for path in (large / "pictures").glob("*.svg")} == {"component-bell", "verdicts"}


def test_where_nothing_can_be_drawn_the_reason_is_the_error(large: Path) -> None:
    called = call("draw", "large_to_draw:WHEEL", "--out", "pictures", "--kind", "state-space")
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith(
        "lifecheck: state-space-near-WHEEL is not drawn: system 'wheel' has more than 40 states"
    )
    assert not (large / "pictures").exists()


TOO_LARGE = (
    "system 'wheel' has more than 50 states, so that its lifecycle cannot be read from them; draw its components alone "
    "(--kind component), or raise the limit (--limit N)"
)


def test_a_system_too_large_to_explore_is_drawn_as_far_as_can_be_with_a_word(large: Path) -> None:
    called = call("draw", "large_to_draw:WHEEL", "--out", "pictures", "--limit", "50")
    assert called.status == 0
    assert f"lifecheck: lifecycle-WHEEL is not drawn: {TOO_LARGE}\n" in called.err
    assert {path.stem for path in (large / "pictures").glob("component*.svg")} == {"component-ring", "component-bell"}


def test_the_lifecycle_alone_of_a_system_too_large_to_explore_is_an_error(large: Path) -> None:
    called = call("draw", "large_to_draw:WHEEL", "--out", "pictures", "--limit", "50", "--kind", "lifecycle")
    assert (called.status, called.out) == (2, "")
    assert called.err == f"lifecheck: lifecycle-WHEEL is not drawn: {TOO_LARGE}\n"
    assert not (large / "pictures").exists()


NO_CLAIMS = LARGE.replace("SIZE = 60", "SIZE = 6").partition("CLAIMS")[0]


@pytest.mark.parametrize("claims", ["", "CLAIMS = []\n"], ids=["none", "an empty list"])
def test_what_needs_no_claims_is_drawn_without_and_the_rest_named(elsewhere: Path, claims: str) -> None:
    (elsewhere / "unclaimed_to_draw.py").write_text(NO_CLAIMS + claims)
    called = call("draw", "unclaimed_to_draw:WHEEL", "--out", "pictures")
    assert called.status == 0
    assert called.err == (
        "lifecheck: counterexamples, sequence diagrams, good runs, state spaces and the table of verdicts are not "
        "drawn: nothing is claimed of 'unclaimed_to_draw:WHEEL'; name the claims with --properties "
        "package.module:name\n"
    )
    assert {path.stem for path in (elsewhere / "pictures").glob("*.svg")} == {
        *("component-ring", "component-bell", "lifecycle-WHEEL"),
    }


def test_what_needs_claims_is_an_error_without(elsewhere: Path) -> None:
    (elsewhere / "unclaimed_to_draw.py").write_text(NO_CLAIMS)
    called = call("draw", "unclaimed_to_draw:WHEEL", "--out", "pictures", "--kind", "matrix")
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith("lifecheck: the table of verdicts is not drawn: nothing is claimed of ")
    assert call("draw", "unclaimed_to_draw:WHEEL", "--out", "pictures", "--kind", "component").err == ""


HOSTILE = [
    *("my queue", "my/queue", "My-Queue", "../../up", "..", "a\\b", "nul\0", "two\nlines", "\ud800"),
    *("", ".hidden", "日本", "x" * 300, "con:"),
]


def test_a_component_of_any_name_has_a_file_of_its_own_in_the_folder(elsewhere: Path) -> None:
    (elsewhere / "hostile_to_draw.py").write_text(
        "from lifecheck import Component, Row, System\n"
        f"NAMES = {HOSTILE!a}\n"
        "PARTS = [Component(name, ['a', 'b'], 'a', [Row('go', 'a', 'b')], {'go'}) for name in NAMES]\n"
        "ALL = System('all', PARTS)\nCLAIMS = []\n"
    )
    before = {path.name for path in elsewhere.iterdir()}
    called = call("draw", "hostile_to_draw:ALL", "--out", "pictures", "--kind", "component")
    assert called.status == 0
    names = {path.stem for path in (elsewhere / "pictures").glob("*.svg")}
    assert len({name.casefold() for name in names}) == len(HOSTILE)
    assert {"component-my-queue", "component-my-queue-2", "component-My-Queue-3", "component-日本"} <= names
    assert not [name for name in names if "/" in name or ".." in name or not name.isprintable()]
    assert {path.name for path in elsewhere.iterdir()} - before <= {"pictures", "__pycache__"}
    titles = [path.read_text().partition('<title id="title">')[2] for path in (elsewhere / "pictures").glob("*.svg")]
    assert any(title.startswith("Component my queue<") for title in titles)


@pytest.mark.parametrize("words", [["draw"], ["export", "--to", "json"]], ids=["draw", "export"])
def test_an_empty_place_to_write_to_is_refused_in_one_line(words: list[str]) -> None:
    called = call(*words, "--out", "")
    assert (called.status, called.out) == (2, "")
    assert "'--out': it is empty; name a place" in called.err
    assert called.err.count("\n") == 1


def test_what_a_limit_leaves_undecided_is_drawn_as_such(large: Path) -> None:
    words = ["large_to_draw:WHEEL", "--out", "pictures", "--limit", "2"]
    kinds = ["--kind", "matrix", "--kind", "sequence", "--kind", "good-run"]
    assert call("draw", *words, *kinds, "--format", "svg", "--format", "mermaid").status == 0
    assert {path.name for path in (large / "pictures").iterdir()} == {"verdicts.mmd", "verdicts.svg"}
    assert "? unknown (!)" in labels((large / "pictures" / "verdicts.mmd").read_text())


@pytest.mark.long
def test_kinds_can_be_drawn_alone(tmp_path: Path) -> None:
    for kind, count in {"pair": 2, "good-run": 4, "matrix": 2, "state-space": 5, "component": 9}.items():
        called = call("draw", "--kind", kind, "--out", str(tmp_path / kind))
        assert called.out.splitlines()[-1].startswith(f"{count} pictures in ")
    assert {path.name for path in (tmp_path / "matrix").iterdir()} == {"verdicts.svg", "verdicts-all.svg"}


def test_a_pair_needs_something_in_common(elsewhere: Path) -> None:
    (elsewhere / "apart_to_draw.py").write_text(
        "from lifecheck import Component, Row, System\n"
        "LAMP = Component('lamp', ['off', 'on'], 'off', [Row('switch', 'off', 'on')], {'switch'})\n"
        "DOOR = Component('door', ['shut', 'open'], 'shut', [Row('push', 'shut', 'open')], {'push'})\n"
        "BOTH = {'lamp': System('lamp', [LAMP]), 'door': System('door', [DOOR])}\nCLAIMS = []\n"
    )
    assert call("draw", "apart_to_draw:BOTH", "--out", "pictures").status == 0
    assert not list((elsewhere / "pictures").glob("pair*"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--kind", "portrait"], "'portrait' is not one of 'component', 'lifecycle', 'pair'"),
        (["--format", "png"], "'png' is not one of 'svg', 'mermaid', 'dot'"),
        (["--limit", "0"], "0 is not in the range x>=1"),
        (["--variant", "unpached"], "there is no variant 'unpached'; did you mean 'unpatched'"),
        (["--out", "README.md"], "cannot write diagrams to 'README.md'"),
        (["--out", "README.md/deeper"], "cannot write diagrams to 'README.md/deeper'"),
    ],
)
def test_what_cannot_be_drawn_or_written_is_one_line(words: list[str], message: str) -> None:
    called = call("draw", *words)
    assert (called.status, called.out) == (2, "")
    assert message in called.err
    assert called.err.count("\n") == 1


def test_the_limits_are_those_that_the_documents_name() -> None:
    told = (ROOT / "docs" / "lifecycle.md").read_text()
    assert f"A state space of more than {PICTURE_LIMIT} states" in told
    assert f"more than {LIMIT:,} has no lifecycle" in told


def test_without_what_renders_svg_pictures_are_mermaid_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    called = call("draw", "--kind", "component", "--out", str(tmp_path / "pictures"))
    assert called.status == 0
    assert called.err == "lifecheck: without pygraphviz, which renders SVG, pictures are written as Mermaid\n"
    assert {path.suffix for path in (tmp_path / "pictures").iterdir()} == {".mmd"}
    asked = call("draw", "--kind", "component", "--out", str(tmp_path / "pictures"), "--format", "svg")
    assert (asked.status, asked.err.count("\n")) == (2, 1)
    assert "install it with pip install pygraphviz, or ask for Mermaid" in asked.err

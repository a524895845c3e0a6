"""``lifecheck draw``: writes what changed, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import needs
from tests.lifecheck.command.cli import ROOT, call

needs.package("pygraphviz")


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_it_writes_every_picture_and_the_second_time_nothing(tmp_path: Path) -> None:
    first = call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path / "new"))
    assert first.status == 0
    assert first.out.splitlines()[-1] == f"10 pictures in {tmp_path / 'new'}, 30 files written."
    again = call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path / "new"))
    assert again.out == f"10 pictures in {tmp_path / 'new'}, 0 files written.\n"


def test_a_component_in_which_variants_differ_has_a_picture_for_each(tmp_path: Path) -> None:
    call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path))
    names = {path.stem for path in tmp_path.iterdir() if path.name.startswith("component")}
    assert {"component-store-unpatched", "component-store-patched", "component-queue"} <= names


def test_the_row_that_differs_stands_out_in_both_lifecycles(tmp_path: Path) -> None:
    call("draw", "--variant", "unpatched", "--variant", "patched", "--out", str(tmp_path))
    for variant in ("unpatched", "patched"):
        assert (tmp_path / f"lifecycle-{variant}.dot").read_text().count("the row that differs") == 1


def test_one_variant_alone_has_nothing_to_differ_from(tmp_path: Path) -> None:
    assert call("draw", "--variant", "patched", "--out", str(tmp_path)).status == 0
    assert "the row that differs" not in (tmp_path / "lifecycle-patched.dot").read_text()


def test_a_strangers_system_is_drawn_with_a_lane_for_each_component(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lamps_to_draw.py").write_text(
        "from lifecheck import Component, Row, System\n"
        "LAMP = Component('lamp', ['off', 'on'], 'off', [Row('switch', 'off', 'on')], {'switch'})\n"
        "HOUSE = System('house', [LAMP])\nCLAIMS = []\n"
    )
    monkeypatch.chdir(tmp_path)
    assert call("draw", "lamps_to_draw:HOUSE", "--out", "pictures").status == 0
    assert {path.name for path in (tmp_path / "pictures").glob("*.svg")} == {
        "component-lamp.svg",
        "lifecycle-HOUSE.svg",
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
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

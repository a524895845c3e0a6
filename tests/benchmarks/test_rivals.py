"""What other checkers with decision diagrams are given: the rows of every component, and what blocks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests import needs

needs.package("oxidd")

from benchmarks import rivals  # noqa: E402
from benchmarks.cudd import relations  # noqa: E402
from benchmarks.storm import Storm, prism  # noqa: E402
from lifecheck import Component, Row, System  # noqa: E402
from lifecheck.symbolic import SymbolicSpace, fire  # noqa: E402

LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
FUSE = Component("fuse", ["whole", "blown"], "whole", [Row("switch", "whole", "=")], {"switch", "blow"})
LIGHT = System("light", [LAMP, FUSE])

PRISM = """\
mdp
module c0
  x0 : [0..1] init 0;
  [t0] x0=0 -> (x0'=1);
endmodule
module c1
  x1 : [0..0] init 0;
  [t0] x1=0 -> (x1'=0);
  [t1] false -> true;
endmodule
"""


def test_storm_is_given_a_module_for_each_component_and_what_blocks_blocks_there() -> None:
    assert LIGHT.triggers == ("switch", "blow")
    assert prism(LIGHT, fire(LIGHT)) == PRISM


def test_cudd_is_given_the_same_relations_in_the_same_order() -> None:
    space = SymbolicSpace(LIGHT, fire(LIGHT))
    found = json.loads(relations(space))
    assert (found["order"], found["sizes"]) == (space.encoding.order, [2, 1])
    assert [one["moves"] for one in found["triggers"]] == [{"0": [[0, 1]], "1": [[0, 0]]}, {"1": []}]


def test_what_a_rival_prints_is_read_and_anything_else_is_told(tmp_path: Path) -> None:
    script = tmp_path / "prints.py"
    said = {"run": {"states": 2, "transitions": 1, "errors": 0, "seconds": 0.5}, "version": "1"}
    script.write_text(f"print('a warning'); print('''{json.dumps(said)}''')")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("benchmarks.storm.SCRIPT", script)
        storm = Storm(Path(sys.executable), "")
        assert (storm.run().states, storm.version()) == (2, "Storm 1")
        script.write_text("print('out of luck')")
        with pytest.raises(RuntimeError, match="out of luck"):
            storm.run()


def test_a_rival_that_is_not_there_is_not_installed_unless_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rivals, "BUILD", tmp_path)
    monkeypatch.setitem(rivals.PACKAGES, "CUDD", ("dd", "import no_such_package"))
    assert rivals.python_with.__wrapped__("CUDD", install=False) is None
    assert list(tmp_path.iterdir()) == []

"""What the font library complains of is left out; what anything else says is not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lifecheck.diagrams.fonts import silent_fontconfig
from tests import needs


def test_lines_of_fontconfig_are_left_out_and_others_kept(capfd: pytest.CaptureFixture[str]) -> None:
    with silent_fontconfig():
        os.write(2, b'Fontconfig warning: "10-hinting.conf", line 6: unknown element\nlow memory\n')
        os.write(2, b"Fontconfig error: Cannot load default config file\nand a line without end")
    os.write(2, b".\n")
    assert capfd.readouterr().err == "low memory\nand a line without end.\n"


def test_what_was_said_before_an_error_is_not_lost(capfd: pytest.CaptureFixture[str]) -> None:
    def render() -> None:
        with silent_fontconfig():
            os.write(2, b"about to break\n")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        render()
    assert capfd.readouterr().err == "about to break\n"


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_a_machine_without_font_configuration_draws_without_a_word(closed: bool) -> None:
    needs.package("pygraphviz")
    code = "import os; from lifecheck.diagrams import Diagram\n" + "os.close(2)\n" * closed
    code += "print(Diagram('digraph { a -> b }', '').svg()[:5])"
    environment = {**os.environ, "FONTCONFIG_FILE": "no-such-file"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("<?xml\n", "")

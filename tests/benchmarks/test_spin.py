"""What SPIN's verifier prints is read."""

from __future__ import annotations

from pathlib import Path

from benchmarks.spin import Verifier, told

PRINTED = """
State-vector 64 byte, depth reached 49, errors: 0
 85766121 states, stored
6.3711976e+08 transitions (= stored+matched)
 5347.125\tactual memory usage for states
"""


def test_large_numbers_are_read_as_they_are_printed_with_eight_digits(tmp_path: Path) -> None:
    (tmp_path / "pan").write_text(f"#!/bin/sh\ncat <<'END'{PRINTED}END\n")
    (tmp_path / "pan").chmod(0o755)
    run = Verifier(tmp_path / "pan", ()).run()
    assert (run.states, run.transitions, run.errors) == (told(85_766_121), told(637_119_757), 0)
    assert run.transitions == 637_119_760

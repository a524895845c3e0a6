"""Writes a system as PRISM text, a module for each component, and lets Storm's decision-diagram engine explore it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.run import Run, timed
from lifecheck import System
from lifecheck.symbolic import LocalTable

SCRIPT = Path(__file__).with_name("storm_states.py")


@dataclass(frozen=True)
class Storm:
    """What is asked of Storm, and the Python that has it."""

    python: Path
    text: str

    def run(self) -> Run:
        """Run it once."""
        said, _ = timed([self.python, SCRIPT], SCRIPT.parent, self.text)
        return Run(**_last(said)["run"])

    def version(self) -> str:
        """Return its version."""
        return f"Storm {_last(timed([self.python, SCRIPT], SCRIPT.parent, self.text)[0])['version']}"


def _last(said: str) -> dict[str, dict[str, float]]:
    try:
        return json.loads(said.splitlines()[-1])  # type: ignore[no-any-return]
    except (ValueError, IndexError):
        raise RuntimeError(said) from None


def prism(system: System, tables: Sequence[LocalTable]) -> str:
    """Return a system as a Markov decision process without chance.

    Modules that have an action must take it together, as components must a trigger; one in which it has no row blocks.
    """
    numbers = {trigger: number for number, trigger in enumerate(system.triggers)}
    lines = ["mdp"]
    for part, table in enumerate(tables):
        lines += [f"module c{part}", f"  x{part} : [0..{len(table.states) - 1}] init 0;"]
        lines += [
            command for trigger in table.component.triggers for command in _commands(part, table, trigger, numbers)
        ]
        lines.append("endmodule")
    return "\n".join(lines) + "\n"


def _commands(part: int, table: LocalTable, trigger: str, numbers: dict[str, int]) -> Iterator[str]:
    moves = table.moves[trigger]
    for source, target in moves:
        yield f"  [t{numbers[trigger]}] x{part}={source} -> (x{part}'={target});"
    if not moves:
        yield f"  [t{numbers[trigger]}] false -> true;"

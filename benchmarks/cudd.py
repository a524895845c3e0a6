"""Writes a system's relations as JSON for cudd_states.py, in the order and the groups of lifecheck's engine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.run import Run, timed
from lifecheck.symbolic import SymbolicSpace

SCRIPT = Path(__file__).with_name("cudd_states.py")


@dataclass(frozen=True)
class Cudd:
    """What is asked of CUDD, and the Python that has dd with it."""

    python: Path
    text: str

    def run(self) -> Run:
        """Run it once."""
        said, _ = timed([self.python, SCRIPT], SCRIPT.parent, self.text)
        try:
            return Run(**json.loads(said)["run"])
        except ValueError:
            raise RuntimeError(said) from None

    def version(self) -> str:
        """Return its version."""
        return f"CUDD in dd {json.loads(timed([self.python, SCRIPT], SCRIPT.parent, self.text)[0])['version']}"


def relations(space: SymbolicSpace) -> str:
    """Return the components in their order in the diagrams, and each trigger with its group and its owners' moves."""
    tables, encoding = space.encoding.tables, space.encoding
    triggers = [
        {
            "group": max((encoding.neighbourhoods[part] for part in one.changed), default=-1),
            "moves": {part: tables[part].moves[one.trigger] for part in one.owners},
        }
        for one in space.relations
    ]
    return json.dumps({"order": encoding.order, "sizes": [len(one.states) for one in tables], "triggers": triggers})

"""Writes a population as JSON for musil_population.py, row by row from the fired tables, and runs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.rows import triggers_of
from benchmarks.run import Run, timed
from lifecheck import System
from lifecheck.instances.copies import indexed

SCRIPT = Path(__file__).with_name("musil_population.py")


@dataclass(frozen=True)
class Musil:
    """What is asked of musil, and the Python that has it."""

    python: Path
    text: str

    def run(self) -> Run:
        """Run it once."""
        said, _ = timed([self.python, SCRIPT], SCRIPT.parent, self.text)
        try:
            return Run(**json.loads(said)["run"])
        except ValueError:
            raise RuntimeError(said) from None

    def versions(self) -> str:
        """Return its version, and that of its Python."""
        said, _ = timed([self.python, SCRIPT], SCRIPT.parent, self.text)
        return "musil {} with Python {}".format(*json.loads(said)["versions"])


def as_json(system: System, instances: int, promise: tuple[str, list[int], list[int]] | None = None) -> str:
    """Return the system of so many instances: initial local states, triggers, and what is asked.

    Parameters
    ----------
    system
        The system of one instance, without observers.
    instances
        How many.
    promise
        Of which component of instance 1 which local states lead to which others; None to explore.
    """
    place: dict[str, int] = {}
    for part in system.parts:
        for number in range(1, instances + 1) if part.name in system.copied else (None,):
            place[part.name if number is None else indexed(part.name, number)] = len(place)
    triggers: list[dict[str, Any]] = []
    for trigger in triggers_of(system):
        for number in range(1, instances + 1) if trigger.is_indexed else (1,):
            places = [
                place[indexed(part.name, number) if part.name in system.copied else part.name]
                for part in system.owners[trigger.name]
            ]
            moves = [
                [[source for _, source, _ in option], [target for _, _, target in option]] for option in trigger.options
            ]
            name = indexed(trigger.name, number) if trigger.is_indexed else trigger.name
            fair = "weak" if trigger.is_fair else None
            triggers.append({"name": name, "fair": fair, "places": places, "moves": moves})
    asked = None
    if promise is not None:
        component, given, goal = promise
        asked = {"place": place[indexed(component, 1)], "given": given, "goal": goal}
    return json.dumps({"initial": [0] * len(place), "triggers": triggers, "promise": asked})

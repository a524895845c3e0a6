"""Plain values: rows, components, systems and the states that predicates read. Knows no library."""

from lifecheck.system.arguments import Arguments, choices_of, written_arguments
from lifecheck.system.component import Component, Guards, Model
from lifecheck.system.fairness import Owing, left_of, members_of
from lifecheck.system.nested_state import NestedLocalState
from lifecheck.system.nesting import TOGETHER, Nesting, Path
from lifecheck.system.row import SAME, Guard, Row
from lifecheck.system.state import (
    LocalState,
    ObserverNeededError,
    State,
    known_components,
    local_states,
    noting,
    without,
)
from lifecheck.system.system import System, reasons_of_strong

__all__ = [
    "SAME",
    "TOGETHER",
    "Arguments",
    "Component",
    "Guard",
    "Guards",
    "LocalState",
    "Model",
    "NestedLocalState",
    "Nesting",
    "ObserverNeededError",
    "Owing",
    "Path",
    "Row",
    "State",
    "System",
    "choices_of",
    "known_components",
    "left_of",
    "local_states",
    "members_of",
    "noting",
    "reasons_of_strong",
    "without",
    "written_arguments",
]

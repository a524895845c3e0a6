"""Plain values: rows, components, systems and the states that predicates read. Knows no library."""

from lifecheck.system.arguments import Arguments, choices_of, written_arguments
from lifecheck.system.component import Component, Guards, Model
from lifecheck.system.fairness import Owing, left_of, members_of
from lifecheck.system.nested_state import NestedLocalState
from lifecheck.system.nesting import TOGETHER, Nesting, Path
from lifecheck.system.ready import at_most, counter, precedes
from lifecheck.system.row import SAME, Guard, Row
from lifecheck.system.starts import refuse_several_starts
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
from lifecheck.system.unshared import unshared

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
    "at_most",
    "choices_of",
    "counter",
    "known_components",
    "left_of",
    "local_states",
    "members_of",
    "noting",
    "precedes",
    "reasons_of_strong",
    "refuse_several_starts",
    "unshared",
    "without",
    "written_arguments",
]

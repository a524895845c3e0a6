"""Sets of states as decision diagrams: any system, also where its states are too many to visit one by one."""

from lifecheck.symbolic.encoding import Diagram, Locals
from lifecheck.symbolic.fairness import Owed, fair_hull
from lifecheck.symbolic.lasso import Lasso, find_lasso
from lifecheck.symbolic.limits import DEFAULT_MEMORY, MemoryLimitError, SymbolicLimitError, refuse_memory
from lifecheck.symbolic.local_table import LocalTable, fire
from lifecheck.symbolic.paths import Path, shortest_path, some_path
from lifecheck.symbolic.predicates import satisfying
from lifecheck.symbolic.saturation import Progress
from lifecheck.symbolic.space import GrowingSpace, SymbolicSpace

__all__ = [
    "DEFAULT_MEMORY",
    "Diagram",
    "GrowingSpace",
    "Lasso",
    "LocalTable",
    "Locals",
    "MemoryLimitError",
    "Owed",
    "Path",
    "Progress",
    "SymbolicLimitError",
    "SymbolicSpace",
    "fair_hull",
    "find_lasso",
    "fire",
    "refuse_memory",
    "satisfying",
    "shortest_path",
    "some_path",
]

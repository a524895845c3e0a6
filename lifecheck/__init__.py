"""lifecheck: asks whether something in a `transitions` machine can get stuck, be lost or go round for ever."""

from lifecheck.changes.causes import Cause, Causes, Lattice
from lifecheck.changes.switches import Switch, SwitchKind
from lifecheck.checking import check
from lifecheck.claim import Claim, Role
from lifecheck.comparison.comparing import compare
from lifecheck.comparison.comparison import Comparison
from lifecheck.component import Component
from lifecheck.deciding.graph import Graph, explore
from lifecheck.deciding.kept import Kept, kept_run
from lifecheck.deciding.monitor import Monitor
from lifecheck.errors import (
    BlockedError,
    ComponentError,
    CompositionError,
    InputError,
    LifecheckError,
    PredicateError,
    did_you_mean,
)
from lifecheck.expression import Expression
from lifecheck.linting import Finding, LintReport, Origin, lint
from lifecheck.properties import (
    Kind,
    Property,
    always,
    can_always_reach,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.result import Evidence, Result, Verdict
from lifecheck.results import Results
from lifecheck.row import Row
from lifecheck.run import Run
from lifecheck.state import LocalState, State
from lifecheck.subject import compose
from lifecheck.system import System
from lifecheck.verification import Judgement, judge, verify

__version__ = "0.1.0"

__all__ = [
    "BlockedError",
    "Cause",
    "Causes",
    "Claim",
    "Comparison",
    "Component",
    "ComponentError",
    "CompositionError",
    "Evidence",
    "Expression",
    "Finding",
    "Graph",
    "InputError",
    "Judgement",
    "Kept",
    "Kind",
    "Lattice",
    "LifecheckError",
    "LintReport",
    "LocalState",
    "Monitor",
    "Origin",
    "PredicateError",
    "Property",
    "Result",
    "Results",
    "Role",
    "Row",
    "Run",
    "State",
    "Switch",
    "SwitchKind",
    "System",
    "Verdict",
    "always",
    "can_always_reach",
    "check",
    "compare",
    "compose",
    "did_you_mean",
    "eventually",
    "explore",
    "judge",
    "kept_run",
    "leads_to",
    "lint",
    "never",
    "sometimes",
    "verify",
]

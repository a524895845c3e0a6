"""lifecheck: asks whether something in a `transitions` machine can get stuck, be lost or go round for ever."""

from lifecheck.checking import check
from lifecheck.claim import Claim, Role
from lifecheck.comparing import compare
from lifecheck.comparison import Comparison
from lifecheck.component import Component
from lifecheck.errors import (
    BlockedError,
    ComponentError,
    CompositionError,
    InputError,
    LifecheckError,
    PredicateError,
    did_you_mean,
)
from lifecheck.graph import Graph, explore
from lifecheck.linting import Finding, LintReport, Origin, lint
from lifecheck.monitor import Monitor
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
from lifecheck.row import Row
from lifecheck.run import Run
from lifecheck.state import LocalState, State
from lifecheck.system import System
from lifecheck.verification import Judgement, judge, verify

__version__ = "0.1.0"

__all__ = [
    "BlockedError",
    "Claim",
    "Comparison",
    "Component",
    "ComponentError",
    "CompositionError",
    "Evidence",
    "Finding",
    "Graph",
    "InputError",
    "Judgement",
    "Kind",
    "LifecheckError",
    "LintReport",
    "LocalState",
    "Monitor",
    "Origin",
    "PredicateError",
    "Property",
    "Result",
    "Role",
    "Row",
    "Run",
    "State",
    "System",
    "Verdict",
    "always",
    "can_always_reach",
    "check",
    "compare",
    "did_you_mean",
    "eventually",
    "explore",
    "judge",
    "leads_to",
    "lint",
    "never",
    "sometimes",
    "verify",
]

"""lifecheck: asks whether something in a `transitions` machine can get stuck, be lost or go round for ever."""

from lifecheck.changes import Cause, Causes, Lattice
from lifecheck.checking import Evidence, Judgement, Kept, Monitor, Result, Results, check, judge, kept_run, verify
from lifecheck.comparison import Comparison, compare, comparison_story
from lifecheck.diagrams import draw
from lifecheck.errors import (
    BlockedError,
    ComponentError,
    CompositionError,
    InputError,
    LifecheckError,
    PredicateError,
    did_you_mean,
)
from lifecheck.linting import Finding, LintReport, Origin, lint
from lifecheck.machines import Run, component_of, compose
from lifecheck.project import Switch, SwitchKind
from lifecheck.properties import (
    Claim,
    Expression,
    Kind,
    Property,
    Role,
    Verdict,
    always,
    can_always_reach,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.reports import regression_test, story
from lifecheck.statespace import Graph, explore
from lifecheck.system import Component, LocalState, Row, State, System

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
    "comparison_story",
    "component_of",
    "compose",
    "did_you_mean",
    "draw",
    "eventually",
    "explore",
    "judge",
    "kept_run",
    "leads_to",
    "lint",
    "never",
    "regression_test",
    "sometimes",
    "story",
    "verify",
]

"""The public names of lifecheck, and the room that each comes from."""

from .changes import Causes as Causes
from .checking import Evidence as Evidence
from .checking import Judgement as Judgement
from .checking import Result as Result
from .checking import Results as Results
from .checking import judge as judge
from .checking import verify as verify
from .comparison import compare as compare
from .comparison import comparison_story as comparison_story
from .diagrams import draw as draw
from .errors import BlockedError as BlockedError
from .errors import ComponentError as ComponentError
from .errors import CompositionError as CompositionError
from .errors import InputError as InputError
from .errors import LifecheckError as LifecheckError
from .errors import PredicateError as PredicateError
from .instances import check as check
from .linting import LintReport as LintReport
from .linting import lint as lint
from .machines import Run as Run
from .machines import component_of as component_of
from .machines import compose as compose
from .machines import record as record
from .machines import recording as recording
from .project import Switch as Switch
from .properties import Claim as Claim
from .properties import Property as Property
from .properties import Role as Role
from .properties import Verdict as Verdict
from .properties import always as always
from .properties import can_always_reach as can_always_reach
from .properties import eventually as eventually
from .properties import leads_to as leads_to
from .properties import never as never
from .properties import sometimes as sometimes
from .replaying import replay as replay
from .reports import assert_gone as assert_gone
from .reports import regression_test as regression_test
from .reports import story as story
from .statespace import explore as explore
from .sweeps import sweep as sweep
from .system import Component as Component
from .system import Row as Row
from .system import State as State
from .system import System as System

__all__ = [
    "BlockedError",
    "Causes",
    "Claim",
    "Component",
    "ComponentError",
    "CompositionError",
    "Evidence",
    "InputError",
    "Judgement",
    "LifecheckError",
    "LintReport",
    "PredicateError",
    "Property",
    "Result",
    "Results",
    "Role",
    "Row",
    "Run",
    "State",
    "Switch",
    "System",
    "Verdict",
    "always",
    "assert_gone",
    "can_always_reach",
    "check",
    "compare",
    "comparison_story",
    "component_of",
    "compose",
    "draw",
    "eventually",
    "explore",
    "judge",
    "leads_to",
    "lint",
    "never",
    "record",
    "recording",
    "regression_test",
    "replay",
    "sometimes",
    "story",
    "sweep",
    "verify",
]
__version__: str

"""Decides properties, verifies claims, and replays the evidence on the real machines."""

from lifecheck.checking.by_sets import decide_by_sets, way_in_sets
from lifecheck.checking.check import check_by, replay, settled
from lifecheck.checking.either_way import about_states_alone, as_far_as_proven
from lifecheck.checking.engines import EXPLICIT_STATES, Engine, Engines, not_seen, out_of_memory, sets_of
from lifecheck.checking.kept_run import KeptRun, kept_run
from lifecheck.checking.monitor import Monitor, Refutation
from lifecheck.checking.result import EXPLICIT, SYMBOLIC, Evidence, Result
from lifecheck.checking.results import Results
from lifecheck.checking.simulation import Labels, Step, Walk, is_at, labels, missing, replayed, way_to
from lifecheck.checking.verify import Judgement, judge, verify

__all__ = [
    "EXPLICIT",
    "EXPLICIT_STATES",
    "SYMBOLIC",
    "Engine",
    "Engines",
    "Evidence",
    "Judgement",
    "KeptRun",
    "Labels",
    "Monitor",
    "Refutation",
    "Result",
    "Results",
    "Step",
    "Walk",
    "about_states_alone",
    "as_far_as_proven",
    "check_by",
    "decide_by_sets",
    "is_at",
    "judge",
    "kept_run",
    "labels",
    "missing",
    "not_seen",
    "out_of_memory",
    "replay",
    "replayed",
    "sets_of",
    "settled",
    "verify",
    "way_in_sets",
    "way_to",
]

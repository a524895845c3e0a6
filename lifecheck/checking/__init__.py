"""Decides properties, verifies claims, and replays the evidence on the real machines."""

from lifecheck.checking.check import check, check_by, not_seen, replay
from lifecheck.checking.fulfilment import Kept, kept_run
from lifecheck.checking.monitor import Monitor, Refutation
from lifecheck.checking.result import Evidence, Result
from lifecheck.checking.results import Results
from lifecheck.checking.simulation import Labels, Step, Walk, is_at, labels, missing, replayed, way_to
from lifecheck.checking.verify import Judgement, judge, verify

__all__ = [
    "Evidence",
    "Judgement",
    "Kept",
    "Labels",
    "Monitor",
    "Refutation",
    "Result",
    "Results",
    "Step",
    "Walk",
    "check",
    "check_by",
    "is_at",
    "judge",
    "kept_run",
    "labels",
    "missing",
    "not_seen",
    "replay",
    "replayed",
    "verify",
    "way_to",
]

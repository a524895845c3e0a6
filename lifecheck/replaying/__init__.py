"""Replays logs: could this have happened, on which variant, and what is still owed."""

from lifecheck.replaying.answer import Answer, Broken, LoopSoFar, Outcome, Owed, Refusal, ReplayedStep
from lifecheck.replaying.event import LogEvent
from lifecheck.replaying.mapping import LogFormat, LogMapping, parse_mapping, read_mapping
from lifecheck.replaying.observed import StepKind
from lifecheck.replaying.replay import replay, replay_variants
from lifecheck.replaying.replayed import CaseGroup, Replay
from lifecheck.replaying.story import answer_story, group_heading, group_story, replay_story

__all__ = [
    "Answer",
    "Broken",
    "CaseGroup",
    "LogEvent",
    "LogFormat",
    "LogMapping",
    "LoopSoFar",
    "Outcome",
    "Owed",
    "Refusal",
    "Replay",
    "ReplayedStep",
    "StepKind",
    "answer_story",
    "group_heading",
    "group_story",
    "parse_mapping",
    "read_mapping",
    "replay",
    "replay_story",
    "replay_variants",
]

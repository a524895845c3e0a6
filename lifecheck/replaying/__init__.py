"""Replays logs: could this have happened, on which variant, and what is still owed."""

from lifecheck.replaying.answer import Answer, Broken, LoopSoFar, OpenObligation, Outcome, Refusal, ReplayedStep
from lifecheck.replaying.event import LogEvent
from lifecheck.replaying.following import ROUNDS, Follower
from lifecheck.replaying.log import visible_in
from lifecheck.replaying.mapping import LogFormat, LogMapping
from lifecheck.replaying.mapping_file import parse_mapping, read_mapping
from lifecheck.replaying.observed import StepKind
from lifecheck.replaying.readers import LogReader
from lifecheck.replaying.regression import assert_explained, case_test
from lifecheck.replaying.replay import following, replay, replay_variants
from lifecheck.replaying.replayed import CaseGroup, Replay
from lifecheck.replaying.story import answer_story, case_name, group_heading, group_story, replay_story, said
from lifecheck.replaying.template import mapping_template

__all__ = [
    "ROUNDS",
    "Answer",
    "Broken",
    "CaseGroup",
    "Follower",
    "LogEvent",
    "LogFormat",
    "LogMapping",
    "LogReader",
    "LoopSoFar",
    "OpenObligation",
    "Outcome",
    "Refusal",
    "Replay",
    "ReplayedStep",
    "StepKind",
    "answer_story",
    "assert_explained",
    "case_name",
    "case_test",
    "following",
    "group_heading",
    "group_story",
    "mapping_template",
    "parse_mapping",
    "read_mapping",
    "replay",
    "replay_story",
    "replay_variants",
    "said",
    "visible_in",
]

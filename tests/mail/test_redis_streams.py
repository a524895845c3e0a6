"""A consumer that deletes without acknowledging: the example's machine, a real server and the server's log agree."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.redis_streams import SYSTEMS
from lifecheck import Run, System, replay
from lifecheck.replaying import Outcome
from mail import command
from mail.redis_streams import CONSUMERS, RedisServer, Stream
from tests.cross_check import sized
from tests.mail import needed

MAPPING = Path(__file__).parents[2] / "mail" / "redis.toml"
LOGS = Path(__file__).parent / "logs"


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    """A Redis server of its own."""
    needed.redis()
    with RedisServer() as started:
        yield started


def ways(system: System) -> Iterator[tuple[str, ...]]:
    """Yield for each state of a system and each trigger possible there a shortest way there, with the trigger."""
    known, waiting = set[str](), [()]
    while waiting:
        way = waiting.pop(0)
        run = Run(system)
        run.replay(way)
        if str(run.state) not in known:
            known.add(str(run.state))
            for trigger in run.possible():
                yield (*way, trigger)
                waiting.append((*way, trigger))


def seen(stream: Stream) -> tuple[bool, bool]:
    """Return whether a stream holds its entry, and whether it is pending."""
    return stream.holds_entry(), stream.is_pending()


def said(run: Run) -> tuple[bool, bool]:
    """Return what the model says of both."""
    return run.state.stream == "holds_entry", run.state.group == "pending"


@pytest.mark.parametrize("name", sized(["deletes"], [*SYSTEMS], [*SYSTEMS]))
def test_the_server_agrees_with_the_machine_in_every_state_after_every_trigger(server: RedisServer, name: str) -> None:
    count = 0
    for count, way in enumerate(ways(SYSTEMS[name]), start=1):
        stream, run = Stream(server, f"{name} {count}"), Run(SYSTEMS[name])
        for trigger in way:
            answer = stream.do(trigger)
            run.trigger(trigger)
        assert seen(stream) == said(run), way
        if way[-1] == "read_history":
            ((_, entries),) = answer.items()
            assert [content for _, content in entries] == [None]  # an identifier without content
    assert count >= 5


def test_a_server_that_clears_what_is_claimed_refutes_the_machine_on_which_nobody_claims(server: RedisServer) -> None:
    stream, run = Stream(server, "claimed"), Run(SYSTEMS["deletes"])
    for trigger in ("add_entry", "read_entry", "handle", "delete_entry"):
        stream.do(trigger)
        run.trigger(trigger)
    assert seen(stream) == said(run) == (False, True)
    stream.do("claim_deleted")
    assert seen(stream) != said(run)


def test_the_command_tells_what_is_recorded_and_its_log_is_judged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    needed.redis()
    monkeypatch.setattr(sys, "argv", ["mail", "--redis", "--logs", str(tmp_path)])
    assert command.run_as_a_program() == 0
    told, kept = ((folder / "redis.txt").read_text().splitlines() for folder in (tmp_path, LOGS))
    assert told[1:] == kept[1:]  # the first line tells the version
    judge(tmp_path / "redis.log")


def test_a_log_that_was_kept_is_judged_likewise_without_a_server() -> None:
    judge(LOGS / "redis.log")


def judge(log: Path) -> None:
    """Assert that each consumer's part of a log is explained by its machine, and impossible in the other's."""
    deletes, acknowledges = CONSUMERS
    for case, ran, other in ((deletes, "deletes", "mended"), (acknowledges, "mended", "deletes")):
        assert replay(SYSTEMS[ran], log, mapping=MAPPING).group_of(case).answer.outcome is Outcome.EXPLAINED
        refused = replay(SYSTEMS[other], log, mapping=MAPPING).group_of(case).answer
        assert refused.outcome is Outcome.IMPOSSIBLE
        line = log.read_text().splitlines()[refused.line - 1]
        assert ('"XDEL"' if ran == "deletes" else '"XACK"') in line
    loop = replay(SYSTEMS["deletes"], log, mapping=MAPPING).group_of(deletes).answer.loop
    assert loop is not None
    assert loop.rounds == 3

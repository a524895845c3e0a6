"""A log that grows: what cannot be is told at its line, loops once, and what came to its end is forgotten."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lifecheck import Component, Row, System, explore
from lifecheck.replaying import following
from lifecheck.replaying.cases import Cases
from lifecheck.replaying.event import Line, Sign
from lifecheck.replaying.explanation import Explainer
from lifecheck.replaying.following import Follower
from lifecheck.replaying.mapping_file import parse_mapping
from lifecheck.replaying.observed import ObservedSystem
from lifecheck.replaying.text_lines import TextLines

ROWS = [Row("take", "new", "busy"), Row("fail", "busy", "new"), Row("finish", "busy", "done")]
JOB = System("job", [Component("job", ["new", "busy", "done"], "new", ROWS, {"take", "fail", "finish"})])
MAPPING = parse_mapping("""
format = "text"
case = "job"
[[line]]
pattern = '^(?P<job>.*) (?P<what>take|fail|finish)$'
trigger = "{what}"
""")


def follower() -> Follower:
    observed = ObservedSystem(explore(JOB), {"take", "fail", "finish"})
    return Follower(Cases(observed), Explainer(observed))


def lines(*written: str) -> Iterator[Line]:
    for number, text in enumerate(written, start=1):
        case, trigger = text.split()
        yield Line(number, case, Sign((trigger,)))


def test_what_cannot_be_is_told_at_its_line_and_the_rest_of_the_case_is_left_alone() -> None:
    following = follower()
    told = [following.take(line) for line in lines("a take", "b finish", "b take", "a finish", "c take")]
    assert [None if answer is None else answer.line for answer in told] == [None, 2, None, None, None]
    assert following.told == "1 open case, 1 case ended, 1 case impossible"


def test_a_loop_is_told_once_after_three_rounds() -> None:
    following = follower()
    rounds = []
    for line in lines(*["a take", "a fail"] * 6):
        following.take(line)
        rounds += [(line.number, answer.loop.rounds) for answer in following.loops() if answer.loop]
    assert rounds == [(6, 3)]


def test_a_long_loop_is_told_though_nobody_looked_before() -> None:
    following = follower()
    for line in lines(*["a take", "a fail"] * 5_000):
        following.take(line)
    (answer,) = following.loops()
    assert answer.loop is not None
    assert answer.loop.rounds == 5_000


def test_a_name_that_comes_again_after_its_end_is_another_case() -> None:
    following = follower()
    told = [following.take(line) for line in lines("a take", "a finish", "a take", "a finish")]
    assert told == [None] * 4
    assert following.ended == 2


def test_memory_is_by_open_cases_alone() -> None:
    following = follower()
    sizes = []
    tracemalloc.start()
    try:
        for begin in range(0, 6_000, 2_000):
            for case in range(begin, begin + 2_000):
                for line in lines(f"{case} take", f"{case} fail", f"{case} take", f"{case} finish"):
                    following.take(line)
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert following.told == "0 open cases, 6,000 cases ended"
    assert sizes[2] - sizes[0] < 20_000  # a case takes more than a hundred bytes


def test_a_file_is_read_on_as_it_grows_line_by_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "jobs.log"
    path.write_text("a take\na fi")
    written = iter(["nish\nb take\n", "b finish\nb", " finish\n"])

    def wait() -> bool:
        more = next(written, None)
        if more is not None:
            with path.open("a") as log:
                log.write(more)
        return more is not None

    with following("job", JOB, path, MAPPING, wait) as (reader, follower):
        answers = [follower.take(line) for line in reader]
    assert [answer is None for answer in answers] == [True, True, True, True, False]
    assert reader.understood.lines == 5


def test_a_file_that_is_cut_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "jobs.log"
    path.write_text("a take\na finish\n")
    written = iter(["b take\n", "b finish\n"])

    def wait() -> bool:
        more = next(written, None)
        if more == "b take\n":
            path.write_text(more)
        elif more:
            with path.open("a") as log:
                log.write(more)
        return more is not None

    with following("job", JOB, path, MAPPING, wait) as (reader, follower):
        found = [(line.case, line.sign.triggers) for line in reader]
    assert found == [("a", ("take",)), ("a", ("finish",)), ("b", ("take",)), ("b", ("finish",))]
    assert any("the log was cut" in remark for remark in reader.understood.told)
    assert follower.told == "0 open cases"


def test_a_stream_that_is_no_file_ends_where_it_ends() -> None:
    told: list[object] = []
    assert list(TextLines(BytesIO(b"one\ntwo"), told.append)) == [(1, "one"), (2, "two")]
    assert not told


def test_a_case_is_kept_after_its_end_where_lines_may_come_still(tmp_path: Path) -> None:
    """Lines that tell of components alone, or that are surplus, would be those of another case."""
    path = tmp_path / "jobs.log"
    path.write_text("a take\na finish\na is done\n")
    rule = "[[line]]\npattern = '^(?P<job>.*) is (?P<where>.*)$'\nseen = {job = '{where}'}"
    mapping = tmp_path / "jobs.toml"
    mapping.write_text(
        "format = 'text'\ncase = 'job'\n[[line]]\npattern = '^(?P<job>.*) (?P<what>take|fail|finish)$'\n"
        f"trigger = '{{what}}'\n{rule}\n"
    )
    with following("job", JOB, path, mapping, lambda: False) as (reader, follower):
        assert [follower.take(line) for line in reader] == [None, None, None]
    assert follower.told == "1 open case"
    path.write_text("a take\na finish\na finish\na finish\n")
    with following("job", JOB, path, MAPPING, lambda: False, surplus=1) as (reader, follower):
        answers = [follower.take(line) for line in reader]
    assert [answer is None for answer in answers] == [True, True, True, False]
    assert answers[-1] is not None
    assert answers[-1].line == 4
    with following("job", JOB, path, lambda _: None, lambda: False) as (reader, _):
        assert reader.tells_states_alone

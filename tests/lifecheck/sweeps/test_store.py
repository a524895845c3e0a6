"""The store keeps what was written, whoever ends whom, and refuses what it did not write."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from lifecheck.errors import InputError
from lifecheck.sweeps import Store, Stored
from tests.cross_check import sized
from tests.lifecheck.sweeps.shop import command, swept, written

HOLDS = Stored("holds", 2, 1, "explicit", "")


def filled(path: Path, number: int = 300) -> Path:
    with Store(path) as store:
        store.add({f"key {at}".encode(): HOLDS for at in range(number)})
    return path


def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("a shopping list, longer than sixteen characters")
    with pytest.raises(InputError, match=r"notes.txt' is no store of lifecheck, and is left as it is"):
        Store(text)
    assert text.read_text().startswith("a shopping list")
    foreign = tmp_path / "others.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (one)")
    connection.close()
    before = foreign.read_bytes()
    with pytest.raises(InputError, match="is no store of lifecheck"):
        Store(foreign)
    assert foreign.read_bytes() == before
    left = tmp_path / "left.db"  # as a program leaves it that was killed: what it wrote last stands beside it
    with sqlite3.connect(tmp_path / "open.db") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE mine (one)")
        for end in ("", "-wal"):
            left.with_name(left.name + end).write_bytes((tmp_path / f"open.db{end}").read_bytes())
    connection.close()
    with sqlite3.connect(tmp_path / "numbered.db") as connection:
        connection.execute("PRAGMA user_version = 5")
    connection.close()
    for path in (left, tmp_path / "numbered.db"):
        beside = path.with_name(path.name + "-wal")
        before, beside_before = path.read_bytes(), beside.exists() and beside.read_bytes()
        with pytest.raises(InputError, match="is no store of lifecheck"):
            Store(path)
        assert (path.read_bytes(), beside.exists() and beside.read_bytes()) == (before, beside_before)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "verdicts")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(InputError, match="another version of lifecheck"):
        Store(path)


def test_a_store_that_was_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "verdicts", 3_000)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:100] + b"\0" * 3_000 + whole[3_100:]):
        other = tmp_path / "damaged"
        other.write_bytes(damaged)
        with pytest.raises(InputError, match=r"is broken|no store of lifecheck|cannot be used"), Store(other) as store:
            store.refuse_broken()
        assert other.read_bytes() == damaged


def test_a_verdict_that_is_not_what_was_written_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "verdicts"
    with Store(path) as store:
        store.add({b"key": Stored("violated", 2, 1, "explicit", "")})
    connection = sqlite3.connect(path)
    connection.execute("UPDATE verdicts SET verdict = 'holds'")
    connection.commit()
    connection.close()
    with Store(path) as store, pytest.raises(InputError, match="what it says of a verdict is not what was written"):
        store.find([b"key"])


def test_a_store_that_cannot_be_made_or_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be used: unable to open database file; name a file with --store"):
        Store(tmp_path / "no such folder" / "verdicts")
    with pytest.raises(InputError, match="there is no store"):
        Store(tmp_path / "verdicts", writes=False)
    with Store(filled(tmp_path / "verdicts"), writes=False) as store, pytest.raises(InputError, match="readonly"):
        store.add({b"new": HOLDS})


def test_a_full_disk_leaves_what_was_stored_and_is_one_line(tmp_path: Path) -> None:
    path = filled(tmp_path / "verdicts")
    with Store(path) as store:
        before = len(store)
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(InputError, match="full; make room, and sweep again: what was stored stays"):
            store.add({f"more {at}".encode(): HOLDS for at in range(5_000)})
        assert len(store) == before


@pytest.mark.long
def test_a_sweep_in_several_processes_whose_store_cannot_grow_ends_in_one_line(tmp_path: Path) -> None:
    import resource  # which Windows has not

    written(tmp_path)
    process = subprocess.run(
        command("--json", "--jobs", "2", "--mutants", "1", "--store", "verdicts"),
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 2
    (told,) = process.stderr.splitlines()
    assert told.startswith("lifecheck: store 'verdicts' cannot be used: ")
    with Store(tmp_path / "verdicts", writes=False) as store:
        assert len(store) > 0


def test_a_sweep_that_is_killed_at_any_moment_goes_on_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    written(tmp_path)
    whole = swept(tmp_path, "--json", "--jobs", "1")
    assert whole.returncode == 0, whole.stderr
    drawn = random.Random(7)
    slowly = {**os.environ, "SHOP_SLEEPS": "0.02"}
    stores, midway = [f"verdicts-{at // 5}" for at in range(sized(1, 6, 50))], 0  # each is killed five times on its way
    for at, store in enumerate(stores):
        process = subprocess.Popen(
            command("--json", "--jobs", "2" if at % 2 else "1", "--store", store),
            cwd=tmp_path,
            env=slowly,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(drawn.uniform(0.3, 2.5))
        process.kill()
        told, errors = process.communicate(timeout=30)
        if '"kind": "summary"' in told:  # it had come to its end, though perhaps not out of the process
            assert told == whole.stdout
        else:
            assert process.returncode == -signal.SIGKILL, errors
            midway += 1
    print(f"\n{midway} of {len(stores)} were killed on their way")
    assert len(stores) == 1 or midway >= len(stores) // 3
    for store in dict.fromkeys(stores):
        assert swept(tmp_path, "--json", "--jobs", "1", "--store", store).stdout == whole.stdout


@pytest.mark.long
def test_two_sweeps_share_one_store(tmp_path: Path) -> None:
    written(tmp_path)
    whole = swept(tmp_path, "--csv", "--jobs", "1")
    both = [
        subprocess.Popen(
            command("--csv", "--jobs", "1", "--store", "shared"), cwd=tmp_path, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        told, _ = process.communicate(timeout=120)
        assert (process.returncode, told) == (0, whole.stdout)


@pytest.mark.long
def test_an_interrupted_sweep_says_nothing_of_the_whole_and_goes_on(tmp_path: Path) -> None:
    from tests.interrupts import on_interrupt

    written(tmp_path)
    with on_interrupt():
        process = subprocess.Popen(
            command("--jobs", "1", "--store", "verdicts"),
            cwd=tmp_path,
            env={**os.environ, "SHOP_SLEEPS": "0.2"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    deadline = time.monotonic() + 60
    while not (tmp_path / "verdicts").exists() or not _runs(tmp_path / "verdicts"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "fails where" not in out
    assert "nothing is said of the whole; the same command goes on from there" in error
    again = swept(tmp_path, "--jobs", "1", "--store", "verdicts")
    assert again.returncode == 0
    assert "fails where" in again.stdout


def _runs(path: Path) -> bool:
    try:
        with Store(path, writes=False) as store:
            return any(run.done for run in store.runs())
    except InputError:  # it is being made
        return False

"""Wherever a sweep runs, and whoever is killed on the way, it answers what one process answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

import lifecheck
from lifecheck.sweeps.project_files import files_of
from tests import needs
from tests.lifecheck.sweeps.shop import command, swept, written

SLOWLY = {**os.environ, "SHOP_SLEEPS": "0.1"}


def children(pid: int) -> list[int]:
    """Return the processes that one has started and that judge."""
    told = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in told.stdout.splitlines() if "spawn_main" in line]


@pytest.mark.long
def test_processes_that_are_killed_cost_time_and_nothing_else(tmp_path: Path) -> None:
    needs.program("ps")
    written(tmp_path)
    whole = swept(tmp_path, "--csv", "--jobs", "1")
    assert whole.returncode == 0, whole.stderr
    process = subprocess.Popen(
        command("--csv", "--jobs", "2"), cwd=tmp_path, env=SLOWLY, stdout=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while len(children(process.pid)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    told, _ = process.communicate(timeout=120)
    assert (process.returncode, told) == (0, whole.stdout)


@pytest.mark.long
def test_processes_end_with_the_sweep_that_started_them(tmp_path: Path) -> None:
    needs.program("ps")
    written(tmp_path)
    process = subprocess.Popen(command("--jobs", "2"), cwd=tmp_path, env=SLOWLY, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (started := children(process.pid)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.kill()
    process.wait()
    while any(_is_alive(pid) for pid in started):
        assert time.monotonic() < deadline, "they live on"
        time.sleep(0.1)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def cluster(
    folder: Path, workers: int, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and its workers on loopback, as somebody else's cluster has them, in another folder."""
    folder.mkdir()
    file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    common = ["--host", "127.0.0.1"]
    scheduler, worker = ([sys.executable, "-m", f"distributed.cli.dask_{one}"] for one in ("scheduler", "worker"))
    started = [
        subprocess.Popen(
            [*scheduler, *common, "--port", "0", "--no-dashboard", "--scheduler-file", str(file)],
            **quiet,  # type: ignore[call-overload]
        )
    ]
    try:
        deadline = time.monotonic() + 60
        while not file.exists() or not file.read_text().strip():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        for _ in range(workers):
            started.append(
                subprocess.Popen(
                    [*worker, address, *common, "--nthreads", "1", "--no-dashboard", "--no-nanny"],
                    env={**os.environ, **(environment or {})},
                    **quiet,  # type: ignore[call-overload]
                )
            )
        yield address, started
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


@pytest.mark.long
def test_a_cluster_of_which_a_worker_is_killed_answers_what_one_process_answers(tmp_path: Path) -> None:
    needs.package("distributed")
    home = tmp_path / "project"
    home.mkdir()
    written(home)
    whole = swept(home, "--json", "--jobs", "1")
    assert whole.returncode == 0, whole.stderr
    with cluster(tmp_path / "elsewhere", 2) as (address, processes):
        process = subprocess.Popen(
            command("--json", "--dask", address, "--store", "verdicts"),
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        first = process.stdout.readline()  # it is in the middle
        processes[1].kill()
        told, error = process.communicate(timeout=200)
        assert process.returncode == 0, error
        assert first + told == whole.stdout
        again = swept(home, "--json", "--dask", address, "--store", "verdicts")  # by the worker that is left
        assert again.stdout == whole.stdout
        assert again.returncode == 0, again.stderr


@pytest.mark.long
def test_a_worker_of_another_version_is_named_in_one_line(tmp_path: Path) -> None:
    needs.package("distributed")
    home = tmp_path / "project"
    home.mkdir()
    written(home)
    other = tmp_path / "other"
    shutil.copytree(Path(lifecheck.__file__).parent, other / "lifecheck", ignore=shutil.ignore_patterns("__pycache__"))
    deciding = other / "lifecheck" / "checking" / "safety.py"
    deciding.write_text(deciding.read_text() + "\n# another way to decide\n")
    with cluster(tmp_path / "elsewhere", 1, {"PYTHONPATH": str(other)}) as (address, _):
        refused = swept(home, "--dask", address)
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (2, "", 1)
    assert "has another version of lifecheck or transitions than this process" in refused.stderr
    assert refused.stderr.rstrip().endswith("install the same there")


SENT = """
import json, sys
from lifecheck.errors import LifecheckError
from lifecheck.sweeps import Item, Origin, Question
from lifecheck.sweeps.judging import judged, versions
from lifecheck.sweeps.project_files import Sent, asked_of, receive

for folder, given in json.load(sys.stdin):
    files = {name: text.encode() for name, text in given.items()}
    origin = Origin(None, None, folder)
    sent = Sent(origin, folder, files)
    question = Question(origin, ("ends", "can-be-paid")), [Item(settings=(("tries", "3"),))]
    try:
        receive(sent)
        reply = asked_of(sent.name, versions(), judged, *question)
        print(*(str(found.verdict) for found in reply.answers[0].found.values()))
    except LifecheckError as error:
        print(error)
"""


def told_by_a_worker(folder: Path, *projects: tuple[Path, Mapping[str, str]]) -> list[str]:
    """Return what one process says of projects that it is sent, one after the other."""
    run = subprocess.run(
        [sys.executable, "-c", SENT],
        input=json.dumps([(str(home), files) for home, files in projects]),
        cwd=folder, env={**os.environ, "TMPDIR": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stderr == ""
    assert not list(folder.glob("lifecheck-project-*"))  # what was sent goes with the process
    return run.stdout.splitlines()


def test_a_process_judges_by_the_files_that_it_is_sent_whatever_it_has_or_was_sent_before(tmp_path: Path) -> None:
    here, gone = tmp_path / "here", tmp_path / "gone"
    for home in (here, gone):
        home.mkdir()
        written(home)
    files = {name: text.decode() for name, text in files_of(here).items()}
    shutil.rmtree(gone)  # as on a machine that has another checkout, or none
    unpaid = {**files, "shop.py": files["shop.py"].replace('"paid")]', '"gone")]')}
    helped = {**files, "shop.py": "from helper import *", "tests/helper.py": files["shop.py"]}
    broken = {**files, "shop.py": "import nothing_that_is_there"}
    elsewhere = {**helped, "helper.py": unpaid["shop.py"]}
    told = told_by_a_worker(
        tmp_path, (here, files), (here, unpaid), (gone, files), (gone, elsewhere), (gone, broken), (here, files)
    )
    paid, lost = "holds holds", "holds violated"
    assert [*told[:4], told[-1]] == [paid, lost, paid, lost, paid]
    assert told[4].startswith("a worker of the cluster cannot load what is swept: ")
    assert "nothing_that_is_there" in told[4]


def test_all_of_a_project_that_may_decide_is_sent_but_no_environment(tmp_path: Path) -> None:
    for name in ("tests/machines.py", "docs/rates.csv", "build/made.py", "picture.png", ".venv/one.py", "env/two.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    assert sorted(files_of(tmp_path)) == ["build/made.py", "docs/rates.csv", "tests/machines.py"]


@pytest.mark.long
def test_a_script_that_sweeps_unguarded_is_told_so_and_runs_once(tmp_path: Path) -> None:
    written(tmp_path)
    script = tmp_path / "script.py"
    script.write_text("from lifecheck import sweep\nprint('begun')\nprint(len(list(sweep(jobs=2, mutants=1))))\n")
    run = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].endswith(
        'a script must call sweep under if __name__ == "__main__":, for each process imports it'
    )
    script.write_text("from lifecheck import sweep\nif __name__ == '__main__':\n    print(len(list(sweep(jobs=2))))\n")
    run = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("1\n", "")


@pytest.mark.long
def test_a_cluster_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    needs.package("distributed")
    written(tmp_path)
    nobody = swept(tmp_path, "--dask", "tcp://127.0.0.1:1")
    assert nobody.returncode == 2
    assert "no scheduler answers there" in nobody.stderr
    with cluster(tmp_path / "elsewhere", 0) as (address, _):
        empty = swept(tmp_path, "--dask", address)
        assert empty.returncode == 2
        assert "the scheduler has no workers; start some with dask worker" in empty.stderr
    assert len(nobody.stderr.splitlines()) == len(empty.stderr.splitlines()) == 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("scheduler", "the scheduler of the cluster went away; start it"),
        (
            "workers",
            "the cluster has had no workers for 60 seconds; start some",
        ),
    ],
)
def test_a_cluster_that_goes_away_ends_the_sweep_in_one_line_and_another_goes_on(
    lost: str, told: str, tmp_path: Path
) -> None:
    needs.package("distributed")
    home = tmp_path / "project"
    home.mkdir()
    written(home)
    with cluster(tmp_path / "elsewhere", 1, {"SHOP_SLEEPS": "0.2"}) as (address, processes):
        process = subprocess.Popen(
            command("--json", "--dask", address, "--store", "verdicts"),
            cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline()  # it is in the middle
        processes[0 if lost == "scheduler" else 1].kill()
        _, error = process.communicate(timeout=200)
        assert (process.returncode, error) == (2, f"lifecheck: {told}, and sweep again: what was stored stays\n")
    again = swept(home, "--json", "--jobs", "1", "--store", "verdicts")
    assert again.returncode == 0
    assert again.stdout == swept(home, "--json", "--jobs", "1").stdout

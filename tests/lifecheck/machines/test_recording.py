"""What is recorded of machines of every kind is what they did, line by line, and it outlives the program."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from transitions import Machine, MachineError
from transitions.extensions import LockedMachine
from transitions.extensions.asyncio import AsyncMachine

from lifecheck import InputError, record, recording, replay
from tests.lifecheck.replaying.recorded_machines import KINDS, ROWS, STATES, Chained, Job, flat

ROOT = Path(__file__).parents[3]


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()[1:]]


def moves_of(path: Path) -> list[tuple[str, str, str, str]]:
    return [(one["case"], one["trigger"], one["source"], one["destination"]) for one in lines_of(path)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_process_recorded_another_replays(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    program = [sys.executable, "-m", "tests.lifecheck.replaying.recorded_machines", kind, str(path)]
    if kind in ("flat", "hierarchical", "asynchronous"):
        subprocess.run(program, cwd=ROOT, check=True, timeout=60)
    else:  # a process of their own would cost more than it shows
        from tests.lifecheck.replaying.recorded_machines import run

        run(kind, path)
    make, triggers = KINDS[kind]
    found = replay(make, path)
    assert found, str(found)
    assert list(found.answer.triggers) == triggers
    assert [step.line for step in found.answer.steps] == list(range(2, len(triggers) + 2))


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_with_a_line_taken_out_or_changed_is_impossible(kind: str, tmp_path: Path) -> None:
    from tests.lifecheck.replaying.recorded_machines import run

    path = tmp_path / "run.jsonl"
    run(kind, path)
    header, *lines = path.read_text().splitlines()
    without_first = [header, *(line for line in lines if '"source": "idle"' not in line and '"off"' not in line)]
    if kind == "enumerated":
        without_first = [header, *lines[1:]]
    if len(without_first) > 1 and kind not in ("queued", "chained"):
        path.write_text("\n".join(without_first) + "\n")
        assert not replay(KINDS[kind][0], path)
    moved = json.loads(lines[0]) | {"destination": json.loads(lines[0])["source"] + "_elsewhere"}
    path.write_text("\n".join([header, json.dumps(moved)]) + "\n")
    with_unknown = replay_or_error(kind, path)
    assert with_unknown != "explained"


def replay_or_error(kind: str, path: Path) -> str:
    try:
        return "explained" if replay(KINDS[kind][0], path) else "impossible"
    except InputError as error:
        return str(error)


def test_what_callbacks_fire_is_part_of_the_trigger_that_they_answer(tmp_path: Path) -> None:
    for is_queued in (False, True):
        path = tmp_path / f"{is_queued}.jsonl"
        machine = Machine(Chained(), states=STATES, transitions=ROWS, initial="idle", queued=is_queued)
        with recording(machine, path):
            machine.models[0].take()
        (line,) = lines_of(path)
        assert (line["trigger"], line["source"], line["destination"]) == ("take", "idle", "done")
        assert line["chained"] == ["finish"]


def test_what_another_model_has_queued_is_a_line_of_its_own(tmp_path: Path) -> None:
    class Waking(Job):
        def on_enter_busy(self) -> None:
            if self is first:
                other.take()  # type: ignore[attr-defined]

    first, other = Waking(), Waking()
    machine = Machine([first, other], states=STATES, transitions=ROWS, initial="idle", queued=True)
    path = tmp_path / "run.jsonl"
    with recording(machine, path):
        first.take()  # type: ignore[attr-defined]
        other.fail()  # type: ignore[attr-defined]
    assert moves_of(path) == [
        ("1", "take", "idle", "busy"),
        ("2", "take", "idle", "busy"),
        ("2", "fail", "busy", "idle"),
    ]


def test_many_models_are_cases_of_their_own_and_one_model_alone_can_be_recorded(tmp_path: Path) -> None:
    jobs = [Job(), Job(), Job()]
    machine = Machine(jobs, states=STATES, transitions=ROWS, initial="idle")
    with recording(machine, tmp_path / "all.jsonl"):
        for job in (jobs[2], jobs[0], jobs[1], jobs[0]):
            job.trigger("take" if job.state == "idle" else "finish")  # type: ignore[attr-defined]
    assert [one["case"] for one in lines_of(tmp_path / "all.jsonl")] == ["1", "2", "3", "2"]
    with recording(jobs[1], tmp_path / "one.jsonl", case=lambda job: f"job {jobs.index(job)}"):
        jobs[1].fail()  # type: ignore[attr-defined]
        jobs[2].fail()  # type: ignore[attr-defined]
    assert moves_of(tmp_path / "one.jsonl") == [("job 1", "fail", "busy", "idle")]


def test_what_was_blocked_is_no_line_and_what_raised_after_it_moved_is_one(tmp_path: Path) -> None:
    class Bad(Job):
        def on_enter_busy(self) -> None:
            raise RuntimeError("broken")

    machine = Machine(Bad(), states=STATES, transitions=ROWS, initial="idle", queued=True)
    path = tmp_path / "run.jsonl"
    with recording(machine, path):
        with pytest.raises(MachineError):
            machine.models[0].finish()
        with pytest.raises(RuntimeError):
            machine.models[0].take()
    assert moves_of(path) == [("1", "take", "idle", "busy")]


def test_callbacks_conditions_and_answers_stay_as_they_are(tmp_path: Path) -> None:
    seen: list[tuple[object, ...]] = []
    machine = Machine(Job(), states=STATES, initial="idle", send_event=True, auto_transitions=False)
    machine.add_transition("take", "idle", "busy", conditions=[lambda event: event.kwargs["ready"]])
    machine.add_transition("finish", "busy", "done", after=lambda event: seen.append(event.args))
    job, path = machine.models[0], tmp_path / "run.jsonl"
    with recording(machine, path):
        assert job.take(ready=False) is False
        assert job.take(ready=True) is True
        assert job.finish(5) is True
        assert "_process" in vars(machine)
    assert "_process" not in vars(machine)
    assert seen == [(5,)]
    assert [one["trigger"] for one in lines_of(path)] == ["take", "finish"]


def test_threads_of_a_locked_machine_write_whole_lines(tmp_path: Path) -> None:
    jobs = [Job() for _ in range(4)]
    machine = LockedMachine(jobs, states=STATES, transitions=ROWS, initial="idle")

    def work(job: Any) -> None:
        for _ in range(100):
            job.take()
            job.fail()

    path = tmp_path / "run.jsonl"
    with recording(machine, path):
        threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = replay(flat, path)
    assert found
    assert len(found.cases) == 4
    assert found.events == 800


def test_tasks_of_an_asynchronous_machine_are_told_apart(tmp_path: Path) -> None:
    class Slow(Job):
        async def on_enter_busy(self) -> None:
            await asyncio.sleep(0.001)

    jobs = [Slow() for _ in range(3)]
    machine = AsyncMachine(jobs, states=STATES, transitions=ROWS, initial="idle")

    async def work(job: Any) -> None:
        await job.take()
        await job.finish()

    async def all_of_them() -> None:
        await asyncio.gather(*map(work, jobs))

    with recording(machine, tmp_path / "run.jsonl"):
        asyncio.run(all_of_them())
    found = replay(flat, tmp_path / "run.jsonl")
    assert found
    assert len(found.cases) == 3


def test_a_program_that_is_killed_leaves_whole_lines_of_which_the_last_may_be_cut(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    text = (
        "import sys\n"
        "from lifecheck import record\n"
        "from tests.lifecheck.replaying.recorded_machines import flat\n"
        "machine = flat()\n"
        "recorder = record(machine, sys.argv[1])\n"
        "while True:\n"
        "    machine.models[0].take()\n"
        "    machine.models[0].fail()\n"
    )
    program = subprocess.Popen([sys.executable, "-c", text, str(path)], cwd=ROOT)
    try:
        for _ in range(3_000):
            if path.exists() and path.stat().st_size > 50_000:
                break
            time.sleep(0.01)
    finally:
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    text = path.read_text()
    found = replay(flat, path)
    assert found
    assert found.events == text.count("\n") - 1 > 100
    # a write is one call, but the kernel may end it where a page of the file ends
    assert any("cut short" in remark for remark in found.remarks) is not text.endswith("}\n")
    path.write_text(text.rpartition("{")[0] + '{"trigger": "fi')
    found = replay(flat, path)
    assert found
    assert any("cut short" in remark for remark in found.remarks)


def test_a_recording_goes_on_after_a_line_that_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    machine = flat()
    with recording(machine, path, case=lambda _: "first"):
        machine.models[0].take()
    path.write_text(path.read_text() + '{"trigger": "fi')
    machine = flat()
    with recording(machine, path, case=lambda _: "second", append=True):
        machine.models[0].take()
    found = replay(flat, path)
    assert found
    assert set(found.cases) == {"first", "second"}
    assert any("cut short" in remark for remark in found.remarks)


def test_what_cannot_be_recorded_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    machine = flat()
    with pytest.raises(InputError, match="makes machines"):
        record(flat, path)
    with pytest.raises(InputError, match="makes machines"):
        record(Job, path)
    with pytest.raises(InputError, match="append=True needs case="):
        record(machine, path, append=True)
    with recording(machine, path), pytest.raises(InputError, match="is being recorded already"):
        record(machine, tmp_path / "other.jsonl")
    with pytest.raises(InputError, match="is there already; choose another name"):
        record(machine, path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="is no recording"):
        record(machine, tmp_path / "notes.txt", append=True, case=id)
    with pytest.raises(InputError, match="cannot be written"):
        record(machine, tmp_path / "no" / "run.jsonl")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_full_disk_is_told_and_the_machine_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = flat()
    full = os.open("/dev/full", os.O_WRONLY)
    recorder = record(machine, tmp_path / "run.jsonl")
    os.dup2(full, recorder._file)
    os.close(full)
    with pytest.warns(RuntimeWarning, match="could not be recorded"):
        machine.models[0].take()
    machine.models[0].fail()
    assert machine.models[0].state == "idle"
    assert recorder.lost == 2
    recorder.close()
    recorder.close()


def test_a_recording_that_lacks_lines_says_so_at_its_end(tmp_path: Path) -> None:
    def recorded() -> None:
        with recording(machine, tmp_path / "run.jsonl") as recorder:
            full = os.open("/dev/full", os.O_WRONLY)
            os.dup2(full, recorder._file)
            os.close(full)
            machine.models[0].take()

    machine = flat()
    with (
        pytest.warns(RuntimeWarning, match="could not be recorded"),
        pytest.raises(InputError, match=r"1 transition could not be recorded in .*: No space left"),
    ):
        recorded()


def test_a_case_that_cannot_be_named_leaves_the_program_as_it_is_and_is_told(tmp_path: Path) -> None:
    def recorded() -> None:
        with recording(machine, tmp_path / "run.jsonl", case=lambda job: job.number):
            assert machine.models[0].take()
            assert machine.models[0].state == "busy"
            machine.models[0].number = 7
            assert machine.models[0].fail()

    machine = flat()
    told = "case=... raised AttributeError: 'Job' object has no attribute 'number'"
    with pytest.warns(RuntimeWarning, match=told), pytest.raises(InputError, match=f"1 transition .*: {told}"):
        recorded()
    _, line = (tmp_path / "run.jsonl").read_text().splitlines()
    assert (json.loads(line)["trigger"], json.loads(line)["case"]) == ("fail", "7")


def test_what_names_neither_a_case_nor_a_component_is_refused_before_anything_is_recorded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="case is 'number'; write what names the case of a model: case=lambda"):
        record(flat(), tmp_path / "run.jsonl", case="number")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="component is 5; write what the system calls it"):
        record(flat(), tmp_path / "run.jsonl", component=5)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_recording_goes_on_in_none_of_another_machine_or_another_version(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(flat(), path, component="job").close()
    with pytest.raises(InputError, match="is a recording of 'job', not of 'lease'; record into a file of its own"):
        record(flat(), path, component="lease", append=True, case=id)
    path.write_text(path.read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(InputError, match="is a recording of version 2, not of 1"):
        record(flat(), path, component="job", append=True, case=id)
    path.write_text("[" * 100_000)
    with pytest.raises(InputError, match="is there already and is no recording"):
        record(flat(), path, component="job", append=True, case=id)


def test_what_is_asynchronous_and_raises_is_recorded_as_far_as_it_moved(tmp_path: Path) -> None:
    class Bad(Job):
        async def on_enter_busy(self) -> None:
            if self is jobs[0]:
                raise RuntimeError("broken")

    jobs = [Bad(), Bad()]
    machine = AsyncMachine(jobs, states=STATES, transitions=ROWS, initial="idle")
    with recording(jobs[0], tmp_path / "run.jsonl"):
        with pytest.raises(RuntimeError):
            asyncio.run(jobs[0].take())  # type: ignore[attr-defined]
        asyncio.run(jobs[1].take())  # type: ignore[attr-defined]
    assert machine.models == jobs
    assert moves_of(tmp_path / "run.jsonl") == [("1", "take", "idle", "busy")]


def test_a_model_that_nothing_can_refer_to_weakly_has_a_number_too(tmp_path: Path) -> None:
    class Narrow:
        __slots__ = ("__dict__",)

    machine = Machine(Narrow(), states=STATES, transitions=ROWS, initial="idle")
    with recording(machine, tmp_path / "run.jsonl"):
        machine.models[0].take()
        machine.models[0].fail()
    assert [case for case, *_ in moves_of(tmp_path / "run.jsonl")] == ["1", "1"]


def test_a_transition_that_ends_after_the_recorder_was_closed_is_left_out(tmp_path: Path) -> None:
    class Closing(Job):
        def on_enter_busy(self) -> None:
            recorder.close()

    machine = Machine(Closing(), states=STATES, transitions=ROWS, initial="idle")
    recorder = record(machine, tmp_path / "run.jsonl")
    machine.models[0].take()
    assert moves_of(tmp_path / "run.jsonl") == []

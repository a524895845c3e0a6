"""What is missing, in use, left over or does not start is told in one clear line; and nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mail import clamd, command, dovecot, postfix, programs, redis_streams
from mail import folder as folders
from mail.errors import MailError
from mail.folder import Folder, end_leftovers, leftovers, refuse_leftovers
from mail.guardian import living_in
from mail.instance import Instance
from tests.mail import needed

ROOT = Path(__file__).parents[2]

HARNESS = """
import signal, subprocess, sys, time
from mail import folder
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
folder.PREFIX = {prefix!r}
with folder.Folder() as here:
    subprocess.Popen(["sleep", "1000"], cwd=here.path, start_new_session=True)
    print(here.path, here._guardian.pid, flush=True)
    time.sleep(1000)
"""


@pytest.fixture
def prefix(monkeypatch: pytest.MonkeyPatch) -> str:
    """Folders of another name, so that no other test takes what is left over here for its own."""
    needed.linux()
    name = f"lifecheck-post-{os.getpid()}-"
    monkeypatch.setattr(folders, "PREFIX", name)
    return name


@pytest.fixture
def harness(prefix: str) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    """A harness in a process of its own, its folder and its guardian."""
    words = [sys.executable, "-c", HARNESS.format(prefix=prefix)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    path, guardian = process.stdout.readline().split()
    yield process, Path(path), int(guardian)
    process.kill()
    process.wait()
    process.stdout.close()
    end_leftovers()


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run the command, which refuses, and return the one line that it prints."""
    monkeypatch.setattr(sys, "argv", ["mail", *words])
    assert command.run_as_a_program() == 2
    line, *more = capsys.readouterr().err.splitlines()
    assert more == []
    return line


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_whatever_ends_the_harness_its_processes_and_its_folder_go(
    harness: tuple[subprocess.Popen[str], Path, int], by: signal.Signals
) -> None:
    process, path, _ = harness
    living = living_in(path)
    assert len(living) == 2  # what it started, and the guardian
    process.send_signal(by)
    process.wait(timeout=folders.PATIENCE)
    folders.wait_for("the end of all", lambda: not path.exists() and not living_in(path), lambda: str(living_in(path)))


def test_an_instance_whose_guardian_was_killed_as_well_is_refused_with_its_processes_and_can_be_ended(
    harness: tuple[subprocess.Popen[str], Path, int],
) -> None:
    process, path, guardian = harness
    refuse_leftovers()  # it is no leftover while its owner lives
    os.kill(guardian, signal.SIGKILL)
    process.kill()
    process.wait()
    folders.wait_for("the end of the guardian", lambda: len(living_in(path)) == 1, lambda: str(living_in(path)))
    (left,) = living_in(path)
    with pytest.raises(MailError, match=f"left over in {path}.*processes {left} live on.*--end-leftovers"):
        Folder()
    assert end_leftovers() == [path]
    assert not path.exists()
    assert [*leftovers()] == []
    with pytest.raises(ProcessLookupError):
        _wait_until_reaped(left)


def _wait_until_reaped(process: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        os.kill(process, 0)
        with suppress(FileNotFoundError):  # it ended between the two questions
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                raise ProcessLookupError  # whoever adopts it here does not ask how it ended
        time.sleep(0.02)


def test_what_others_have_put_there_under_such_a_name_is_none_of_ours(prefix: str) -> None:
    with TemporaryDirectory(prefix=prefix, dir=folders.PLACE) as there:
        (Path(there) / "owner").write_text("nobody in particular")
        refuse_leftovers()
        assert end_leftovers() == []
        assert (Path(there) / "owner").exists()


def test_a_shell_that_somebody_has_open_in_the_folder_is_left_alone(prefix: str) -> None:
    ours, theirs = os.openpty()
    with Folder() as folder:
        shell = subprocess.Popen(["setsid", "--ctty", "sleep", "1000"], cwd=folder.path, stdin=theirs)
        try:
            folders.wait_for("the shell", lambda: b"sleep" in Path(f"/proc/{shell.pid}/cmdline").read_bytes()[:5])
            folder.end()
            assert shell.poll() is None
        finally:
            shell.kill()
            shell.wait()
    os.close(ours)
    os.close(theirs)


def test_two_instances_at_once_leave_each_other_alone(prefix: str) -> None:
    with Folder() as one, Folder() as other:
        assert one.path != other.path
        other.end()
        assert living_in(one.path) != []  # its guardian
    assert not one.path.exists()


def test_a_missing_program_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(programs, "path_of", lambda program: None)
    line = told(monkeypatch, capsys)
    assert line == ("mail: postfix and clamav-daemon are not installed; apt-get install postfix clamav-daemon")
    with pytest.raises(MailError, match="redis-server and redis-tools are not installed"), redis_streams.RedisServer():
        pass
    assert "dovecot-sieve" in told(monkeypatch, capsys, "--store", "dovecot")


def test_without_root_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(programs, "path_of", lambda program: f"/usr/sbin/{program}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert told(monkeypatch, capsys).endswith(
        "must be started as root, whose processes it gives users of their own; run this as root"
    )


def test_a_variant_that_dovecot_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "it cannot be bouncing: use --store small" in told(
        monkeypatch, capsys, "--store", "dovecot", "--variant", "bouncing"
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--variant", "pached"), "Invalid value for '--variant': 'pached' is not one of 'unpatched', 'patched', "),
        (("--attempts", "0"), "Invalid value for '--attempts': 0 is not in the range 1<=x<=100; see python -m mail "),
        (("--no-such",), "No such option '--no-such'"),
        (("more",), "Got unexpected extra argument (more); see python -m mail --help"),
        (("--redis", "--variant", "patched"), "--variant says nothing beside --redis; leave one of them out"),
        (("--end-leftovers", "--redis"), "--redis says nothing beside --end-leftovers; leave one of them out"),
    ],
)
def test_words_that_are_not_understood_or_would_not_count_are_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], line: str
) -> None:
    assert told(monkeypatch, capsys, *words).startswith(f"mail: {line}")


def test_a_place_that_nothing_can_be_written_to_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    needed.mail_programs()
    monkeypatch.setattr(folders, "PLACE", Path("/proc"))
    line = told(monkeypatch, capsys)
    assert line.startswith("mail: No such file or directory (/proc/lifecheck-mail-")


def test_a_folder_that_cannot_be_begun_in_is_not_left_behind(
    monkeypatch: pytest.MonkeyPatch, prefix: str, tmp_path: Path
) -> None:
    monkeypatch.setattr(folders, "PLACE", tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-python"))
    with pytest.raises(FileNotFoundError):
        Folder()
    assert [*tmp_path.iterdir()] == []


def test_logs_that_are_there_are_not_replaced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "patched.log").write_text("somebody's")
    line = told(monkeypatch, capsys, "--variant", "patched", "--logs", str(tmp_path))
    assert line == f"mail: patched.log of '{tmp_path}' would be replaced; name another folder, or add --force"
    line = told(monkeypatch, capsys, "--logs", str(tmp_path / "patched.log" / "within"))
    assert line.startswith(f"mail: logs cannot be kept in '{tmp_path}/patched.log/within'")


def test_a_port_in_use_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    needed.mail_programs()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        line = told(monkeypatch, capsys, "--port", str(port))
    assert line == f"mail: port {port} of 127.0.0.1 is in use, which Postfix needs; choose another"


def test_a_clamd_that_does_not_start_is_told_with_the_last_lines_of_its_log(monkeypatch: pytest.MonkeyPatch) -> None:
    needed.mail_programs()
    monkeypatch.setattr(clamd, "_CONFIGURATION", clamd._CONFIGURATION.replace("/signatures", "/no-signatures"))
    with pytest.raises(MailError, match=r"clamd does not start; the last lines of \w+.*no-signatures"), Instance():
        pass


@pytest.mark.long
def test_a_postfix_that_does_not_start_is_told_with_the_last_lines_of_its_log(monkeypatch: pytest.MonkeyPatch) -> None:
    needed.mail_programs()
    monkeypatch.setattr(postfix, "_MAIN", postfix._MAIN + "\nmail_owner = nobody-of-that-name\n")
    with pytest.raises(MailError, match=r"Postfix does not start; .*nobody-of-that-name"), Instance() as instance:
        pass
    assert "instance" not in locals()


@pytest.mark.long
def test_a_postfix_that_takes_no_message_is_told_with_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    needed.mail_programs()
    monkeypatch.setattr(postfix, "_MAIN", postfix._MAIN + "\nqueue_minfree = 1000000000000000\n")  # no disk has that
    with Instance() as instance, pytest.raises(MailError, match=r"does not take the message: 452 .*system storage"):
        instance.accept(infected=False)
    with pytest.raises(MailError, match=r"does not take the message: .*refused"):
        instance.postfix.accept(b"", identifier="1")


@pytest.mark.long
def test_a_message_is_not_handed_to_another_instance_that_has_taken_the_port_meanwhile() -> None:
    needed.mail_programs()
    with Instance() as ours, Instance() as theirs:
        ours.postfix.crash()
        ours.postfix.port = theirs.postfix.port
        with pytest.raises(MailError, match=f"port {theirs.postfix.port} of .* is in use"):
            ours.accept(infected=False)
        assert [*theirs.postfix.entries()] == []


@pytest.mark.long
def test_neither_the_umask_nor_the_place_of_temporary_files_matters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    needed.mail_programs()
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # in which clamd's user can write nothing
    umask = os.umask(0o077)
    try:
        with Instance("patched", one_by_one=True) as instance:
            _, queued = instance.accept(infected=True)
            instance.postfix.attempt(queued)
            assert instance.small_store.next()["state"] == "received"
            instance.small_store.let_on()
            assert instance.small_store.next()["state"] == "scanning"
            scanned = instance.clamd.home / "temporary"
            folders.wait_for("what is scanned", lambda: any(scanned.iterdir()))
            instance.small_store.let_on()
            assert instance.small_store.next()["state"] == "condemned"
    finally:
        os.umask(umask)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.long
def test_a_dovecot_that_does_not_start_is_told_with_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    needed.mail_programs(dovecot=True)
    monkeypatch.setattr(dovecot, "_CONFIGURATION", dovecot._CONFIGURATION + "\nno_such_setting = yes\n")
    with pytest.raises(MailError, match=r"Dovecot does not start; .*no_such_setting"), Instance(dovecot=True):
        pass


def test_a_redis_that_does_not_start_is_told_with_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    needed.redis()
    monkeypatch.setattr(redis_streams, "_CONFIGURATION", redis_streams._CONFIGURATION + "no-such-setting yes\n")
    with pytest.raises(MailError, match=r"redis-server does not start; .*no-such-setting"), redis_streams.RedisServer():
        pass


@pytest.mark.long
def test_what_fails_within_an_instance_ends_every_process_of_it() -> None:
    needed.mail_programs()
    instance = Instance()
    with pytest.raises(ZeroDivisionError), instance:
        _fail_within(instance)
    assert living_in(instance.folder.path) == []
    assert not instance.folder.path.exists()


def _fail_within(instance: Instance) -> None:
    assert len(living_in(instance.folder.path)) >= 4  # the guardian, clamd, the store and Postfix's master at least
    raise ZeroDivisionError

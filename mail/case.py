"""The case of KB883522, live: what becomes of an infected message, and of a clean one whose replies are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lifecheck.files import write_whole
from mail.folder import wait_for
from mail.instance import Instance
from mail.store import ANSWERS


@dataclass(frozen=True)
class Seen:
    """What could be seen after something had happened to a message.

    Parameters
    ----------
    event
        What had happened.
    place
        Where the queue's listing has it; nothing where it does not.
    has_file
        Whether its original lies in the queue's folder.
    deletions, deliveries, notices
        How many copies were deleted, and how many delivered, and how many notices the sender has.
    reason
        Why the last attempt failed, as Postfix tells.
    """

    event: str
    place: str
    has_file: bool
    deletions: int
    deliveries: int
    notices: int
    reason: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """It as a row of a table, as `COLUMNS` heads it."""
        numbers = (self.deletions, self.deliveries, self.notices)
        return self.event, self.place or "gone", "there" if self.has_file else "gone", *map(str, numbers)


SILENT = frozenset(variant for variant, answer in ANSWERS.items() if not answer)
"""The answers of the small store that are none: only for them an attempt takes as long as Postfix waits."""

COLUMNS = ("", "queue", "file", "deleted", "delivered", "notices")


class LiveCase:
    """One run of the case on an instance.

    Parameters
    ----------
    instance
        The programs.
    attempts
        How often delivery is attempted where the message stays queued.
    loses
        Whether the line loses the replies about the infected message as well: the defect of a store that does answer.
    """

    def __init__(self, instance: Instance, *, attempts: int, loses: bool = False) -> None:
        self._real = instance
        self._attempts = attempts
        self._loses = loses

    def infected(self) -> Iterator[Seen]:
        """Have an infected message delivered, attempt after attempt; what stays queued expires in the end."""
        self._real.line.loses = self._loses
        identifier, queued = self._real.accept(infected=True)
        yield (seen := self._seen("it is accepted", identifier, queued))
        for number in range(1, self._attempts + 1):
            if seen.place:
                yield (seen := self._attempted(f"attempt {number}", identifier, queued))
        self._real.line.loses = False
        if seen.place:
            self._real.postfix.age(queued)
            self._real.postfix.look_through()
            self._real.postfix.wait_until_gone(queued)
            self._real.notices(identifier, at_least=1)
            yield self._seen("it expires", identifier, queued)

    def clean(self) -> Iterator[Seen]:
        """Have a clean message delivered while replies are lost, and once more when they are not."""
        identifier, queued = self._real.accept(infected=False)
        yield self._seen("it is accepted", identifier, queued)
        self._real.line.loses = True
        for number in range(1, self._attempts + 1):
            yield self._attempted(f"attempt {number}, lost", identifier, queued)
        self._real.line.loses = False
        yield self._attempted(f"attempt {self._attempts + 1}", identifier, queued)

    def _attempted(self, event: str, identifier: str, queued: str) -> Seen:
        """Ask for an attempt, and return what is to be seen when it has ended, as Postfix's log tells."""
        postfix = self._real.postfix
        ended = postfix.attempts(queued)
        postfix.attempt(queued)
        wait_for(f"the end of an attempt for {queued}", lambda: postfix.attempts(queued) > ended, postfix.last_lines)
        self._real.wait_until_the_store_is_done()
        fate = postfix.fate(queued)
        if fate.startswith("deferred"):
            postfix.wait_until_deferred(queued)
        else:
            postfix.wait_until_gone(queued)
            if fate.startswith("bounced"):
                self._real.notices(identifier, at_least=1)
        return self._seen(event, identifier, queued)

    def _seen(self, event: str, identifier: str, queued: str) -> Seen:
        entry = self._real.postfix.entry(queued)
        return Seen(
            event,
            entry.place if entry is not None else "",
            self._real.postfix.has_file(queued),
            self._real.deletions(identifier),
            self._real.store.deliveries(identifier),
            self._real.notices(identifier),
            entry.reason if entry is not None and event.startswith("attempt") else "",
        )


class LogParts:
    """What Postfix and clamd write while something is done, apart from what they wrote before.

    Parameters
    ----------
    instance
        The programs.
    folder
        Where the parts are kept; without it, in the instance's.
    """

    def __init__(self, instance: Instance, folder: Path | None = None) -> None:
        self._real = instance
        self._folder = folder or instance.folder.path

    def of(self, name: str, do: Callable[[], Iterator[Seen]]) -> tuple[list[Seen], Path, Path]:
        """Return what was seen meanwhile, and the files of Postfix's and clamd's parts.

        The instance's folder, which differs from run to run, is called FOLDER in them.
        """
        logs = {"": self._real.postfix.log, "-clamd": self._real.clamd.log}
        before = {suffix: len(log.read_text()) for suffix, log in logs.items()}
        seen = [*do()]
        self._real.postfix.wait_until_all_is_told()
        paths = []
        for suffix, log in logs.items():
            part = log.read_text()[before[suffix] :].replace(str(self._real.folder.path), "FOLDER")
            if suffix:
                part = "".join(f"{line}\n" for line in part.splitlines() if "instream" in line)
            path = self._folder / f"{name}{suffix}.log"
            paths.append(write_whole(path, part, force=True))
        return seen, paths[0], paths[1]

"""The store of verdicts: one SQLite file, which survives whatever ends a sweep, and which several sweeps may share."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lifecheck.errors import InputError

APPLICATION = 0x6C696665
"""What says in the file's header that it is a store of lifecheck: "life" in ASCII."""

SCHEMA = 1
"""The version of the tables; a store with another is refused."""

WAIT = 60.0
"""For how many seconds one sweep waits until another has written."""

_AT_ONCE = 500

_HEADER, _SAYS = 100, slice(68, 72)
"""How long the header of an SQLite file is, and where it names the application (https://sqlite.org/fileformat.html)."""

_TABLES = """
CREATE TABLE verdicts (
    key BLOB PRIMARY KEY, verdict TEXT NOT NULL, states INTEGER NOT NULL, transitions INTEGER NOT NULL,
    engine TEXT NOT NULL, note TEXT NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, asked TEXT NOT NULL, began REAL NOT NULL, told REAL NOT NULL, total INTEGER NOT NULL,
    done INTEGER NOT NULL, reused INTEGER NOT NULL, judged INTEGER NOT NULL, ended INTEGER NOT NULL
);
"""


class Stored(NamedTuple):
    """A verdict as it is stored: what `check` answered, without the evidence."""

    verdict: str
    states: int
    transitions: int
    engine: str
    note: str


@dataclass(frozen=True)
class Progress:
    """How far one sweep is.

    Parameters
    ----------
    asked
        What it is about, in one line.
    began, told
        When it began and when it last said how far it was, in seconds since 1970.
    total, done
        How many there are in all, and how many are done.
    reused, judged
        How many verdicts were there already or are of equal systems, and how many were found; wherever they were.
    ended
        Whether it came to its end.
    """

    asked: str
    began: float
    told: float
    total: int
    done: int
    reused: int
    judged: int
    ended: bool

    @property
    def seconds_left(self) -> float | None:
        """How long it will take from here at the rate so far; None while nothing is done."""
        return None if not self.done else (self.told - self.began) / self.done * (self.total - self.done)


class Store:
    """One file of verdicts.

    Parameters
    ----------
    path
        The file; it is made if it is not there.
    writes
        Whether anything is to be written; otherwise it must be there.

    Raises
    ------
    InputError
        If it is no store, is broken, is another version's, or cannot be read or written. Nothing is changed then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Store(Path(folder) / "verdicts") as store:
    ...     added = store.add({b"key": Stored("holds", 2, 1, "explicit", "")})
    ...     store.find([b"key", b"other"])[b"key"].verdict
    'holds'
    """

    def __init__(self, path: Path, *, writes: bool = True) -> None:
        self.path = path
        self._run: int | None = None
        self._refuse_foreign(writes)
        with self._telling():
            mode = "rwc" if writes else "ro"
            name = f"{path.resolve().as_uri()}?mode={mode}"
            self._connection = sqlite3.connect(name, uri=True, timeout=WAIT, isolation_level=None)
        try:
            with self._telling():
                if writes:
                    self._make()
                self._look()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Stored]:
        """Return what is stored under these keys.

        Raises
        ------
        InputError
            If the file is broken.
        """
        found: dict[bytes, Stored] = {}
        with self._telling():
            for at in range(0, len(keys), _AT_ONCE):
                some = keys[at : at + _AT_ONCE]
                marks = ",".join("?" * len(some))
                for key, *values, checksum in self._connection.execute(
                    f"SELECT key, verdict, states, transitions, engine, note, checksum FROM verdicts WHERE key IN ({marks})",  # noqa: E501
                    some,
                ):
                    stored = Stored(*values)
                    if checksum != _checksum(key, stored):
                        raise InputError(
                            f"{str(self.path)!r} is broken: what it says of a verdict is not what was written; "
                            "move it away, and begin anew"
                        )
                    found[key] = stored
        return found

    def add(self, found: Mapping[bytes, Stored], told: Callable[[int], Progress] | None = None) -> int:
        """Store verdicts and how far the sweep is, all or nothing; return how many were new.

        Parameters
        ----------
        found
            The verdicts, by their digests.
        told
            Returns how far the sweep is, of how many were new.

        Raises
        ------
        InputError
            If the file cannot be written, or another verdict is stored under the key of one: what should decide it
            does not.
        """
        with self._telling(), self._transaction():
            known = self.find(list(found))
            for key, stored in known.items():
                if stored.verdict != found[key].verdict:
                    raise InputError(
                        f"{str(self.path)!r} says {stored.verdict} where {found[key].verdict} was found now: a machine "
                        "or a predicate does not do the same every time; no verdict of this store can be believed, so "
                        "move it away"
                    )
            new = {key: stored for key, stored in found.items() if key not in known}
            self._connection.executemany(
                "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(key, *stored, _checksum(key, stored)) for key, stored in new.items()],
            )
            if told is not None:
                self._tell(told(len(new)))
        return len(new)

    def runs(self) -> tuple[Progress, ...]:
        """Return how far each sweep is that used this store, the oldest first."""
        with self._telling():
            rows = self._connection.execute(
                "SELECT asked, began, told, total, done, reused, judged, ended FROM runs ORDER BY number"
            ).fetchall()
        return tuple(
            Progress(asked, began, told, total, done, reused, judged, bool(ended))
            for asked, began, told, total, done, reused, judged, ended in rows
        )

    def __len__(self) -> int:
        with self._telling():
            return int(self._connection.execute("SELECT count(*) FROM verdicts").fetchone()[0])

    def _tell(self, progress: Progress) -> None:
        values = tuple(vars(progress).values())
        if self._run is None:
            marks = ",".join("?" * len(values))
            self._run = self._connection.execute(f"INSERT INTO runs VALUES (NULL, {marks})", values).lastrowid
        else:
            named = ", ".join(f"{name} = ?" for name in vars(progress))
            self._connection.execute(f"UPDATE runs SET {named} WHERE number = ?", (*values, self._run))

    def _refuse_foreign(self, writes: bool) -> None:
        try:
            with self.path.open("rb") as file:
                begins = file.read(_HEADER)
        except FileNotFoundError:
            if not writes:
                raise InputError(f"there is no store {str(self.path)!r}; a sweep with --store makes one") from None
            return
        except OSError as error:
            raise InputError(f"store {str(self.path)!r} cannot be read: {error.strerror or error}") from error
        # what SQLite opens it tidies up: of a file that is another's, not even what a program that was killed left over
        if begins and (begins[:16] != b"SQLite format 3\0" or begins[_SAYS] != APPLICATION.to_bytes(4, "big")):
            raise InputError(f"{str(self.path)!r} is no store of lifecheck, and is left as it is; name another file")

    def _make(self) -> None:
        with self._transaction():
            (application,) = self._connection.execute("PRAGMA application_id").fetchone()
            (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if application == 0 and tables == 0:  # an empty file; any other was refused
                self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
                self._connection.execute(f"PRAGMA user_version = {SCHEMA}")
                for statement in filter(str.strip, _TABLES.split(";")):
                    self._connection.execute(statement)

    def _look(self) -> None:
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION:
            raise InputError(f"{str(self.path)!r} is no store of lifecheck, and is left as it is; name another file")
        (schema,) = self._connection.execute("PRAGMA user_version").fetchone()
        if schema != SCHEMA:
            raise InputError(
                f"{str(self.path)!r} is a store of another version of lifecheck ({schema}, not {SCHEMA}); name another "
                "file"
            )
        (mode,) = self._connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            self._connection.execute("PRAGMA journal_mode = WAL")
        # what is committed survives the end of the process, whatever ends it
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def refuse_broken(self) -> None:
        """Read the whole file, and raise if it is broken.

        Raises
        ------
        InputError
            If it is.
        """
        with self._telling():
            (told,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if told != "ok":
            raise InputError(f"{str(self.path)!r} is broken ({told}); move it away, and begin anew")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say what SQLite says in one line, with what to do."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise InputError(f"store {str(self.path)!r} cannot be used: {error}; {_remedy(str(error))}") from error
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{str(self.path)!r} is broken ({error}), and is left as it is; move it away, and begin anew"
            ) from error


def _remedy(told: str) -> str:
    if "full" in told:
        return "make room, and sweep again: what was stored stays"
    if "locked" in told:
        return "another sweep writes to it; sweep again"
    return "name a file with --store that can be written"


def _checksum(key: bytes, stored: Stored) -> int:
    return zlib.crc32(key + "\n".join(map(str, stored)).encode())


def now() -> float:
    """Return the time that a store says, in seconds since 1970."""
    return time.time()

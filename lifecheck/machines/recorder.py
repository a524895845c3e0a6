"""Writes what a machine does in its own program: one line for each transition.

The library hands each trigger to one method of its machine as a function that fires it (``_process``, in asynchronous
machines ``_process_async``), after locks are taken and before it is queued. There a recorder stands, for one machine,
so that callbacks, conditions and what triggers return stay as they are.
"""

from __future__ import annotations

import json
import os
import time
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from transitions import Machine

from lifecheck.errors import InputError
from lifecheck.machines.awaiting import is_asynchronous
from lifecheck.machines.definition import read_state
from lifecheck.machines.hierarchy import nesting_of, scopes

RECORDING_VERSION = 1
"""The number of the form of a recording; it grows where lines that were written before mean another thing."""


class Recorder:
    """Writes a line for each transition of a machine until it is closed; made by `record`.

    Parameters
    ----------
    machine
        The machine.
    model
        The only model to record; None for all that the machine has, and will have.
    path
        The file, which is made.
    component
        How the recording calls the machine.
    case
        What names the case of a model; without it, models are numbered in the order of their first transitions.
    append
        Whether to go on in a file that is there.

    Attributes
    ----------
    lost
        How many lines could not be written, as where a disk is full.
    reason
        Why the first of them could not; empty where none lacks.
    """

    def __init__(
        self,
        machine: Machine,
        model: object | None,
        path: Path | str,
        *,
        component: str,
        case: Callable[[Any], object] | None,
        append: bool,
    ) -> None:
        self._machine: Any = machine
        self._only = model
        self._case = case
        self._cases: dict[int, tuple[object, str]] = {}  # by the model's id, with a reference that keeps it its own
        self._numbered = 0
        self._begun: dict[tuple[str, str, str], str] = {}
        self._nesting = nesting_of(machine, component)
        self._attribute = machine.model_attribute
        self._now: ContextVar[_Fired | None] = ContextVar("fired", default=None)
        self.lost = 0
        self.reason = ""
        self._hook = "_process_async" if is_asynchronous(machine) else "_process"
        if self._hook in vars(machine):
            raise InputError(f"machine {component!r} is being recorded already; close that recorder first")
        header = {
            "lifecheck": "recording",
            "version": RECORDING_VERSION,
            "component": component,
            "triggers": list(dict.fromkeys([*machine.events, *_nested_triggers(machine)])),
        }
        self._file = _opened(path, append, header)
        self._process = getattr(machine, self._hook)
        setattr(machine, self._hook, self._recorded_async if is_asynchronous(machine) else self._recorded)

    def close(self) -> None:
        """Stop recording; transitions that have begun are written still where they end in time."""
        if self._file < 0:
            return
        vars(self._machine).pop(self._hook, None)
        file, self._file = self._file, -1
        os.close(file)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _recorded(self, fire: Any, *rest: Any) -> Any:
        fired = self._begin(fire)
        if fired is None:
            return self._process(fire, *rest)
        try:
            # what is queued keeps the library's own first argument: it looks at that where models are removed
            return self._process(partial(self._fire, fire.args[0], fired, fire), *rest)
        except BaseException:
            self._end(fired.root)  # the library forgets what is still queued
            raise

    def _fire(self, _: object, fired: _Fired, fire: Callable[[], Any]) -> Any:
        token = self._now.set(fired)
        fired.began(self._read(fired.model))
        try:
            result = fire()
            fired.root.took |= bool(result)
            return result
        finally:
            self._now.reset(token)
            self._one_less(fired.root)

    async def _recorded_async(self, fire: Any, *rest: Any) -> Any:
        fired = self._begin(fire)
        if fired is None:
            return await self._process(fire, *rest)
        try:
            return await self._process(partial(self._fire_async, fire.args[0], fired, fire), *rest)
        except BaseException:
            self._end(fired.root)
            raise

    async def _fire_async(self, _: object, fired: _Fired, fire: Callable[[], Any]) -> Any:
        token = self._now.set(fired)
        fired.began(self._read(fired.model))
        try:
            result = await fire()
            fired.root.took |= bool(result)
            return result
        finally:
            self._now.reset(token)
            self._one_less(fired.root)

    def _begin(self, fire: Any) -> _Fired | None:
        """Return what is to be fired, as a part of what fires now if that is of the same model."""
        event_data = fire.args[0]
        model = event_data.model
        if self._only is not None and model is not self._only:
            return None
        trigger = fire.args[1] if len(fire.args) > 1 else event_data.event.name
        fired = _Fired(model, str(trigger))
        now = self._now.get()
        if now is not None and now.model is model and not now.root.is_written:
            fired.root = now.root
            fired.root.chained.append(fired.trigger)
        fired.root.pending += 1
        return fired

    def _one_less(self, root: _Fired) -> None:
        root.pending -= 1
        if root.pending <= 0:
            self._end(root)

    def _end(self, root: _Fired) -> None:
        if root.is_written or root.source is None:
            return
        root.is_written = True
        destination = self._read(root.model)
        if not root.took and destination == root.source:
            return  # it was blocked, or raised before anything changed
        begun = self._begun.get((root.trigger, root.source, destination))
        if begun is None:
            told = {"trigger": root.trigger, "source": root.source, "destination": destination}
            begun = self._begun[root.trigger, root.source, destination] = json.dumps(told, ensure_ascii=False)[:-1]
        chained = f', "chained": {json.dumps(root.chained)}' if root.chained else ""
        try:
            case = self._case_of(root.model)
        except Exception as error:  # the program that is recorded goes on as it would without a recorder
            self._lose(f"case=... raised {type(error).__name__}: {error}")
            return
        self._write(f'{begun}, "case": {case}, "time": {time.time()!r}{chained}}}\n')

    def _write(self, line: str) -> None:
        if self._file < 0:
            return
        whole = line.encode("utf-8", "surrogatepass")
        try:
            # one call for a whole line, and no buffer: what was written stays though the process is killed; only of
            # the last line a part may be missing, because the kernel may end a call at the end of a page
            if os.write(self._file, whole) == len(whole):
                return
            os.write(self._file, b"\n")
            self._lose("the disk may be full")
        except OSError as error:
            self._lose(error.strerror or str(error))

    def _lose(self, reason: str) -> None:
        self.lost += 1
        if self.lost == 1:
            self.reason = reason
            told = f"a transition could not be recorded, and its line lacks in the recording: {reason}"
            warnings.warn(told, RuntimeWarning, 2)

    def _case_of(self, model: object) -> str:
        """Return the case of a model, as JSON."""
        if self._case is not None:
            return json.dumps(str(self._case(model)), ensure_ascii=False)
        known = self._cases.get(id(model))
        if known is None:
            self._numbered += 1
            number, cases = id(model), self._cases
            try:
                kept: object = weakref.ref(model, lambda _: cases.pop(number, None))
            except TypeError:  # nothing can refer to it without keeping it
                kept = model
            known = cases[number] = kept, f'"{self._numbered}"'
        return known[1]

    def _read(self, model: object) -> str:
        """Return a model's state as `replay` reads it."""
        value = getattr(model, self._attribute)
        return value if type(value) is str else read_state(self._machine, model, self._nesting)


class _Fired:
    """One trigger that fires, or is queued, and the one that it is a part of."""

    __slots__ = ("chained", "is_written", "model", "pending", "root", "source", "took", "trigger")

    def __init__(self, model: Any, trigger: str) -> None:
        self.model = model
        self.trigger = trigger
        self.root = self
        self.source: str | None = None
        self.chained: list[str] = []
        self.pending = 0
        self.took = self.is_written = False

    def began(self, state: str) -> None:
        if self.root is self:
            self.source = state


def _nested_triggers(machine: Machine) -> Iterator[str]:
    for _, scope in scopes(machine):
        yield from scope.events


def _refuse_another(path: Path | str, first: bytes, header: Mapping[str, object]) -> None:
    """Raise unless a file whose first line is given is a recording of the same machine."""
    try:
        there = json.loads(first)
    except (ValueError, RecursionError):
        there = None
    if not isinstance(there, dict) or there.get("lifecheck") != "recording":
        raise InputError(f"{str(path)!r} is there already and is no recording; choose another name")
    for name, what in (("component", "is a recording of"), ("version", "is a recording of version")):
        if there.get(name) != header[name]:
            raise InputError(
                f"{str(path)!r} {what} {there.get(name)!r}, not of {header[name]!r}; record into a file of its own"
            )


def _opened(path: Path | str, append: bool, header: Mapping[str, object]) -> int:
    """Return the number of a file that was made, with its first line, or of one that is there, its last line whole.

    Raises
    ------
    InputError
        If it cannot be opened, is there already, or is a recording of another machine.
    """
    place = Path(path)
    try:
        if append and place.exists():
            with place.open("rb") as there:
                _refuse_another(path, there.readline(), header)
                size = there.seek(0, os.SEEK_END)
                there.seek(max(0, size - 1))
                is_whole = there.read() == b"\n"
            file = os.open(place, os.O_WRONLY | os.O_APPEND)
            os.write(file, b"" if is_whole else b"\n")
            return file
        file = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o666)
        os.write(file, (json.dumps(header, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass"))
        return file
    except FileExistsError:
        raise InputError(
            f"{str(path)!r} is there already; choose another name, or go on in it with append=True and case=..."
        ) from None
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror or error}") from error

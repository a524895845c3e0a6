"""Records what a machine does from now on, until that is ended: a file that `replay` reads without a mapping."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError
from lifecheck.machines.recorder import Recorder
from lifecheck.machines.source import called_after, find_machine, is_machine
from lifecheck.text import counted


def record(
    source: object,
    path: Path | str,
    *,
    component: str | None = None,
    case: Callable[[Any], object] | None = None,
    append: bool = False,
) -> Recorder:
    """Record what a machine does from now on, a line for each transition, until the recorder is closed.

    A line has the trigger, the case, the states before and after it, and the time. It is written whole, at once, where
    the transition ends, with all that its callbacks fire or put into its queue; what was blocked is no transition.

    Parameters
    ----------
    source
        A machine, with all its models; or a model that carries one, which alone is recorded then.
    path
        The file to write, of JSON lines.
    component
        How the recording calls the machine; without it, as `component_of` would.
    case
        What names the case of a model, as ``lambda order: order.number``; without it, models are numbered in the order
        of their first transitions.
    append
        Whether to go on in a recording that is there. It needs `case`, because numbers would begin again.

    Raises
    ------
    InputError
        If there is no machine to record, the file is there already, or it cannot be written; or if `append` goes on in
        a recording of another machine.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from transitions import Machine
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> with TemporaryDirectory() as folder:
    ...     recorder = record(lamp, Path(folder) / "run.jsonl")
    ...     _ = lamp.switch()
    ...     recorder.close()
    ...     _, line = (Path(folder) / "run.jsonl").read_text().splitlines()
    >>> line.partition(', "time"')[0]
    '{"trigger": "switch", "source": "off", "destination": "on", "case": "1"'
    """
    if isinstance(source, type) or inspect.isfunction(source):
        raise InputError(
            f"{getattr(source, '__name__', source)!r} makes machines, and those that it made before cannot be found; "
            "record a machine, or a model that carries one"
        )
    if append and case is None:
        raise InputError("append=True needs case=..., because models are numbered from 1 in each recording")
    if case is not None and not callable(case):
        raise InputError(f"case is {case!r}; write what names the case of a model: case=lambda order: order.number")
    if component is not None and not isinstance(component, str):
        raise InputError(f"component is {component!r}; write what the system calls it: component='order'")
    called = called_after(source) if component is None else component
    given = find_machine(source, called)
    if given.factory is not None:
        raise InputError(f"{called!r} makes machines; record a machine, or a model that carries one")
    model = None if is_machine(source) else given.model
    return Recorder(given.machine, model, path, component=called, case=case, append=append)


@contextmanager
def recording(
    source: object,
    path: Path | str,
    *,
    component: str | None = None,
    case: Callable[[Any], object] | None = None,
    append: bool = False,
) -> Iterator[Recorder]:
    """Record what a machine does inside a ``with``; takes what `record` takes.

    Raises
    ------
    InputError
        As `record` does; also at the end, if lines could not be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from lifecheck import replay
    >>> from transitions import Machine
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> with TemporaryDirectory() as folder:
    ...     with recording(lamp, Path(folder) / "run.jsonl"):
    ...         _ = lamp.switch()
    ...     replay(Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]]),
    ...            Path(folder) / "run.jsonl")
    <Replay: 1 case explained>
    """
    recorder = record(source, path, component=component, case=case, append=append)
    with recorder:
        yield recorder
    if recorder.lost:
        lost = counted(recorder.lost, "transition")
        raise InputError(f"{lost} could not be recorded in {str(path)!r}: {recorder.reason}")

"""Watches which attributes of a model its own code reads while it is fired, however they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import transitions

_NOT_OF_THE_MODEL = (str(Path(transitions.__file__).parent), str(Path(__file__).parents[1]))


class AttributeReads:
    """The attributes that were read so far, each with the code that read it.

    The text of callbacks does not show what ``getattr(self, name)`` reads; here Python is asked. The model's class
    tells what is read as long as the model is watched, and is as it was afterwards.

    Examples
    --------
    >>> class Bin:
    ...     count = 0
    ...     def full(self): return getattr(self, "cou" + "nt") >= 4
    >>> reads, model = AttributeReads(), Bin()
    >>> with reads.watching(model):
    ...     model.full()
    False
    >>> [code.co_name for code in reads.found["count"]], "__getattribute__" in vars(Bin)
    (['full'], False)
    """

    def __init__(self) -> None:
        self.found: dict[str, dict[CodeType, None]] = {}

    @contextmanager
    def watching(self, model: object) -> Iterator[None]:
        """Watch one model; a class that cannot be changed is not watched."""
        kind: Any = type(model)
        read, own, found = kind.__getattribute__, "__getattribute__" in vars(kind), self.found

        def reading(self: object, name: str) -> Any:
            if self is model:
                code = sys._getframe(1).f_code
                if name not in found or code not in found[name]:
                    found.setdefault(name, {})[code] = None
            return read(self, name)

        try:
            kind.__getattribute__ = reading
        except TypeError:
            yield
            return
        try:
            yield
        finally:
            if own:
                kind.__getattribute__ = read
            else:
                del kind.__getattribute__

    def by_its_own_code(self) -> Iterator[tuple[str, CodeType]]:
        """Yield each attribute with the code that read it, but what the library and lifecheck read."""
        for name, codes in self.found.items():
            for code in codes:
                if not code.co_filename.startswith(_NOT_OF_THE_MODEL):
                    yield name, code

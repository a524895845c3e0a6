"""Finds what a name on the command line or in a project file means: a module's object, or one of a Python file."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from lifecheck.errors import InputError, LifecheckError, did_you_mean
from lifecheck.machines import machine_of_configuration
from lifecheck.project.machine_files import CONFIGURATIONS, read_configuration

FORMS = "package.module:name, module:object.attribute or path/file.py:name"
"""How something to load is named, the same for every command."""


@dataclass(frozen=True)
class Target:
    """Something to load, by its name.

    Parameters
    ----------
    module
        The module, or the path of a Python file.
    name
        What to take of it; with dots for what that holds.

    Examples
    --------
    >>> target_of("shop.orders:Order.build")
    Target(module='shop.orders', name='Order.build')
    >>> target_of("src/orders.py:order").is_file
    True
    """

    module: str
    name: str

    @property
    def is_configuration(self) -> bool:
        """Whether it is a file that holds the configuration of a machine."""
        return not self.name

    @property
    def is_file(self) -> bool:
        """Whether a file is named, and not a module."""
        return self.module.endswith(".py") or "/" in self.module or "\\" in self.module


def target_of(text: str) -> Target:
    """Read a name of one of the forms.

    Raises
    ------
    InputError
        If it is of none.
    """
    if is_configuration(text):
        return Target(text, "")
    module, colon, name = text.rpartition(":")  # a drive has a colon too
    if module.endswith(CONFIGURATIONS):
        raise InputError(f"{text!r}: a file that configures a machine is named alone: {module}")
    if not (module and colon and name and all(name.split("."))):
        if text.endswith(".py"):
            raise InputError(f"{text!r} says no name; write {text}:name of what to take of the file")
        raise InputError(f"{text!r} is not of the form {FORMS}")
    return Target(module, name)


def is_configuration(text: str) -> bool:
    """Whether a name is that of a file with the configuration of a machine.

    Examples
    --------
    >>> is_configuration("shop/order.yaml"), is_configuration("shop.py:order")
    (True, False)
    """
    return text.endswith(CONFIGURATIONS)


def import_from(folder: Path) -> None:
    """Let modules be found in a folder, as uvicorn does, so that a checkout needs no installation."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def load(text: str, folder: Path) -> Any:
    """Load what is named; a path is relative to the folder.

    Raises
    ------
    InputError
        If it cannot be found or imported.
    """
    target = target_of(text)
    if target.is_configuration:
        return machine_of_configuration(read_configuration(folder / text, text), text)
    module = module_of(target, folder)
    found: Any = module
    for at, step in enumerate(target.name.split(".")):
        held = attribute(found, step, text, _ABSENT)
        if held is _ABSENT:
            holder = ".".join(target.name.split(".")[:at])
            place = f"{holder!r} of {text!r}" if holder else f"module {module.__name__!r}"
            known = _of_its_own(module) if at == 0 else [one for one in dir(found) if not one.startswith("_")]
            raise InputError(f"{place} has no {step!r}; " + did_you_mean(step, known))
        found = held
    return found


def load_named(text: str, folder: Path) -> Any:
    """Load what is named, with modules of the folder within reach.

    Raises
    ------
    InputError
        If it cannot be found or imported.
    """
    import_from(folder)
    return load(text, folder)


def canonical(text: str, folder: Path) -> str:
    """Return the same name as ``module:name``, by which other Python code can import it."""
    target = target_of(text)
    if target.is_configuration:
        return text
    return f"{module_of(target, folder).__name__}:{target.name}"


def module_of(target: Target, folder: Path) -> ModuleType:
    """Import the module, or the file as the module that it is of its package.

    Raises
    ------
    InputError
        If that fails; says why, and what to do.
    """
    name = target.module
    try:
        return _module_of_file(target.module, folder) if target.is_file else importlib.import_module(name)
    except InputError:
        raise
    except LifecheckError as error:
        raise InputError(f"importing {name!r} failed: {error}") from error
    except ModuleNotFoundError as error:
        raise InputError(f"module {name!r} cannot be imported: {error}; {_remedy(error, target, folder)}") from error
    except SystemExit as error:
        code = "" if error.code is None else f": {error.code}"
        raise InputError(
            f"module {name!r} cannot be imported: SystemExit{code}; let it exit only under if __name__ == '__main__'"
        ) from error
    except Exception as error:
        told = f"module {name!r} cannot be imported: {type(error).__name__}: {error}{_place_of(error)}"
        if isinstance(error, ImportError) and "relative import" in str(error):
            told += f"; run this above the folder of its package, and name it as package.{_stem(name)}:{target.name}"
        raise InputError(told) from error


def _stem(name: str) -> str:
    return Path(name).stem if name.endswith(".py") else name


def _place_of(error: Exception) -> str:
    """Return the line in which the user's own code fails, where the error does not say it itself."""
    if isinstance(error, SyntaxError):
        return ""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if _is_users(one.filename)]
    return f" (in line {frames[-1].lineno} of {Path(frames[-1].filename).name})" if frames else ""


def _is_users(file: str) -> bool:
    installed = {"site-packages", "dist-packages", "lib"}.intersection(Path(file).parts)
    return not (file.startswith("<") or installed or Path(file).is_relative_to(Path(__file__).parents[1]))


def attribute(holder: object, name: str, place: str, default: object = None) -> Any:
    """Return what an object holds by a name; it may make it only then, by code of its own.

    Raises
    ------
    InputError
        If that code fails.
    """
    try:
        return getattr(holder, name, default)
    except LifecheckError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(f"{place} cannot be had: {type(error).__name__}: {error}") from error


_ABSENT = object()


def _remedy(error: ModuleNotFoundError, target: Target, folder: Path) -> str:
    """Return what to do where a module is missing: the one that was named, or one that it needs."""
    missing = error.name or ""
    if target.is_file or missing.partition(".")[0] != target.module.partition(".")[0]:
        return f"the module needs {missing!r}, so install that where lifecheck is installed"
    if missing != target.module and (folder / missing.replace(".", "/")).with_suffix(".py").is_file():
        return f"{missing!r} is a module and no package; write {missing}:name"
    packages = [path.parent.name for path in sorted(folder.glob("*/__init__.py"))]
    names = [*packages, *(path.stem for path in sorted(folder.glob("*.py")))]
    near = did_you_mean(missing, names)
    return f"run this in the folder that holds it, or name a file as path/file.py:{target.name}" + (
        f"; {near}" if near.startswith("did you mean") else ""
    )


def _module_of_file(given: str, folder: Path) -> ModuleType:
    file = (folder / given).resolve()
    if not file.suffix and file.with_suffix(".py").is_file():
        file = file.with_suffix(".py")
    if not file.is_file():
        files = [path.name for path in sorted(file.parent.glob("*.py"))] if file.parent.is_dir() else []
        raise InputError(f"there is no file {given!r}; " + did_you_mean(file.name, files))
    root, steps = file.parent, [] if file.stem == "__init__" else [file.stem]
    while (root / "__init__.py").is_file():
        steps.insert(0, root.name)
        root = root.parent
    import_from(root)
    name = ".".join(steps)
    if _is_of(sys.modules.get(name), file):
        return sys.modules[name]
    if name not in sys.modules and _origin(name) == file:
        return importlib.import_module(name)
    return _under_another_name(file, f"{'_'.join(steps)}_of_{file.parent.name}".replace("-", "_"))


def _under_another_name(file: Path, name: str) -> ModuleType:
    """Import a file whose own name is that of another module, as ``queue.py`` has."""
    if _is_of(sys.modules.get(name), file):
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise InputError(f"{str(file)!r} is no Python file; name one that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _origin(name: str) -> Path | None:
    importlib.invalidate_caches()
    spec = importlib.util.find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).resolve()


def _is_of(module: ModuleType | None, file: Path) -> bool:
    origin = getattr(module, "__file__", None)
    return origin is not None and Path(origin).resolve() == file


def _of_its_own(module: ModuleType) -> Iterable[str]:
    """Return the public names of what a module holds, without what it imports to make that."""
    found = []
    for name, value in vars(module).items():
        origin = getattr(value, "__module__", "") if callable(value) else type(value).__module__
        of_a_library = origin in ("typing", "__future__") or (callable(value) and not _is_inside(origin, module))
        if not (name.startswith("_") or isinstance(value, ModuleType) or of_a_library):
            found.append(name)
    return found


def _is_inside(origin: str | None, module: ModuleType) -> bool:
    return f"{origin}.".startswith(f"{module.__name__}.")

"""What there is to check: the variants, the claims, and how the project likes to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lifecheck.errors import InputError, LifecheckError, did_you_mean
from lifecheck.project.switches import Configure, Switch
from lifecheck.properties import Claim, claim_named
from lifecheck.system import System

SECTION = "tool.lifecheck"


@dataclass(frozen=True)
class Project:
    """Variants, claims, and how the project likes to be shown.

    Parameters
    ----------
    name
        Where the systems were found, as ``package.module:name``.
    systems
        The variants by name.
    claims
        What is claimed of them.
    configure
        Makes a system from switches and values as text, if the project has switches.
    shown
        The variants to show unless others are asked for.
    lanes
        Components that share the lifecycle picture, with their titles.
    lifelines
        Components that share the sequence diagrams, with their titles; without it, those of the lanes.
    state_spaces
        Further variants whose state space is drawn.
    reproduce
        How to reproduce a violated claim, with ``{variant}`` and ``{property}`` to fill in.
    mutated
        The variant whose mutants are judged unless another is asked for.
    survivors
        Why a mutant of that variant may survive, by the mutant's description.
    switches
        What the systems can be set to, for those that look for causes.
    claims_name
        Where the claims were found, as ``package.module:name``.
    pictures
        The folder to draw into; None if the project names none.
    is_machine
        Whether the system is one machine that declares nothing itself, so that options can.
    """

    name: str
    systems: Mapping[str, System]
    claims: tuple[Claim, ...]
    configure: Configure | None = None
    shown: tuple[str, ...] = ()
    lanes: Mapping[str, str] = field(default_factory=dict)
    lifelines: Mapping[str, str] = field(default_factory=dict)
    state_spaces: tuple[str, ...] = ()
    reproduce: str = ""
    mutated: str = ""
    survivors: Mapping[str, str] = field(default_factory=dict)
    switches: tuple[Switch, ...] = ()
    claims_name: str = ""
    pictures: Path | None = None
    is_machine: bool = False

    def variant(self, name: str) -> System:
        """Return the variant of this name.

        Raises
        ------
        InputError
            If there is none; names the nearest.
        """
        if name not in self.systems:
            raise InputError(f"there is no variant {name!r}; " + did_you_mean(name, self.systems))
        return self.systems[name]

    def chosen(self, variants: Sequence[str], settings: Sequence[str] = ()) -> dict[str, System]:
        """Return the named variants, or else those shown by default, with switches set anew.

        Parameters
        ----------
        variants
            Names; empty for those shown by default.
        settings
            Switches to set in each, as ``key=value``. What so becomes a named variant has its name, and
            comes once.

        Raises
        ------
        InputError
            If a name, a switch or a value is unknown, or the switches contradict each other.
        """
        names = tuple(variants) or self.shown or tuple(self.systems)
        systems = {name: self.variant(name) for name in names}
        if not settings:
            return systems
        if self.configure is None:
            raise InputError(f"{self.name!r} has no switches to set; [{SECTION}] names no 'configure'")
        changes = settings_of(settings)
        named = {id(system): name for name, system in self.systems.items()}
        found: dict[str, System] = {}
        for name, system in systems.items():
            self.refuse_unset(name)
            changed = self._configured(name, {**system.settings, **changes})
            found.setdefault(named.get(id(changed), f"{name} {' '.join(settings)}"), changed)
        return found

    def refuse_unset(self, name: str) -> None:
        """Raise if switches cannot be set in a variant, because it does not say what it is set to already.

        Raises
        ------
        InputError
            If it says nothing, and is not what `configure` makes of nothing: another system would be judged.
        """
        system = self.variant(name)
        if system.settings or self.configure is None:
            return
        try:
            bare = self.configure({})
        except LifecheckError:  # something has to be set
            bare = None
        except (Exception, SystemExit):  # so it will be told where the switches are set
            return
        if bare is None or (bare is not system and _decides(bare) != _decides(system)):
            raise InputError(
                f"variant {name!r} does not say what it is set to, so that nothing can be set beside that; write "
                "System(..., settings={...})"
            )

    def _configured(self, name: str, settings: Mapping[str, str]) -> System:
        assert self.configure is not None, "settings are changed only where there are switches"
        try:
            return self.configure(settings)
        except InputError as error:
            raise InputError(f"variant {name!r}: {error}") from None
        except LifecheckError:
            raise
        except (Exception, SystemExit) as error:
            raise InputError(
                f"variant {name!r}: what sets its switches raised {type(error).__name__}: {error}"
            ) from error

    def claim(self, name: str) -> Claim:
        """Return the claim of this name.

        Raises
        ------
        InputError
            If there is none; names the nearest.
        """
        return claim_named(self.claims, name)


def settings_of(written: Sequence[str]) -> dict[str, str]:
    """Return each switch with the value it is set to, as ``--set`` writes it.

    Raises
    ------
    InputError
        If one cannot be read, or sets a switch to another value than one before it.

    Examples
    --------
    >>> settings_of(["expiry=on", "imf=off"])
    {'expiry': 'on', 'imf': 'off'}
    """
    changes: dict[str, str] = {}
    for setting in written:
        key, equals, value = setting.partition("=")
        if not (key and equals and value):
            raise InputError(f"{setting!r} is not of the form key=value")
        if changes.setdefault(key, value) != value:
            raise InputError(
                f"switch {key!r} is set twice, to {changes[key]!r} and to {value!r}; leave one of them out"
            )
    return changes


def _decides(system: System) -> tuple[object, ...]:
    return system.parts, system.environment, system.owed_weakly, system.owed_strongly

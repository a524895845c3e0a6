"""The switches of the model, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from lifecheck import InputError, did_you_mean


class Switch(StrEnum):
    """Something that is there or not."""

    OFF = "off"
    ON = "on"

    def __bool__(self) -> bool:
        return self is Switch.ON


class Vsapi(StrEnum):
    """Version of the Virus Scanning API that the scanner speaks."""

    V2_0 = "2.0"
    V2_5 = "2.5"


class Correction(StrEnum):
    """What the store tells the queue of a copy that it deleted."""

    NONE = "none"
    REPORT_SUCCESS = "report-success"
    REPORT_FAILURE = "report-failure"


class Acknowledgements(StrEnum):
    """What may become of the store's reports."""

    KEPT = "kept"
    LOST_ONCE = "lost-once"
    LOST_AGAIN = "lost-again"


class Scanning(StrEnum):
    """What becomes of a copy while the scanner is unavailable, if it ever is."""

    RELIABLE = "reliable"
    FAILS_CLOSED = "fails-closed"
    FAILS_OPEN = "fails-open"


class Fairness(StrEnum):
    """What an acknowledgement is owed that is possible now and then, but not all the time."""

    WEAK = "weak"
    STRONG = "strong"


REMARKS = {
    "imf": "its part is encoded here as a bare condition of the article, not discovered",
    "correction": "how the update works is not described; the row is our assumption",
    "acknowledging": "an assumption about the run, not a setting of the server",
}
"""What to keep in mind when a switch is named as a cause."""


@dataclass(frozen=True)
class Configuration:
    """One way to set up the mail system; the defaults are the article's.

    Parameters
    ----------
    vsapi
        Version of the Virus Scanning API (article: 2.5 has the defect; documented: what 2.0 does).
    imf
        Whether the Intelligent Message Filter is installed. The article names it as a condition; no
        public source explains its part, so it is encoded here as a bare condition, not discovered.
    correction
        What the store tells the queue of a deleted copy (assumption: how the update works is not
        described, so there is more than one).
    expiry
        Whether an entry expires (article: "until they time out"; documented: after two days).
    acknowledgements
        Whether reports can be lost, at most one or again and again (documented: RFC 1047).
    acknowledging
        Whether an acknowledgement that is possible again and again gets through in the end (assumption).
    scanning
        Whether the scanner may be unavailable, and then the copy is held back or let through (documented:
        KB 842801 and 843545 tell of mail that could not be scanned and was retried).
    signatures_updated
        Whether a message once found infected may later be found clean (assumption).

    Raises
    ------
    InputError
        If two switches contradict each other; says why.

    Examples
    --------
    >>> Configuration(expiry=Switch.ON).settings["expiry"]
    'on'
    """

    vsapi: Vsapi = Vsapi.V2_5
    imf: Switch = Switch.ON
    correction: Correction = Correction.NONE
    expiry: Switch = Switch.OFF
    acknowledgements: Acknowledgements = Acknowledgements.KEPT
    acknowledging: Fairness = Fairness.WEAK
    scanning: Scanning = Scanning.RELIABLE
    signatures_updated: Switch = Switch.OFF

    def __post_init__(self) -> None:
        if self.correction is not Correction.NONE and not self.imf:
            raise InputError(
                f"correction={self.correction} with imf=off: without the filter nothing is wrong that could be "
                "corrected; leave one of them out"
            )
        if self.acknowledging is Fairness.STRONG and self.acknowledgements is Acknowledgements.KEPT:
            raise InputError(
                "acknowledging=strong with acknowledgements=kept: where none is lost, weak fairness says the same; "
                "leave one of them out"
            )

    @property
    def loses_reports(self) -> bool:
        """Whether a report can be lost at all."""
        return self.acknowledgements is not Acknowledgements.KEPT

    @property
    def may_fall_silent(self) -> bool:
        """Whether the queue may wait for an answer that never comes, whatever became of the copy."""
        return self.loses_reports or self.scanning is Scanning.FAILS_CLOSED

    @property
    def settings(self) -> dict[str, str]:
        """Each switch with its value as text, for reports; what is a fault only where it is on."""
        always = ("vsapi", "imf", "correction", "expiry")
        return {
            field.name: str(getattr(self, field.name))
            for field in fields(self)
            if field.name in always or getattr(self, field.name) is not field.default
        }

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Self:
        """Read a configuration from switches and values as text.

        Raises
        ------
        InputError
            If a switch or a value is unknown, or two contradict each other; names the nearest.

        Examples
        --------
        >>> Configuration.of({"expiry": "on"}) == Configuration(expiry=Switch.ON)
        True
        """
        kinds: dict[str, type[StrEnum]] = {field.name: type(getattr(cls, field.name)) for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in settings.items():
            if name not in kinds:
                raise InputError(f"there is no switch {name!r}; " + did_you_mean(name, kinds))
            try:
                values[name] = kinds[name](text)
            except ValueError:
                choices = [str(value) for value in kinds[name]]
                raise InputError(f"switch {name!r} cannot be {text!r}; " + did_you_mean(text, choices)) from None
        return cls(**values)

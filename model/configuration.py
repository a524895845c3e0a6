"""The switches of the model, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Vsapi(StrEnum):
    """Version of the Virus Scanning API that the scanner speaks."""

    V2_0 = "2.0"
    V2_5 = "2.5"


class Correction(StrEnum):
    """What the store tells the queue of a copy that it deleted."""

    NONE = "none"
    REPORT_SUCCESS = "report-success"


REMARKS = {
    "imf": "its part is encoded here as a bare condition of the article, not discovered",
    "correction": "how the update works is not described; the row is our assumption",
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
        Whether a deletion is reported as a success (assumption: how the update works is not described).
    expiry
        Whether an entry expires (article: "until they time out"; documented: after two days).

    Examples
    --------
    >>> Configuration(expiry=True).settings["expiry"]
    'on'
    """

    vsapi: Vsapi = Vsapi.V2_5
    imf: bool = True
    correction: Correction = Correction.NONE
    expiry: bool = False

    @property
    def settings(self) -> dict[str, str]:
        """Each switch with its value as text, for reports."""
        return {
            "vsapi": str(self.vsapi),
            "imf": "installed" if self.imf else "not installed",
            "correction": str(self.correction),
            "expiry": "on" if self.expiry else "off",
        }

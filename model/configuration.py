"""The switches of the model, as data, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from lifecheck import InputError
from lifecheck.errors import did_you_mean
from model.switches import (
    AcknowledgedPer,
    Acknowledgements,
    Correction,
    Delivery,
    Fairness,
    Outages,
    Recipients,
    Scanning,
    Slots,
    Switch,
    Vsapi,
)

REMARKS = {
    "imf": "its part is encoded here as a bare condition of the article, not discovered",
    "correction": "how the update works is not described; the row is our assumption",
    "fairness": "an assumption about the run, not a setting of the server",
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
    scanning
        Whether the scanner may be unavailable, and then the copy is held back or let through (documented:
        KB 842801 and 843545 tell of mail that could not be scanned and was retried).
    smtp_crashes, store_crashes, scanner_crashes
        Whether the service may crash at any point, to be restarted (assumption; documented: the queue is
        rebuilt from its files).
    outages
        Whether there is one crash in all, or crashes never end (assumption).
    fairness
        Whether a step that faults interrupt, and that is possible again and again, is taken in the end
        (assumption).
    delivery
        When the store reports a copy: after dealing with it (at least once), before (at most once), or
        after, remembering what it dealt with (effectively once) (assumption).
    recipients
        How many mailboxes the message is for (documented: one local delivery serves several recipients).
    acknowledged_per
        Whether a report is about the message or about each of its recipients (documented: RFC 2033, 4.2,
        answers for each).
    slots
        How many deliveries can be under way at a time (assumption; one message alone never waits for one).
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
    scanning: Scanning = Scanning.RELIABLE
    smtp_crashes: Switch = Switch.OFF
    store_crashes: Switch = Switch.OFF
    scanner_crashes: Switch = Switch.OFF
    outages: Outages = Outages.ONCE
    fairness: Fairness = Fairness.WEAK
    delivery: Delivery = Delivery.ACKNOWLEDGE_AFTER
    recipients: Recipients = Recipients.ONE
    acknowledged_per: AcknowledgedPer = AcknowledgedPer.MESSAGE
    slots: Slots = Slots.UNLIMITED
    signatures_updated: Switch = Switch.OFF

    def __post_init__(self) -> None:
        for reason in contradictions(self):
            raise InputError(reason)

    @property
    def loses_reports(self) -> bool:
        """Whether a report can be lost at all."""
        return self.acknowledgements is not Acknowledgements.KEPT

    @property
    def may_fall_silent(self) -> bool:
        """Whether the queue may wait for an answer that never comes, whatever became of the copy."""
        loses_last_word = self.loses_reports or self.scanning is Scanning.FAILS_CLOSED
        return (loses_last_word and self.delivery is not Delivery.ACKNOWLEDGE_FIRST) or bool(self.store_crashes)

    @property
    def is_interrupted(self) -> bool:
        """Whether a fault or a limit can keep the system from a step that is possible now and then."""
        return self.has_faults or self.slots is not Slots.UNLIMITED

    @property
    def has_faults(self) -> bool:
        """Whether something can go wrong that interrupts a step."""
        return self.loses_reports or self.scanning is not Scanning.RELIABLE or self.has_crashes

    @property
    def has_crashes(self) -> bool:
        """Whether any service crashes."""
        return bool(self.smtp_crashes or self.store_crashes or self.scanner_crashes)

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


def contradictions(configuration: Configuration) -> Iterator[str]:
    """Yield for each contradiction a sentence that names the switches, the reason and the way out.

    Examples
    --------
    >>> list(contradictions(Configuration()))
    []
    """
    correction, delivery = configuration.correction, configuration.delivery
    # a correction beside VSAPI 2.0 is none: the server may have the update, which then never has anything to do
    if correction is not Correction.NONE and not configuration.imf:
        yield (
            f"correction={correction} with imf=off: without the filter nothing is wrong that could be "
            "corrected; leave one of them out"
        )
    if configuration.outages is Outages.AGAIN and not configuration.has_crashes:
        yield "outages=again without a service that crashes; name one, as in smtp_crashes=on"
    if configuration.fairness is Fairness.STRONG and not configuration.is_interrupted:
        yield (
            "fairness=strong without a fault or a limit that interrupts anything: weak fairness says the same; "
            "leave it out"
        )
    if configuration.acknowledged_per is AcknowledgedPer.RECIPIENT:
        if configuration.recipients is Recipients.ONE:
            yield "acknowledged_per=recipient with one recipient: it says the same; set recipients=2 or leave it out"
        if delivery is Delivery.ACKNOWLEDGE_FIRST:
            yield (
                "delivery=acknowledge-first with acknowledged_per=recipient: what is answered before it is looked at "
                "is answered as a whole; leave one of them out"
            )
        if delivery is Delivery.REMEMBERING:
            yield (
                "delivery=remembering with acknowledged_per=recipient: the model's store remembers the message, not "
                "whom it has told the queue of; leave one of them out"
            )
    if delivery is Delivery.ACKNOWLEDGE_FIRST and correction in (Correction.REPORT_CONSUMED, Correction.REPORT_FAILURE):
        yield (
            f"delivery=acknowledge-first with correction={correction}: the queue has forgotten the message when "
            "it is deleted; leave one of them out"
        )
